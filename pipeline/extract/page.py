"""Read one page, or a stream of them.

Each field comes from the first that gives it: the selectors in the source's yml, the page's own data (JSON-LD,
meta tags), its layout (trafilatura, htmldate). The page is parsed once; a page of an outlet without a yml is
read the same way from the second on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pipeline import walls
from pipeline.dateline import agency_of, find_dateline
from pipeline.extract import fields
from pipeline.extract.body import MIN_FLASH, MIN_TEXT, Body, body_by_layout, body_by_selectors
from pipeline.extract.document import LIMIT, Refused, decode, host, load_page, parse
from pipeline.extract.moment import BadDateError, Moment, read_moment
from pipeline.extract.names import reporters
from pipeline.extract.published import published_by_hint, published_of, template_day, updated_of, zone_of
from pipeline.extract.select import Document
from pipeline.extract.structured import structured
from pipeline.extract.urls import canonical_url, clean_url
from pipeline.records import Article, Outcome, Page, Skipped, article_id
from pipeline.source import Correction, Source, load_all

__all__ = ["VERSION", "Refused", "extract", "load_page", "read_page"]

VERSION = "3"  # of the reading: raised when the same page would now be read differently


def extract(pages: Iterable[Page], sources: Mapping[str, Source] | None = None) -> Iterator[Article | Skipped]:
    """Read a stream of pages; order is kept, and each page gives one Article or one Skipped.

    ``sources`` are the outlets with a yml, by id; those of ``crawlers/`` where not given.
    """
    for page in pages:
        yield read_page(page, sources)


def read_page(page: Page, sources: Mapping[str, Source] | None = None) -> Article | Skipped:
    """What one page says. Never raises for what a page holds: the reason is in the Skipped."""
    if clean_url(page.final_url) is None:
        return Skipped(page.url, page.source, Outcome.ERROR, f"not an http url: {page.final_url[:100]!r}")
    known = load_all() if sources is None else sources
    source = known.get(page.source) or next((s for s in known.values() if s.owns(page.final_url)), None)
    try:
        if not page.body.strip() and page.hint.title:
            return _headline(page, source)
        return walls.by_answer(page, source or _unknown(page)) or _full(page, source)
    except Refused as refusal:
        return Skipped(page.url, page.source, refusal.outcome, refusal.reason)


def _unknown(page: Page) -> Source:
    """What is taken for granted of an outlet without a yml."""
    hosts = (host(page.final_url), f"www.{host(page.final_url)}")
    return Source(
        id=page.source,
        name=hosts[0],
        home=page.url,
        zone="UTC",
        country="",
        hosts=hosts,
        article_url=("",),
        discover=(),
    )


def _full(page: Page, source: Source | None) -> Article | Skipped:
    if len(page.body) > LIMIT:
        raise Refused(Outcome.TOO_BIG, f"over {LIMIT} bytes")
    tree = parse(decode(page))
    if walled := walls.by_sight(page, source or _unknown(page), tree):
        return walled
    data, latest = structured(tree), page.fetched_at.astimezone(UTC)
    document = Document(tree, data, template_day(data, page.hint, page.final_url, latest))
    url = canonical_url(document, page.final_url)
    correction = _correction(source, page.url, url)
    site = host(page.final_url)
    title = (correction and correction.title) or fields.title_of(document, source, page.hint, site)
    if not title:
        raise Refused(Outcome.NO_TITLE, "no title but the site's name")
    published = _corrected(correction, source, latest) or published_of(
        document, source, page.hint, page.final_url, latest
    )
    updated = updated_of(document, source, published, latest)
    bylines = fields.bylines(document, source)
    body = _body(document, source, {title, *fields.headlines(document)})
    return _credited(
        Article(
            id=article_id(url),
            url=url,
            source=page.source,
            title=title,
            text=body.text,
            published=published.value,
            zone=published.zone,
            fetched_at=_stamp(latest),
            language=fields.language_of(
                body.text, fields.declared_language(document), source.language if source else None
            ),
            byline=fields.byline_of(bylines, document, source, site) or reporters(body.dropped),
            updated=updated.value if updated else None,
            section=fields.section_of(document, source, page.hint),
            keywords=fields.keywords_of(document, page.hint),
        ),
        source,
        (*body.dropped, *(line for printed in bylines for line in printed)),
    )


def _body(document: Document, source: Source | None, headlines: set[str]) -> Body:
    body = body_by_selectors(document, source.read, headlines) if source else Body()
    if len(body.text) < MIN_FLASH:
        body = body_by_layout(document, headlines)
        if len(body.text) < MIN_TEXT:
            raise Refused(Outcome.NO_TEXT, f"{len(body.text)} characters of text")
    return body


def _headline(page: Page, source: Source | None) -> Article:
    """What the feed or sitemap said of a page whose text the outlet does not give."""
    hint, latest = page.hint, page.fetched_at.astimezone(UTC)
    url = clean_url(page.final_url) or page.final_url
    correction = _correction(source, page.url, url)
    title = (correction and correction.title) or (hint.title or "").strip()
    if not title:
        raise Refused(Outcome.NO_TITLE, "nothing but a url")
    published = _corrected(correction, source, latest) or published_by_hint(hint, source, url, latest)
    text = (hint.summary or "").strip() or title
    return _credited(
        Article(
            id=article_id(url),
            url=url,
            source=page.source,
            title=title,
            text=text,
            published=published.value,
            zone=published.zone,
            fetched_at=_stamp(latest),
            language=fields.language_of(f"{title}. {text}", hint.language, source.language if source else None),
            access="headline",
            section=hint.section,
            keywords=hint.keywords,
        ),
        source,
        (),
    )


def _credited(article: Article, source: Source | None, credits: Iterable[str]) -> Article:
    """The article with its dateline, and its agency where the text is another's."""
    dateline = find_dateline(article.text)
    own = (source.name, source.id) if source else (article.source,)
    return replace(article, dateline=dateline, agency=agency_of(credits, dateline, own))


def _correction(source: Source | None, *urls: str) -> Correction | None:
    """The outlet's mistake at this url, if its yml knows of one. Raises Refused where it is no report."""
    for correction in source.corrections if source else ():
        if clean_url(correction.url) in {clean_url(url) for url in urls}:
            if correction.skip:
                raise Refused(Outcome.NOT_NEWS, correction.why)
            return correction
    return None


def _corrected(correction: Correction | None, source: Source | None, latest: datetime) -> Moment | None:
    if not correction or not correction.published:
        return None
    try:
        return read_moment(correction.published, zone=zone_of(source), latest=latest)
    except BadDateError as error:
        raise Refused(Outcome.NO_DATE, f"the correction in {correction.url}: {error}") from error


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
