"""What no reader would ask is never answered as if the site were broken. Long form: ``tests.web.hostile``."""

from __future__ import annotations

import asyncio

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from tests.web.conftest import Get
from tests.web.hostile import walk

CANARY = "c4n4ry-0f-the-m1ne"


def test_a_short_walk_meets_no_500(site: Datasette, site_db: Database) -> None:
    ids = [str(row["id"]) for table in ("actions", "articles", "entities", "stories") for row in site_db[table].rows]
    counts, bad = asyncio.run(walk(site, ids, requests=250, seed=5))
    assert not bad
    assert counts[200] > 50


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/dateline/actions?_sort=nothing", "Cannot sort table by nothing"),
        ("/dateline/actions.json?_through=[]", "list indices"),
        ("/dateline/sayings?_next=/", "invalid literal"),
        ("/dateline/action_topics/a", "binding parameter"),
        ("/dateline/actions?_facet_array={a", "Expecting property name"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_so(path: str, said: str, get: Get) -> None:
    answer = get(path)
    assert answer.status_code == 400
    assert "The question cannot be answered" in answer.text
    assert said in answer.text


def test_what_a_visitor_writes_is_not_computed(get: Get) -> None:
    assert get("/dateline/fetches?bytes__gt=9**9**9").status_code == 200


def test_no_page_of_an_error_and_no_log_tells_what_was_sent(site: Datasette, capfd: pytest.CaptureFixture[str]) -> None:
    headers = {"Authorization": f"Bearer {CANARY}", "Cookie": f"ds_actor={CANARY}"}
    for path in ("/dateline/actions?_sort=nothing", "/dateline/nothing", "/nowhere", "/dateline?sql=select+nothing"):
        answer = asyncio.run(site.client.get(path, headers=headers))
        assert answer.status_code >= 400
        assert CANARY not in answer.text
    assert CANARY not in "".join(capfd.readouterr())
