"""Reads what lists reports (sitemaps, feeds, list pages, JSON lists) into urls with their hints.

Pure functions from bytes. Each url comes clean; what is no report of the source is left out. The sitemaps of an
index, and the JSON behind a Xinhua list page, come back as ``more`` to be asked for next.
"""

from __future__ import annotations

import itertools
import json
import re
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree, html

from pipeline.extract.moment import BadDateError, read_moment
from pipeline.extract.urls import clean_url
from pipeline.records import Hint
from pipeline.source import Discovery, Source

LIMIT = 10 * 1024 * 1024  # bytes of a listing, unpacked
_DATASOURCE = re.compile(r"datasource:([0-9a-f]{32})")
_TAGS = re.compile(r"<[^<>]{0,500}>")


class ListingError(ValueError):
    """What was served is no such list; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class Found:
    """A report's url, what its listing says of it, and when the listing says it last changed."""

    url: str
    hint: Hint = field(default_factory=Hint)
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing gave: reports, and further listings to ask for."""

    found: tuple[Found, ...] = ()
    more: tuple[str, ...] = ()


def read_listing(discovery: Discovery, source: Source, url: str, body: bytes) -> Listing:
    """Read one listing. Raises ListingError where it is of another kind than the source's yml says."""
    raw: Iterable[Found] = ()
    more: tuple[str, ...] = ()
    body = _unpacked(body)
    match discovery.kind:
        case "news_sitemap" | "sitemap_index":
            raw, more = _sitemap(body)
        case "feed":
            raw = _feed(body)
        case "json_list" if body.lstrip()[:1] in (b"{", b"["):
            raw = _json_list(body, url)
        case "json_list":
            more = _datasources(body, url)
        case _:
            raw = _list_page(body, url, discovery, source)
    found = (_cleaned(item, source, discovery) for item in raw)
    return Listing(tuple(merge(f for f in found if f)), tuple(m for m in more if _owns(source, m)))


def _owns(source: Source, url: str) -> bool:
    try:
        return source.owns(url)
    except ValueError:  # no address at all
        return False


def _joined(url: str, link: str) -> str:
    """The link's address, or nothing where it has none."""
    try:
        return urljoin(url, link)
    except ValueError:
        return ""


def merge(found: Iterable[Found]) -> list[Found]:
    """One entry a url, in order of first sight; each field from the first that gives it, keywords from all."""
    by_url: dict[str, Found] = {}
    for item in found:
        by_url[item.url] = _merged(by_url[item.url], item) if item.url in by_url else item
    return list(by_url.values())


def _merged(a: Found, b: Found) -> Found:
    hint = Hint(
        title=a.hint.title or b.hint.title,
        published=_finer(a.hint.published, b.hint.published),
        section=a.hint.section or b.hint.section,
        summary=a.hint.summary or b.hint.summary,
        language=a.hint.language or b.hint.language,
        keywords=tuple(dict.fromkeys((*a.hint.keywords, *b.hint.keywords))),
    )
    return Found(a.url, hint, a.modified or b.modified)


def _finer(a: str | None, b: str | None) -> str | None:
    """The time rather than the bare day, else the first."""
    return b if b and (not a or len(b) > len(a) == len("2024-07-09")) else a


def _cleaned(item: Found, source: Source, discovery: Discovery) -> Found | None:
    url = clean_url(item.url)
    if not url or not source.owns(url) or not source.is_article(url):
        return None
    hint = replace(
        item.hint,
        title=_text(item.hint.title),
        summary=_text(item.hint.summary),
        section=item.hint.section or discovery.section,
        published=moment(item.hint.published, source),
    )
    return Found(url, hint, item.modified)


def moment(stated: str | None, source: Source) -> str | None:
    """A listing's date as UTC or a bare day (midnight sharp is a day that was padded); None if absurd."""
    if not stated:
        return None
    try:
        found = read_moment(stated, zone=ZoneInfo(source.zone), latest=datetime.now(UTC), day_first=source.day_first)
    except BadDateError:
        return None
    if found is None or found.zone is None:
        return found.value if found else None
    local = datetime.fromisoformat(found.value).astimezone(datetime.strptime(found.zone, "%z").tzinfo)
    return local.date().isoformat() if local.time() == datetime.min.time() else found.value


def _text(markup: str | None) -> str | None:
    return " ".join(_TAGS.sub(" ", markup).split())[:2000] or None if markup else None


def stale_since(discovery: Discovery, found: Iterable[Found], today: date) -> str | None:
    """The day of a list's newest report where that lies longer back than its yml allows; None for a live list."""
    newest = max((f.hint.published[:10] for f in found if f.hint.published), default=None)
    if newest is None or (today - date.fromisoformat(newest)).days <= discovery.stale_after_days:
        return None
    return newest


