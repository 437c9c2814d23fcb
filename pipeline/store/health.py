"""How each source fares, from what the crawl noted of every url."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

GOOD = frozenset({"article", "headline", "not_modified", "duplicate"})


def sources(db: Database) -> Iterator[dict[str, Any]]:
    """A row a source: its articles, the freshest, the last run's outcomes, and whether it is broken.

    Broken: the last run asked it and got not one good page.
    """
    sql = """
        select s.id as source, count(a.id) as articles, max(a.day) as freshest,
            (select max(run) from fetches f where f.source = s.id) as run
        from sources s left join articles a on a.source = s.id group by s.id order by s.id
    """
    for row in list(db.query(sql)):
        outcomes = _outcomes(db, row["source"], row["run"])
        asked = sum(outcomes.values())
        good = sum(n for outcome, n in outcomes.items() if outcome in GOOD)
        broken = bool(asked) and not good
        state = "never crawled" if not asked else "broken" if broken else "ok"
        started = next(db.query("select started_at from runs where id = ?", [row["run"]]), {}).get("started_at")
        yield row | {"outcomes": outcomes, "broken": broken, "state": state, "last run": started}


def _outcomes(db: Database, source: str, run: int | None) -> dict[str, int]:
    sql = "select outcome, count(*) as n from fetches where source = ? and run = ? group by outcome order by outcome"
    return {row["outcome"]: row["n"] for row in db.query(sql, [source, run])}
