"""The whole way, WARC -> article -> facts -> SQLite with full-text search: ours, the bare libraries, their defaults.

- *ours* is ``pipeline.process``, with dedupe, quarantine and health, up to the facts; acts and stories are told apart.
- *bare* is the least that could count: fastwarc, trafilatura's ``bare_extraction`` with metadata, ``nlp.pipe`` of our
  tuned model over the texts alone, ``executemany`` of articles and the model's entities, FTS built once. No annotator.
- *fast* is *ours* in its fast way, which parses only sentences that may tell an act; its annotations are not all.
- *defaults* is the same work as ours on the libraries as they come: ``bare_extraction``, spaCy's ``nlp.pipe`` as
  ``spacy.load`` gives it, our annotators, an ``insert`` of sqlite-utils an article with its triggers.

Each runs in a process of its own, in turn, round by round, over the same WARC; CPU seconds, children included.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.bench import Figure, Lane, Part, Setting, cpu_seconds, ratio, running, timed
from benchmarks.bench_pages import SOURCE, WARM, load, readable, write_warc
from pipeline.records import Article, article_id

BATCH = 100  # articles a commit
BARE = """
create table articles (id text primary key, url text, title text, text text, published text);
create table mentions (article text, start integer, end integer, text text, label text);
create virtual table articles_fts using fts5(title, text, content=articles, tokenize='porter unicode61');
"""


def measure(setting: Setting) -> Part:
    """The lanes over the same pages."""
    kept = readable(load(setting.pages, setting.count + WARM))
    articles = [article for _, article in kept[WARM:]]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        warm = write_warc(folder / "warm", "warm", (page for page, _ in kept[:WARM]))
        warc = write_warc(folder / "all", "all", (page for page, _ in kept[WARM:]))
        names = ("ours", "fast", "bare", "defaults")
        with running({name: Lane(f"benchmarks.whole:{name}", (warc, warm)) for name in names}) as lanes:
            told = [{name: lane.round() for name, lane in lanes.items()} for _ in range(setting.rounds)]
    rounds = [{name: one[name]["seconds"] for name in names} for one in told]
    cost = {name: median(one[name] for one in rounds) for name in names}
    after = median(one["ours"]["after"] for one in told)
    differing = _differing(articles[:40])
    return Part(
        "whole",
        (
            Figure("ours by the bare sum", ratio(rounds, "ours", "bare"), most=1.05),
            Figure("defaults by ours", ratio(rounds, "defaults", "ours"), least=2.5),
            *(Figure(f"{name}, articles a CPU second", told[-1][name]["articles"] / cost[name]) for name in names),
            Figure("the fast way by the bare sum", ratio(rounds, "fast", "bare")),
            Figure("defaults by the fast way", ratio(rounds, "defaults", "fast")),
            Figure("acts and stories beside, of ours", 100 * after / cost["ours"], "%"),
            Figure("articles whose annotations differ from the untuned model's", differing, most=0),
        ),
        (
            f"{len(articles)} articles of {_words(articles)} words; {_mean(told[-1])}.",
            "The bare sum finds no acts, dates, figures or quotes: what ours costs beyond it is annotators and checks.",
        ),
    )


def _words(articles: list[Article]) -> int:
    return sum(len(article.text.split()) for article in articles) // max(1, len(articles))


def _mean(told: dict[str, Any]) -> str:
    return ", ".join(f"{name} stored {found['articles']}" for name, found in told.items())


def ours(warc: Path, warm: Path, *, quick: bool = False) -> Callable[[], dict[str, float]]:
    """A round of Dateline's own process."""

    def once(file: Path) -> dict[str, float]:
        from pipeline.process import process
        from pipeline.store import connect

        facts = 0.0

        def tell(step: str, done: int, total: int | None) -> None:
            nonlocal facts
            facts = cpu_seconds() if step == "acts" else facts

        with tempfile.TemporaryDirectory() as scratch:
            db = connect(Path(scratch) / "dateline.db")
            db.table("sources").insert({"id": SOURCE, "name": SOURCE, "zone": "UTC", "kind": "media"})
            begun = cpu_seconds()
            done = process(db, [file], fast=quick, progress=tell)
            db.close()
        return {"seconds": facts - begun, "after": cpu_seconds() - facts, "articles": done.articles}

    once(warm)
    return lambda: once(warc)


def fast(warc: Path, warm: Path) -> Callable[[], dict[str, float]]:
    """A round of Dateline's own process in its fast way."""
    return ours(warc, warm, quick=True)


