"""How each source fares, from what the crawl noted of every url and every run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline.store.quarantine import listed

GOOD = frozenset({"article", "headline", "not_modified", "duplicate"})
STALE_DAYS = 3  # without a report, in a source of which one a day is expected


def sources(db: Database, days: int = 7) -> Iterator[dict[str, Any]]:
    """A row a source: its articles, the freshest, the last run's outcomes, its last days, and what is amiss.

    Broken: the last run that asked it for pages got not one good page, or its lists named no report at all.
    """
    sql = """
        select s.id as source, s.expect_low, count(a.id) as articles, max(a.day) as freshest,
            (select max(run) from fetches f where f.source = s.id) as run
        from sources s left join articles a on a.source = s.id group by s.id order by s.id
    """
    for row in list(db.query(sql)):
        last = _last_report(db, row["source"])
        outcomes = _outcomes(db, row["source"], row["run"])
        asked = sum(outcomes.values())
        good = sum(n for outcome, n in outcomes.items() if outcome in GOOD)
        silent = last is not None and last["report"]["discovered"].get(row["source"]) == 0
        broken = silent or (bool(asked) and not good)
        state = "broken" if broken else "ok" if asked else "never crawled"
        started = next(db.query("select started_at from runs where id = ?", [row["run"]]), {}).get("started_at")
        yield row | {
            "outcomes": outcomes,
            "broken": broken,
            "state": state,
            "last run": last["started_at"] if last else started,
            "warnings": [*_said(last, row["source"]), *_drift(db, row, last)],
            "days": _days(db, row["source"], days),
            "set aside": list(listed(db, row["source"])),
        }


def _last_report(db: Database, source: str) -> dict[str, Any] | None:
    """The newest finished run that was to crawl the source, its report unpacked."""
    sql = """select id, started_at, report from runs where command = 'crawl' and report is not null
        and json_type(report, '$.discovered.' || json_quote(?)) is not null order by id desc limit 1"""
    found = next(db.query(sql, [source]), None)
    return found | {"report": json.loads(found["report"])} if found else None


def _said(last: dict[str, Any] | None, source: str) -> list[str]:
    return [text for about, text in last["report"]["warnings"] if about == source] if last else []


def _drift(db: Database, row: dict[str, Any], last: dict[str, Any] | None) -> Iterator[str]:
    """What no single run can see: a source that is answered and brings nothing new, a field that thins out."""
    low = row["expect_low"] or 0
    if last and row["freshest"] and low:
        age = (date.fromisoformat(last["started_at"][:10]) - date.fromisoformat(row["freshest"])).days
        if age > STALE_DAYS:
            yield f"its freshest article is of {row['freshest']}; {low} a day are expected"
    unread = db.query(
        "select outcome, count(*) as n from pages where source = ? and outcome in ('no_title', 'no_date', 'no_text')"
        " group by outcome",
        [row["source"]],
    )
    for found in unread:
        field = found["outcome"].removeprefix("no_")
        if found["n"] > 0.1 * (row["articles"] + found["n"]):
            yield f"{found['n']} pages gave no {field}: a selector may no longer match; dateline check {row['source']}"
    for field, before, now in _thinner(db, row["source"]):
        yield f"{field} fell from {before:.0%} to {now:.0%} of articles; dateline check {row['source']}"


def _thinner(db: Database, source: str, size: int = 50) -> Iterator[tuple[str, float, float]]:
    """Fields that the newest ``size`` articles have far less often than those before them."""
    sql = """select byline is not null as byline, length(published) > 10 as "time of day", length(text) > 400 as text
        from articles where source = ? and access = 'full' order by fetched_at desc, id limit ?"""
    rows = list(db.query(sql, [source, 2 * size]))
    if len(rows) < 2 * size:
        return
    for field in rows[0]:
        now, before = (sum(r[field] for r in part) / size for part in (rows[:size], rows[size:]))
        if now < 0.5 * before:
            yield field, before, now


def _days(db: Database, source: str, days: int) -> list[dict[str, Any]]:
    return list(db.query("select * from source_days where source = ? order by day desc limit ?", [source, days]))


def _outcomes(db: Database, source: str, run: int | None) -> dict[str, int]:
    sql = "select outcome, count(*) as n from fetches where source = ? and run = ? group by outcome order by outcome"
    return {row["outcome"]: row["n"] for row in db.query(sql, [source, run])}
