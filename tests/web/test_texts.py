"""A site for the public: texts hidden by one setting, in every page, table and query."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline import steps
from tests.web import press
from tests.web.conftest import Get, asking, started

REST = "additional steps"  # stands in the report, in no sentence that tells an act


@pytest.fixture(scope="module")
def ask(site_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Get:
    metadata = tmp_path_factory.mktemp("public") / "metadata.yml"
    metadata.write_text((steps.ROOT / "metadata.yml").read_text().replace("texts: shown", "texts: hidden"))
    arguments = [str(metadata) if a.endswith("metadata.yml") else a for a in steps.datasette_arguments(site_data)]
    return asking(started(arguments))


def test_the_article_shows_the_sentences_that_tell_an_act(ask: Get) -> None:
    page = ask(f"/articles/{press.FIRST.id}").text
    assert press.SENTENCE in page
    assert "Only the sentences that tell an act are shown" in page
    assert f"“{REST}" not in page


SQL = (
    "select text from articles",
    "select * from articles_fts",
    "select substr(a.text, 1, 500) from articles a",
    "select snippet(articles_fts, 1, '', '', '', 60) from articles_fts('steps')",
)


@pytest.mark.parametrize(
    "path",
    ["/dateline/articles.json", f"/dateline/articles/{press.FIRST.id}.json"]
    + [f"/dateline.json?sql={quote(sql)}" for sql in SQL],
)
def test_no_query_reads_them(path: str, ask: Get, get: Get) -> None:
    assert REST in get(path).text
    assert REST not in ask(path).text


@pytest.mark.parametrize(
    "path", ["/", "/dateline/articles", "/search?q=steps", "/stories", f"/stories/{press.STORIES[0].id}"]
)
def test_other_pages_work(path: str, ask: Get) -> None:
    answer = ask(path)
    assert answer.status_code == 200
    assert f"{REST} to" not in answer.text


def test_search_still_finds_them(ask: Get) -> None:
    assert press.FIRST.id in ask("/search?q=steps").text
