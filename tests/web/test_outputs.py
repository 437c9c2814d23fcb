"""Lists as Atom, names to entities for OpenRefine, digests as pages."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from urllib.parse import quote, urlsplit

import feedparser
import pytest
from datasette.app import Datasette

from tests.web import press
from tests.web.conftest import DIGEST, Get

FEEDS = {
    "/dateline/actions.atom": 3,
    "/dateline/actions.atom?type=propose": 1,
    "/dateline/articles.atom?_search=traffic": 3,
    "/dateline/act_changes.atom": 4,
    "/dateline/changed_since.atom?since=2024-06-01": 4,
    "/dateline/watchlist.atom?name=chips": 1,
    "/dateline/watchlist.atom?name=none": 0,
    "/dateline/first_reported.atom?text=API": 1,
    "/dateline.atom?sql=" + quote("select title, id as act from actions"): 3,  # noqa: S608
}


@pytest.mark.parametrize("path", FEEDS)
def test_any_list_is_a_feed(path: str, get: Get) -> None:
    answer = get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert len(feed.entries) >= FEEDS[path]
    assert bool(feed.entries) == bool(FEEDS[path])
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert get(urlsplit(entry.link).path).status_code == 200


def test_rows_without_a_name_are_no_feed(get: Get) -> None:
    assert "no column to call an entry by" in get("/dateline.atom?sql=select+1").text
    assert ".atom" in get("/dateline/changed_since?since=2024-06-01").text
    assert ".atom" not in get("/dateline?sql=select+1").text


def reconciled(get: Get, **queries: object) -> dict[str, list[dict[str, object]]]:
    answer = get("/reconcile?queries=" + quote(json.dumps(queries)))
    return {key: found["result"] for key, found in answer.json().items()}


def test_names_are_matched_to_entities(get: Get) -> None:
    found = reconciled(
        get, q0={"query": "OPENAI"}, q1={"query": "US Treasury", "limit": 1}, q2={"query": "Nobody at all"}
    )
    assert (found["q0"][0]["id"], found["q0"][0]["match"]) == (press.OPENAI, True)
    assert [one["id"] for one in found["q1"]] == [press.TREASURY]
    assert found["q2"] == []


def test_a_type_narrows_the_candidates(get: Get) -> None:
    assert reconciled(get, q={"query": "China", "type": "GPE"})["q"]
    assert not reconciled(get, q={"query": "China", "type": ["ORG"]})["q"]


def test_the_service_says_what_it_is(get: Get) -> None:
    told = get("/reconcile").json()
    assert told["versions"] == ["0.2"]
    page = told["view"]["url"].replace("{{id}}", press.OPENAI)
    assert get(urlsplit(page).path).status_code == 200


def test_openrefine_may_post(site: Datasette) -> None:
    data = {"queries": json.dumps({"q0": {"query": "China"}})}
    answer = asyncio.run(site.client.post("/reconcile", data=data))
    assert answer.json()["q0"]["result"][0]["id"] == press.CHINA


@pytest.mark.parametrize("queries", ["{", "[]", '{"q": 1}', '{"q": {}}', '{"q": {"query": "a", "limit": "x"}}'])
def test_malformed_queries_are_told_so(queries: str, get: Get) -> None:
    answer = get("/reconcile?queries=" + quote(queries))
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_digests_are_pages_and_a_feed(site_data: Path, get: Get) -> None:
    folder = site_data / "digests"
    (folder / "secret.txt").write_text("no digest")
    assert "2024-W28" in get("/digests").text
    assert "July 8, 2024 to July 14, 2024</a>" in get("/digests").text
    page = get("/digests/2024-W28").text
    assert "<h1>The week</h1>" in page
    assert 'aria-label="Main"' in page
    assert '<a href="/acts/1">' in page
    assert "<style>" not in page
    assert get("/digests/2024-W28.html").text == DIGEST
    assert get("/digests/2024-W28.md").headers["content-type"].startswith("text/markdown")
    feed = feedparser.parse(get("/digests.atom").content)
    assert [urlsplit(e.link).path for e in feed.entries] == ["/digests/2024-W28"]
    for path in ("/digests/2024-W29", "/digests/secret.txt", "/digests/2024-W28.ics"):
        assert get(path).status_code == 404
    assert get("/digests/..%2fdateline.db").status_code != 200
