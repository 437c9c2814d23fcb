"""The search: filters, facets, and what it ranks first."""

from __future__ import annotations

import pytest
from lxml import html
from sqlite_utils import Database

from pipeline.site import safety, search
from tests.web import press
from tests.web.conftest import Get


def test_filters_narrow_a_search(get: Get) -> None:
    asked = "/search?q=China&since=2024-06-25&until=2024-06-25"
    assert press.THIRD.id in get(asked).text
    assert press.SECOND.id not in get(asked).text
    assert press.FIRST.id not in get(asked + "&source=bloomberg").text
    assert press.THIRD.id not in get("/search?q=China&type=issue").text
    assert press.HOSTILE.id in get("/search?q=China&type=issue&jurisdiction=CN").text
    assert press.HOSTILE.id not in get("/search?q=China&type=issue&jurisdiction=US").text


def facet(page: str, name: str) -> dict[str, str]:
    """The values of a facet with their counts, as the page shows them."""
    (section,) = html.fromstring(page).xpath(f"//section[@aria-labelledby='by-{name}']")
    return {row.xpath("string(a|strong)"): row.xpath("string(span)") for row in section.xpath(".//li")}


def test_facets_count_what_is_found_and_narrow_it(get: Get) -> None:
    page = get("/search?q=China").text
    assert facet(page, "source") == {"Reuters": "2", "Bloomberg": "1", "Global Times": "1", "Xinhua": "1"}
    assert facet(page, "month") == {"July 2024": "2", "June 2024": "3"}
    assert facet(page, "type") == {"ban/block": "3", "propose": "1", "issue": "1"}
    assert facet(page, "jurisdiction") == {"United States": "4", "China": "1"}
    (june,) = html.fromstring(page).xpath("//aside//a[text()='June 2024']/@href")
    assert "since=2024-06-01" in june
    assert "until=2024-06-30" in june
    narrowed = get(june).text
    assert facet(narrowed, "source") == {"Reuters": "2", "Bloomberg": "1"}
    (back,) = html.fromstring(narrowed).xpath("//aside//a[text()='all']/@href")
    assert back == "/search?q=China"


def test_of_common_words_those_in_a_headline_come_first_then_the_latest(site_db: Database) -> None:
    safety.limit(site_db.conn)
    asked = dict.fromkeys(("source", "since", "until", "type", "jurisdiction"), "") | {"q": "China", "offset": 0}
    found = [row["id"] for row in site_db.query(search.ARTICLES_OF_COMMON.sql, asked | {"limit": 9})]
    assert found == [item.id for item in (press.THIRD, press.FIRST, press.RULES, press.HOSTILE, press.SECOND)]


@pytest.mark.parametrize("words", ["", '"', "a:b NEAR("])
def test_any_words_can_be_asked_of_headlines(words: str, site_db: Database) -> None:
    safety.limit(site_db.conn)
    asked = dict.fromkeys(("source", "since", "until", "type", "jurisdiction"), "") | {"q": words, "offset": 0}
    assert list(site_db.query(search.ARTICLES_OF_COMMON.sql, asked | {"limit": 9})) == []
