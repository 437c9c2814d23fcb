"""Writes the pages of one run; keeps the folder in order."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from http.client import responses
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec
from fastwarc.warc import WarcRecord, WarcRecordType

from pipeline import durable
from pipeline.archive.reader import Note, cut_torn_tail
from pipeline.records import Page

_SECRET = frozenset({"set-cookie", "cookie", "authorization", "proxy-authorization"})
_UNPACKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})  # the body is kept decoded
LEVEL = 6  # of gzip
_ROBOTS_META = re.compile(rb"<meta\b[^>]{0,300}>", re.IGNORECASE)


def forbids_keeping(page: Page) -> bool:
    """Whether the page asks, in a robots meta tag or X-Robots-Tag, not to be kept (``noarchive``)."""
    if any(k.lower() == "x-robots-tag" and "noarchive" in v.lower() for k, v in page.headers):
        return True
    tags = (tag.lower() for tag in _ROBOTS_META.findall(page.body[:200_000]))
    return any(b"noarchive" in tag and b"robots" in tag for tag in tags)


class ArchiveWriter:
    """Writes the pages of one run; use as a context manager."""

    def __init__(self, folder: Path, run: str) -> None:
        recover(folder)
        self._kept = _WarcFile(folder / f"{run}.warc.gz")
        self._passing = _WarcFile(folder / f"{run}.noarchive.warc.gz")

    def write(self, page: Page, request: Iterable[tuple[str, str]] = ()) -> str:
        """Append the page; return the name its file will have. Not safe on the disk before ``sync``."""
        passing = forbids_keeping(page)
        (self._passing if passing else self._kept).write(page, request)
        return (self._passing if passing else self._kept).path.name

    def sync(self) -> None:
        """Put everything written so far on the disk. Raises OSError when the disk is full."""
        self._kept.sync()
        self._passing.sync()

    def close(self) -> tuple[Path, ...]:
        """Finish; return the files that hold pages."""
        return tuple(f.path for f in (self._kept, self._passing) if f.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _WarcFile:
    """One WARC under its temporary name, made on the first page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self._file: BinaryIO | None = None
        self._dirty = False
        self._named = False

    def write(self, page: Page, request: Iterable[tuple[str, str]]) -> None:
        file = self._file or self._open(page)
        for record in _records(page, request):
            file.write(_member(record))
        self._dirty = True

    def _open(self, page: Page) -> BinaryIO:
        durable.make_folder(self.path.parent)
        self._file = self.part.open("xb")
        about = b"software: Dateline\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n"
        info = _record(WarcRecordType.warcinfo, None, page, "application/warc-fields", about)
        info.headers.append("WARC-Filename", self.path.name)
        self._file.write(_member(info))
        return self._file

    def sync(self) -> None:
        if self._file is None or not self._dirty:
            return
        durable.flush(self._file)
        if not self._named:
            durable.sync(self.part.parent)  # else the bytes are there and nothing leads to them
            self._named = True
        self._dirty = False

    def close(self) -> bool:
        """Sync, rename, sync the folder; False where nothing was written."""
        if self._file is None:
            return False
        self.sync()
        self._file.close()
        self._file = None
        durable.rename(self.part, self.path)
        return True


def _member(record: WarcRecord) -> bytes:
    """One gzip member a record; fastwarc's own writer takes ten times as long for records this short.

    The window and tables are no larger than the record needs: filling larger ones costs more than packing it.
    """
    plain = BytesIO()
    record.write(plain, checksum_data=True)
    bits = plain.tell().bit_length()
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + min(max(bits, 9), 15), min(max(bits - 7, 4), 8))
    return packer.compress(plain.getbuffer()) + packer.flush()


def _records(page: Page, request: Iterable[tuple[str, str]]) -> Iterator[WarcRecord]:
    note = Note(page.url, page.source, page.hint, headline=page.status == 0)
    about = _record(WarcRecordType.metadata, page.url, page, "application/json", msgspec.json.encode(note))
    if page.status == 0:
        yield about
        return
    head = f"HTTP/1.1 {page.status} {responses.get(page.status, 'Unknown')}\r\n{_lines(page.headers)}"
    response = _record(
        WarcRecordType.response,
        page.final_url,
        page,
        "application/http; msgtype=response",
        f"{head}Content-Length: {len(page.body)}\r\n\r\n".encode() + page.body,
    )
    asked = _record(
        WarcRecordType.request,
        page.final_url,
        page,
        "application/http; msgtype=request",
        f"GET {page.final_url} HTTP/1.1\r\n{_lines(request)}\r\n".encode(),
    )
    for record in (asked, about):
        record.headers.append("WARC-Concurrent-To", response.record_id or "")
    yield from (asked, response, about)


def _record(kind: WarcRecordType, url: str | None, page: Page, content_type: str, content: bytes) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.record_date = page.fetched_at
    record.headers.set("Content-Type", content_type)
    if url:
        record.headers.append("WARC-Target-URI", _one_line(url))
    record.set_bytes_content(content)
    return record


def _lines(headers: Iterable[tuple[str, str]]) -> str:
    """Header lines without secrets; what told of the packed body is kept under Common Crawl's X-Crawl- names."""
    lines = []
    for key, value in headers:
        if key.lower() not in _SECRET:
            name = f"X-Crawl-{key}" if key.lower() in _UNPACKED else key
            lines.append(f"{_one_line(name)}: {_one_line(value)}\r\n")
    return "".join(lines)


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def archives(folder: Path) -> list[Path]:
    """The folder's WARC files, oldest run first, with those a killed run left unfinished."""
    names = ("*.warc.gz", "*.warc.gz.part")
    return sorted((p for name in names for p in folder.glob(name)), key=lambda p: p.name)


def recover(folder: Path) -> list[Path]:
    """Give what a killed run left its name, less its torn tail. Call only where no other run can be writing."""
    recovered = []
    for part in folder.glob("*.warc.gz.part"):
        if cut_torn_tail(part):
            recovered.append(part.with_suffix(""))
            durable.rename(part, part.with_suffix(""))
        else:
            part.unlink()
    return recovered


def forget(folder: Path) -> int:
    """Remove the pages that asked not to be kept, once they have been read; return how many files went."""
    gone = list(folder.glob("*.noarchive.warc.gz"))
    for path in gone:
        path.unlink()
    return len(gone)
