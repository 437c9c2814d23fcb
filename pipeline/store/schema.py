"""The tables, as migrations that are applied in order and once; and how every room opens the database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from pipeline.store import script
from pipeline.store.figures import CONTEXT, FIGURES
from pipeline.store.ledger_tables import CHANGE, LEDGER_BLOCKS, add_ledger_state
from pipeline.store.quarantine import add_quarantine
from pipeline.store.reviews import REVIEWS
from pipeline.store.tables import (
    TEXT_TRIGGER,
    add_expected,
    add_facts_and_ledger,
    add_indexes_at_size,
    add_site,
    add_targets,
)
from pipeline.store.tellings import TELLINGS
from pipeline.store.views import apply_views
from pipeline.store.watch import WATCH_PENDING

BUSY_MS = 10_000
PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",  # WAL with NORMAL lost acknowledged rows in power cuts
    "foreign_keys = ON",
)
migrations = Migrations("dateline")


def connect(path: Path | str) -> Database:
    """Open (or make) the database at ``path``: newest schema, foreign keys on, every commit on the disk."""
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    database = Database(connection)
    migrations.apply(database)
    apply_views(database)
    return database


@migrations()
def m001_crawl(db: Database) -> None:
    """What the crawl knows: the sources, each run, each url's state, each fetch."""
    db.table("sources").create(
        {"id": str, "name": str, "home": str, "country": str, "kind": str, "zone": str, "access": str},
        pk="id",
    )
    db.table("runs").create({"id": int, "command": str, "started_at": str, "finished_at": str, "report": str}, pk="id")
    db.table("pages").create(
        {
            "url": str,
            "source": str,
            "final_url": str,
            "outcome": str,
            "reason": str,
            "status": int,
            "etag": str,
            "last_modified": str,
            "listed_modified": str,
            "content_hash": str,
            "first_seen": str,
            "last_seen": str,
            "fetched_at": str,
            "next_due": str,
            "warc": str,
            "title": str,
            "published": str,
            "section": str,
            "article": str,
        },
        pk="url",
        not_null={"source", "first_seen", "last_seen"},
        foreign_keys=[("source", "sources", "id")],
    )
    db.table("pages").create_index(["source", "outcome"])
    db.table("pages").create_index(["final_url"])
    db.table("fetches").create(
        {
            "id": int,
            "run": int,
            "url": str,
            "source": str,
            "outcome": str,
            "reason": str,
            "status": int,
            "bytes": int,
            "at": str,
        },
        pk="id",
        not_null={"run", "url", "source", "outcome", "at"},
        foreign_keys=[("run", "runs", "id"), ("source", "sources", "id")],
    )
    db.table("fetches").create_index(["run", "source"])


@migrations()
def m002_facts_and_ledger(db: Database) -> None:
    """What the articles say, and the acts and stories told by many."""
    add_facts_and_ledger(db)


@migrations()
def m003_site(db: Database) -> None:
    """Every order the site offers has an index; figures and quotes can be searched."""
    add_site(db)


@migrations()
def m004_targets(db: Database) -> None:
    """Acts can be found by their targets as quickly as by their actor."""
    add_targets(db)


@migrations()
def m005_indexes_at_size(db: Database) -> None:
    """Facets and the health of sources stay quick on a large dataset."""
    add_indexes_at_size(db)


@migrations()
def m006_expected(db: Database) -> None:
    """How many reports a day a source is expected to bring, beside what it brought."""
    add_expected(db)


@migrations()
def m007_reviews(db: Database) -> None:
    """What people say of acts."""
    script.run(db, REVIEWS)


@migrations()
def m008_ledger_state(db: Database) -> None:
    """The ledger goes on from where it stood; ids that moved, who said what, topics and watchlists."""
    add_ledger_state(db)


@migrations()
def m009_digest(db: Database) -> None:
    """What each digest told, so that the next repeats only what changed."""
    db.table("digest_sent").create(
        {"watchlist": str, "first": str, "last": str, "item": str, "state": str},
        pk=("watchlist", "first", "last", "item"),
        not_null={"state"},
    )


@migrations()
def m010_quarantine(db: Database) -> None:
    """What could not be read is set aside with its reason."""
    add_quarantine(db)


@migrations()
def m011_figures(db: Database) -> None:
    """One figure, many reports: the view of that name gives way to tables."""
    script.run(db, FIGURES)


@migrations()
def m012_tellings(db: Database) -> None:
    """What each outlet adds to an act, leaves out of it or says otherwise; filled by the next gathering."""
    script.run(db, TELLINGS)


@migrations()
def m013_figure_context(db: Database) -> None:
    """The words around a figure, and how finely its article tells such values; filled by the next gathering."""
    script.run(db, CONTEXT)


@migrations()
def m014_ledger_blocks(db: Database) -> None:
    """A day's reports find the acts that they may join without reading the ledger; filled by the next gathering."""
    script.run(db, LEDGER_BLOCKS)


@migrations()
def m015_watch_pending(db: Database) -> None:
    """Watchlists are asked only of acts that have changed."""
    script.run(db, WATCH_PENDING)


@migrations()
def m016_search_of_texts(db: Database) -> None:
    """The full-text index over articles is written anew only where a title or a text changes."""
    script.run(db, TEXT_TRIGGER)


@migrations()
def m017_change(db: Database) -> None:
    """What an act does to the act that it changes; filled by the next gathering."""
    script.run(db, CHANGE)
