"""Canonical urls: clean, and the page's own."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.extract.document import Refused
from pipeline.extract.select import Document
from pipeline.extract.structured import structured
from pipeline.extract.urls import canonical_url, clean_url


def document(head: str) -> Document:
    tree = html.document_fromstring(f"<html><head>{head}</head><body></body></html>")
    return Document(tree, structured(tree))


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://Example.ORG:443/a?utm_source=x&id=7#top", "https://example.org/a?id=7"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a?srnd=homepage&cmpid=socialflow&taid=1", "https://example.org/a"),
        ("https://example.org/a?fbclid=1&page=2", "https://example.org/a?page=2"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_clean_url(url: str, clean: str | None) -> None:
    assert clean_url(url) == clean


def test_the_page_names_its_own_url() -> None:
    page = document('<link rel="canonical" href="/news/a-report?utm_medium=x">')
    assert canonical_url(page, "https://example.org/amp/a-report") == "https://example.org/news/a-report"


@pytest.mark.parametrize("stated", ["https://other.example.net/a", "https://example.org/", "javascript:alert(1)"])
def test_a_canonical_link_elsewhere_is_not_believed(stated: str) -> None:
    page = document(f'<link rel="canonical" href="{stated}">')
    assert canonical_url(page, "https://example.org/a?gclid=1") == "https://example.org/a"


def test_no_url_at_all() -> None:
    with pytest.raises(Refused):
        canonical_url(document(""), "about:blank")
