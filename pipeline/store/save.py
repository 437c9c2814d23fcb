"""Records -> rows. Each function writes within one transaction and changes nothing the second time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Protocol

from sqlite_utils import Database

from pipeline.records import Annotations, Article, Dateline, Skipped, Story

# Fields in which a better reading may differ while the text stays; a new text is a new version.
READ_AGAIN = ("content_hash", "published", "byline", "section", "language", "access", "agency")
FACT_TABLES = ("mentions", "date_mentions", "action_mentions", "statistics", "quotes")


class Outlet(Protocol):
    """What is stored of a source besides its plain columns."""

    @property
    def expect_per_day(self) -> tuple[int, int]: ...


def save_sources(db: Database, sources: Iterable[Outlet]) -> None:
    """Store each source under its id."""
    names = ("id", "name", "home", "country", "kind", "zone", "access")
    rows = [
        {n: getattr(s, n) for n in names} | dict(zip(("expect_low", "expect_high"), s.expect_per_day, strict=True))
        for s in sources
    ]
    db.table("sources").upsert_all(rows, pk="id")


def save_outcome(db: Database, skipped: Skipped) -> None:
    """Keep, with the url, why the reader made no article of a page."""
    db.execute(
        "update pages set outcome = ?, reason = ? where url = ? or final_url = ?",
        (skipped.outcome, skipped.reason, skipped.url, skipped.url),
    )
    db.conn.commit()


def save_torn(db: Database, torn: Skipped, warc: str) -> None:
    """Have a page whose record in the file ``warc`` is damaged fetched again, whole, unless a later file holds it."""
    db.execute(
        "update pages set outcome = ?, reason = ?,"
        " next_due = null, etag = null, last_modified = null, content_hash = null"
        " where (url = ? or final_url = ?) and warc = ?",
        (torn.outcome, torn.reason, torn.url, torn.url, warc),
    )
    db.conn.commit()


def save_articles(db: Database, articles: Iterable[Article]) -> int:
    """Store articles by id; a changed text becomes the next version and the old one is kept. Returns how many are new
    or changed."""
    changed = 0
    with db.atomic():
        for article in articles:
            row = article_row(article)
            old = next(db.table("articles").rows_where("id = ?", [article.id]), None)
            if old and all(old[k] == row[k] for k in READ_AGAIN):
                continue
            changed += 1
            if old and old["content_hash"] == row["content_hash"]:
                row |= {"version": old["version"], "story": old["story"], "annotated_by": old["annotated_by"]}
            elif old:
                kept = {k: old[k] for k in ("version", "title", "text", "fetched_at", "updated", "content_hash")}
                db.table("article_versions").insert(kept | {"article": article.id}, ignore=True)
                row |= {"version": old["version"] + 1, "story": old["story"]}
                forget(db, article.id)
            db.table("articles").upsert(row, pk="id")
            db.table("articles_filed").delete_where("article = ?", [article.id])
    return changed


def save_originals(db: Database, originals: Mapping[str, str]) -> None:
    """Point articles that turned out to be reprints to their originals (article id -> article id)."""
    with db.atomic():
        for reprint, original in originals.items():
            db.table("articles").update(reprint, {"reprint_of": original})
            forget(db, reprint)


def forget(db: Database, article: str) -> None:
    """Drop what was found in an article, so that it is read again."""
    for table in FACT_TABLES:
        db.table(table).delete_where("article = ?", [article])
    db.table("articles").update(article, {"annotated_by": None})
    db.table("articles_filed").delete_where("article = ?", [article])


def save_annotations(db: Database, annotations: Iterable[Annotations], reader: str) -> int:
    """Store what was found in each article, in place of what an earlier reader found. ``reader``: its version."""
    count = 0
    with db.atomic():
        for found in annotations:
            count += 1
            forget(db, found.id)
            _save_mentions(db, found)
            db.table("date_mentions").insert_all(_facts(found.id, found.dates), pk=("article", "start", "end", "role"))
            db.table("action_mentions").insert_all(_facts(found.id, found.actions), pk="id")
            db.table("statistics").insert_all(_facts(found.id, found.statistics), pk="id")
            db.table("quotes").insert_all(_facts(found.id, found.quotes), pk="id")
            db.table("articles").update(found.id, {"annotated_by": reader})
    return count


def save_stories(db: Database, stories: Iterable[Story], labels: Mapping[str, str]) -> None:
    """Store stories and each article's story (article id -> story id)."""
    with db.atomic():
        db.table("stories").upsert_all(({"id": s.id, "title": s.title} for s in stories), pk="id")
        for article, story in labels.items():
            db.table("articles").update(article, {"story": story})
            db.table("articles_filed").delete_where("article = ?", [article])


def article_row(article: Article) -> dict[str, object]:
    """One article as a row of ``articles``."""
    row = asdict(article)
    head: Dateline | None = article.dateline
    del row["dateline"]
    return row | {
        "byline": ", ".join(article.byline) or None,
        "keywords": json.dumps(article.keywords, ensure_ascii=False) if article.keywords else None,
        "day": article.local_day.isoformat(),
        "dateline_place": head.place if head else None,
        "dateline_day": head.day if head else None,
        "dateline_end": head.end if head else 0,
        "agency": article.agency or (head.agency if head else None),
        "content_hash": article.content_hash,
    }


def _save_mentions(db: Database, found: Annotations) -> None:
    db.table("entities").insert_all(
        (
            {"id": m.entity, "name": m.canonical, "type": m.type, "country": m.country}
            for m in {m.entity: m for m in reversed(found.mentions)}.values()
        ),
        pk="id",
        ignore=True,
    )
    names = {(m.entity, m.text) for m in found.mentions if m.kind == "name"}
    db.table("aliases").insert_all(
        ({"entity": entity, "alias": alias} for entity, alias in sorted(names)), pk=("entity", "alias"), ignore=True
    )
    rows = [
        {"article": found.id, "entity": m.entity, "start": m.start, "end": m.end, "text": m.text}
        | {"kind": m.kind, "method": m.method, "confidence": m.confidence}
        for m in found.mentions
    ]
    db.table("mentions").insert_all(rows, pk=("article", "start", "end"), ignore=True)


def _facts(article: str, facts: Iterable[object]) -> Iterable[dict[str, object]]:
    for fact in facts:
        row = asdict(fact)  # type: ignore[call-overload]
        if "trigger" in row:
            row["trigger_start"], row["trigger_end"] = row.pop("trigger")
        for key in ("actor_entities", "target_entities"):
            if key in row:
                row[key] = json.dumps(row[key])
        yield {"article": article} | row
