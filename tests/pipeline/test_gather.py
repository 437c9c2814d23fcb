"""The ledger in the database: what is new joins it as if all were read again; ids that moved lead on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline import source
from pipeline.gather import gather
from pipeline.records import ActionMention, Annotations, Article
from pipeline.store import connect, save

TODAY = date(2024, 7, 1)
KINDS = {"reuters": "agency", "wipo": "official"}
ACTORS = [("OpenAI", "Q21708200", "US"), ("Ministry of Commerce (China)", "ministry-of-commerce-china", "CN")]
ACTORS += [("China", "Q148", "CN"), ("European Commission", "Q8880", "EU")]
TARGETS = ["API traffic from unsupported regions", "API traffic from China", "exports of gallium", "gallium exports"]
TARGETS += ["rules", "duties on electric cars", "provisional duties on electric cars from China"]


def article(name: str, day: str, source: str = "reuters") -> Article:
    text = f"{name} tells what was done."
    return Article(name, f"https://example.org/{name}", source, name, text, day, None, day)


def told(number: int = 0, **fields: Any) -> ActionMention:
    usual: dict[str, Any] = {"start": number, "end": number + 9, "evidence": f"Sentence {number}.", "actor": "OpenAI"}
    usual |= {"type": "ban/block", "target": TARGETS[0], "status": "adopted", "jurisdiction": "US"}
    usual |= {"trigger": (number, number + 1), "method": "active"}
    return ActionMention(**usual | fields)


def database(articles: Iterable[tuple[Article, tuple[ActionMention, ...]]]) -> Database:
    db = connect(":memory:")
    save.save_sources(db, source.load_all().values())
    add(db, articles)
    return db


NAMES = {entity: name for name, entity, _ in ACTORS}


def add(db: Database, articles: Iterable[tuple[Article, tuple[ActionMention, ...]]]) -> None:
    known = list(articles)
    save.save_articles(db, [a for a, _ in known])
    db.table("entities").insert_all(({"id": i, "name": n, "type": "ORG"} for i, n in NAMES.items()), ignore=True)
    save.save_annotations(db, [Annotations(a.id, actions=actions) for a, actions in known], "test")


def ledger(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that the ledger says, without the acts that are gone."""
    acts = "select * from actions where withdrawn = 0 order by id"
    reports = "select action, article, start, trigger_start from action_reports order by 1, 2, 3, 4"
    events = "select action, kind, date, article from action_events order by 1, 2, 3, 4"
    outlets = "select * from act_outlets order by 1, 2"
    return {sql: [tuple(row) for row in db.execute(sql)] for sql in (acts, reports, events, outlets)}


