"""AutoThrottle that never goes below a host's crawl-delay."""

from __future__ import annotations

from typing import Any

from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle with the spider's ``crawl_delays`` (seconds a host) as the floor."""

    def _adjust_delay(self, slot: Any, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        floors: dict[str, float] = self.crawler.spider.crawl_delays  # type: ignore[union-attr]
        host = response.url.split("/", 3)[2]
        slot.delay = max(slot.delay, floors.get(host, 0.0))