def _unpacked(body: bytes) -> bytes:
    """The body, gunzipped where a listing is served as a .gz file; never more than LIMIT bytes."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        plain = zlib.decompressobj(wbits=31).decompress(body, LIMIT + 1)
    except zlib.error as error:
        raise ListingError(f"damaged gzip: {error}") from error
    if len(plain) > LIMIT:
        raise ListingError(f"over {LIMIT >> 20} MB unpacked")
    return plain


def _sitemap(body: bytes) -> tuple[Iterator[Found], tuple[str, ...]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(body, parser) if body.strip() else None
    except etree.XMLSyntaxError as error:
        raise ListingError(f"not a sitemap: {error}"[:200]) from error
    kind = None if root is None else str(root.tag).rpartition("}")[2]  # a broken name is no QName
    if root is None or kind not in ("urlset", "sitemapindex"):
        raise ListingError(f"not a sitemap but {kind or 'nothing'}")
    if kind == "sitemapindex":
        entries = [(e.findtext("{*}lastmod") or "", (e.findtext("{*}loc") or "").strip()) for e in root]
        return iter(()), tuple(loc for _, loc in entries if loc)
    return (_sitemap_entry(entry) for entry in root), ()


def _sitemap_entry(entry: Any) -> Found:
    def text(name: str) -> str | None:
        return (entry.findtext(f".//{{*}}{name}") or "").strip() or None

    keywords = tuple(k.strip() for k in (text("keywords") or "").split(",") if k.strip())
    hint = Hint(
        title=entry.findtext("{*}news/{*}title"),
        published=text("publication_date"),
        language=text("language"),
        keywords=keywords,
    )
    return Found((entry.findtext("{*}loc") or "").strip(), hint, (entry.findtext("{*}lastmod") or "").strip() or None)


def _feed(body: bytes) -> Iterator[Found]:
    try:
        feed = feedparser.parse(body)
    except (KeyError, ValueError, AssertionError, RecursionError) as error:  # feedparser's own, on broken markup
        raise ListingError(f"not a feed: {type(error).__name__}") from error
    if not feed.get("version") and not feed.entries:  # of nothing, feedparser does not even tell the version
        raise ListingError("not a feed")
    for entry in feed.entries:
        tags = tuple(t["term"] for t in entry.get("tags", ()) if t.get("term"))
        hint = Hint(
            title=entry.get("title"),
            published=_utc(entry.get("published_parsed")) or entry.get("published"),
            summary=entry.get("summary"),
            keywords=tags,
        )
        yield Found(entry.get("link", ""), hint, _utc(entry.get("updated_parsed")))


def _utc(parsed: Any) -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else None


def _datasources(body: bytes, url: str) -> tuple[str, ...]:
    """``datasource:<32 hex>`` in a list page names the JSON file beside it."""
    names = dict.fromkeys(_DATASOURCE.findall(body.decode("utf-8", "replace")))
    if not names:
        raise ListingError("no datasource in the page")
    return tuple(urljoin(url, f"ds_{name}.json") for name in names)


def _json_list(body: bytes, url: str) -> Iterator[Found]:
    try:
        listed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ListingError(f"not JSON: {error}"[:200]) from error
    items = listed.get("datasource") if isinstance(listed, dict) else listed
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(link := item.get("publishUrl") or item.get("url"), str):
            said = {k: v for k, v in item.items() if isinstance(v, str)}
            keywords = tuple(k.strip() for k in re.split(r"[,，;；]", said.get("keywords", "")) if k.strip())
            hint = Hint(
                title=said.get("title") or said.get("showTitle"),
                published=said.get("publishTime"),
                summary=said.get("summary"),
                keywords=keywords,
            )
            yield Found(_joined(url, link), hint)


def _list_page(body: bytes, url: str, discovery: Discovery, source: Source) -> Iterator[Found]:
    """The links to reports in a page; a day is looked for in the block that holds no other report's link."""
    if not body.strip():
        raise ListingError("an empty page")
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError as error:
        raise ListingError(f"not a page: {error}"[:200]) from error
    for block in tree.cssselect(discovery.item) if discovery.item else (tree,):
        for link in block.cssselect(discovery.link or "a[href]")[:5000]:
            target = _joined(url, (link.get("href") or "").strip())
            if source.is_article(target):
                title = " ".join(link.text_content().split())
                yield Found(target, Hint(title=title or None, published=_day_near(link, url, source)))


def _day_near(link: Any, url: str, source: Source) -> str | None:
    """The day stated in the smallest block around the link, as long as the block lists no other report."""
    block, own = link, _joined(url, link.get("href"))
    for parent in itertools.islice(link.iterancestors(), 4):
        links = (_joined(url, a.get("href") or "") for a in parent.iter("a"))
        if any(other != own and source.is_article(other) for other in links):
            break
        block = parent
    inside = set(link.itertext())
    texts = (t for t in block.itertext() if len(t) < 100 and t not in inside)
    return next((day for t in texts if (day := moment(t, source))), None)
