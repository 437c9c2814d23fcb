"""Read WARC files record by record, our own and CC-NEWS alike, and come through a torn one.

A record that is cut short, damaged or too large is a named ``Skipped``; reading goes on at the next record.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import msgspec
from fastwarc.warc import WarcRecord, WarcRecordType
from zlib_ng import zlib_ng

from pipeline import durable
from pipeline.records import Hint, Outcome, Page, Skipped
from pipeline.source import source_of

LIMIT = 10 * 1024 * 1024  # bytes of one record, unpacked
_CHUNK = 1 << 16
_STEP = 64  # bytes
_DAMAGED = cast("type[Exception]", zlib_ng.error)  # its types call it an instance
_MAGIC = b"\x1f\x8b\x08"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TARGET = re.compile(rb"^warc-target-uri:[ \t]*<?([^\s>]{1,4000})>?\r", re.IGNORECASE | re.MULTILINE)


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the metadata record holds of a page beside its bytes."""

    url: str
    source: str
    hint: Hint = Hint()
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member: where it lies in the file, its bytes unpacked, and what is wrong with it."""

    start: int
    end: int
    data: bytes
    outcome: Outcome | None = None
    reason: str = ""


def members(path: Path) -> Iterator[Member]:
    """The file's gzip members in order; after a damaged one reading goes on at the next that opens a record."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as packed:
        start = 0
        while 0 <= start < len(packed):
            member = _checked(_unpack(packed, start))
            yield member
            start = _next_record(packed, start + 1) if member.outcome else member.end


def _unpack(packed: mmap.mmap, start: int) -> Member:
    unpacker = zlib_ng.decompressobj(wbits=31)
    data = bytearray()
    position = start
    while not unpacker.eof:
        chunk = packed[position : position + _CHUNK]
        if not chunk:
            return Member(start, position, bytes(data), Outcome.TORN, "the file ends inside the record")
        try:
            data += unpacker.decompress(chunk, LIMIT + 1 - len(data))
        except _DAMAGED as error:  # overwritten or cut and appended to
            data = data or _legible(chunk)
            return Member(start, position, bytes(data), Outcome.TORN, f"damaged gzip: {error}")
        if len(data) > LIMIT:
            return Member(start, position, bytes(data), Outcome.TOO_BIG, f"over {LIMIT >> 20} MB unpacked")
        position += len(chunk)
    return Member(start, position - len(unpacker.unused_data), bytes(data))


def _legible(chunk: bytes) -> bytearray:
    """What can be unpacked of a member's first bytes before the damage: enough to tell whose record it was."""
    unpacker, data = zlib_ng.decompressobj(wbits=31), bytearray()
    try:
        for at in range(0, len(chunk), _STEP):
            data += unpacker.decompress(chunk[at : at + _STEP], _CHUNK)
    except _DAMAGED:
        pass
    return data


def _checked(member: Member) -> Member:
    """The member, with a fault where its record is shorter than its Content-Length."""
    if member.outcome or not member.data:
        return member
    head, gap, content = member.data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if not gap or not head.startswith(b"WARC/") or length is None:
        return Member(member.start, member.end, member.data, Outcome.TORN, "no WARC header")
    if len(content) < int(length[1]):
        reason = f"{len(content)} of {int(length[1])} bytes"
        return Member(member.start, member.end, member.data, Outcome.TORN, reason)
    return member


def _next_record(packed: mmap.mmap, start: int) -> int:
    """Where the next gzip member that opens with a WARC header begins, or -1."""
    while (start := packed.find(_MAGIC, start)) >= 0:
        try:
            if zlib_ng.decompressobj(wbits=31).decompress(packed[start : start + 512], 5) == b"WARC/":
                return start
        except _DAMAGED:  # the three bytes stood inside packed data
            pass
        start += 1
    return -1


def cut_torn_tail(path: Path) -> bool:
    """Cut a file a killed run left behind the last whole record; False where there is none."""
    whole = 0
    for member in members(path):
        if member.outcome is None:
            whole = member.end
    if whole:
        with path.open("r+b") as file:
            file.truncate(whole)
            durable.flush(file)
    return whole > 0


def read_pages(paths: Iterable[Path]) -> Iterator[Page | Skipped]:
    """The pages of our sources in the files; what cannot be read of them is ``Skipped`` with its reason.

    Records of other sites, of other types and DNS answers are passed over in silence.
    """
    for path in paths:
        yield from _pages_of(path)


def _pages_of(path: Path) -> Iterator[Page | Skipped]:
    waiting: tuple[str, Page] | None = None  # a response and its id, until its metadata has or has not followed
    for member in members(path):
        if member.outcome:
            yield from _alone(waiting)
            waiting = None
            yield from _skipped(path, member, member.outcome)
            continue
        if not member.data:
            continue
        record = WarcRecord.from_bytes(member.data)
        if record.record_type == WarcRecordType.metadata and (note := _note(record)):
            page = _annotated(waiting, record, note)
            waiting = None
            if page:
                yield page
        elif record.record_type == WarcRecordType.response:
            yield from _alone(waiting)
            identity = record.record_id or ""
            found = _response(record)
            waiting = (identity, found) if isinstance(found, Page) else None
            if isinstance(found, Skipped):
                yield found
    yield from _alone(waiting)


def _alone(waiting: tuple[str, Page] | None) -> Iterator[Page | Skipped]:
    """A response without our metadata: of CC-NEWS, which holds section pages too, or of a run that was killed."""
    page = waiting[1] if waiting else None
    source = source_of(page.url) if page else None
    if page and source and source.is_article(page.url):
        yield page
    elif page and source:
        yield Skipped(page.url, source.id, Outcome.NOT_NEWS, "not the url of a report")


def _note(record: WarcRecord) -> Note | None:
    try:
        return msgspec.json.decode(record.reader.read(LIMIT), type=Note)
    except msgspec.MsgspecError:  # somebody else's metadata
        return None


def _annotated(waiting: tuple[str, Page] | None, record: WarcRecord, note: Note) -> Page | None:
    if note.headline:
        return Page(note.url, note.url, 0, (), b"", record.record_date, note.source, note.hint)
    if waiting and waiting[0] == record.headers.get("WARC-Concurrent-To"):
        return replace(waiting[1], url=note.url, source=note.source, hint=note.hint)
    return None


def _skipped(path: Path, member: Member, outcome: Outcome) -> Iterator[Skipped]:
    """The fault by name, unless the record is plainly another site's."""
    head = member.data[:8000]
    target = _TARGET.search(head)
    if target is None:
        yield Skipped(f"{path.name}@{member.start}", "", outcome, member.reason)
    elif source := source_of(target[1].decode("utf-8", "replace")):
        yield Skipped(target[1].decode("utf-8", "replace"), source.id, outcome, member.reason)


def _response(record: WarcRecord) -> Page | Skipped | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    source = source_of(url)
    if not url.startswith(("http://", "https://")):
        return None
    if cut := record.headers.get("WARC-Truncated"):
        return Skipped(url, source.id, Outcome.TORN, f"cut when fetched: {cut}") if source else None
    fetched_at = record.record_date
    record.parse_http(auto_decode="all", strict_mode=False)
    body = record.reader.read(LIMIT + 1)
    if len(body) > LIMIT:
        return Skipped(url, source.id, Outcome.TOO_BIG, f"over {LIMIT >> 20} MB unpacked") if source else None
    return Page(
        url=url,
        final_url=url,
        status=record.http_headers.status_code or 0,
        headers=record.http_headers.to_tuples(),
        body=body,
        fetched_at=fetched_at,
        source=source.id if source else "",
    )
