"""Datasette's tables and rows in our words: places by name, ids that lead to pages of ours."""

from __future__ import annotations

import re

from tests.web import press
from tests.web.conftest import Get
from tests.web.test_pages import STORY


def test_places_are_named_in_tables_and_facets(get: Get) -> None:
    page = get("/dateline/actions").text
    assert 'United States <span class="code">US</span>' in page
    assert re.search(r'<a href="[^"]*jurisdiction=US">United States</a> 2', page)
    assert ">in force</a>" in page
    assert get("/dateline/actions.json?jurisdiction=US&_shape=array").json()[0]["jurisdiction"] == "US"


def test_a_row_is_told_with_the_meaning_of_its_columns(block: str, get: Get) -> None:
    page = get(f"/dateline/actions/{block}").text
    assert f'href="/acts/{block}">Read it as a page' in page
    assert "Stable id, the same after every re-reading." in page
    assert f'<a href="/entities/{press.OPENAI}">OpenAI</a>' in page
    assert f'<a href="/stories/{STORY}">{press.STORIES[0].title}</a>' in page
    assert "Reports of acts</a>: 3 by <code>action</code>" in page
    assert "ledger_blocks" not in page


def test_cells_lead_to_our_pages(block: str, get: Get) -> None:
    answer = get("/dateline/first_reported?text=traffic").text
    assert f'<a href="/acts/{block}">OpenAI: ban/block' in answer
    assert f'<a href="/articles/{press.FIRST.id}">{press.FIRST.title}</a>' in answer
    assert f'<a href="/entities/{press.OPENAI}">OpenAI</a>' in get("/dateline/actions").text
