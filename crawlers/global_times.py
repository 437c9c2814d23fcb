"""Global Times; how it is found and read stands in ``global_times.yml``."""

from __future__ import annotations

from crawlers.spider import NewsSpider


class GlobalTimesSpider(NewsSpider):
    name = "global_times"
