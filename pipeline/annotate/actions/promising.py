"""Which sentences may tell an act, known by their words alone, before they are parsed.

A verb counts where the sentence has what its reading asks for: a word of the object's class, its particle, or the
words that make a construction. A noun of acting counts by itself. What is let through here the rules still judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import LEMMA, LOWER, TAG  # type: ignore[import-not-found]
from spacy.strings import get_string_id
from spacy.tokens import Doc

from pipeline.annotate.actions import instruments, orders, proceedings
from pipeline.annotate.actions.constructions import GRIP, OPINIONS
from pipeline.annotate.actions.lexicon import Reading, classes, nominal, readings, surface_forms, word_set, words
from pipeline.annotate.actions.provisions import FREELY, INSTRUMENT_CLASSES, OBLIGING, REACH
from pipeline.annotate.actions.triggers import CONTROL, FALLING, LIKE, MEANS, NAMING, RISING

NAMES = ("NNP", "NNPS")  # tags
VERBS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ")  # "to fine" is taken for an adjective
BY_NAME = ("flow", "app", "firm")  # classes that any name may be of; that of a law has its word
LISTED = ("list", "control", "licensing", "restriction", "controlled", "restricted", "prohibited", "blacklist")
ASKED = ("information", "document", "explanation", "detail", "record", "clarification")
NODS = ("approval", "nod", "assent", "blessing", "backing", "consent", "light", "go-ahead", "way")
LETTERS = ("request", "demand", "objection", "sheet", "instrument", *proceedings.LETTERS)
RULINGS = ("justice", "jury", "rule")
BACK = ("it", "they", "he", "she", "its", "their", "his", "her", "this", "that", "these", "the", "both")
LEAVING = ("no", "not", "n't", "neither", *FREELY)
MUST = tuple(OBLIGING)
WIDTH = 64  # bits; things that share one let a few sentences more through

Ids = NDArray[np.uint64]
Flags = NDArray[np.bool_]

__all__ = ["promising"]


@cache
def _companions() -> dict[str, frozenset[str]]:
    """What a sentence must have beside the verbs of a construction, by the construction's name in actions.yml."""
    objects, made, of = words().objects, words().constructions, word_set
    ordered = {noun for nouns in words().ordered.values() for noun in nouns}
    doing = {*made["serve"], *made["supply"], *made["keep"], *orders.LEVYING}
    groups: dict[tuple[str, ...], Iterable[str]] = {
        ("serve", "supply", "keep"): ("longer",),
        ("list", "delist", "extend"): of("lists").union(LISTED),
        ("hit",): (*objects["penalty"], *objects["levy"], *objects["curb"]),
        ("bring", "request"): of("courts"),
        ("announce",): {*nominal(), *of("inceptions"), *ordered},
        ("stop", "delay"): doing,
        ("give",): of("time"),
        ("tell",): ("to",),
        ("propose",): ("to", "that"),
        ("consult",): OPINIONS | {"reading", "consultation"},
        ("table",): of("bills"),
        ("grip",): GRIP,
        ("legislate",): (*objects["law"], *objects["rule"], *objects["draft"], *objects["treaty"], "against"),
        ("pave",): NODS,
        ("ask",): ASKED,
        ("inquire", "object", "deposit"): LETTERS,
        ("report",): proceedings.DECISIONS | of("breaches"),
        ("turn_away",): ("refuse", "decline"),
        ("leave",): (*objects["treaty"], *objects["deal"]),
        ("vote",): ("to", "against"),
        ("refuse", "seat"): (*of("candidates"), *objects["law"], *objects["draft"], "as", "to"),
        ("petition",): ("court", "judge", "tribunal", "appeal"),
        ("hold",): of("courts"),
        ("settle",): of("cases") | {"settlement"},
        ("pay",): of("cases") | {"fine", "penalty"},
        ("appoint",): ("as", "to"),
        ("charge",): ("percent", "%", "$", "€", "£"),
        ("offline",): ("offline",),
        ("mandate",): ("that",),
        ("withhold",): ("not", "n't"),
        ("ruled",): of("courts") | of("breaches") | of("wrongs").union(RULINGS),
    }
    return {name: frozenset(found) for names, found in groups.items() for name in names}


def _wanted(reading: Reading) -> set[str]:
    """What a reading asks the sentence for: classes, a particle, or any object at all."""
    found = set(reading.by) - {"any", "to", "as", "court"}
    if "court" in reading.by:
        found.add("construction ruled")
    if "as" in reading.by:
        found.add("as")
    if {"any", "to"} & set(reading.by):
        found.add("particle" if reading.particles else "any")
    return found


