"""Dedupe and store as shares of the whole, and the store against a raw streamed load into the same tables."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.bench import Figure, Part, Setting, ratio, timed
from benchmarks.bench_pages import SOURCE, load, readable
from benchmarks.reprints import MIN_WORDS, recall
from pipeline.annotate import annotate
from pipeline.dedupe import Deduper
from pipeline.extract import read_page
from pipeline.records import ActionMention, Annotations, Article, DateMention, Quote, Statistic
from pipeline.store import connect
from pipeline.store.save import FACT_TABLES, article_row, save_annotations, save_articles

BATCH = 100  # articles a commit
RATE = 0.05  # of words edited
PLAIN = {"date_mentions": DateMention, "action_mentions": ActionMention, "statistics": Statistic, "quotes": Quote}


def measure(setting: Setting) -> Part:
    """Each step over the same articles in one process, in turn."""
    kept = readable(load(setting.pages, setting.count))
    articles = [article for _, article in kept]
    pairs = list(zip(articles, annotate(articles), strict=True))
    read = timed(lambda: [read_page(page, {}) for page, _ in kept])[0]
    told = timed(lambda: list(annotate(articles)))[0]
    rounds = []
    for _ in range(setting.rounds):
        seen = timed(lambda: list(map(Deduper().judge, articles)))[0]
        rounds.append({"dedupe": seen, "store": _stored(pairs, _ours), "raw": _stored(pairs, _raw)})
    cost = {name: median(one[name] for one in rounds) for name in rounds[0]}
    whole = read + told + cost["dedupe"] + cost["store"]
    return Part(
        "store",
        (
            Figure("store, of the whole", 100 * cost["store"] / whole, "%", most=2),
            Figure("store by a raw streamed load", ratio(rounds, "store", "raw"), most=1.3),
            Figure("store, an article", 1000 * cost["store"] / len(pairs), "CPU ms"),
            Figure("dedupe, of the whole", 100 * cost["dedupe"] / whole, "%", most=1),
            Figure(f"copies found at {RATE:.0%} of words edited", _recall(articles), least=0.98),
            Figure("reading a page", 1000 * read / len(pairs), "CPU ms"),
            Figure("annotating an article, the model's work included", 1000 * told / len(pairs), "CPU ms"),
        ),
        (f"{len(pairs)} articles; both loads commit every {BATCH} and keep every index and the full-text search.",),
    )


def _recall(articles: list[Article]) -> float:
    return recall([article for article in articles if len(article.text.split()) >= MIN_WORDS], RATE)


def _stored(pairs: list[tuple[Article, Annotations]], way: Callable[[Any, list[Any]], None]) -> float:
    """CPU seconds of one load into a new database."""
    with tempfile.TemporaryDirectory() as scratch:
        db = connect(Path(scratch) / "dateline.db")
        db.table("sources").insert({"id": SOURCE, "name": SOURCE, "zone": "UTC", "kind": "media"})
        seconds, _ = timed(lambda: [way(db, pairs[at : at + BATCH]) for at in range(0, len(pairs), BATCH)])
        db.close()
    return seconds


def _ours(db: Any, part: list[tuple[Article, Annotations]]) -> None:
    save_articles(db, (article for article, _ in part))
    save_annotations(db, (found for _, found in part), "test")


def _raw(db: Any, part: list[tuple[Article, Annotations]]) -> None:
    """The same rows by ``executemany``, without a question to the database."""
    with db.conn:
        rows = [article_row(article) | {"annotated_by": "test"} for article, _ in part]
        _many(db.conn, "articles", tuple(rows[0]), map(tuple, (row.values() for row in rows)))
        mentions = [(found.id, mention) for _, found in part for mention in found.mentions]
        entities = ((m.entity, m.canonical, m.type, m.country) for _, m in mentions)
        _many(db.conn, "entities", ("id", "name", "type", "country"), entities)
        _many(db.conn, "aliases", ("entity", "alias"), ((m.entity, m.text) for _, m in mentions if m.kind == "name"))
        fields = ("entity", "start", "end", "text", "kind", "method", "confidence")
        get = attrgetter(*fields)
        _many(db.conn, "mentions", ("article", *fields), ((article, *get(m)) for article, m in mentions))
        for table, kind in PLAIN.items():
            _many(db.conn, table, *_facts(table, kind, part))


def _facts(table: str, kind: type, part: list[Any]) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    names = tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    at = dict(zip(FACT_TABLES, ("mentions", "dates", "actions", "statistics", "quotes"), strict=True))[table]
    get = attrgetter(*names)

    def plain(name: str, value: Any) -> tuple[Any, ...]:
        return value if name == "trigger" else (json.dumps(value) if isinstance(value, tuple) else value,)

    rows = (
        (found.id, *(part for name, value in zip(names, get(fact), strict=True) for part in plain(name, value)))
        for _, found in part
        for fact in getattr(found, at)
    )
    columns = (c for name in names for c in (("trigger_start", "trigger_end") if name == "trigger" else (name,)))
    return ("article", *columns), rows


def _many(db: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    names, places = ", ".join(f"[{name}]" for name in columns), ", ".join("?" * len(columns))
    db.executemany(f"insert or ignore into {table} ({names}) values ({places})", rows)  # noqa: S608 - our names
