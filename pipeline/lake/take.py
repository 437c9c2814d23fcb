"""A part of the lake as the database that Datasette serves; stories and ledger run over it as over a crawl's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from sqlite_utils import Database

from pipeline import process, quarantine, source, topics
from pipeline.lake import places, repeats
from pipeline.lake.tables import FACTS, record
from pipeline.records import Annotations, Article
from pipeline.store import save

BATCH = 500  # articles


@dataclass(frozen=True, slots=True)
class Part:
    """Which articles are taken; an empty field leaves all through. Days are of publication, inclusive."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a slice holds."""

    articles: int
    reprints: int
    acts: int
    stories: int


def take(lake: Path, part: Part, db: Database, tell: process.Progress | None = None) -> Taken:
    """Copy the part into an empty database, then label stories and gather acts."""
    save.save_sources(db, source.load_all().values())
    files = [Path(file) for file in places.files(lake, "signatures")]
    repeats.label(files, lake / places.ORIGINALS)
    reader = quarantine.annotator()
    count = 0
    for articles, found in _batches(lake, part):
        save.save_articles(db, articles)
        save.save_annotations(db, found, reader)
        count += len(articles)
        if tell:
            tell("slice", count, None)
    acts, stories = process.settle(db)
    return Taken(count, db.table("articles").count_where("reprint_of is not null"), acts, stories)


def _batches(lake: Path, part: Part) -> Iterator[tuple[list[Article], list[Annotations]]]:
    where, wanted = _where(part)
    with duckdb.connect() as db:
        for table in ("articles", *FACTS):
            db.execute(f"create view {table} as select * from read_parquet({_listed(places.files(lake, table))})")
        originals = _listed([str(lake / places.ORIGINALS)])
        db.execute(f"create table originals as select * from read_parquet({originals})")
        found = db.cursor().execute(
            "select newest.*, original from ("
            f"  select * from articles where {where}"
            "   qualify row_number() over (partition by id order by fetched_at desc) = 1"
            ") newest left join originals on originals.id = newest.id order by published, newest.id",
            wanted,
        )
        names = [column[0] for column in found.description or ()]
        while rows := found.fetchmany(BATCH):
            articles = [_article(dict(zip(names, row, strict=True))) for row in rows]
            if part.topic:
                articles = [a for a in articles if part.topic in topics.of_article(a)]
            yield articles, list(_facts(db, [a.id for a in articles if a.language == "en" and not a.reprint_of]))


def _article(row: dict[str, Any]) -> Article:
    """A row with what the article repeats across shards; within one it may have been told otherwise."""
    original = row.pop("original") or row["reprint_of"]
    return record(Article, row | {"reprint_of": None if original == row["id"] else original})


def _listed(files: list[str]) -> str:
    """File names as a list in SQL; a view takes no parameters."""
    return "[" + ", ".join("'" + name.replace("'", "''") + "'" for name in files) + "]"


def _where(part: Part) -> tuple[str, dict[str, Any]]:
    words: list[str] = ["true"]
    wanted: dict[str, Any] = {}
    for column, values in (("source", part.sources), ("language", part.languages)):
        if values:
            words.append(f"list_contains(${column}, {column})")
            wanted[column] = list(values)
    for sign, day in ((">=", part.since), ("<=", part.until)):
        if day:
            name = "since" if sign == ">=" else "until"
            words.append(f"left(published, 10) {sign} ${name}")
            wanted[name] = day
    return " and ".join(words), wanted


def _facts(db: duckdb.DuckDBPyConnection, ids: list[str]) -> Iterator[Annotations]:
    found: dict[str, dict[str, list[Any]]] = {name: {} for name in ids}
    for table, kind in FACTS.items():
        rows = db.execute(
            f"select * from {table} where article in (select unnest($1)) order by article, start",
            [ids],
        )
        names = [column[0] for column in rows.description or ()][1:]
        for article, *values in rows.fetchall():
            found[article].setdefault(table, []).append(record(kind, dict(zip(names, values, strict=True))))
    yield from (Annotations(id=name, **_tuples(facts)) for name, facts in found.items())


def _tuples(facts: dict[str, list[Any]]) -> dict[str, Any]:
    return {table: tuple(told) for table, told in facts.items()}
