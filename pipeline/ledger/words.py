"""Targets as sets: telling words, figures and character n-grams, and how alike two targets are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import vocabulary
from pipeline.vocabulary import Part

GENERIC_WEIGHT = 0.25  # of an instrument's noun ("rules") beside a telling word's 1
NGRAM = 4
LEAST = 2.0  # words below which a target is too short to be found whole in another
WORDS_SHARE = 0.7  # the rest of the likeness comes from n-grams


class LedgerWords(Part, frozen=True, kw_only=True):
    """The word lists of ``vocabulary/ledger.yml``."""

    generic: frozenset[str]
    stop: frozenset[str]
    stays: frozenset[str]
    quashes: frozenset[str]
    upholds: frozenset[str]
    extends: frozenset[str]
    pauses: frozenset[str]
    drafts: frozenset[str]
    amends: frozenset[str]
    implements: frozenset[str]
    answers: frozenset[str]
    suits: frozenset[str]
    public: frozenset[str]
    public_words: frozenset[str]
    media: frozenset[str]
    leaning: frozenset[str]


@dataclass(frozen=True, slots=True)
class Target:
    """What an act is about: ``words`` (with instrument nouns), ``telling`` (without), ``figures``, ``grams``;
    ``leans``: whether it means something only beside the sentences before."""

    words: frozenset[str]
    telling: frozenset[str]
    figures: frozenset[str]
    grams: frozenset[str]
    leans: bool


@cache
def ledger_words() -> LedgerWords:
    """The ledger's vocabulary; instrument nouns as stems."""
    return vocabulary.read("ledger.yml", LedgerWords)


@lru_cache(maxsize=200_000)
def target(phrase: str) -> Target:
    """A target's phrase as sets."""
    plain = _long_names().sub(lambda found: _states()[found[0]], phrase.casefold().replace("u.s.", "us"))
    raw = re.findall(r"[a-z]+|\d+(?:[.,]\d+)*", plain)
    figures = frozenset(w for w in raw if w[0].isdigit() and not _is_year(w))
    words = frozenset(_stem(_of_state(w)) for w in raw if not w[0].isdigit() and w not in ledger_words().stop)
    telling = words - _generic()
    joined = " ".join(sorted(telling)) or " ".join(sorted(words))
    grams = frozenset(joined[n : n + NGRAM] for n in range(max(1, len(joined) - NGRAM + 1)))
    return Target(words, telling, figures, grams, not ledger_words().leaning.isdisjoint(raw))


def likeness(a: Target, b: Target) -> float:
    """0 to 1: shared words of the shorter target, instrument nouns weighing little, and shared n-grams.

    Figures that both name and none shares ("12 entities", "16 entities") take a third off.
    """
    shared = _weight(a.words & b.words)
    least = min(_weight(a.words), _weight(b.words))
    overlap = 1.0 if a.words == b.words else shared / max(least, LEAST)
    grams = 2 * len(a.grams & b.grams) / ((len(a.grams) + len(b.grams)) or 1)
    score = WORDS_SHARE * overlap + (1 - WORDS_SHARE) * grams
    if a.figures and b.figures and not a.figures & b.figures:
        score -= 1 / 3
    return max(0.0, score)


def state_of(word: str) -> str | None:
    """The state that a target's word stands for, as its code."""
    return _codes().get(word)


@cache
def _codes() -> dict[str, str]:
    return {_stem(code.casefold() + "state"): code for code in vocabulary.states()}


def _weight(words: frozenset[str]) -> float:
    generic = len(words & _generic())
    return len(words) - generic + GENERIC_WEIGHT * generic


@cache
def _generic() -> frozenset[str]:
    return frozenset(_stem(w) for w in ledger_words().generic)


@cache
def _states() -> dict[str, str]:
    """Words for a state -> its form here: "chinese", "beijing" -> "cnstate"."""
    out: dict[str, str] = {}
    for code, state in vocabulary.states().items():
        for name in (state.name, *state.aliases, *state.adjectives, *state.capitals):
            if name.replace(" ", "").isalpha():
                out.setdefault(name.casefold(), code.casefold() + "state")
    out["us"] = "usstate"
    return out


@cache
def _long_names() -> re.Pattern[str]:
    """Names of states of several words."""
    names = sorted((re.escape(name) for name in _states() if " " in name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def _of_state(word: str) -> str:
    return _states().get(word, word)


def _stem(word: str) -> str:
    """Without the endings of number, tense and noun: a light stem, the same for "labels" and "labeling"."""
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "ies", "ed", "er", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20")
