"""The walk every source shares: what its lists name -> what of it is due -> fetched, judged, handed on.

A plain source's spider is its name; everything else stands in the source's yml.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import scrapy
from scrapy import FormRequest, Request
from scrapy.exceptions import CloseSpider, UsageError
from scrapy.http import Response

from crawlers.crawl import Crawl
from crawlers.discovery import Found, Listing, ListingError, merge, read_listing, stale_since
from crawlers.frontier import Fetched, Visit
from crawlers.manners import Manners
from crawlers.order import is_dated, spans
from crawlers.refusal import outcome_of
from pipeline.records import Outcome, Page
from pipeline.source import Discovery

RESULT_PAGES = 50  # of one search or archive list
NESTED = 3  # a sitemap index within an index, and no deeper
NESTED_LISTS = 100  # of one index; what is older is for a backfill


class NewsSpider(scrapy.Spider):
    """Walks one source as its yml says; ``crawl`` is shared with the other spiders of the process."""

    manners: Manners

    def __init__(self, crawl: Crawl, **more: Any) -> None:
        super().__init__(**more)
        self.crawl = crawl
        self.source = crawl.sources[self.name]
        self.crawl_delays: dict[str, float] = {}
        self._listings = 0

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        if "crawl" not in kwargs:
            raise UsageError(f"run it with: dateline crawl {cls.name}")
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.manners = Manners(crawler.settings, spider.warn)
        return spider

    def warn(self, text: str) -> None:
        """Note what is amiss with this source."""
        self.crawl.warn(self.name, text)

    async def start(self) -> AsyncIterator[Any]:
        for number, batch in enumerate(self._batches()):
            found = await self._discover(batch)
            for visit in self.crawl.plan(self.source, found, backlog=number == 0):
                if self.source.access == "headline":
                    self._keep(self._headline(visit))
                else:
                    yield self._request(visit)
            if self.crawl.is_full(self.source) or self._is_through():
                return

    def _is_through(self) -> bool:
        """Whether the run's share of lists is used up."""
        limit = self.settings.getint("LISTINGS_LIMIT")
        if self._listings > limit:
            self.warn(f"asked for {limit} lists, the most a run may; --until goes on from an earlier day")
        return self._listings > limit

    def _batches(self) -> Iterator[list[tuple[Discovery, date]]]:
        """What to ask at a time: all the source's lists, or in a backfill one span of days, newest first."""
        order, until = self.crawl.order, self.crawl.until
        if not order.backfill:
            yield [
                (discovery, day)
                for discovery in self.source.discover
                for day in (spans(discovery, order.since, until, backfill=False) if is_dated(discovery) else (until,))
            ]
        elif not self.source.backfill:
            self.warn("has no archive by date to walk back through")
        else:
            for discovery in self.source.backfill:
                for day in spans(discovery, order.since, until, backfill=True):
                    yield [(discovery, day)]

    async def _discover(self, batch: Sequence[tuple[Discovery, date]]) -> list[Found]:
        found: list[Found] = []
        for discovery, day in batch:
            if not discovery.fallback:
                found += await self._ask(discovery, day)
        for discovery, day in batch:
            if not found and discovery.fallback:
                found = await self._ask(discovery, day)
                if found:
                    self.warn(f"its usual lists are empty; {discovery.url} stood in")
        if not found and not self.crawl.order.backfill:
            self.warn("no list named a single report")
        return merge(found)

    async def _ask(self, discovery: Discovery, day: date) -> list[Found]:
        """All that one place lists, its further pages and nested lists included; newest nested lists first."""
        found: dict[str, Found] = {}
        for number in range(1, RESULT_PAGES + 1):
            listing = await self._listing(discovery, self._listing_request(discovery, day, number), 0)
            new = {f.url: f for f in listing.found if f.url not in found}
            found |= new
            if not discovery.pages or not new:
                break
        if found:
            self._check_age(discovery, found.values())
        return list(found.values())

    async def _listing(self, discovery: Discovery, request: Request, depth: int) -> Listing:
        self._listings += 1
        if self._is_through():
            return Listing()
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            self.warn(f"{request.url}: {outcome_of(error)[1]}")
            return Listing()
        if response.status != 200:
            self.warn(f"{request.url}: answered {response.status}")
            return Listing()
        try:
            listing = read_listing(discovery, self.source, response.url, response.body)
        except ListingError as error:
            self.warn(f"{request.url}: {error}")
            return Listing()
        found = list(listing.found)
        for url in listing.more[:NESTED_LISTS] if depth < NESTED else ():
            nested = (await self._listing(discovery, self._plain(url), depth + 1)).found
            found += nested
            if nested and all(self.crawl.is_before(f.hint.published) for f in nested):
                break  # lists run from the newest back
        return Listing(tuple(found))

    def _listing_request(self, discovery: Discovery, day: date, number: int) -> Request:
        url = discovery.url.format(date=day)
        form = {k: v.format(date=day) for k, v in discovery.form.items()}
        if discovery.pages and discovery.method == "GET":
            parts = urlsplit(url)
            query = {**dict(parse_qsl(parts.query)), discovery.pages: str(number)}
            url = urlunsplit(parts._replace(query=urlencode(query)))
        elif discovery.pages:
            form[discovery.pages] = str(number)
        if discovery.method == "POST":
            return FormRequest(url, formdata=form, dont_filter=True, priority=10)
        return self._plain(url)

    @staticmethod
    def _plain(url: str) -> Request:
        return Request(url, dont_filter=True, priority=10)

    def _check_age(self, discovery: Discovery, found: Any) -> None:
        """A feed that goes on answering but names nothing new is dead, and says so."""
        if self.crawl.order.backfill or self.crawl.order.press:
            return
        if newest := stale_since(discovery, found, datetime.now(UTC).date()):
            self.warn(f"{discovery.url}: stale, its newest report is of {newest}")

    def _headline(self, visit: Visit) -> Fetched:
        """All that is taken of a report whose outlet does not give it away: what the lists say of it."""
        page = Page(visit.url, visit.url, 0, (), b"", datetime.now(UTC), self.name, visit.hint)
        if not visit.hint.title:
            return Fetched(visit, self.name, Outcome.NO_TITLE, "its list gives no title")
        return Fetched(visit, self.name, Outcome.HEADLINE, page=page)

    def _request(self, visit: Visit) -> Request:
        headers = {}
        if visit.etag:
            headers["If-None-Match"] = visit.etag
        if visit.last_modified:
            headers["If-Modified-Since"] = visit.last_modified
        return Request(
            visit.url,
            headers=headers,
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,
            cb_kwargs={"visit": visit},
        )

    def parse(self, response: Response, visit: Visit) -> None:
        """One answer, kept at once: an item pipeline would cost a twentieth of the crawl and do no more."""
        page = Page(
            url=visit.url,
            final_url=response.url,
            status=response.status,
            headers=tuple(_pairs(response.headers)),
            body=response.body,
            fetched_at=datetime.now(UTC).replace(microsecond=0),
            source=self.name,
            hint=visit.hint,
        )
        asked = tuple(_pairs(response.request.headers)) if response.request else ()
        if response.status == 304:
            self._keep(Fetched(visit, self.name, Outcome.NOT_MODIFIED, "304", status=304, request=asked))
            return
        answer = Fetched(
            visit,
            self.name,
            Outcome.ARTICLE,  # unless the crawl judges otherwise
            page=page,
            status=response.status,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            request=asked,
        )
        self._keep(answer)

    def failed(self, failure: Any) -> None:
        """One request that got no answer."""
        outcome, reason = outcome_of(failure.value)
        visit: Visit = failure.request.cb_kwargs["visit"]
        self._keep(Fetched(visit, self.name, outcome, reason))

    def _keep(self, item: Fetched) -> None:
        """Hand on what became of a url; a full disk ends the crawl."""
        try:
            self.crawl.keep(item)
        except OSError as error:  # disk full, folder gone: nothing fetched from here on could be kept
            self.crawl.failure = error
            raise CloseSpider("archive cannot be written") from error


def _pairs(headers: Any) -> Iterator[tuple[str, str]]:
    for name, values in headers.items():
        for value in values:
            yield name.decode("latin-1"), value.decode("latin-1")


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
