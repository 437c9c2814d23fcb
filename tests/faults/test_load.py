"""The short form of ``python -m benchmarks.load``: readers on loopback while rows are written, none fails the other."""

from __future__ import annotations

import asyncio
from pathlib import Path

from benchmarks.load import Met, meet, serving
from pipeline.store import connect, database_path, save
from tests.web import press
from tests.web.hostile import made


def test_readers_and_a_writer_do_not_fail_each_other(tmp_path: Path) -> None:
    made(tmp_path)
    met = Met()

    def rewrite(until: asyncio.Event) -> None:
        db = connect(database_path(tmp_path))
        while not until.is_set():
            save.save_articles(db, press.ARTICLES)
            save.save_annotations(db, press.ANNOTATIONS, f"reader {met.writes}")
            met.writes += 1

    async def write(until: asyncio.Event, _: Met) -> None:
        await asyncio.to_thread(rewrite, until)

    with serving(tmp_path) as address:
        asyncio.run(meet(address, 20, 1.5, met, write))
    assert not met.faults
    assert met.writes > 3
    assert len(met.seconds) > 20
    assert connect(database_path(tmp_path)).execute("pragma integrity_check").fetchone() == ("ok",)
