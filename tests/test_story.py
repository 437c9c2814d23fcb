"""The story Dateline grew from, told by the dataset from reports alone."""

from __future__ import annotations

from sqlite_utils import Database


def rows(db: Database, sql: str, *args: object) -> list[dict[str, object]]:
    return list(db.query(sql, args))


def test_the_block_of_api_traffic_is_one_act_from_july_9_told_by_three_outlets(demo_db: Database) -> None:
    acts = rows(
        demo_db,
        """select a.*, (select count(distinct source) from action_reports r where r.action = a.id) as outlets
        from actions a where actor = 'OpenAI' and type in ('ban/block', 'restrict') and effective_on = '2024-07-09'
        order by outlets desc""",
    )
    assert acts
    assert acts[0]["outlets"] >= 3  # type: ignore[operator]
    assert acts[0]["jurisdiction"] == "US"
    assert acts[0]["status"] == "in_force"


def test_who_reported_the_block_first(demo_db: Database) -> None:
    (first,) = rows(
        demo_db,
        """select r.source, date(r.reported_at) as day from action_reports r join actions a on a.id = r.action
        where a.actor = 'OpenAI' and a.effective_on = '2024-07-09' order by r.reported_at limit 1""",
    )
    assert first == {"source": "reuters", "day": "2024-06-25"}


def test_the_treasury_proposed_rules_on_investment(demo_db: Database) -> None:
    acts = rows(
        demo_db,
        "select * from actions where actor like '%Treasury%' and type = 'propose' order by reports desc",
    )
    assert acts
    assert acts[0]["status"] == "proposed"
    told = rows(demo_db, "select sentence from action_reports where action = ?", acts[0]["id"])
    assert any("invest" in str(row["sentence"]) for row in told)


def test_the_figures_have_somebody_who_says_so(demo_db: Database) -> None:
    def said_by(value: float) -> set[str]:
        found = rows(demo_db, "select attributed_to from statistics where value = ?", value)
        return {str(row["attributed_to"]) for row in found if row["attributed_to"]}

    wipo = "World Intellectual Property Organization"
    assert wipo in said_by(38_000) | said_by(38_210)
    assert wipo in said_by(6_276)
    assert said_by(4_500)
    assert said_by(81e9)


def test_the_spokesperson_is_quoted_by_reuters_and_bloomberg(demo_db: Database) -> None:
    quoted = rows(
        demo_db,
        """select distinct a.source, q.speaker from quotes q join articles a on a.id = q.article
        where q.text like '%additional steps%'""",
    )
    assert {row["source"] for row in quoted} >= {"reuters", "bloomberg"}
    assert any("OpenAI" in str(row["speaker"]) for row in quoted)


def test_the_moved_date_keeps_both_days(demo_db: Database) -> None:
    moved = rows(
        demo_db,
        """select action from action_events where kind = 'effective' and precision = 'day'
        group by action having count(distinct date) > 1""",
    )
    assert moved
