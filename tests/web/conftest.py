"""A real database made by the real store, and the Datasette that `dateline serve` would start over it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from pipeline import serving, source, steps
from pipeline.gather import gather
from pipeline.site import warm
from pipeline.store import connect, database_path, reviews, save
from tests.web import press

Get = Callable[[str], httpx.Response]
DIGEST = f"""<html><head><title>A week</title><style>h1 {{ color: red }}</style></head>
<body><h1>The week</h1><a href="{steps.BASE_URL}/acts/1">An act</a></body></html>"""


@pytest.fixture(scope="session")
def site_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the few reports of ``press``."""
    data = tmp_path_factory.mktemp("site")
    db = connect(database_path(data))
    save.save_sources(db, source.load_all().values())
    save.save_articles(db, press.ARTICLES)
    save.save_annotations(db, press.ANNOTATIONS, "test")
    save.save_stories(db, press.STORIES, press.LABELS)
    gather(db, {s.id: s.kind for s in source.load_all().values()}, date(2024, 7, 22))
    _note_a_crawl(db)
    (rules,) = db.query("select id from actions where type = 'propose'")
    block = "(select id from actions where actor = 'OpenAI')"
    db.execute(f"update actions set changes = {block}, change = 'eased' where id = ?", [rules["id"]])  # noqa: S608
    reviews.add(db.conn, reviews.Review(rules["id"], "accepted", "ann"))
    match = {"watchlist": "chips", "action": rules["id"], "why": "target", "matched_at": "2024-06-22T06:00:00Z"}
    db.table("watch_matches").insert(match)
    db.table("action_aliases").insert({"old": "0123456789ab", "new": rules["id"]})
    db.close()
    (data / "digests").mkdir()
    (data / "digests" / "2024-W28.html").write_text(DIGEST)
    (data / "digests" / "2024-W28.md").write_text("# The week")
    return data


def _note_a_crawl(db: Database) -> None:
    moment = "2024-07-22T06:00:00Z"
    db.table("runs").insert({"id": 1, "command": "crawl", "started_at": moment, "finished_at": moment})
    for item in press.ARTICLES:
        outcome = "error" if item is press.HOSTILE else "article"
        fetch = {"url": item.url, "source": item.source, "outcome": outcome, "status": 200}
        db.table("fetches").insert({"run": 1, "bytes": 12_000, "at": moment} | fetch)
        seen = {"first_seen": moment, "last_seen": moment, "fetched_at": moment, "article": item.id}
        db.table("pages").insert({"final_url": item.url} | fetch | seen)


@pytest.fixture(scope="session")
def site_db(site_data: Path) -> Database:
    return connect(database_path(site_data))


@pytest.fixture(scope="session")
def site(site_data: Path) -> Datasette:
    """Datasette as ``dateline serve`` starts it, without the socket."""
    return started(serving.datasette_arguments(site_data))


def started(arguments: list[str]) -> Datasette:
    served: Datasette = warm.started(arguments)
    asyncio.run(served.invoke_startup())
    return served


@pytest.fixture(scope="session")
def get(site: Datasette) -> Get:
    """Ask the site for a path; the answer is an httpx.Response."""
    return asking(site)


def asking(site: Datasette) -> Get:
    return lambda path: asyncio.run(site.client.get(path))


@pytest.fixture(scope="session")
def block(site_db: Database) -> str:
    """Id of the act that three outlets tell."""
    (row,) = site_db.query("select id from actions where actor = 'OpenAI'")
    return str(row["id"])
