"""Hostile documents on the way behind the archive: each ends as an article or with its reason; the run goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline import quarantine, steps
from pipeline.archive import ArchiveWriter, archives
from pipeline.process import Processed, process
from pipeline.quarantine import worker
from pipeline.quarantine.worker import Limits
from pipeline.records import Page
from pipeline.store import connect, database_path

NOW = datetime(2024, 7, 20, tzinfo=UTC)
OTHER = "India approved a law on satellite launches and asked six firms to apply for licences by May. " * 6
GOOD = "The European Commission fined Acme 10 million euros on Monday. " * 8
HOSTILE = {
    "parens": "Customs officers counted the brackets that nobody had closed at the border. " * 3 + "(" * 50_000,
    "blanks": "A word" + " &nbsp;" * 300_000 + GOOD,
    "nested": "<div>" * 20_000 + GOOD + "</div>" * 20_000,
    "digits": "1," * 60_000 + GOOD,
}


def page(name: str, body: str) -> Page:
    url = f"https://www.wipo.int/pressroom/en/articles/2024/article_{name}.html"
    html = (
        f"<html lang=en><head><title>Report {name}</title>"
        f'<meta property="article:published_time" content="2024-07-09T10:00:00Z"></head>'
        f"<body><main><article><h1>Report on {name}</h1><p>{body}</p></article></main></body></html>"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Page(url, url, 200, headers, html.encode(), NOW, "wipo")


def archived(data: Path, pages: dict[str, str]) -> None:
    with ArchiveWriter(data / "archive", "2024-07-20") as writer:
        for name, body in pages.items():
            writer.write(page(name, body))


def walk(data: Path, again: bool = False) -> tuple[Processed, Database]:
    db = connect(database_path(data))
    return process(db, archives(data / "archive"), again=again), db


def test_a_hostile_document_is_set_aside_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LIMITS", Limits(cpu=3))
    archived(tmp_path, {"first": GOOD, "parens": HOSTILE["parens"], "last": OTHER})
    done, db = walk(tmp_path)
    (row,) = db.table("quarantine").rows
    assert (row["step"], row["reason"], row["tries"]) == ("annotate", "over 3 s of processor time", 1)
    assert "article_parens" in row["url"]
    assert done.set_aside == 1
    read = {m["article"] for m in db.table("mentions").rows}
    assert len(read) == done.articles - 1 == 2
    (wipo,) = [s for s in steps.status(tmp_path) if s["source"] == "wipo"]
    assert [d["reason"] for d in wipo["set aside"]] == [row["reason"]]

    assert walk(tmp_path)[0].annotated == 0  # not tried again by the same reader

    real = quarantine.annotate
    monkeypatch.setattr(quarantine, "annotator", lambda **_: "the next version")
    monkeypatch.setattr(
        quarantine, "annotate", lambda articles, **_: real(replace(a, text=a.text[:100]) for a in articles)
    )
    assert walk(tmp_path)[0].set_aside == 0  # a better reader takes it back


def test_what_looks_bad_and_is_not_is_read_within_the_limits(tmp_path: Path) -> None:
    archived(tmp_path, {name: HOSTILE[name] for name in ("blanks", "nested", "digits")})
    done, _ = walk(tmp_path)
    assert done.set_aside == 0
    assert done.articles + sum(done.skipped.values()) == 3


def test_a_page_that_ends_its_reader_is_set_aside_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LIMITS", Limits(cpu=3))
    monkeypatch.setattr(quarantine, "EXTRACT", "tests.faults.readers:extract")
    archived(
        tmp_path,
        {
            "first": GOOD,
            "hangs": "HANG HERE. " + "Brazil repealed the tax on imported wheat in June. " * 6,
            "last": OTHER,
        },
    )
    done, db = walk(tmp_path)
    assert (done.articles, done.skipped, done.set_aside) == (2, {"error": 1}, 1)
    (row,) = db.table("quarantine").rows
    assert (row["step"], row["source"], row["article"]) == ("extract", "wipo", None)
    monkeypatch.setattr(quarantine, "EXTRACT", "pipeline.quarantine.tasks:extract")
    done, db = walk(tmp_path, again=True)
    assert (done.articles, done.set_aside) == (3, 0)
