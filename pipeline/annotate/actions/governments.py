"""Which state is meant by ``the government`` or ``the country`` where none stands beside the word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from pipeline import vocabulary
from pipeline.annotate.antecedents import kind_of
from pipeline.records import Mention

MANY, MOST = 3, 0.6  # mentions of a state, and their share, that make it the one a report is about
STATES = frozenset({"government", "country", "nation"})


@cache
def _by_adjective() -> dict[str, str]:
    return {a.lower(): code for code, state in vocabulary.states().items() for a in state.adjectives}


@cache
def _by_name() -> dict[str, str]:
    return {actor.name: actor.entity for actor in vocabulary.actors()}


def state_meant(noun: Token, mentions: Mapping[int, Mention]) -> tuple[str, str, str] | None:
    """Name, entity id and code of the state: the last one told of before in the sentence, else the report's own."""
    if noun.lower_ not in STATES or not any(c.lower_ == "the" for c in noun.children):
        return None
    for token in reversed(noun.doc[noun.sent.start : noun.i]):
        mention = mentions.get(token.i)
        code = mention.country if mention is not None else _by_adjective().get(token.lower_)
        if code is not None and code in vocabulary.states():
            return _named(code)
    return state_of_report(mentions)


def state_of_adjective(word: Token) -> tuple[str, str, str] | None:
    """Name, entity id and code of the state of ``Norwegian``."""
    code = _by_adjective().get(word.lower_)
    return _named(code) if code is not None and code in vocabulary.states() else None


def state_of_code(code: str) -> tuple[str, str, str] | None:
    """Name, entity id and code of a state or bloc by its code; None for none, or for what no state made."""
    return _named(code) if code in vocabulary.states() and code != "INT" else None


def state_of_report(mentions: Mapping[int, Mention]) -> tuple[str, str, str] | None:
    """Name, entity id and code of the state that a report is about, if one stands out."""
    return _named(own) if (own := _own(mentions)) is not None else None


def _own(mentions: Mapping[int, Mention]) -> str | None:
    """The state that most of the states a report names are, by code."""
    once = {id(m): m for m in mentions.values() if m.type == "GPE" and m.country and kind_of(m) == "state"}
    codes = [m.country for m in once.values()]
    most = max(codes, key=codes.count, default=None)
    if most is None or codes.count(most) < MANY or codes.count(most) <= MOST * len(codes):
        return None
    return most if most in vocabulary.states() else None


def _named(code: str) -> tuple[str, str, str]:
    state = vocabulary.states()[code]
    return state.name, state.q or _by_name().get(state.name, vocabulary.slug(state.name)), code
