"""WIPO; how it is found and read stands in ``wipo.yml``."""

from __future__ import annotations

from crawlers.spider import NewsSpider


class WipoSpider(NewsSpider):
    name = "wipo"
