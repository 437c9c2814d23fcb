"""CSV for spreadsheets: what would be computed is text there; all else is as it was."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest

from pipeline.site.spreadsheets import as_text
from tests.web.conftest import Get

CELLS = (
    "=1+1",
    '=HYPERLINK("https://x.example","a, ""b""")',
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "\tx",
    "-2+3",
    "-2.5",
    "5",
)


@pytest.mark.parametrize("stream", ["", "&_stream=on"])
def test_no_cell_of_a_csv_answer_is_a_formula(get: Get, stream: str) -> None:
    values = ", ".join(f"({quote_sql(cell)}), ('line one\nline \"two\"')" for cell in CELLS)
    sql = f"select column1 as cell from (values {values})"  # noqa: S608 - the test's own values
    answer = get(f"/dateline.csv?sql={quote(sql)}{stream}")
    assert answer.status_code == 200
    rows = [row[0] for row in csv.reader(io.StringIO(answer.text, newline=""))]
    expected = [told for cell in CELLS for told in (as_text(cell), 'line one\nline "two"')]
    assert rows == ["cell", *expected]
    assert sum(row.startswith("'") for row in rows) == 6


def quote_sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_a_table_as_csv_is_whole(get: Get) -> None:
    told = get("/dateline/articles.json?_shape=array&_size=max").json()
    rows = list(csv.DictReader(io.StringIO(get("/dateline/articles.csv?_stream=on").text, newline="")))
    assert [row["title"] for row in rows] == [article["title"] for article in told]
