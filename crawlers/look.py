"""Fetch a few urls of one site as politely as a crawl would, and keep nothing: ``python -m crawlers.look`` is the
process it runs in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import msgspec
import scrapy
from scrapy.http import Response

from crawlers.manners import Manners
from crawlers.order import Order, decode, encode
from crawlers.refusal import outcome_of
from pipeline.records import Page

_ROOT = Path(__file__).resolve().parent.parent


class Wish(msgspec.Struct, frozen=True):
    """What to fetch."""

    urls: tuple[str, ...]
    press: str | None = None


class Seen(msgspec.Struct, frozen=True):
    """One answer, or why there was none."""

    url: str
    final_url: str = ""
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    failed: str = ""

    def page(self, source: str) -> Page:
        """As a crawl would have it."""
        return Page(self.url, self.final_url, self.status, self.headers, self.body, datetime.now(UTC), source)


def look(urls: Sequence[str], press: str | None = None) -> dict[str, Seen]:
    """The answers by url, robots.txt obeyed; at a sample press where its address is given."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "crawlers.look"],
        input=encode(Wish(tuple(dict.fromkeys(urls)), press)),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        check=True,
    )
    return {seen.url: seen for seen in decode(done.stdout, list[Seen])}


class _Site:
    """Redirects are followed within the site that was asked, ``www.`` or not."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._sites = {_site(url) for url in urls}

    def owns(self, url: str) -> bool:
        return _site(url) in self._sites


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


class LookSpider(scrapy.Spider):
    """Asks for each url once."""

    name = "look"
    manners: Manners

    def __init__(self, urls: Sequence[str] = (), **more: Any) -> None:
        super().__init__(**more)
        self.urls, self.source = urls, _Site(urls)
        self.crawl_delays: dict[str, float] = {}
        self.seen: list[Seen] = []

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.manners = Manners(crawler.settings, spider.logger.warning)
        kwargs["into"].append(spider)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield scrapy.Request(url, self.parse, errback=self.failed, dont_filter=True, cb_kwargs={"asked": url})

    def parse(self, response: Response, asked: str) -> None:
        headers = tuple((k.decode("latin-1"), b",".join(v).decode("latin-1")) for k, v in response.headers.items())
        self.seen.append(Seen(asked, response.url, response.status, headers, response.body))

    def failed(self, failure: Any) -> None:
        self.seen.append(Seen(failure.request.cb_kwargs["asked"], failed=outcome_of(failure.value)[1]))


def main() -> None:
    """Serve one wish."""
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.child import settings

    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not garble the answer
    wish = decode(sys.stdin.buffer.read(), Wish)
    made = settings(Order(sources=(), data=Path(), press=wish.press))
    process = AsyncCrawlerProcess(made)
    spiders: list[LookSpider] = []
    process.crawl(LookSpider, urls=wish.urls, into=spiders)
    process.start()
    answer.write(encode([seen for spider in spiders for seen in spider.seen]))
    answer.flush()


if __name__ == "__main__":
    main()
