"""No question of the site walks a whole table of facts: each finds its rows by an index."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from sqlite_utils import Database

from pipeline import serving, steps
from pipeline.site import acts, questions, safety
from pipeline.store import connect, database_path
from pipeline.store.views import VIEWS
from tests.web.conftest import asking, started

LARGE = {"articles", "mentions", "date_mentions", "statistics", "quotes", "actions", "action_events"}
LARGE |= {"action_reports", "action_targets", "entities", "aliases", "fetches", "pages"}
LARGE |= {
    "act_outlets",
    "act_points",
    "figures",
    "figure_reports",
    "figure_disputes",
    "quarantine",
    "article_versions",
    "watch_matches",
}
FILTERS = ("type", "jurisdiction", "status", "before")


def asked() -> Iterator[tuple[str, str]]:
    for name, question in questions.named().items():
        yield name, question.sql
    for number in range(len(FILTERS) + 1):
        for chosen in combinations(FILTERS, number):
            yield f"acts by {' '.join(chosen)}", acts.listing(acts.Filters(**dict.fromkeys(chosen, "x"))).sql
    metadata = yaml.safe_load((steps.ROOT / "metadata.yml").read_text())
    for name, query in metadata["databases"]["dateline"]["queries"].items():
        yield f"metadata {name}", query["sql"]


def scanned(db: Database, sql: str) -> set[str]:
    """The large tables that the query reads from end to end; in the order of an index where nothing ends it."""
    aliases = dict(re.findall(r"(?:from|join|,)\s+(\w+)\s+(?:as\s+)?(\w+)", sql, re.IGNORECASE))
    named = {alias: table for table, alias in aliases.items()}
    named = {alias: table for table, alias in re.findall(r"(?:from|join)\s+(\w+)\s+(\w+)", sql)} | named
    plan = [row["detail"] for row in db.query(f"explain query plan {sql}", dict.fromkeys(re.findall(r":(\w+)", sql)))]
    in_order = r"(?: USING INDEX \w+)?" if "limit" not in sql and "/* kept */" not in sql else ""
    walked = [found[1] for detail in plan if (found := re.fullmatch(rf"SCAN (\w+){in_order}", detail))]
    return {named.get(name, name) for name in walked} & LARGE


@pytest.mark.parametrize(("name", "sql"), asked(), ids=lambda value: value if " " not in value[:9] else "")
def test_no_question_walks_a_table(name: str, sql: str, site_db: Database) -> None:
    safety.limit(site_db.conn)
    assert not scanned(site_db, sql)


# What reads whole tables is counted once and kept until the data changes.
COUNTED_ONCE = {"source_health", "source_warnings"}


@pytest.mark.parametrize("view", sorted({*VIEWS} - COUNTED_ONCE))
def test_no_view_walks_a_table(view: str, site_db: Database) -> None:
    page = f"select * from ({VIEWS[view]}) limit 50"  # noqa: S608 - ours
    assert not scanned(site_db, VIEWS[view] if view == "source_days" else page) - FIRST_OF[view]


# A view's first page may walk the table whose rows it tells, not those it looks up.
FIRST_OF: dict[str, set[str]] = defaultdict(
    set,
    coming_dates={"actions"},
    act_changes={"action_events", "actions"},
    act_reports={"action_reports"},
    linked_acts={"actions"},
    act_tellings={"act_outlets"},
    act_differences={"act_points"},
    figure_tellings={"figure_reports"},
    contradicting_figures={"figure_disputes"},
    sayings={"quotes"},
)


def test_pages_of_acts_miss_none_and_repeat_none(tmp_path: Path) -> None:
    db = connect(tmp_path / "acts.db")
    told = dict.fromkeys(("title", "actor", "target", "direction", "status", "last_reported_at"), "x")
    told |= {"type": "issue", "actor_entities": "[]", "target_entities": "[]", "confidence": 1}
    moments = ["2024-07-01", "2024-07-02", "2024-07-02", "2024-07-02", "2024-07-03"]
    rows = [{"id": f"{n}", "first_reported_at": moment, "reports": 1, "sources": 1} for n, moment in enumerate(moments)]
    db.table("actions").insert_all(row | told for row in rows)
    seen: list[str] = []
    last = {"before": None, "after": ""}
    while found := list(db.query(acts.listing(acts.Filters(**last)).sql, last | {"limit": 2})):
        seen += [act["id"] for act in found]
        last = {"before": found[-1]["first_reported_at"], "after": found[-1]["id"]}
    assert seen == ["4", "3", "2", "1", "0"]


def test_a_walk_is_noticed(site_db: Database) -> None:
    assert scanned(site_db, "select * from articles a where a.byline = 'x'") == {"articles"}


def test_a_question_that_takes_too_long_is_told_so(tmp_path: Path) -> None:
    db = connect(database_path(tmp_path))
    told = dict.fromkeys(("actor", "target", "direction", "status", "first_reported_at", "last_reported_at"), "x")
    told |= {"type": "issue", "actor_entities": "[]", "target_entities": "[]", "confidence": 1}
    db.table("actions").insert_all(
        told | {"id": f"{n}", "title": "word " * 20, "reports": 1, "sources": 1} for n in range(3000)
    )
    get = asking(started([*serving.datasette_arguments(tmp_path), "--setting", "sql_time_limit_ms", "1"]))
    answer = get("/search?q=word")
    assert answer.status_code == 503
    assert "took too long" in answer.text
