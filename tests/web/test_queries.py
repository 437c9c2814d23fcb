"""No question of the site walks a whole table of facts: each finds its rows by an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from types import ModuleType

import pytest
import yaml
from sqlite_utils import Database

from pipeline import steps
from pipeline.site import acts, articles, dates, entities, home, safety, search, sources, stories
from pipeline.site.ask import Query

LARGE = {"articles", "mentions", "date_mentions", "statistics", "quotes", "actions", "action_events"}
LARGE |= {"action_reports", "action_targets", "entities", "aliases", "fetches", "pages"}
FILTERS = ("type", "jurisdiction", "status", "before")


def asked() -> Iterator[tuple[str, str]]:
    modules: tuple[ModuleType, ...] = (acts, articles, dates, entities, home, search, sources, stories)
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, Query):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", value.sql
    for number in range(len(FILTERS) + 1):
        for chosen in combinations(FILTERS, number):
            yield f"acts by {' '.join(chosen)}", acts.listing(acts.Filters(**dict.fromkeys(chosen, "x"))).sql
    metadata = yaml.safe_load((steps.ROOT / "metadata.yml").read_text())
    for name, query in metadata["databases"]["dateline"]["queries"].items():
        yield f"metadata {name}", query["sql"]


def scanned(db: Database, sql: str) -> set[str]:
    """The large tables that the query reads from end to end, in no order of an index."""
    aliases = dict(re.findall(r"(?:from|join|,)\s+(\w+)\s+(?:as\s+)?(\w+)", sql, re.IGNORECASE))
    named = {alias: table for table, alias in aliases.items()}
    named = {alias: table for table, alias in re.findall(r"(?:from|join)\s+(\w+)\s+(\w+)", sql)} | named
    plan = [row["detail"] for row in db.query(f"explain query plan {sql}", dict.fromkeys(re.findall(r":(\w+)", sql)))]
    walked = [found[1] for detail in plan if (found := re.fullmatch(r"SCAN (\w+)", detail))]
    return {named.get(name, name) for name in walked} & LARGE


@pytest.mark.parametrize(("name", "sql"), asked(), ids=lambda value: value if " " not in value[:9] else "")
def test_no_question_walks_a_table(name: str, sql: str, site_db: Database) -> None:
    site_db.register_function(safety.fts_words, replace=True)
    assert not scanned(site_db, sql)


def test_a_walk_is_noticed(site_db: Database) -> None:
    assert scanned(site_db, "select * from articles a where a.byline = 'x'") == {"articles"}
