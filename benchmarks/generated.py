"""A generated dataset of any size, in the shape that the store gives: for measuring the site, not for reading."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline import source
from pipeline.store import connect, save

FIRST, DAYS = date(2015, 1, 1), 3500
COMMON = [
    "policy",
    "export",
    "control",
    "rule",
    "ban",
    "chips",
    "tariff",
    "court",
    "fine",
    "law",
    "trade",
    "china",
    "duty",
]
WORDS = [*COMMON, *(f"w{n}" for n in range(3000))]
TYPES = ("adopt", "ban/block", "enact", "impose", "issue", "propose", "restrict", "rule")
TOLD = 3  # reports an act, and events
MENTIONS = 10  # an article
FIGURES = 2


def make(path: Path, articles: int, seed: int = 7) -> Database:
    """A database of so many articles, ten times the mentions, three tenths the acts; a few names are in most."""
    db = connect(path)
    save.save_sources(db, source.load_all().values())
    made_last = _take_down(db)
    sources = list(source.load_all())
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    acts, entities, stories = articles * 3 // 10, max(1000, articles // 20), articles // 8
    for pragma in ("synchronous = off", "foreign_keys = off", "cache_size = -1000000", "temp_store = memory"):
        db.execute(f"pragma {pragma}")

    def day(number: int, of: int) -> str:
        return (FIRST + timedelta(days=number * DAYS // of)).isoformat()

    def words(number: int, of: list[str] = WORDS) -> str:
        return " ".join(chance.choices(of, k=number))

    def entity() -> str:
        return f"Q{min(entities, int(chance.paretovariate(0.6)))}"

    def article_rows() -> Iterator[dict[str, Any]]:
        for n in range(articles):
            yield {
                "id": f"{n:016x}",
                "url": f"https://news.example/{n}",
                "source": sources[n % len(sources)],
                "title": words(8),
                "text": f"{words(12, COMMON)} {words(60)}",
                "published": f"{day(n, articles)}T10:00:00Z",
                "day": day(n, articles),
                "fetched_at": day(n, articles),
                "language": "en",
                "access": "full",
                "content_hash": "x",
                "story": f"s{min(stories - 1, n // 8)}",
            }

    def act_rows() -> Iterator[dict[str, Any]]:
        for n in range(acts):
            actor, moment = entity(), f"{day(n, acts)}T10:00:00Z"
            yield {
                "id": f"{n:012x}",
                "title": f"Entity {actor}: issue — {words(5)}",
                "actor": f"Entity {actor}",
                "actor_entity": actor,
                "type": chance.choice(TYPES),
                "target": words(5),
                "direction": "unclear",
                "jurisdiction": chance.choice(("US", "CN", "EU", "JP")),
                "status": chance.choice(("in_force", "proposed", "adopted")),
                "announced_on": day(n, acts),
                "effective_on": day(n, acts),
                "first_reported_at": moment,
                "last_reported_at": moment,
                "reports": TOLD,
                "sources": TOLD,
                "confidence": 1.0,
                "story": f"s{n * stories // acts}",
                "actor_entities": json.dumps([actor]),
                "target_entities": json.dumps([entity()]),
            }

    def told(n: int, k: int) -> tuple[int, str]:
        article = min(articles - 1, n * articles // acts + k)
        return article, sources[article % len(sources)]

    _fill(db, "entities", ({"id": f"Q{n}", "name": f"Entity Q{n}", "type": "ORG"} for n in range(1, entities + 1)))
    _fill(db, "stories", ({"id": f"s{n}", "title": f"Story {n}"} for n in range(stories)))
    _fill(db, "articles", article_rows())
    _fill(
        db,
        "mentions",
        (
            {"article": f"{n:016x}", "entity": entity(), "start": k * 10, "end": k * 10 + 5, "text": "x"}
            | {"kind": "name", "method": "m", "confidence": 1.0}
            for n in range(articles)
            for k in range(MENTIONS)
        ),
    )
    _fill(db, "actions", act_rows())
    _fill(
        db,
        "action_reports",
        (
            {"action": f"{n:012x}", "article": f"{told(n, k)[0]:016x}", "source": told(n, k)[1]}
            | {"reported_at": day(n, acts), "sentence": "A sentence.", "start": 0, "end": 10, "trigger_start": 2}
            | {"trigger_end": 4, "type": "issue", "status": "adopted", "method": "m", "confidence": 1.0}
            for n in range(acts)
            for k in range(TOLD)
        ),
    )
    _fill(
        db,
        "action_events",
        (
            {"action": f"{n:012x}", "kind": kind, "date": day(n, acts), "precision": "day"}
            | {"article": f"{told(n, 0)[0]:016x}", "source": told(n, 0)[1]}
            for n in range(acts)
            for kind in ("announced", "effective", "status: adopted")
        ),
    )
    _fill(
        db,
        "statistics",
        (
            {"article": f"{n:016x}", "start": k * 10, "end": k * 10 + 5, "text": "5 percent", "value": float(n % 97)}
            | {"unit": "percent", "of_what": words(3), "attributed_to": words(1), "method": "m", "confidence": 1.0}
            for n in range(articles)
            for k in range(FIGURES)
        ),
    )
    _fill(
        db,
        "quotes",
        (
            {"article": f"{n:016x}", "start": 0, "end": 90, "text": words(12), "speaker": f"Speaker {n % 5000}"}
            | {"direct": 1, "method": "m", "confidence": 1.0}
            for n in range(articles)
        ),
    )
    _put_up(db, made_last)
    db.conn.execute("pragma wal_checkpoint(truncate)")
    return db


def _take_down(db: Database) -> list[str]:
    """Drop indexes and triggers, so that rows come in by bulk; return the SQL that makes them again."""
    found = db.conn.execute(
        "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null"
    ).fetchall()
    for kind, name, _ in found:
        db.execute(f"drop {kind} [{name}]")
    return [sql for _, _, sql in found]


def _put_up(db: Database, statements: list[str]) -> None:
    """Index the rows: full text and targets too, which triggers keep in step otherwise."""
    for (name,) in db.conn.execute("select name from sqlite_master where sql like '%using fts5%'").fetchall():
        db.execute(f"insert into [{name}]([{name}]) values ('rebuild')")  # noqa: S608 - a name of the schema
    db.execute(
        "insert into action_targets (entity, action)"
        " select distinct j.value, a.id from actions a, json_each(a.target_entities) j"
    )
    for sql in statements:
        db.execute(sql)
    db.conn.commit()


def _fill(db: Database, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of one shape; the first names the columns."""
    numbered = iter(rows)
    first = next(numbered)
    columns = ", ".join(f"[{name}]" for name in first)
    sql = f"insert into [{table}] ({columns}) values ({', '.join('?' * len(first))})"  # noqa: S608 - our names
    with db.conn:
        db.conn.execute(sql, tuple(first.values()))
        db.conn.executemany(sql, (tuple(row.values()) for row in numbered))
