"""Bloomberg; how it is found and read stands in ``bloomberg.yml``."""

from __future__ import annotations

from crawlers.spider import NewsSpider


class BloombergSpider(NewsSpider):
    name = "bloomberg"
