"""How much two texts share, by words."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_WORD = re.compile(r"\w+")


class Score(NamedTuple):
    precision: float
    recall: float
    f1: float


def token_f1(found: str, gold: str, size: int = 1) -> Score:
    """Precision, recall and F1 of word n-grams as multisets."""

    def grams(text: str) -> Counter[tuple[str, ...]]:
        words = _WORD.findall(text.casefold())
        return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))

    given, wanted = grams(found), grams(gold)
    shared = sum((given & wanted).values())
    if not found.strip() or not shared:
        return Score(0.0, 0.0, 0.0)
    precision, recall = shared / sum(given.values()), shared / sum(wanted.values())
    return Score(precision, recall, 2 * precision * recall / (precision + recall))
