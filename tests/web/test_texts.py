"""A site for the public: texts hidden by one setting, in every page, table and query."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from sqlite_utils import Database

from pipeline import serving, steps
from tests.web import press
from tests.web.conftest import Get, asking, started

REST = "additional steps"  # stands in the report, in no sentence that tells an act,
AFTER = ",” a spokesperson said"  # and this in no quotation either


@pytest.fixture(scope="module")
def ask(site_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Get:
    metadata = tmp_path_factory.mktemp("public") / "metadata.yml"
    metadata.write_text((steps.ROOT / "metadata.yml").read_text().replace("texts: shown", "texts: hidden"))
    arguments = [str(metadata) if a.endswith("metadata.yml") else a for a in serving.datasette_arguments(site_data)]
    return asking(started(arguments))


def test_the_article_shows_the_sentences_that_tell_an_act(ask: Get, get: Get) -> None:
    page = ask(f"/articles/{press.FIRST.id}").text
    assert press.SENTENCE in page
    assert "Only the sentences that tell an act are shown" in page
    assert AFTER not in page
    assert AFTER in get(f"/articles/{press.FIRST.id}").text


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
def test_other_pages_work(path: str, ask: Get, get: Get) -> None:
    answer = ask(path)
    assert answer.status_code == 200
    assert AFTER not in answer.text
    if path.startswith("/stories/"):
        assert AFTER in get(path).text


def test_a_figure_is_told_without_its_sentence(ask: Get, get: Get, site_db: Database) -> None:
    (row,) = site_db.query("select figure from figure_reports where article = ?", [press.SECOND.id])
    path = f"/figures/{row['figure']}"
    assert "China counted" in get(path).text
    assert "China counted" not in ask(path).text
    assert "more than 4,500" in ask(path).text


def test_search_still_finds_them(ask: Get) -> None:
    assert press.FIRST.id in ask("/search?q=steps").text
