"""Records -> rows. Each function writes within one transaction and changes nothing the second time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, Protocol, TypeVar

from sqlite_utils import Database

from pipeline.records import Annotations, Article, Dateline, Skipped, Story

# Fields in which a better reading may differ while the text stays; a new text is a new version.
T = TypeVar("T")
READ_AGAIN = ("content_hash", "published", "byline", "section", "language", "access", "agency")
VERSIONED = ("version", "title", "text", "fetched_at", "updated", "content_hash")
BATCH = 100  # articles written at once
# Each table of facts with the field of ``Annotations`` that fills it.
FACT_TABLES = {
    "mentions": "mentions",
    "date_mentions": "dates",
    "action_mentions": "actions",
    "statistics": "statistics",
    "quotes": "quotes",
}


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
        for batch in batched(articles):
            known = _stored(db, [article.id for article in batch])
            new, versions, texts = {}, [], []
            for article in batch:
                row, old = {"story": None, "annotated_by": None} | article_row(article), known.get(article.id)
                if old and all(old[k] == row[k] for k in READ_AGAIN):
                    continue
                changed += 1
                if old and old["content_hash"] == row["content_hash"]:
                    row |= {"version": old["version"], "story": old["story"], "annotated_by": old["annotated_by"]}
                elif old:
                    versions.append({k: old[k] for k in VERSIONED} | {"article": article.id})
                    texts.append(article.id)
                    row |= {"version": old["version"] + 1, "story": old["story"]}
                new[article.id] = known[article.id] = row
            _insert(db, "article_versions", versions, "on conflict do nothing")
            forget(db, texts)
            _upsert(db, list(new.values()))
            _unfile(db, new)
    return changed


def _upsert(db: Database, rows: Sequence[Mapping[str, Any]]) -> None:
    told = ", ".join(f"[{name}] = excluded.[{name}]" for name in (rows[0] if rows else ()))
    _insert(db, "articles", rows, f"on conflict (id) do update set {told}")


def _stored(db: Database, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The rows of these articles, by id."""
    places = ", ".join("?" * len(ids))
    return {row["id"]: row for row in db.table("articles").rows_where(f"id in ({places})", ids)}


def save_originals(db: Database, originals: Mapping[str, str]) -> None:
    """Point articles that turned out to be reprints to their originals (article id -> article id)."""
    with db.atomic():
        for reprint, original in originals.items():
            db.table("articles").update(reprint, {"reprint_of": original})
        forget(db, originals)


def forget(db: Database, articles: Collection[str]) -> None:
    """Drop what was found in the articles, so that they are read again."""
    _drop_facts(db, articles)
    unread = "update articles set annotated_by = null where id = ? and annotated_by is not null"
    db.conn.executemany(unread, ((article,) for article in articles))  # any update writes the full-text index anew
    _unfile(db, articles)


def _drop_facts(db: Database, articles: Collection[str]) -> None:
    for table in FACT_TABLES:
        sql = f"delete from {table} where article = ?"  # noqa: S608 - our tables
        db.conn.executemany(sql, ((article,) for article in articles))


def _unfile(db: Database, articles: Collection[str]) -> None:
    db.conn.executemany("delete from articles_filed where article = ?", ((article,) for article in articles))


def save_annotations(db: Database, annotations: Iterable[Annotations], reader: str) -> int:
    """Store what was found in each article, in place of what an earlier reader found. ``reader``: its version."""
    count = 0
    with db.atomic():
        for batch in batched(annotations):
            count += len(batch)
            told = list({found.id: found for found in batch}.values())
            ids = [found.id for found in told]
            _drop_facts(db, ids)
            _save_mentions(db, told)
            for table, field in FACT_TABLES.items():
                if table != "mentions":
                    _insert(db, table, [row for found in told for row in _facts(found.id, getattr(found, field))])
            db.conn.executemany("update articles set annotated_by = ? where id = ?", ((reader, id_) for id_ in ids))
            _unfile(db, ids)
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


def batched(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """The items, so many at a time as are written at once."""
    rest = iter(items)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _insert(db: Database, table: str, rows: Sequence[Mapping[str, Any]], clash: str = "") -> None:
    """Insert rows of one shape."""
    if rows:
        names, places = ", ".join(f"[{name}]" for name in rows[0]), ", ".join("?" * len(rows[0]))
        sql = f"insert into {table} ({names}) values ({places}) {clash}"  # noqa: S608 - our tables
        db.conn.executemany(sql, (tuple(row.values()) for row in rows))


def _save_mentions(db: Database, told: Sequence[Annotations]) -> None:
    mentions = [(found.id, mention) for found in told for mention in found.mentions]
    entities = [{"id": m.entity, "name": m.canonical, "type": m.type, "country": m.country} for _, m in mentions]
    _insert(db, "entities", entities, "on conflict do nothing")
    names = sorted({(m.entity, m.text) for _, m in mentions if m.kind == "name"})
    _insert(db, "aliases", [{"entity": e, "alias": a} for e, a in names], "on conflict do nothing")
    rows = [
        {"article": article, "entity": m.entity, "start": m.start, "end": m.end, "text": m.text}
        | {"kind": m.kind, "method": m.method, "confidence": m.confidence}
        for article, m in mentions
    ]
    _insert(db, "mentions", rows, "on conflict do nothing")


def _facts(article: str, facts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for fact in facts:
        row = {"article": article} | {name: getattr(fact, name) for name in fact.__dataclass_fields__}
        if "trigger" in row:
            row["trigger_start"], row["trigger_end"] = row.pop("trigger")
        for key in ("actor_entities", "target_entities"):
            if key in row:
                row[key] = json.dumps(row[key])
        yield row
