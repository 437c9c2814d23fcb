"""The steps behind the archive, read in two ways that are not mixed."""

from __future__ import annotations

from pathlib import Path

from benchmarks.bench_pages import SOURCE, generated, write_warc
from pipeline.process import process
from pipeline.store import connect


def test_what_was_read_in_one_way_is_read_again_in_the_other(tmp_path: Path) -> None:
    warc = write_warc(tmp_path / "archive", "few", generated(2))
    db = connect(tmp_path / "dateline.db")
    db.table("sources").insert({"id": SOURCE, "name": SOURCE, "zone": "UTC", "kind": "media"})

    def readers() -> set[str]:
        return {row["annotated_by"] for row in db.table("articles").rows}

    assert process(db, [warc], fast=True).annotated == 2
    (fast,) = readers()
    assert process(db, [warc], fast=True).annotated == 0
    assert process(db, [warc]).annotated == 2
    (full,) = readers()
    assert fast == f"{full}-fast"
