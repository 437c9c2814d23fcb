"""What a crawl is asked to do, and what it says when it is done; plain records that cross a process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.records import Access
from pipeline.source import Discovery

T = TypeVar("T")
FIRST_DAY = date(2000, 1, 1)  # no backfill goes further back unless told


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One crawl. ``press``: address of a sample press; ``limit``: pages a source at most."""

    sources: tuple[str, ...]
    data: Path
    press: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    dry_run: bool = False
    backfill: bool = False
    settings: dict[str, str | int | float | bool] = {}  # of Scrapy, over crawlers/settings.py
    access: dict[str, Access] = {}  # of a source, over what its yml says


class CrawlReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one crawl did. ``counts``: source -> outcome -> urls; ``would_fetch`` is for a dry run only.

    ``discovered`` counts the urls the source's lists gave; ``warnings`` are (source, what is amiss).
    """

    run: int
    counts: dict[str, dict[str, int]]
    discovered: dict[str, int]
    warnings: tuple[tuple[str, str], ...] = ()
    would_fetch: tuple[str, ...] = ()
    warcs: tuple[Path, ...] = ()
    seconds: float = 0.0
    stopped: bool = False

    def total(self, outcome: str) -> int:
        """How many urls of all sources had the outcome."""
        return sum(Counter(by).get(outcome, 0) for by in self.counts.values())


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line the crawling process says: how far a source is (done, planned), the report, or what went wrong."""

    progress: tuple[str, int, int] | None = None
    report: CrawlReport | None = None
    error: str | None = None


def encode(record: object) -> bytes:
    """One line of JSON."""
    return msgspec.json.encode(record, enc_hook=str)


def decode(line: bytes, kind: type[T]) -> T:
    """The record a line of JSON holds; raises msgspec.ValidationError."""
    return msgspec.json.decode(line, type=kind, dec_hook=lambda to, value: to(value))


def spans(discovery: Discovery, since: date | None, until: date, *, backfill: bool) -> Iterator[date]:
    """The days, one for each url of a dated discovery, newest first; today's alone without ``since`` or backfill."""
    day = until
    first = since or (FIRST_DAY if backfill else until)
    while True:
        yield day
        match discovery.every:
            case "day":
                day -= timedelta(days=1)
            case "month":
                day = day.replace(day=1) - timedelta(days=1)
            case "year":
                day = date(day.year - 1, 12, 31)
        if day < first:
            return


def is_dated(discovery: Discovery) -> bool:
    """Whether the url or the form asks for a certain day, month or year."""
    return any("{date" in text for text in (discovery.url, *discovery.form.values()))
