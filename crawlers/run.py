"""Crawl from anywhere, as often as wished: each crawl runs in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crawlers.order import Answer, CrawlReport, Order, decode, encode
from pipeline.records import Access, DatelineError
from pipeline.source import load_all

__all__ = ["CrawlError", "CrawlReport", "Order", "crawl"]

Progress = Callable[[str, int, int], None]
_ROOT = Path(__file__).resolve().parent.parent


class CrawlError(DatelineError, RuntimeError):
    """The crawl could not go on; the message says why (a full disk, an unknown source, a bad yml)."""


def crawl(
    sources: Sequence[str],
    *,
    data: Path,
    press: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    backfill: bool = False,
    progress: Progress | None = None,
    settings: dict[str, Any] | None = None,
    access: Mapping[str, Access] | None = None,
) -> CrawlReport:
    """Collect what is new of the sources (all without any named) into ``data/archive`` and ``data/dateline.db``.

    ``progress`` hears (source, urls done, urls planned). ``access`` and ``settings`` (Scrapy's) override what the
    source's yml and ``crawlers/settings.py`` say. The caller holds the lock on ``data``. Ctrl-C stops in
    good order and raises KeyboardInterrupt; run again, the crawl goes on where it was. Raises CrawlError.
    """
    known = load_all()
    if unknown := [s for s in sources if s not in known]:
        raise CrawlError(f"no source {', '.join(unknown)}; there are {', '.join(known)}")
    order = Order(
        sources=tuple(sources) or tuple(known),
        data=Path(data).resolve(),
        press=press,
        since=since,
        until=until,
        limit=limit,
        dry_run=dry_run,
        backfill=backfill,
        settings=settings or {},
        access=dict(access or {}),
    )
    return _run(order, progress or (lambda source, done, total: None))


def _run(order: Order, progress: Progress) -> CrawlReport:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(
        [sys.executable, "-m", "crawlers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C is ours to hear
    ) as child:
        _tell(child, encode(order))
        interrupted: KeyboardInterrupt | None = None
        report: CrawlReport | None = None
        error = "the crawling process ended without a report"
        while True:
            try:
                line = child.stdout.readline() if child.stdout else b""
            except KeyboardInterrupt as interrupt:
                if interrupted:
                    child.kill()
                    raise
                interrupted = interrupt
                _tell(child, b"stop")
                continue
            if not line:
                break
            said = decode(line, Answer)
            if said.progress:
                progress(*said.progress)
            report = said.report or report
            error = said.error or error
        if interrupted:
            raise interrupted
    if report is None:
        raise CrawlError(error)
    return report


def _tell(child: subprocess.Popen[bytes], line: bytes) -> None:
    if child.stdin:
        child.stdin.write(line + b"\n")
        child.stdin.flush()
