"""Takes a host's no for an answer: Retry-After is waited for, and after repeated refusals the host is left alone."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.refusal import Refusal
from pipeline.records import Outcome

REFUSED = (401, 403, 429)
WAIT = (429, 503)


class Refusals:
    """Counts refusals in a row a host; stops the host for the rest of the run at the limit.

    A 429 or 503 with Retry-After is waited for once (all requests of the host wait), if the wait is short enough;
    a 429 after that wait, or with a longer one, stops the host at once.
    """

    def __init__(self, limit: int, longest_wait: float, default_wait: float, warn: Callable[[str], None]) -> None:
        self.limit, self.longest_wait, self.default_wait, self.warn = limit, longest_wait, default_wait, warn
        self.in_a_row: Counter[str] = Counter()
        self.stopped: dict[str, str] = {}
        self.rest_until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        settings = crawler.settings
        return cls(
            settings.getint("REFUSALS_LIMIT"),
            settings.getfloat("RETRY_AFTER_LONGEST"),
            settings.getfloat("RETRY_AFTER_DEFAULT"),
            lambda text: crawler.spider.warn(text),
        )

    async def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if (rest := self.rest_until.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(rest)
        if host in self.stopped:
            raise Refusal(Outcome.BLOCKED, self.stopped[host])

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        host = urlsplit(request.url).netloc
        if urlsplit(request.url).path == "/robots.txt":
            return response
        if response.status in WAIT and (again := self._rest(host, request, response)):
            return again
        if response.status not in REFUSED:
            self.in_a_row[host] = 0
            return response
        self.in_a_row[host] += 1
        if self.in_a_row[host] >= self.limit:
            self._stop(host, f"{host} left alone after {self.limit} refusals in a row ({response.status})")
        return response

    def _rest(self, host: str, request: Request, response: Response) -> Request | None:
        stated = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if stated is None and response.status == 503:
            return None  # an outage, not a plea
        wait = self.default_wait if stated is None else stated
        if request.meta.get("rested") or wait > self.longest_wait:
            self._stop(host, f"{host} left alone: it answered {response.status}, asking for {wait:.0f} s of rest")
            return None
        self.rest_until[host] = time.monotonic() + wait
        return request.replace(meta={**request.meta, "rested": True}, dont_filter=True)

    def _stop(self, host: str, why: str) -> None:
        if host not in self.stopped:
            self.stopped[host] = why
            self.warn(why)


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds to wait as a Retry-After header states them (a number or an HTTP date), or None."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):  # neither form
        return None