def responses(warc: Path) -> Iterator[tuple[str, bytes]]:
    """Url and body of every response, by fastwarc alone."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with warc.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            yield record.headers["WARC-Target-URI"], record.reader.read()


def bare(warc: Path, warm: Path) -> Callable[[], dict[str, float]]:
    """A round of the bare libraries."""
    from pipeline.annotate.language import load as load_model

    nlp = load_model()

    def once(file: Path) -> dict[str, float]:
        with tempfile.TemporaryDirectory() as scratch:
            db = sqlite3.connect(Path(scratch) / "bare.db")
            db.executescript(f"pragma journal_mode = wal; {BARE}")
            seconds, stored = timed(lambda: _store_bare(db, nlp, list(_extracted(file))))
            db.close()
        return {"seconds": seconds, "articles": stored}

    once(warm)
    return lambda: once(warc)


def _extracted(file: Path) -> Iterator[tuple[str, str, str, str]]:
    from trafilatura import bare_extraction

    for url, body in responses(file):
        found: Any = bare_extraction(body, url=url, with_metadata=True)
        if found and found.text:
            yield url, found.title or url, found.text, found.date or "2024-01-01"


def _store_bare(db: sqlite3.Connection, nlp: Any, told: list[tuple[str, str, str, str]]) -> int:
    docs = nlp.pipe((text for _, _, text, _ in told), batch_size=32)
    for at in range(0, len(told), BATCH):
        part = [(article_id(row[0]), *row) for row in told[at : at + BATCH]]
        with db:
            db.executemany("insert into articles values (?, ?, ?, ?, ?)", part)
            for (article, *_), doc in zip(part, docs, strict=False):
                rows = [(article, e.start_char, e.end_char, e.text, e.label_) for e in doc.ents]
                db.executemany("insert into mentions values (?, ?, ?, ?, ?)", rows)
    with db:
        db.execute("insert into articles_fts(articles_fts) values ('rebuild')")
    return len(told)


def defaults(warc: Path, warm: Path) -> Callable[[], dict[str, float]]:
    """A round of the same pipeline on the libraries' default settings."""
    nlp = untuned()

    def once(file: Path) -> dict[str, float]:
        from sqlite_utils import Database

        with tempfile.TemporaryDirectory() as scratch:
            db = Database(Path(scratch) / "defaults.db")
            seconds, stored = timed(lambda: _store_by_default(db, nlp, file))
            db.close()
        return {"seconds": seconds, "articles": stored}

    once(warm)
    return lambda: once(warc)


def untuned() -> Any:
    """The installed model as it comes; told, as ours is, where sentences begin and the vocabulary's lemmas."""
    import spacy

    from pipeline.annotate.language import MODEL
    from pipeline.annotate.lemmas import teach

    nlp = spacy.load(MODEL)
    nlp.add_pipe("news_layout", before="parser")
    teach(nlp)
    return nlp


def _store_by_default(db: Any, nlp: Any, file: Path) -> int:
    articles = (_article(*row) for row in _extracted(file))
    searched = False
    stored = 0
    for article, found in read_untuned(nlp, articles):
        db["articles"].insert(asdict(article), pk="id")
        if not searched:
            db["articles"].enable_fts(["title", "text"], create_triggers=True, tokenize="porter unicode61")
            searched = True
        for table in ("mentions", "dates", "actions", "statistics", "quotes"):
            rows = [{"article": article.id} | asdict(fact) for fact in getattr(found, table)]
            db[table].insert_all(rows, alter=True)
        stored += 1
    return stored


def read_untuned(nlp: Any, articles: Iterable[Article]) -> Iterator[tuple[Article, Any]]:
    """Our annotators over parses of the model as it comes."""
    from pipeline.annotate import read
    from pipeline.annotate.text import Text

    def docs() -> Iterator[tuple[Any, Article]]:
        for article in articles:
            doc = nlp.make_doc(article.text)
            doc._.text_begins = article.dateline.end if article.dateline else 0
            yield doc, article
            yield nlp.make_doc(article.title), article

    parsed = iter(nlp.pipe(docs(), as_tuples=True))
    for (doc, article), (title, _) in zip(parsed, parsed, strict=True):
        yield article, read(Text(article=article, doc=doc, title=title))


def _article(url: str, title: str, text: str, published: str) -> Article:
    from pipeline.dateline import find_dateline

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Article(article_id(url), url, SOURCE, title, text, published, None, now, dateline=find_dateline(text))


def _differing(articles: list[Article]) -> int:
    """Articles whose annotations are others over the model as it comes."""
    from pipeline.annotate import annotate

    theirs = (found for _, found in read_untuned(untuned(), articles))
    return sum(one != other for one, other in zip(annotate(articles), theirs, strict=True))
