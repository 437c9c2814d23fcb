"""Where in a text an act may be told at all: one pass over the ids of its words, before any sentence is read.

Most sentences have no word that could tell an act; they cost nothing more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, LOWER  # type: ignore[import-not-found]
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span, Token

from pipeline.annotate.actions import instruments
from pipeline.annotate.actions.lexicon import nominal, readings, surface_forms, word_set, words

BARE = frozenset({"apply", "start", "begin"})  # verbs that tell of a start without an object
LIKE = {"do": ("same", "likewise"), "follow": ("suit",)}
LEAVE = frozenset({"licence", "license", "permit", "permission", "authorisation", "authorization", "clearance"})
CONTROL = LEAVE | {"licensing", "control", "restriction", "approval"}
MEANS = frozenset({"tariff", "duty", "levy", "sanction", "curb", "restriction", "control", "ban", "limit"})
RISING = frozenset({"rise", "increase", "double", "triple", "quadruple", "climb", "jump", "go", "soar"})
FALLING = frozenset({"fall", "drop", "decrease", "decline", "halve"})
NAMING = frozenset({"announcement", "imposition", "introduction", "issuance"})  # "its announcement of tariffs"


@cache
def _families() -> dict[str, frozenset[str]]:
    """The words of each family, as lemmas or as written."""
    beside = frozenset(word for words_ in instruments.words().starting.values() for word in words_)
    return {
        "verbs": frozenset(readings()) | words().heads | frozenset(surface_forms()),
        "nouns": frozenset(nominal()) | NAMING | MEANS,
        "rates": RISING | FALLING,
        "starts": beside - {"in"} | BARE | {"kick"},
        "likes": frozenset(word for words_ in LIKE.values() for word in words_),
        "answers": word_set("answering"),
        "leave": CONTROL | {"exempt"},
    }


@cache
def _index() -> tuple[Any, Any]:
    """The sorted ids of all words, and for each the families it is of, as bits."""
    bits: dict[int, int] = {}
    for bit, found in enumerate(_families().values()):
        for word in found:
            key = get_string_id(word)
            bits[key] = bits.get(key, 0) | 1 << bit
    ids = sorted(bits)
    return np.array(ids, dtype="uint64"), np.array([bits[i] for i in ids])


class Triggers:
    """Positions of the words of each family in one text."""

    __slots__ = ("_all", "_at", "_doc")

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._all: list[int] = []
        self._at: dict[str, list[int]] = {name: [] for name in _families()}
        if not len(doc):
            return
        wanted, bits = _index()
        ids: Any = doc.to_array([LEMMA, LOWER])
        near = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
        found = np.where(wanted[near] == ids, bits[near], 0)
        both = found[:, 0] | found[:, 1]
        self._all = both.nonzero()[0].tolist()
        for place in self._all:
            word_bits = int(both[place])
            for bit, name in enumerate(self._at):
                if word_bits >> bit & 1:
                    self._at[name].append(place)

    def of(self, family: str, sentence: Span) -> Iterator[Token]:
        """The words of a family in a sentence."""
        at = self._at[family]
        for place in range(bisect_left(at, sentence.start), len(at)):
            if at[place] >= sentence.end:
                return
            yield self._doc[at[place]]

    def any(self, family: str, sentence: Span) -> bool:
        """Whether a sentence has a word of a family."""
        return next(self.of(family, sentence), None) is not None

    def here(self, sentence: Span) -> bool:
        """Whether a sentence has a word of any family."""
        at = bisect_left(self._all, sentence.start)
        return at < len(self._all) and self._all[at] < sentence.end