@st.composite
def press(draw: st.DrawFn) -> list[tuple[Article, tuple[ActionMention, ...]]]:
    out = []
    for number in range(draw(st.integers(2, 7))):
        day = f"2024-06-{draw(st.integers(1, 28)):02}"
        mentions = []
        for place in range(draw(st.integers(1, 3))):
            actor, entity, code = draw(st.sampled_from(ACTORS))
            kind = draw(st.sampled_from(["ban/block", "restrict", "propose", "issue", "delay/extend", "lift/repeal"]))
            dates = {"announced_date": draw(st.sampled_from([None, "2024-06-03", "2024-05"]))}
            dates |= {"effective_date": draw(st.sampled_from([None, "2024-07-09"]))}
            mentions.append(
                told(
                    place,
                    actor=actor,
                    actor_entities=(entity,),
                    type=kind,
                    target=draw(st.sampled_from(TARGETS)),
                    jurisdiction=code,
                    **dates,
                )
            )
        out.append((article(f"a{number}", day, draw(st.sampled_from(["reuters", "wipo", "xinhua"]))), tuple(mentions)))
    return out


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(press(), st.data())
def test_what_joins_day_by_day_is_what_a_reading_from_nothing_gives(
    told_articles: list[tuple[Article, tuple[ActionMention, ...]]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(told_articles))
    cut = data.draw(st.integers(1, len(order)))
    grown = database(order[:cut])
    gather(grown, KINDS, TODAY)
    for late in order[cut:]:
        add(grown, [late])
        gather(grown, KINDS, TODAY)
    whole = database(told_articles)
    gather(whole, KINDS, TODAY)
    assert ledger(grown) == ledger(whole)


def test_an_act_that_is_told_no_more_stays_marked() -> None:
    db = database([(article("a1", "2024-06-25"), (told(),))])
    gather(db, KINDS, TODAY)
    add(db, [(article("a1", "2024-06-25"), ())])
    assert gather(db, KINDS, TODAY) == 0
    (act,) = db.table("actions").rows
    assert (act["withdrawn"], act["reports"]) == (1, 0)


def test_an_earlier_report_gives_the_act_its_id_and_the_old_one_leads_there() -> None:
    db = database([(article("a2", "2024-06-25"), (told(effective_date="2024-07-09"),))])
    gather(db, KINDS, TODAY)
    (old,) = (row["id"] for row in db.table("actions").rows)
    add(db, [(article("a1", "2024-06-20"), (told(effective_date="2024-07-09"),))])
    gather(db, KINDS, TODAY)
    (new,) = (row["id"] for row in db.table("actions").rows_where("withdrawn = 0"))
    assert new != old
    assert [tuple(row.values()) for row in db.table("action_aliases").rows] == [(old, new)]


def test_ids_stay_when_an_article_is_read_again_with_better_names() -> None:
    db = database([(article("a1", "2024-06-25"), (told(),))])
    gather(db, KINDS, TODAY)
    before = [row["id"] for row in db.table("actions").rows]
    add(db, [(article("a1", "2024-06-25"), (told(target="API traffic", instrument="Terms of Use"),))])
    gather(db, KINDS, TODAY)
    assert [row["id"] for row in db.table("actions").rows_where("withdrawn = 0")] == before


@pytest.mark.parametrize(("day", "status"), [(date(2024, 7, 8), "adopted"), (date(2024, 7, 9), "in_force")])
def test_an_act_comes_into_force_when_its_day_comes_without_a_report(day: date, status: str) -> None:
    db = database([(article("a1", "2024-06-25"), (told(effective_date="2024-07-09"),))])
    gather(db, KINDS, TODAY)
    gather(db, KINDS, day)
    assert [row["status"] for row in db.table("actions").rows] == [status]


def test_a_delay_suspends_the_act_it_changes_and_is_undone_with_its_report() -> None:
    block = told(announced_date="2024-06-25")
    delay = told(type="delay/extend", target=f"block on {TARGETS[0]}", status="adopted", announced_date="2024-06-28")
    db = database([(article("a1", "2024-06-25"), (block,)), (article("a2", "2024-06-28"), (delay,))])
    gather(db, KINDS, TODAY)
    status = "select status from actions where type = 'ban/block'"
    assert db.execute(status).fetchone()[0] == "suspended"
    add(db, [(article("a2", "2024-06-28"), ())])
    gather(db, KINDS, TODAY)
    assert db.execute(status).fetchone()[0] == "adopted"


def test_an_outlet_on_the_word_of_another_is_no_second_source() -> None:
    db = database(
        [
            (article("a1", "2024-06-25", "reuters"), (told(on_word_of="Chinese state media"),)),
            (article("a2", "2024-06-25T09:00:00Z", "global_times"), (told(on_word_of="Reuters"),)),
            (article("a3", "2024-06-26", "bloomberg"), (told(on_word_of="an OpenAI spokesperson"),)),
        ]
    )
    gather(db, KINDS, TODAY)
    (act,) = db.table("actions").rows
    assert (act["reports"], act["sources"]) == (3, 2)
    origins = {row["source"]: row["origin"] for row in db.table("act_outlets").rows}
    assert origins["global_times"] == origins["reuters"] == "chinese_state_media"
    assert origins["bloomberg"] == "bloomberg"


def test_the_held_date_says_why() -> None:
    db = database(
        [
            (article("a1", "2024-06-25", "wipo"), (told(effective_date="2024-07-09"),)),
            (article("a2", "2024-06-26", "reuters"), (told(effective_date="2024-07-16"),)),
        ]
    )
    gather(db, KINDS, TODAY)
    (held,) = db.table("action_dates").rows_where("kind = 'effective'")
    assert (held["date"], held["others"]) == ("2024-07-09", "2024-07-16")
    assert "official" in held["why"]


def test_a_link_that_a_later_report_dissolves_is_gone() -> None:
    delay = told(0, type="delay/extend", announced_date="2024-05")
    ban = told(1)
    db = database([(article("a0", "2024-06-01"), (delay, ban))])
    gather(db, KINDS, TODAY)
    assert list(db.query("select 1 from actions where changes is not null"))
    add(db, [(article("a2", "2024-06-01"), (told(announced_date="2024-06-03"),))])
    gather(db, KINDS, TODAY)
    assert not list(db.query("select 1 from actions where changes is not null"))
