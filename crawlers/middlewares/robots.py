"""robots.txt as RFC 9309 has it, and stricter in doubt: what cannot be read means no.

A 5xx, a refusal (401, 403, 429), a failed connection or an HTML page in place of the file disallow the host;
404, 410 and the other 4xx say that there is no such file, and allow it. Crawl-delay is obeyed.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawlers.refusal import Refusal, outcome_of
from pipeline.records import Outcome

_REFUSED = (401, 403, 429)
_HTML = re.compile(rb"^\s*(?:<!doctype|<html|<head|<body|<script)", re.IGNORECASE)
_NOTHING = b"User-agent: *\nDisallow: /\n"


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, with a reason for each no and the host's crawl-delay applied to its slot."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._doubt: dict[str, str] = {}
        self._delays: bool = crawler.settings.getbool("CRAWL_DELAY_OBEY")
        self._longest: float = crawler.settings.getfloat("CRAWL_DELAY_LONGEST")

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if rp is None or host in self._doubt:
            raise Refusal(Outcome.ROBOTS, self._doubt.get(host, "robots.txt could not be read"))
        if not rp.allowed(request.url, str(self._robotstxt_useragent)):
            raise Refusal(Outcome.ROBOTS, "disallowed by robots.txt")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if doubt := doubt_of(response.status, response.body):
            self._doubt[netloc] = doubt
            response = response.replace(body=_NOTHING)
        elif response.status != 200:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        delay = getattr(getattr(parser, "rp", None), "crawl_delay", lambda _: None)(self._robotstxt_useragent)
        if delay and delay > self._longest:
            self._doubt[netloc] = f"robots.txt asks for {delay:.0f} s between requests, more than a crawl can keep"
        elif delay and self._delays:
            slow_down(self.crawler, netloc, float(delay))

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._doubt[netloc] = f"robots.txt could not be read: {outcome_of(exc)[1]}"
        super()._robots_error(exc, netloc)


def doubt_of(status: int, body: bytes) -> str | None:
    """Why an answer to /robots.txt must be taken as no to everything, or None where it can be read."""
    if status >= 500 or status in _REFUSED:
        return f"robots.txt answered {status}"
    if status < 400 and _HTML.match(body):
        return "a web page stands in place of robots.txt"
    return None


def slow_down(crawler: Any, netloc: str, delay: float) -> None:
    """Keep ``delay`` seconds between requests to the host, whatever AutoThrottle finds."""
    crawler.spider.crawl_delays[netloc] = delay
    if slot := crawler.engine.downloader.slots.get(urlsplit(f"//{netloc}").hostname):
        slot.delay = max(slot.delay, delay)
        slot.jitter = 0.0
