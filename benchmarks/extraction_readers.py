"""Readers of a page side by side: Dateline's without a source yml, bare trafilatura, and peers where installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import trafilatura

from pipeline.extract import read_page
from pipeline.extract.document import decode
from pipeline.records import Article, Page


class Found(NamedTuple):
    """What a reader says: the publication as ISO 8601, a day (10 characters) or a moment in UTC."""

    title: str = ""
    text: str = ""
    published: str = ""


Reader = Callable[[Page], Found]


def dateline(page: Page) -> Found:
    """Dateline as on a page of an outlet nobody described."""
    found = read_page(page, {})
    return Found(found.title, found.text, found.published) if isinstance(found, Article) else Found()


def bare(page: Page) -> Found:
    """trafilatura with its metadata, on the page's bytes; its day is htmldate's."""
    found: Any = trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)
    return Found(found.title or "", found.text or "", found.date or "") if found else Found()


def _newspaper() -> Reader:
    newspaper = import_module("newspaper")

    def read(page: Page) -> Found:
        article = newspaper.Article(page.url, fetch_images=False)  # else it asks the network
        try:
            article.download(input_html=decode(page))
            article.parse()
        except (ImportError, ValueError, newspaper.ArticleException):  # a language it has no tokenizer for, a bad page
            return Found()
        return Found(article.title or "", article.text or "", _day(article.publish_date))

    return read


def _news_please() -> Reader:
    news_please = import_module("newsplease").NewsPlease

    def read(page: Page) -> Found:
        try:
            article = news_please.from_html(decode(page), url=page.url, fetch_images=False)
        except (ImportError, ValueError):
            return Found()
        return Found(article.title or "", article.maintext or "", _day(article.date_publish))

    return read


def _day(moment: Any) -> str:
    return moment.isoformat()[:10] if hasattr(moment, "isoformat") else str(moment or "")[:10]


PEERS: Mapping[str, Callable[[], Reader]] = {"newspaper4k": _newspaper, "news-please": _news_please}


def readers() -> tuple[dict[str, Reader], list[str]]:
    """The readers by name, and a word on each peer that is not installed."""
    found: dict[str, Reader] = {"dateline": dateline, "trafilatura": bare}
    missing: list[str] = []
    for name, make in PEERS.items():
        try:
            found[name] = make()
        except ImportError as error:
            missing.append(f"{name} is not measured: {error}")
    return found, missing
