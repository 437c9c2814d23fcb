"""One source's yml: how it is discovered, which urls are reports, where things stand in a page.

``crawlers/<name>.yml`` is read as data by the crawler (``discover``, ``backfill``) and the reader (``read``).
A wrong key, type or regex is one line naming the file and the place, before anything runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from cssselect import SelectorError
from cssselect import parse as parse_css

from pipeline import yml
from pipeline.records import Access, DatelineError

FOLDER = Path(__file__).resolve().parent.parent / "crawlers"

DiscoveryKind = Literal["news_sitemap", "sitemap_index", "feed", "list", "json_list", "year_index", "date_search"]


class SourceError(DatelineError, ValueError):
    """A source's yml cannot be used; the message names file, place and mend."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a source's yml: typed, and closed to keys it does not know."""


class Discovery(Part, frozen=True, kw_only=True):
    """One place that lists reports.

    ``url`` and ``form`` may hold the day asked for, as ``{date:%Y-%m-%d}`` or ``{date.year}-{date.month}``;
    ``every`` says what span of days one such url answers for.
    """

    kind: DiscoveryKind
    url: str
    item: str | None = None  # CSS of one entry on a list page
    link: str | None = None  # CSS of the link within the entry
    title: str | None = None
    day: str | None = None  # CSS of the date text within the entry
    method: Literal["GET", "POST"] = "GET"
    form: dict[str, str] = {}
    pages: str | None = None  # the field of the query or form that counts result pages from 1
    every: Literal["day", "month", "year"] = "day"
    section: str | None = None
    fallback: bool = False  # tried only when the others yielded nothing
    stale_after_days: int = 3


class Selector(Part, frozen=True, kw_only=True):
    """Where a field stands: CSS, a JSON-LD key or a meta name. ``until``: last day of an old template."""

    css: str | None = None
    json_ld: str | None = None
    meta: str | None = None
    attr: str | None = None
    pattern: str | None = None  # first group is kept
    format: str | None = None  # strptime format of a date
    until: date | None = None


class Reading(Part, frozen=True, kw_only=True):
    """Where the fields of a report stand in a page of this source."""

    title: tuple[Selector, ...] = ()
    byline: tuple[Selector, ...] = ()
    published: tuple[Selector, ...] = ()
    updated: tuple[Selector, ...] = ()
    section: tuple[Selector, ...] = ()
    text: tuple[Selector, ...] = ()
    drop: tuple[str, ...] = ()  # CSS of what stands inside the text and is not part of it
    drop_line: tuple[str, ...] = ()  # regexes of whole paragraphs that are not part of it
    title_suffix: tuple[str, ...] = ()


class Correction(Part, frozen=True, kw_only=True):
    """A mistake of the outlet's, put right by hand: a misprinted date, a url that is no report."""

    url: str
    published: str | None = None
    title: str | None = None
    skip: bool = False
    why: str


class Source(Part, frozen=True, kw_only=True):
    """One outlet. ``zone``: IANA name of the zone its printed times are in."""

    id: str
    name: str
    home: str
    zone: str
    country: str
    hosts: tuple[str, ...]
    article_url: tuple[str, ...]
    discover: tuple[Discovery, ...]
    kind: Literal["agency", "newspaper", "official"] = "newspaper"
    access: Access = "full"
    language: str = "en"
    day_first: bool = False
    skip_url: tuple[str, ...] = ()
    backfill: tuple[Discovery, ...] = ()
    read: Reading = Reading()
    expect_per_day: tuple[int, int] = (0, 10_000)
    corrections: tuple[Correction, ...] = ()

    def owns(self, url: str) -> bool:
        """Whether the url lies on one of this source's hosts."""
        return (urlsplit(url).hostname or "") in self.hosts

    def is_article(self, url: str) -> bool:
        """Whether the url has the shape of a report of this source."""
        path = urlsplit(url).path
        return any(re.search(p, path) for p in self.article_url) and not any(re.search(p, path) for p in self.skip_url)


def load(path: Path) -> Source:
    """Read one yml; raise SourceError naming the file and the place of a mistake."""
    source = yml.read(path, Source, SourceError)
    text = path.read_bytes()
    if source.id != path.stem:
        fault = f"id is {source.id!r}; it must be the file's stem, {path.stem!r}"
        raise SourceError(yml.told(path.name, text, fault, source.id))
    for word, fault in _faults(source):
        raise SourceError(yml.told(path.name, text, fault, word))
    return source


def _faults(source: Source) -> Iterator[tuple[str, str]]:
    """What is well-typed and still cannot work, each with the words at fault: regexes, CSS, zone, empty selectors."""
    read = source.read
    selectors = [s for name in read.__struct_fields__ for s in getattr(read, name) if isinstance(s, Selector)]
    patterns = (*source.article_url, *source.skip_url, *read.drop_line, *read.title_suffix)
    for pattern in (*patterns, *(s.pattern for s in selectors if s.pattern)):
        try:
            re.compile(pattern)
        except re.error as error:
            yield pattern, f"bad regex {pattern!r}: {error}"
    for css in (*read.drop, *(s.css for s in selectors if s.css)):
        try:
            parse_css(css)
        except SelectorError as error:
            yield css, f"bad CSS {css!r}: {error}"
    for selector in selectors:
        if sum(bool(way) for way in (selector.css, selector.json_ld, selector.meta)) != 1:
            yield (
                _words(selector),
                f"a selector names one of css, json_ld and meta: {msgspec.json.encode(selector).decode()}",
            )
    try:
        ZoneInfo(source.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield source.zone, f"no such zone: {source.zone!r}"


def _words(selector: Selector) -> str:
    return next((s for s in (selector.css, selector.json_ld, selector.meta, selector.attr) if s), "read")


@cache
def load_all(folder: Path = FOLDER) -> dict[str, Source]:
    """All sources by id, in the order of their files' names."""
    return {path.stem: load(path) for path in sorted(folder.glob("*.yml"))}


def source_of(url: str) -> Source | None:
    """The source whose host the url lies on, or None."""
    return next((s for s in load_all().values() if s.owns(url)), None)
