"""What is counted once is kept until the data changes; a table's search looks among the newest matches."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from typer.testing import CliRunner

from pipeline import publish, serving
from pipeline.cli import app
from pipeline.site import newest, remember
from pipeline.site.safety import within
from pipeline.store import connect, database_path
from tests.web.conftest import Get, asking, started

COUNT = "select count(*) from words"
FACET = "\n  select w as value, count(*) as count from (\n select w from words) where w is not null group by w"


@pytest.fixture
def words(tmp_path: Path) -> remember.Remembering:
    db = connect(database_path(tmp_path))
    db.table("words").insert({"w": "a"})
    db.close()
    return remember.Remembering(Datasette(), path=str(database_path(tmp_path)))


def reads(db: remember.Remembering, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that reach the file."""
    asked: list[str] = []
    plain = remember.Database.execute

    async def noted(self: object, sql: str, params: object = None, **options: object) -> object:
        asked.append(sql)
        return await plain(self, sql, params, **options)

    monkeypatch.setattr(remember.Database, "execute", noted)
    db.name = "dateline"
    return asked


@pytest.mark.parametrize("sql", [COUNT, FACET])
def test_a_count_is_made_once_until_a_row_is_added(
    sql: str, words: remember.Remembering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = reads(words, monkeypatch)
    for _ in range(3):
        assert len(asyncio.run(words.execute(sql)).rows) == 1
    assert len(asked) == 1
    connect(database_path(tmp_path)).table("words").insert({"w": "b"})
    asyncio.run(words.execute(sql))
    assert len(asked) == 2


def test_a_new_table_and_a_new_column_are_seen_at_once(words: remember.Remembering, tmp_path: Path) -> None:
    words.name = "dateline"

    def seen() -> tuple[list[str], bool]:
        return asyncio.run(words.table_columns("words")), asyncio.run(words.table_exists("more"))

    assert seen() == seen() == (["w"], False)
    db = connect(database_path(tmp_path))
    db.execute("alter table words add column n integer")
    db.table("more").insert({"w": "a"})
    db.close()
    assert seen() == (["w", "n"], True)


def test_the_schema_is_asked_for_once(site: Datasette, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    get("/dateline/actions.json?_shape=array")
    asked = reads(site.get_database("dateline"), monkeypatch)
    get("/dateline/actions.json?_shape=array")
    assert len([sql for sql in asked if "from databases" not in sql and "schema_version" not in sql]) == 1


def test_rows_are_read_each_time(words: remember.Remembering, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = reads(words, monkeypatch)
    for _ in range(2):
        asyncio.run(words.execute("select w from words"))
    assert len(asked) == 2


def test_a_count_that_takes_too_long_is_not_tried_again_at_once(
    words: remember.Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = reads(words, monkeypatch)
    endless = "select count(*) from (with recursive n(i) as (select 1 union all select i + 1 from n) select i from n)"
    for _ in range(2):
        with pytest.raises(QueryInterrupted):
            asyncio.run(words.execute(endless, custom_time_limit=20))
    assert len(asked) == 1


def test_a_tables_search_looks_among_the_newest(
    site_data: Path, monkeypatch: pytest.MonkeyPatch, get: Get, site: Datasette
) -> None:
    assert len(get("/dateline/articles.json?_search=blocks&_shape=array").json()) == 3
    monkeypatch.setattr(newest, "NEWEST", 2)
    page = get("/dateline/articles.json?_search=blocks").json()
    assert page["filtered_table_rows_count"] == len(page["rows"]) == 2
    assert "among the newest 2 matches" in page["human_description_en"]
    assert len(get("/dateline/articles.json?_search_title=blocks&_shape=array").json()) == 2
    assert len(get("/dateline/articles.json?_search=blocks&_matches=all&_shape=array").json()) == 3


@pytest.mark.parametrize("path", ["/\\host.example/", "/%5Chost.example/", "//host.example/", "/\\\\host.example/?a=1"])
def test_no_redirect_leads_to_another_host(path: str, get: Get) -> None:
    location = get(path).headers.get("location", "/")
    assert location.startswith("/")
    assert location[1:2] not in ("/", "\\")
    assert "\\" not in location


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        (b"/\\host", b"/%5Chost"),
        (b"/\t/host", b"/%09/host"),
        (b"///host/a", b"/host/a"),
        (b"/acts/a%2Fb?x=1#y", b"/acts/a%2Fb?x=1#y"),
    ],
)
def test_locations_are_paths_of_this_site(given: bytes, safe: bytes) -> None:
    assert within(given) == safe


def test_the_site_remembers(site_data: Path) -> None:
    served = started([str(database_path(site_data)), "--plugins-dir", "web/plugins"])
    assert isinstance(served.get_database("dateline"), remember.Remembering)
    assert asking(served)("/dateline/sources.json").status_code == 200


def test_a_release_brings_its_facets(site_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = CliRunner().invoke(app, ["publish", "--data", str(site_data), "--out", str(tmp_path)])
    release = publish.current(tmp_path)
    assert ran.exit_code == 0, ran.output
    assert release
    served = started(serving.datasette_arguments(release, immutable=True))
    asked = reads(served.get_database("dateline"), monkeypatch)
    fresh = asking(served)("/dateline/actions.json").json()
    assert not [sql for sql in asked if remember.COUNTS.match(sql)]
    assert fresh["filtered_table_rows_count"] == 3
    named = {facet: {v["value"]: v["count"] for v in fresh["facet_results"][facet]["results"]} for facet in ("type",)}
    assert named == {"type": {"ban/block": 1, "propose": 1, "issue": 1}}
    assert asking(served)("/dateline/actions?type=propose").status_code == 200
    assert [sql for sql in asked if remember.COUNTS.match(sql)]
