"""Look into the archive: what its files hold, one page by its url, and whether every record is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import WarcRecord

from pipeline.archive.reader import members, read_pages
from pipeline.records import Page, Skipped


@dataclass(frozen=True, slots=True)
class Holding:
    """One WARC file: ``bytes`` packed, pages a source, and how many of its records could not be read."""

    file: str
    bytes: int
    pages: dict[str, int]
    skipped: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that is not as it was written; ``offset`` counts bytes of the packed file."""

    file: str
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and every fault found."""

    files: int
    records: int
    faults: tuple[Fault, ...]


def holdings(paths: Iterable[Path]) -> Iterator[Holding]:
    """What each file holds, in the order of the paths."""
    for path in paths:
        pages: Counter[str] = Counter()
        times: list[str] = []
        skipped = 0
        for item in read_pages([path]):
            if isinstance(item, Skipped):
                skipped += 1
                continue
            pages[item.source] += 1
            times.append(item.fetched_at.isoformat())
        first, last = min(times, default=None), max(times, default=None)
        yield Holding(path.name, path.stat().st_size, dict(pages), skipped, first, last)


def find_pages(paths: Iterable[Path], url: str) -> list[Page]:
    """Every page kept under the url, asked for or led to, oldest first."""
    found = (p for p in read_pages(paths) if isinstance(p, Page) and url in (p.url, p.final_url))
    return sorted(found, key=lambda p: p.fetched_at)


def verify(paths: Iterable[Path]) -> Verified:
    """Unpack every record and compare its length and digest with what its header states."""
    faults: list[Fault] = []
    files = records = 0
    for path in paths:
        files += 1
        for member in members(path):
            if not member.data and not member.outcome:
                continue
            records += 1
            reason = member.reason if member.outcome else _digest_fault(member.data)
            if reason:
                faults.append(Fault(path.name, member.start, reason))
    return Verified(files, records, tuple(faults))


def _digest_fault(data: bytes) -> str:
    record = WarcRecord.from_bytes(data)
    if "WARC-Block-Digest" not in record.headers:
        return ""
    return "" if record.verify_block_digest() else "its digest differs"
