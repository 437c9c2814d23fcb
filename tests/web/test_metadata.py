"""metadata.yml cannot rot: every name in it exists, every order has an index, every page and query answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from sqlite_utils import Database

from tests.web.conftest import Get

METADATA = yaml.safe_load((Path(__file__).resolve().parents[2] / "metadata.yml").read_text())
DATASET = METADATA["databases"]["dateline"]
TABLES: dict[str, dict[str, Any]] = DATASET["tables"]
QUERIES: dict[str, dict[str, Any]] = DATASET["queries"]
SHOWN = [name for name, table in TABLES.items() if not table.get("hidden")]
SAMPLES = {"from_day": "2024-07-01", "actor": "openai", "since": "2024-06-01", "text": "AI", "speaker": "spokesperson"}
SAMPLES["name"] = "chips"
FILLED = {"first_reported": {"text": "API traffic"}}


def parameters(query: str) -> dict[str, str]:
    return {name: SAMPLES[name] for name in QUERIES[query].get("params", [])} | FILLED.get(query, {})


@pytest.mark.parametrize("name", TABLES)
def test_every_name_exists(name: str, site_db: Database) -> None:
    table = TABLES[name]
    assert name in {*site_db.table_names(), *site_db.view_names()}
    columns = {row["name"] for row in site_db.query(f"pragma table_info([{name}])")}
    for key in ("columns", "units", "facets", "sortable_columns"):
        assert set(table.get(key, ())) <= columns, key
    for key in ("label_column", "sort", "sort_desc"):
        assert table.get(key, next(iter(columns))) in columns, key


def test_every_table_is_described_or_hidden(site_db: Database) -> None:
    internal = {n for n in site_db.table_names() if re.search(r"_fts(_|$)", n)}
    assert {*site_db.table_names(), *site_db.view_names()} - internal == set(TABLES)


@pytest.mark.parametrize("name", [n for n in SHOWN if "columns" in TABLES[n]])
def test_every_column_is_described(name: str, site_db: Database) -> None:
    columns = {row["name"] for row in site_db.query(f"pragma table_info([{name}])")}
    assert columns == set(TABLES[name]["columns"])


@pytest.mark.parametrize("name", [n for n in SHOWN if "columns" in TABLES[n]])
def test_every_order_has_an_index(name: str, site_db: Database) -> None:
    table = TABLES[name]
    orders = {*table.get("sortable_columns", ()), table.get("sort"), table.get("sort_desc")} - {None}
    for column in orders:
        for direction in ("", " desc"):
            plan = site_db.query(f"explain query plan select * from [{name}] order by [{column}]{direction}")  # noqa: S608 - our names
            assert not [row["detail"] for row in plan if "TEMP B-TREE FOR ORDER BY" in row["detail"]], column


def test_every_query_names_its_parameters() -> None:
    for name, query in QUERIES.items():
        assert set(re.findall(r":(\w+)", query["sql"])) == set(query.get("params", [])), name


@pytest.mark.parametrize("name", SHOWN)
def test_every_table_answers(name: str, get: Get) -> None:
    for ending in ("", ".json", ".csv"):
        assert get(f"/dateline/{name}{ending}").status_code == 200
    for column in TABLES[name].get("sortable_columns", ()):
        assert get(f"/dateline/{name}?_sort_desc={column}").status_code == 200


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers_with_rows(name: str, get: Get) -> None:
    asked = urlencode(parameters(name))
    assert get(f"/dateline/{name}?{asked}").status_code == 200
    assert get(f"/dateline/{name}.json?{asked}&_shape=array").json()


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers_without_parameters(name: str, get: Get) -> None:
    assert get(f"/dateline/{name}").status_code == 200
    assert get(f"/dateline/{name}.json").json()["ok"]


def test_who_reported_the_block_first(get: Get) -> None:
    (row,) = get("/dateline/first_reported.json?text=API+traffic&_shape=array").json()
    assert (row["outlet"], row["reported_at"]) == ("Reuters", "2024-06-25T09:05:00Z")


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("articles", "Treasury", 1),
        ("articles", "blocks", 3),
        ("articles", "nowhere", 0),
        ("actions", "traffic", 1),
        ("entities", "treasury", 1),
        ("statistics", "companies", 1),
        ("quotes", "additional", 1),
    ],
)
def test_search_filters(table: str, words: str, found: int, get: Get) -> None:
    rows = get(f"/dateline/{table}.json?_search={words}&_shape=array").json()
    assert len(rows) == found


def test_names_are_shown_for_ids(get: Get) -> None:
    page = get("/dateline/action_reports").text
    assert "OpenAI: ban/block" in page
    assert "Global Times" in page


def test_inner_tables_are_hidden(get: Get) -> None:
    hidden = {t["name"] for t in get("/dateline.json").json()["tables"] if t["hidden"]}
    assert {"warcs", "action_mentions", "articles_fts", "articles_fts_data"} <= hidden
