"""A source that yields nothing, is turned away, or thins out says so; a healthy one is quiet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.source import load_all
from pipeline.store import connect
from pipeline.store.health import sources
from pipeline.store.save import save_sources

AT = "2024-07-09T08:00:00Z"


@pytest.fixture
def db() -> Database:
    made = connect(":memory:")
    save_sources(made, [load_all()["wipo"], load_all()["xinhua"]])
    return made


def crawl(db: Database, found: int, *outcomes: str, command: str = "crawl", warnings: tuple[str, ...] = ()) -> None:
    """One run over Xinhua, with what its lists named and what became of the pages asked for."""
    report = {"discovered": {"xinhua": found}, "counts": {}, "warnings": [["xinhua", w] for w in warnings]}
    run = db.table("runs").insert({"command": command, "started_at": AT, "report": json.dumps(report)}).last_pk
    for n, outcome in enumerate(outcomes):
        fetch = {"run": run, "url": f"u{run}-{n}", "source": "xinhua", "outcome": outcome, "at": AT}
        db.table("fetches").insert(fetch)
        seen = {"first_seen": AT, "last_seen": AT, "outcome": outcome}
        db.table("pages").insert({"url": fetch["url"], "source": "xinhua"} | seen)


def article(db: Database, n: int, **fields: Any) -> None:
    row = {"id": str(n), "url": str(n), "source": "xinhua", "title": "t", "text": "x" * 500, "published": AT}
    row |= {"day": AT[:10], "fetched_at": f"2024-07-09T{n // 60:02}:{n % 60:02}:00Z", "byline": "A. Writer"}
    db.table("articles").insert(row | {"language": "en", "access": "full", "content_hash": "", **fields})


def of_xinhua(db: Database) -> dict[str, Any]:
    return next(row for row in sources(db) if row["source"] == "xinhua")


def test_a_source_never_asked_is_not_broken(db: Database) -> None:
    assert (of_xinhua(db)["state"], of_xinhua(db)["broken"]) == ("never crawled", False)


@pytest.mark.parametrize(
    ("found", "outcomes", "state"),
    [
        (3, ("article", "paywall", "error"), "ok"),
        (3, ("not_modified",), "ok"),
        (2, ("blocked", "blocked"), "broken"),
        (0, (), "broken"),
    ],
)
def test_the_state_follows_from_the_last_run(db: Database, found: int, outcomes: tuple[str, ...], state: str) -> None:
    crawl(db, found, *outcomes)
    assert of_xinhua(db)["state"] == state
    shown = next(db.query("select state from source_health where source = 'xinhua'"))
    assert shown["state"] == state  # the site's page agrees with the command


def test_a_crawl_with_nothing_due_says_nothing_new_of_a_source_that_was_turned_away(db: Database) -> None:
    crawl(db, 2, "blocked", "blocked")
    crawl(db, 2)
    assert of_xinhua(db)["broken"]


def test_an_empty_stretch_of_the_past_is_no_fault(db: Database) -> None:
    crawl(db, 1, "article")
    crawl(db, 0, command="crawl --backfill")
    assert of_xinhua(db)["state"] == "ok"


def test_a_day_is_counted_by_outcome_beside_what_is_expected(db: Database) -> None:
    crawl(db, 5, "article", "article", "paywall", "gone", "robots")
    article(db, 1)
    article(db, 2, byline=None, published="2024-07-09")
    [day] = of_xinhua(db)["days"]
    counts = ("discovered", "fetched", "articles", "paywalls", "no_reports", "turned_away", "errors")
    assert [day[k] for k in counts] == [5, 5, 2, 1, 1, 1, 0]
    assert (day["expect_low"], day["expect_high"]) == load_all()["xinhua"].expect_per_day
    assert (day["title_pct"], day["time_pct"], day["byline_pct"], day["freshest"]) == (100, 50, 50, AT)


def test_warnings_are_those_of_the_run_and_of_the_long_view(db: Database) -> None:
    crawl(db, 5, "article", "no_date", warnings=("its feed is stale",))
    article(db, 1, day="2024-07-01")
    said = of_xinhua(db)["warnings"]
    assert said[0] == "its feed is stale"
    assert any("freshest article is of 2024-07-01" in w for w in said)
    assert any("1 pages gave no date" in w for w in said)


def test_a_field_that_thins_out_is_named(db: Database) -> None:
    crawl(db, 5, "article")
    for n in range(100):
        article(db, n, byline="A. Writer" if n < 50 else None)
    assert [w for w in of_xinhua(db)["warnings"] if w.startswith("byline fell from 100% to 0%")]
