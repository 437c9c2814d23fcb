"""Rows -> records: what the steps after the store's first half need back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from pipeline.records import Article, Dateline


def articles(db: Database, where: str = "1", args: tuple[object, ...] = ()) -> Iterator[Article]:
    """Articles in the order of their publication."""
    for row in db.table("articles").rows_where(where, args, order_by="published, id"):
        yield article(row)


def labelled(db: Database) -> Iterator[tuple[Article, str]]:
    """Articles that have a story, with its id."""
    for row in db.table("articles").rows_where("story is not null", order_by="published, id"):
        yield article(row), row["story"]


def article(row: dict[str, Any]) -> Article:
    """One row of ``articles`` as a record."""
    head = None
    if row["dateline_end"]:
        head = Dateline(row["dateline_place"], row["dateline_day"], row["agency"], row["dateline_end"])
    return Article(
        **{k: row[k] for k in ("id", "url", "source", "title", "text", "published", "zone", "fetched_at")},
        **{k: row[k] for k in ("language", "access", "updated", "section", "agency", "reprint_of", "version")},
        byline=tuple((row["byline"] or "").split(", ")) if row["byline"] else (),
        keywords=tuple(json.loads(row["keywords"] or "[]")),
        dateline=head,
    )
