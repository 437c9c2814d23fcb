"""The one item pipeline: whatever became of a url goes to the crawl's archive, database and counts."""

from __future__ import annotations

from typing import Any, Self

from crawlers.frontier import Fetched


class Keeping:
    """Hands each ``Fetched`` on; a full disk ends the crawl."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler)

    def process_item(self, item: Fetched) -> Fetched:
        crawl = self._crawler.spider.crawl
        try:
            crawl.keep(item)
        except OSError as error:  # disk full, folder gone: nothing fetched from here on could be kept
            crawl.failure = error
            self._crawler.engine.close_spider_async(reason="archive cannot be written")
            raise
        return item
