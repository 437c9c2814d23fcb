"""Xinhua; how it is found and read stands in ``xinhua.yml``."""

from __future__ import annotations

from crawlers.spider import NewsSpider


class XinhuaSpider(NewsSpider):
    name = "xinhua"
