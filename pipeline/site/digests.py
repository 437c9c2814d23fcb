"""The weekly digests that lie beside the database, as pages and as a feed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from feedgen.feed import FeedGenerator
from markupsafe import Markup

from pipeline.site import words

NAME = re.compile(r"[A-Za-z0-9][\w-]{0,80}")
TYPES = {  # ending -> media type, in the order in which they are offered
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "eml": "message/rfc822",
}


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest by its name (``2024-W28``), its endings, and when it was written (UTC)."""

    name: str
    endings: tuple[str, ...]
    written_at: str

    @property
    def title(self) -> str:
        """The days of its week, where it is named after one."""
        named = re.fullmatch(r"(\d{4})-W(\d\d)(-.+)?", self.name)
        try:
            monday = date.fromisocalendar(int(named[1]), int(named[2]), 1) if named else None
        except ValueError:
            monday = None
        if monday is None or named is None:
            return self.name.replace("-", " ")
        week = words.day(f"{monday}/{monday + timedelta(days=6)}")
        return f"{week}: {named[3][1:].replace('-', ' ')}" if named[3] else week


def listed(folder: Path) -> tuple[Digest, ...]:
    """The digests of a folder that have a page, the latest week first."""
    found = []
    for page in folder.glob("*.html") if folder.is_dir() else ():
        if NAME.fullmatch(page.stem):
            endings = tuple(e for e in TYPES if page.with_suffix(f".{e}").is_file())
            at = datetime.fromtimestamp(page.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            found.append(Digest(page.stem, endings, at))
    return tuple(sorted(found, key=lambda d: d.name, reverse=True))


def read(folder: Path, name: str, ending: str) -> bytes | None:
    """One digest's file, or None where there is none of that name and ending."""
    file = folder / f"{name}.{ending}"
    return file.read_bytes() if NAME.fullmatch(name) and ending in TYPES and file.is_file() else None


def inside(page: bytes, address: str, path: Callable[[str], str]) -> Markup:
    """A digest's page without its head, to stand in a page of the site. Links to ``address`` become paths of the site.

    The file was made and cleaned by ``dateline digest``.
    """
    body = re.search(r"<body[^>]*>(.*)</body>", text := page.decode("utf-8"), re.DOTALL)
    links = re.compile(rf'(?<=href="){re.escape(address)}(/[^"]*)')
    return Markup(links.sub(lambda found: path(found[1]), body[1] if body else text))  # noqa: S704 - see above


def atom(digests: Sequence[Digest], address: str, itself: str) -> bytes:
    """A feed with an entry a digest."""
    feed = FeedGenerator()
    feed.id(itself)
    feed.title("Dateline: weekly digests")
    feed.author(name="Dateline")
    feed.link(href=itself, rel="self")
    feed.link(href=f"{address}/digests", rel="alternate")
    feed.updated(max((d.written_at for d in digests), default="1970-01-01T00:00:00Z"))
    for digest in digests:
        entry = feed.add_entry(order="append")
        entry.id(f"{address}/digests/{digest.name}")
        entry.link(href=f"{address}/digests/{digest.name}")
        entry.title(f"Digest of {digest.name}")
        entry.updated(digest.written_at)
        entry.summary(f"What was new, what changed, what is coming: {digest.name}.")
    return bytes(feed.atom_str(pretty=True))
