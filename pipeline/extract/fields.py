"""The fields of a report beside its text: the source's selectors first, then the page's data, then its layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import htmldate
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.extract.document import Refused, repair
from pipeline.extract.moment import EARLIEST, BadDateError, Moment, read_moment
from pipeline.extract.names import people
from pipeline.extract.select import Document, stated, text_of
from pipeline.extract.structured import Structured
from pipeline.records import Hint, Outcome
from pipeline.source import Source

MAX_TITLE = 400
SURE = 0.9  # of py3langid's probabilities; short or mixed texts lie below

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "iso-8601-publish-date", "parsely-pub-date",
    "datepublished", "sailthru.date", "article.published", "og:published_time", "published_time", "publishdate",
    "publish-date", "publish_date", "published-date", "pubdate", "publication_date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date", "cxenseparse:recs:publishtime", "article_date",
    "article_date_original", "ptime", "displaydate", "date", "revision_date", "rnews:datepublished",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod")
_TITLE = ("og:title", "sailthru.title", "parsely-title", "twitter:title", "dc.title", "title")
_BYLINE = ("parsely-author", "sailthru.author", "article:author", "og:article:author", "author", "byl", "dc.creator")
_SECTION = ("article:section", "og:article:section", "parsely-section", "section", "cxenseparse:section")
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags")
_SUFFIX = re.compile(r"\s*(?:\s[|–—·»:-]|[|丨_]|-(?=[^\x00-\x7f]))\s*(?P<site>[^|–—·»]{2,60})$")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def title_of(document: Document, source: Source | None, hint: Hint, host: str) -> str | None:
    """The headline without the site's name; None where the page only names the site."""
    own = stated(document, source.read.title) if source else iter(())
    suffixes = source.read.title_suffix if source else ()
    site = _site_names(document, source, host)
    for text in (*(value for value, _ in own), *headlines(document), hint.title or ""):
        text = " ".join(repair(text).split())[:MAX_TITLE]
        for suffix in suffixes:
            text = re.sub(rf"(?:{suffix})$", "", text)
        text = _without_site(text.strip(), site)
        if len(text) > 2 and _plain(text) not in site:
            return text
    return None


def headlines(document: Document) -> Iterator[str]:
    """Every headline the page gives itself, the most trusted first."""
    yield from document.data.at("headline")
    yield from document.data.named(_TITLE)
    headings = document.tree.findall(".//h1")
    if len(headings) == 1:
        yield text_of(headings[0])
    yield from (text_of(node) for node in document.tree.findall(".//head/title")[:1])
    yield from (text_of(node) for node in headings[:3])


def _site_names(document: Document, source: Source | None, host: str) -> set[str]:
    names = [
        host,
        host.split(".")[-2] if "." in host else host,
        *document.data.named(("og:site_name",)),
        *document.data.at("publisher.name"),
        *((source.name, source.id) if source else ()),
    ]
    return {_plain(name) for name in names if _plain(name) and len(name.split()) <= 6}


def _plain(name: str) -> str:
    return re.sub(r"\W|_", "", name.casefold())


def _without_site(title: str, site: set[str]) -> str:
    for _ in range(3):
        found = _SUFFIX.search(title)
        if not found or not any(name in _plain(found["site"]) for name in site if len(name) > 2):
            break
        if len(found["site"].split()) > 6:
            break
        title = title[: found.start()].strip()
    return title


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
        return _most_exact(moments)
    guess = None if refused else _url_moment(url, latest) or _by_layout(document, url, latest)
    if not guess:
        raise Refused(Outcome.NO_DATE, refused or "no publish date")
    return guess


def _most_exact(moments: list[Moment]) -> Moment:
    """The first, or the first time of day on it; in the outlet's own zone where that is stated too."""
    exact = next((m for m in moments if m.zone and abs((m.day - moments[0].day).days) <= 1), moments[0])
    return next((m for m in moments if m.value == exact.value and m.zone not in (None, "+00:00")), exact)


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
    """The day htmldate finds."""
    day = htmldate.find_date(
        document.tree, url=url, original_date=True, min_date=EARLIEST.isoformat(), max_date=f"{latest:%Y-%m-%d}"
    )
    try:
        return read_moment(day, latest=latest) if day else None
    except BadDateError:
        return None


def _url_moment(url: str, latest: datetime) -> Moment | None:
    found = _URL_DAY.search(urlsplit(url).path)
    try:
        return read_moment("-".join(found.groups()), latest=latest) if found else None
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


def bylines(document: Document, source: Source | None) -> list[tuple[str, ...]]:
    """Bylines as printed, one tuple a place of the page, the most trusted first."""
    data = document.data
    own = tuple(text for text, _ in stated(document, source.read.byline)) if source else ()
    marked = document.tree.xpath("//*[@rel='author' or @itemprop='author']")[:5]
    return [
        own,
        data.at("author.name"),
        data.at("author.byline"),
        data.at("author"),
        *((value,) for value in data.named(_BYLINE)),
        tuple(text_of(node) for node in marked),
    ]


def byline_of(
    printed: Iterable[Iterable[str]], document: Document, source: Source | None, host: str
) -> tuple[str, ...]:
    """The writers' names, from the first printed byline that has any."""
    outlet = [host, *document.data.named(("og:site_name",)), *document.data.at("publisher.name")]
    outlet += [source.name, source.id] if source else []
    return next((names for lines in printed if (names := people(lines, outlet))), ())


def section_of(document: Document, source: Source | None, hint: Hint) -> str | None:
    """The outlet's section."""
    own = (text for text, _ in stated(document, source.read.section)) if source else iter(())
    choices = (*own, *document.data.at("articleSection"), *document.data.named(_SECTION), hint.section or "")
    return next((text.strip()[:80] for text in choices if text.strip()), None)


def keywords_of(document: Document, hint: Hint) -> tuple[str, ...]:
    """Keywords as the page or the feed gives them, once each, at most 30."""
    stated_words = [*document.data.at("keywords"), *document.data.named(_KEYWORDS)]
    words = [word.strip() for text in stated_words for word in text.split(",")] + list(hint.keywords)
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 60))[:30]


def declared_language(document: Document) -> str | None:
    """The language the page says it is in."""
    stated_languages = (document.tree.get("lang"), *document.data.named(("og:locale", "content-language")))
    return next((language for language in stated_languages if language), None)


def language_of(text: str, declared: str | None = None) -> str:
    """ISO 639-1 code: as identified from the text where that is sure, else as declared."""
    identified, certainty = _identifier().classify(text[:3000])
    code = re.match(r"[a-z]{2}(?![a-z])", (declared or "").lower())
    return code[0] if code and certainty < SURE else str(identified)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
