"""Rows -> records: what the steps after the store's first half need back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from pipeline.records import ActionMention, ActionReport, Article, Dateline


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


def action_reports(db: Database) -> Iterator[tuple[ActionReport, str | None, str | None]]:
    """Every action mention with its article's source and time, its story, and the article it reprints."""
    sql = """
        select m.*, a.source as a_source, a.published as a_published, a.story as a_story, a.reprint_of as a_reprint
        from action_mentions m join articles a on a.id = m.article order by a.published, a.id, m.start, m.id
    """
    fields = [
        f for f in ActionMention.__dataclass_fields__ if f not in ("trigger", "actor_entities", "target_entities")
    ]
    for row in db.query(sql):
        mention = ActionMention(
            **{f: row[f] for f in fields},
            trigger=(row["trigger_start"], row["trigger_end"]),
            actor_entities=tuple(json.loads(row["actor_entities"])),
            target_entities=tuple(json.loads(row["target_entities"])),
        )
        yield (
            ActionReport(row["article"], mention, row["a_source"], row["a_published"]),
            row["a_story"],
            row["a_reprint"],
        )
