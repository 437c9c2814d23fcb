"""Reuters; how it is found and read stands in ``reuters.yml``."""

from __future__ import annotations

from crawlers.spider import NewsSpider


class ReutersSpider(NewsSpider):
    name = "reuters"