class _Bits:
    """A bit for each thing that a verb may ask a sentence for."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}
        self.have: dict[str, int] = {}
        self.want: dict[str, int] = {}

    def bit(self, *names: str) -> int:
        """The bits of these things together."""
        found = 0
        for name in names:
            found |= self.of.setdefault(name, 1 << len(self.of) % WIDTH)
        return found

    def add(self, name: str, verbs: Iterable[str], beside: Iterable[str]) -> None:
        """These verbs ask for one of these words."""
        for told, found in ((self.want, verbs), (self.have, beside)):
            for word in found:
                told[word] = told.get(word, 0) | self.bit(name)


@cache
def _bits() -> _Bits:
    """The vocabulary as bits."""
    bits, starting = _Bits(), instruments.words().starting
    for verb, all_ in readings().items():
        for reading in all_:
            for name in _wanted(reading):
                bits.add(name, (verb,), ())
            bits.add("particle", (), reading.particles)
    for word, names in classes().items():
        for name in set(names) & set(bits.of):
            bits.add(name, (), (word,))
    for name, beside in _companions().items():
        alike = min(other for other, found in _companions().items() if found == beside)
        bits.add(f"construction {alike}", words().constructions[name], beside)
    bits.add("as", (), ("as",))
    bits.add("effective", ("be",), starting["be"])
    bits.add("start", set(starting) - {"be"}, instruments.effects())
    bits.add("answer", word_set("answering"), (w for name in ("levy", "ban", "curb") for w in words().objects[name]))
    bits.add("like", LIKE, (word for beside in LIKE.values() for word in beside))
    bits.add("rates", RISING | FALLING, words().objects["levy"])
    bits.add("means", (), ("with", "including"))
    bits.add("leave", ("need", "require", "oblige", "be"), CONTROL | {"exempt"})
    for form, verb in surface_forms().items():
        bits.want.setdefault(form, bits.want.get(verb, 0))
    return bits


@cache
def _table(name: str) -> tuple[Ids, Ids]:
    """Sorted ids of words, and the bits of each."""
    told = {"have": _bits().have, "want": _bits().want}[name]
    by_id = {get_string_id(word): bits for word, bits in told.items()}
    ids = sorted(by_id)
    return np.array(ids, dtype="uint64"), np.array([by_id[i] for i in ids], dtype="uint64")


def _look_up(name: str, forms: Ids) -> Ids:
    """The bits of each word by its lemma or as written."""
    ids, bits = _table(name)
    near = np.minimum(np.searchsorted(ids, forms), len(ids) - 1)
    found: Ids = np.where(ids[near] == forms, bits[near], np.uint64(0))
    both: Ids = found[:, 0] | found[:, 1]
    return both


def promising(doc: Doc, starts: NDArray[np.int64]) -> Flags:
    """For each stretch of a tagged text, from one of ``starts`` to the next, whether it may tell an act.

    Chosen beside them: the lead, what a chosen stretch points back to, and where its names are first given.
    """
    columns: Any = doc.to_array([LEMMA, LOWER, TAG])
    names, verbs = _are(columns[:, 2], NAMES), _are(columns[:, 2], VERBS)
    have = _look_up("have", columns[:, :2])
    have[names] |= np.uint64(_bits().bit(*BY_NAME))
    here = np.bitwise_or.reduceat(have, starts) | np.uint64(_bits().bit("any"))
    lengths = np.diff(starts, append=len(doc))
    fits = verbs & ((_look_up("want", columns[:, :2]) & np.repeat(here, lengths)) != 0)
    led = np.repeat(here & np.uint64(_bits().bit("means")), lengths) != 0
    nouns = (_are(columns[:, 0], _nouns()) | (_are(columns[:, 0], tuple(sorted(MEANS))) & led)) & ~verbs
    found: Flags = np.logical_or.reduceat(fits | nouns, starts)
    instrument = found & ((here & np.uint64(_bits().bit(*INSTRUMENT_CLASSES))) != 0)
    near = np.convolve(instrument, np.ones(REACH + 1))[: len(starts)] > 0
    found |= near & np.logical_or.reduceat(_obliging(columns), starts)
    pointed = np.roll(found & _are(columns[starts, 1], BACK), -1)
    pointed[0] = True
    first = _first_given(columns[:, 1], names, np.repeat(found, lengths))
    found |= pointed | np.logical_or.reduceat(first, starts)
    return found


def _obliging(columns: Ids) -> Flags:
    """Words of duty and leave: ``must``, ``may not``, ``has to``."""
    lemma, lower = columns[:, 0], columns[:, 1]
    to = _are(lower, ("to",))
    to[1:] &= _are(lemma[:-1], ("have", "be", "need"))
    found = _are(lower, MUST) | to
    return found | _are(lower, ("may", "can")) if _are(lower, LEAVING).any() else found


def _first_given(forms: Ids, names: Flags, chosen: Flags) -> Flags:
    """The first place of each name that stands in a chosen stretch."""
    at = names.nonzero()[0]
    named, first = np.unique(forms[at], return_index=True)
    found = np.zeros(len(forms), dtype=bool)
    found[at[first[np.isin(named, forms[names & chosen])]]] = True
    return found


def _are(forms: Ids, told: tuple[str, ...]) -> Flags:
    """Where one of these words stands."""
    found: Flags = np.isin(forms, _ids(told))
    return found


@cache
def _ids(told: tuple[str, ...]) -> Ids:
    return np.array([get_string_id(word) for word in told], dtype="uint64")


@cache
def _nouns() -> tuple[str, ...]:
    return (*nominal(), *NAMING)
