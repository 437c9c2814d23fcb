"""Every address that docs/data.md and the README name answers."""

from __future__ import annotations

import re

import pytest

from pipeline import steps
from tests.web.conftest import Get

TEXT = (steps.ROOT / "docs" / "data.md").read_text()
NAMED = sorted(
    {a for a in re.findall(r"(?:`|^    )(/[^\s`]+)", TEXT, re.MULTILINE) if "ID" not in a and "TABLE" not in a}
)
README = re.findall(r"curl '?http://127\.0\.0\.1:8001(/[^'\s]*)", (steps.ROOT / "README.md").read_text())


@pytest.mark.parametrize("address", README)
def test_the_readme_asks_for_what_there_is(address: str, get: Get) -> None:
    assert isinstance(get(address).json(), list)


@pytest.mark.parametrize("address", NAMED)
def test_a_documented_address_answers(address: str, get: Get) -> None:
    answer = get(address)
    assert answer.status_code == 200
    if ".json" in address:
        assert answer.json()


def test_the_page_names_some() -> None:
    assert len(NAMED) > 20
    assert README
