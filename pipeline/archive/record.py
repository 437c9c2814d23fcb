"""One WARC record as the gzip member it becomes, and the records that keep one page."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Iterator
from datetime import UTC
from hashlib import sha1
from http.client import responses
from uuid import uuid4

import msgspec
from zlib_ng import zlib_ng

from pipeline.archive.reader import Note
from pipeline.records import Page

LEVEL = 6  # of gzip; zlib-ng's takes half of zlib's time for a hundredth more bytes
_SECRET = frozenset({"set-cookie", "cookie", "authorization", "proxy-authorization"})
_UNPACKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})  # the body is kept decoded


def about_file(page: Page, name: str) -> bytes:
    """The record a file opens with; ``page`` is its first, ``name`` what it will be called."""
    told = b"software: Dateline\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n"
    fields = f"WARC-Filename: {name}\r\nContent-Type: application/warc-fields\r\n"
    return _member("warcinfo", _new_id(), page, fields, told)


def of_page(page: Page, request: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """What keeps a page: request, response and metadata; of a headline page the metadata alone."""
    target = f"WARC-Target-URI: {_one_line(page.url)}\r\nContent-Type: application/json\r\n"
    note = msgspec.json.encode(Note(page.url, page.source, page.hint, headline=page.status == 0))
    if page.status == 0:
        yield _member("metadata", _new_id(), page, target, note)
        return
    response = _new_id()
    together = f"WARC-Concurrent-To: {response}\r\n"
    http = f"WARC-Target-URI: {_one_line(page.final_url)}\r\nContent-Type: application/http; msgtype="
    asked = f"GET {_one_line(page.final_url)} HTTP/1.1\r\n{_lines(request)}\r\n".encode()
    yield _member("request", _new_id(), page, f"{http}request\r\n{together}", asked)
    status = f"HTTP/1.1 {page.status} {responses.get(page.status, 'Unknown')}\r\n"
    head = f"{status}{_lines(page.headers)}Content-Length: {len(page.body)}\r\n\r\n".encode()
    yield _member("response", response, page, f"{http}response\r\n", head, page.body)
    yield _member("metadata", _new_id(), page, target + together, note)


def _member(kind: str, identity: str, page: Page, fields: str, *content: bytes) -> bytes:
    digest = sha1(usedforsecurity=False)
    for part in content:
        digest.update(part)
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {identity}\r\n"
        f"WARC-Date: {page.fetched_at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z\r\n{fields}"
        f"WARC-Block-Digest: sha1:{b32encode(digest.digest()).decode()}\r\n"
        f"Content-Length: {sum(map(len, content))}\r\n\r\n"
    )
    return zlib_ng.compress(b"".join((head.encode(), *content, b"\r\n\r\n")), LEVEL, wbits=31)


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _lines(headers: Iterable[tuple[str, str]]) -> str:
    """Header lines without secrets; what told of the packed body is kept under Common Crawl's X-Crawl- names."""
    lines = []
    for key, value in headers:
        name = key.lower()
        if name not in _SECRET:
            lines.append(_one_line(f"{'X-Crawl-' if name in _UNPACKED else ''}{key}: {value}") + "\r\n")
    return "".join(lines)


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
