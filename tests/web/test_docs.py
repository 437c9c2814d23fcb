"""Every address that docs/data.md names answers."""

from __future__ import annotations

import re

import pytest

from pipeline import steps
from tests.web.conftest import Get

TEXT = (steps.ROOT / "docs" / "data.md").read_text()
NAMED = sorted(
    {a for a in re.findall(r"(?:`|^    )(/[^\s`]+)", TEXT, re.MULTILINE) if "ID" not in a and "TABLE" not in a}
)


@pytest.mark.parametrize("address", NAMED)
def test_a_documented_address_answers(address: str, get: Get) -> None:
    answer = get(address)
    assert answer.status_code == 200
    if ".json" in address:
        assert answer.json()


def test_the_page_names_some() -> None:
    assert len(NAMED) > 20
