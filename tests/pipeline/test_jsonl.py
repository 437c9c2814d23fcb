"""Bad lines are named by file and number; the good ones are still read."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipeline.jsonl import BadLine, parse_lines, read_time
from pipeline.records import Article

GOOD = {"id": "1", "source": "xinhua", "url": "", "published": "2025-08-12T01:40:00+08:00", "title": "T", "text": "B."}


def only(line: str) -> Article | BadLine:
    (read,) = parse_lines([line], "in.jsonl")
    return read


def test_a_line_becomes_an_article_in_utc_with_its_stated_zone() -> None:
    article = only(json.dumps(GOOD))
    assert isinstance(article, Article)
    assert (article.published, article.zone) == ("2025-08-11T17:40:00Z", "+08:00")
    assert article.local_day == date(2025, 8, 12)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "text"}), "'text' is missing"),
        (json.dumps(GOOD | {"text": "  "}), "'text' is empty"),
        (json.dumps(GOOD | {"title": None}), "'title' is empty"),
        (json.dumps(GOOD | {"published": "yesterday"}), "'yesterday' is not ISO 8601"),
        (json.dumps(GOOD | {"published": "2025-02-30"}), "'2025-02-30' is not ISO 8601"),
    ],
)
def test_a_bad_line_says_what_to_mend(line: str, problem: str) -> None:
    bad = only(line)
    assert isinstance(bad, BadLine)
    assert str(bad).startswith("in.jsonl:1: ")
    assert problem in str(bad)


def test_the_other_lines_are_still_read() -> None:
    read = list(parse_lines([json.dumps(GOOD), "oops", "", json.dumps(GOOD)], "f"))
    assert [type(r) for r in read] == [Article, BadLine, Article]
    assert isinstance(read[1], BadLine)
    assert read[1].line == 2


def test_a_bare_day_stays_a_day() -> None:
    assert read_time("2024-07-03") == ("2024-07-03", None)


def test_a_line_in_another_encoding_is_named_and_not_garbled() -> None:
    good, bad = parse_lines([json.dumps(GOOD).encode(), json.dumps(GOOD).encode() + "Zürich".encode("latin-1")], "f")
    assert isinstance(good, Article)
    assert isinstance(bad, BadLine)
    assert bad.problem.startswith("not UTF-8: byte")
    assert bad.problem.endswith("0xfc")


@pytest.mark.parametrize("day", ["0859-07-09T10:00:00+08:00", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_a_date_of_another_age_is_a_bad_line(day: str) -> None:
    bad = only(json.dumps(GOOD | {"published": day}))
    assert isinstance(bad, BadLine)
    assert "is that of no report" in str(bad)
