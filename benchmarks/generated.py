"""A generated dataset of any size, in the shape that the store gives: for measuring the site, not for reading."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from benchmarks.generated_rows import TABLES, Row, Size
from pipeline import source
from pipeline.store import connect, save


def make(path: Path, articles: int, seed: int = 7) -> Database:
    """A database of so many articles, ten times the mentions, three tenths the acts; a few names are in most."""
    db = connect(path)
    known = source.load_all()
    save.save_sources(db, known.values())
    made_last = _take_down(db)
    for pragma in ("synchronous = off", "foreign_keys = off", "cache_size = -1000000", "temp_store = memory"):
        db.execute(f"pragma {pragma}")
    size = Size(articles, tuple(known), random.Random(seed))  # noqa: S311 - no secrets here
    for table in (name for name in TABLES if db[name].exists()):
        _fill(db, table, TABLES[table](size))
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


def _fill(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Insert rows of one shape; the first names the columns."""
    numbered = iter(rows)
    first = next(numbered, None)
    if first is None:
        return
    columns = ", ".join(f"[{name}]" for name in first)
    sql = f"insert into [{table}] ({columns}) values ({', '.join('?' * len(first))})"  # noqa: S608 - our names
    with db.conn:
        db.conn.execute(sql, tuple(first.values()))
        db.conn.executemany(sql, (tuple(row.values()) for row in numbered))
