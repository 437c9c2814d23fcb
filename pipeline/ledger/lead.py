"""Whose words an act shows: of all that was told of it, the telling that speaks for the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Protocol, TypeVar

from pipeline import vocabulary
from pipeline.ledger.words import ledger_words, target

COMMON = 0.25  # a word that a smaller share of the tellings has is one outlet's own
METONYM = 0.5  # what "China" counts as an actor, where others name the ministry
SURE = 0.7  # tellings below are shown where there is no surer one
LONG = 110  # characters beyond which a phrase no longer reads as one


class Telling(Protocol):
    """What a report says of an act, as far as its wording goes."""

    @property
    def actor(self) -> str: ...
    @property
    def actor_entities(self) -> tuple[str, ...]: ...
    @property
    def type(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def confidence(self) -> float: ...


T = TypeVar("T", bound=Telling)


def lead(tellings: Sequence[T]) -> T:
    """The telling whose actor, type and target the act shows; the first told where several are as good.

    An entity as actor before a mere phrase, the type told most, a sure reading, a target that stands without its
    text ("such regions" does not) and says more than the actor's own name, the actor told most, and of these the
    target that says most of what the others say too.
    """
    told = Counter(t.type for t in tellings)
    actors = Counter(t.actor for t in tellings if t.confidence >= SURE)
    words = Counter(word for t in tellings for word in target(t.target).telling)

    def agreed(phrase: str) -> float:
        shares = (words[word] / len(tellings) - COMMON for word in target(phrase).telling)
        return sum(shares) - max(0, len(phrase) - LONG) / 10

    return max(
        tellings,
        key=lambda t: (
            bool(t.actor_entities),
            told[t.type],
            t.confidence >= SURE,
            -_leaning(t.target),
            bool(target(t.target).telling - target(t.actor).telling),
            actors[t.actor] * (METONYM if t.actor in _states() else 1),
            agreed(t.target),
            t.confidence,
        ),
    )


@cache
def _states() -> frozenset[str]:
    return frozenset(state.name for state in vocabulary.states().values())


def _leaning(phrase: str) -> int:
    """How many of its words mean something only beside the sentences before."""
    return sum(word in ledger_words().leaning for word in re.findall(r"[a-z]+", phrase.casefold()))
