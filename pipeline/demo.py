"""The whole job over the sample press: two crawls a fortnight apart, reading, digest, and the dataset served."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import typer

from pipeline import steps, terminal
from pipeline.serving import serve

# The first crawl sees the press on the eve of the block, the second when the story has run its course.
VISITS = (datetime(2024, 7, 5, tzinfo=UTC), datetime(2024, 7, 22, tzinfo=UTC))
WEEK = "2024-W28"


def demo(data: Path, *, serving: bool, port: int) -> int:
    """Crawl, read, store, write the digest, serve. Starts from an empty folder; returns an exit code."""
    from pipeline.press import Press
    from pipeline.source import load_all

    start = time.monotonic()
    shutil.rmtree(data, ignore_errors=True)
    with Press() as press:
        for visit in VISITS:
            press.as_of = visit
            with terminal.progress("crawl") as tell:
                report = steps.crawl(data, list(load_all()), press=press.address, progress=tell)
            typer.echo(f"The sample press on {visit:%B} {visit.day}, {visit.year}:")
            terminal.show_crawl(report, False)
    with terminal.progress("process") as tell:
        done = steps.process(data, progress=tell)
    terminal.show_processed(done, False)
    terminal.show_paths(steps.digest(data, WEEK))
    typer.echo(f"done in {time.monotonic() - start:.0f} s")
    if not serving:
        typer.echo(f"to look at it: dateline serve --data {data}")
        return 0
    typer.echo(f"serving on http://127.0.0.1:{port} (Ctrl-C stops it)")
    return serve(data, host="127.0.0.1", port=port)
