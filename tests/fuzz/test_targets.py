"""Each fuzzing target over a few mutations, the same each time; the long form is ``python -m tests.fuzz``."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import mutate
from tests.fuzz.targets import TARGETS

SLOW = {"pages": 60, "feeds": 300, "warcs": 300, "watchlists": 300, "sources": 300}


@pytest.mark.parametrize("name", TARGETS)
def test_no_mutation_breaks_a_parser(name: str) -> None:
    target, corpus = TARGETS[name]
    mutate(target, corpus, SLOW.get(name, 2000), seed=3)
