"""When a report was published and changed: the source's selectors first, then the page's data, then its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import htmldate
from lxml import etree

from pipeline.extract.document import Refused
from pipeline.extract.moment import EARLIEST, BadDateError, Moment, read_moment
from pipeline.extract.select import Document, stated, text_of
from pipeline.extract.structured import Structured
from pipeline.extract.zone import in_own_zone
from pipeline.records import Hint, Outcome
from pipeline.source import Source

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "iso-8601-publish-date", "parsely-pub-date",
    "datepublished", "sailthru.date", "article.published", "og:published_time", "published_time", "publishdate",
    "publish-date", "publish_date", "published-date", "pubdate", "publication_date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date", "cxenseparse:recs:publishtime", "article_date",
    "article_date_original", "ptime", "displaydate", "date", "revision_date", "rnews:datepublished",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod")
_FOLDERS = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?=/|$)")
_URL_DAY = re.compile(  # alone or in a name, but not among the digits of an id; /t20240709_1.html is one
    r"(?:(?<![^\W_])|(?<=/t))((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?![^\W_])"
)
_LATER = timedelta(days=2)  # a report's data may name the day after its url's through the zone, hardly a later one


def published_of(document: Document, source: Source | None, hint: Hint, url: str, latest: datetime) -> Moment:
    """When it was published: as the source's yml says, else the first time of day in the page's data, else a day.

    Raises Refused with the reason; a stated date that cannot be is never mended or guessed around.
    """
    day_first = source.day_first if source else None
    refused = ""
    moments: list[Moment] = []
    for text, form, decisive in _published(document, source, hint):
        try:
            found = read_moment(text, zone=zone_of(source), latest=latest, form=form, day_first=day_first)
        except BadDateError as error:
            refused = refused or str(error)
            continue
        if found and decisive:
            return found
        moments += [found] if found else []
    if moments:
        return _first_published(in_own_zone(document, _most_exact(moments)), url, latest)
    guess = None if refused else _url_moment(url, latest) or _by_layout(document, url, latest)
    if not guess:
        raise Refused(Outcome.NO_DATE, refused or "no publish date")
    return guess


def _most_exact(moments: list[Moment]) -> Moment:
    """The first, or the first time of day on it; in the outlet's own zone where that is stated too."""
    exact = next((m for m in moments if m.zone and abs((m.day - moments[0].day).days) <= 1), moments[0])
    return next((m for m in moments if m.value == exact.value and m.zone not in (None, "+00:00")), exact)


def _first_published(stated: Moment, url: str, latest: datetime) -> Moment:
    """The day in the url's folders where the page's data names a later one: the report was published anew."""
    found = _read_url(_FOLDERS, url, latest)
    return found if found and stated.day - found.day > _LATER else stated


def published_by_hint(hint: Hint, source: Source | None, url: str, latest: datetime) -> Moment:
    """When the feed or the url says it was published. Raises Refused."""
    try:
        found = read_moment(hint.published or "", zone=zone_of(source), latest=latest)
    except BadDateError as error:
        raise Refused(Outcome.NO_DATE, str(error)) from error
    found = found or _url_moment(url, latest)
    if not found:
        raise Refused(Outcome.NO_DATE, "no publish date")
    return found


def template_day(data: Structured, hint: Hint, url: str, latest: datetime) -> date | None:
    """Roughly when the page was made, by which a source's old selectors are told from its new ones."""
    for text in (*data.at("datePublished"), *data.named(_PUBLISHED), hint.published or ""):
        try:
            if found := read_moment(text, latest=latest):
                return found.day
        except BadDateError:
            continue
    found = _url_moment(url, latest)
    return found.day if found else None


def zone_of(source: Source | None) -> ZoneInfo | None:
    """The zone of the times an outlet prints without one."""
    return ZoneInfo(source.zone) if source else None


def _published(document: Document, source: Source | None, hint: Hint) -> Iterator[tuple[str, str | None, bool]]:
    """Strings that may state the time, with their strptime form, and whether a bare day there is the last word."""
    for text, selector in stated(document, source.read.published if source else ()):
        yield text, selector.format, True
    data = document.data
    for text in (*data.at("datePublished"), *data.named(_PUBLISHED), *data.at("dateCreated")):
        yield text, None, False
    marked = document.tree.xpath("//*[@itemprop='datePublished' or @pubdate]")[:20]
    texts = {node.get("datetime") or node.get("content") or text_of(node) for node in marked}
    if len(texts) == 1:  # several are those of other reports
        yield texts.pop(), None, False
    if hint.published:
        yield hint.published, None, False


def _by_layout(document: Document, url: str, latest: datetime) -> Moment | None:
    """The day htmldate finds; the first of a month only if the page names that day, and not just the month or year."""
    day = htmldate.find_date(
        document.tree, url=url, original_date=True, min_date=EARLIEST.isoformat(), max_date=f"{latest:%Y-%m-%d}"
    )
    try:
        found = read_moment(day, latest=latest) if day else None
    except BadDateError:
        return None
    return found if found and (found.day.day > 1 or _names(document, found.day)) else None


def _names(document: Document, day: date) -> bool:
    written = etree.tostring(document.tree, encoding="unicode")
    return bool(
        re.search(
            rf"(?<!\d)(?:{day:%Y-%m-%d}|{day:%Y/%m/%d}|{day:%Y%m%d}|0?1[./-]0?{day.month}[./-]{day.year}|"
            rf"0?{day.month}/0?1/{day.year}|(?:1|01|1st|1er|1º)\.? (?:de )?[^\W\d]{{3,10}}\.?,? (?:de )?{day.year}|"
            rf"{day.year}年0?{day.month}月0?1日)(?!\d)|\b[^\W\d]{{3,10}}\.? 0?1(?:st)?,? {day.year}\b",
            written,
        )
    )


def _url_moment(url: str, latest: datetime) -> Moment | None:
    return _read_url(_FOLDERS, url, latest) or _read_url(_URL_DAY, url, latest)


def _read_url(shape: re.Pattern[str], url: str, latest: datetime) -> Moment | None:
    found = shape.search(urlsplit(url).path)
    try:
        return (
            read_moment("-".join(part for part in found.groups() if part.isdigit()), latest=latest) if found else None
        )
    except BadDateError:
        return None


def updated_of(document: Document, source: Source | None, published: Moment, latest: datetime) -> Moment | None:
    """When the page says it was changed, if that is later than its publication."""
    own = [text for text, _ in stated(document, source.read.updated)] if source else []
    for text in (*own, *document.data.at("dateModified"), *document.data.named(_UPDATED)):
        try:
            found = read_moment(text, zone=zone_of(source), latest=latest)
        except BadDateError:
            continue
        if found and found.value > published.value:
            return found
    return None
