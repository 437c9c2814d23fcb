"""The last step before the socket: only public addresses, or the sample press and nothing else.

``DATELINE_PRESS=http://127.0.0.1:PORT`` sends every request to that address with its own Host header, and gives
the answer its own url back; spiders cannot tell the difference.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver

from crawlers.refusal import Refusal
from pipeline.records import Outcome

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an address (not a name) is one of the open internet, whatever notation hides it."""
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast


class PublicResolver(CachingThreadedResolver):
    """A resolver that knows no private, loopback, link-local or otherwise special address; literals pass it too."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Any:  # noqa: N802 - Twisted's name
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    @staticmethod
    def _checked(address: str, name: str) -> str:
        if not is_public(address):
            raise Refusal(Outcome.ERROR, f"{name} has the address {address}, which is not public")
        return address


class Network(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind the rules above, and behind the spider's manners."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._press: str | None = crawler.settings.get("DATELINE_PRESS") or None

    async def download_request(self, request: Request) -> Response:
        manners = getattr(self._crawler.spider, "manners", None)  # ``scrapy shell`` and ``fetch`` have none
        return await (manners.send(request, self._transfer) if manners else self._transfer(request))

    async def _transfer(self, request: Request) -> Response:
        if not self._press:
            return await super().download_request(request)
        answer = await super().download_request(_to_press(request, self._press))
        return answer.replace(url=request.url)


def _to_press(request: Request, press: str) -> Request:
    asked = urlsplit(request.url)
    headers = request.headers.copy()
    headers["Host"] = asked.netloc
    query = f"?{asked.query}" if asked.query else ""
    return request.replace(url=f"{press.rstrip('/')}{asked.path or '/'}{query}", headers=headers)
