"""The description for programs is true: its schemas are sound, and every answer is as it says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from sqlite_utils import Database

from tests.web.conftest import Get
from tests.web.test_metadata import QUERIES, SHOWN, parameters


@pytest.fixture(scope="module")
def told(get: Get) -> dict[str, Any]:
    answer: dict[str, Any] = get("/openapi.json").json()
    return answer


def validator(told: dict[str, Any], name: str) -> Draft202012Validator:
    """Of the rows that one table or question answers with; references lead into the description itself."""
    answers = told["paths"][f"/dateline/{name}.json"]["get"]["responses"]["200"]
    schema = answers["content"]["application/json"]["schema"] | {"components": told["components"]}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_table_and_question_is_described(told: dict[str, Any]) -> None:
    described = {path.removeprefix("/dateline/").removesuffix(".json") for path in told["paths"] if "line/" in path}
    assert described == {*SHOWN, *QUERIES}
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "http://localhost"}]


@pytest.mark.parametrize("name", [*SHOWN, *QUERIES])
def test_answers_are_as_described(name: str, told: dict[str, Any], get: Get) -> None:
    asked = parameters(name) if name in QUERIES else {}
    rows = get(f"/dateline/{name}.json?{urlencode({'_shape': 'array'} | asked)}").json()
    validator(told, name).validate(rows)


def test_an_answer_of_another_shape_is_noticed(told: dict[str, Any], get: Get) -> None:
    (row, *_) = get("/dateline/actions.json?_shape=array").json()
    for wrong in ({k: v for k, v in row.items() if k != "status"}, row | {"reports": "two"}, row | {"title": None}):
        with pytest.raises(ValidationError):
            validator(told, "actions").validate([wrong])


def test_what_can_be_asked_is_named(told: dict[str, Any], get: Get, site_db: Database) -> None:
    named = {p["name"]: p for p in told["paths"]["/dateline/articles.json"]["get"]["parameters"]}
    assert named["_sort_desc"]["schema"]["enum"] == ["published", "day"]
    assert {"_search", "source", "language"} <= named.keys()
    assert "_search" not in {p["name"] for p in told["paths"]["/dateline/mentions.json"]["get"]["parameters"]}
    for path in (p for p in told["paths"] if "{" not in p and "line/" not in p):
        assert get(path).status_code == 200
