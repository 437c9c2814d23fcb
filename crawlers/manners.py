"""Takes a host's no for an answer: Retry-After is waited for, and after repeated refusals the host is left alone."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawlers.refusal import Refusal
from pipeline.records import Outcome

Transfer = Callable[[Request], Awaitable[Response]]
REFUSED = (401, 403, 429)
PLEAS = (429, 503)


class Manners:
    """What one spider has heard from its hosts; asked right before a request goes out, when it is the host's turn.

    After REFUSALS_LIMIT refusals in a row a host gets no further request in this run. A 429 or 503 with Retry-After
    is waited for once, the host's turn held; asking for longer than RETRY_AFTER_LONGEST, or a second time, stops it.
    """

    def __init__(self, settings: BaseSettings, warn: Callable[[str], None]) -> None:
        self._limit = settings.getint("REFUSALS_LIMIT")
        self._longest = settings.getfloat("RETRY_AFTER_LONGEST")
        self._default = settings.getfloat("RETRY_AFTER_DEFAULT")
        self._warn = warn
        self._in_a_row: Counter[str] = Counter()
        self._stopped: dict[str, str] = {}
        at_once = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._turns = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(at_once))

    async def send(self, request: Request, transfer: Transfer) -> Response:
        """The host's answer to the request, sent when it is its turn: one at a time, unless the settings allow more.

        Raises Refusal for a host that is left alone.
        """
        async with self._turns[urlsplit(request.url).netloc]:  # without a delay Scrapy starts all that wait at once
            return await self._send(request, transfer)

    async def _send(self, request: Request, transfer: Transfer) -> Response:
        parts = urlsplit(request.url)
        if parts.netloc in self._stopped:
            raise Refusal(Outcome.BLOCKED, self._stopped[parts.netloc])
        response = await transfer(request)
        if parts.path == "/robots.txt":
            return response
        if (rest := self._plea(response)) is not None and rest <= self._longest:
            await asyncio.sleep(rest)
            response = await transfer(request)
            rest = self._plea(response)
        if rest is not None:
            self._stop(parts.netloc, f"it answered {response.status} and asked for {rest:.0f} s of rest")
        self._count(parts.netloc, response.status)
        return response

    def _plea(self, response: Response) -> float | None:
        """Seconds of rest the answer asks for; a 503 that names none is an outage and no plea."""
        if response.status not in PLEAS:
            return None
        stated = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        return self._default if stated is None and response.status != 503 else stated

    def _count(self, host: str, status: int) -> None:
        self._in_a_row[host] = self._in_a_row[host] + 1 if status in REFUSED else 0
        if self._in_a_row[host] >= self._limit:
            self._stop(host, f"{self._limit} refusals in a row, the last with {status}")

    def _stop(self, host: str, why: str) -> None:
        if host not in self._stopped:
            self._stopped[host] = f"{host} left alone: {why}"
            self._warn(self._stopped[host])


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
