"""Instruments: what law calls them, whom they address; read from ``vocabulary/instruments.yml``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Token

from pipeline.records import ActionType
from pipeline.vocabulary import Part, read

if TYPE_CHECKING:
    from pipeline.annotate.actions.candidate import Candidate


class Instruments(Part, frozen=True, kw_only=True):
    """The whole of instruments.yml."""

    legal_forms: dict[str, tuple[str, ...]]
    starting: dict[str, tuple[str, ...]]
    effects: dict[ActionType, tuple[str, ...]]
    addressees: tuple[str, ...]


@cache
def words() -> Instruments:
    """The vocabulary as read."""
    return read("instruments.yml", Instruments)


@cache
def _forms() -> dict[str, str]:
    return {noun: form for form, nouns in words().legal_forms.items() for noun in nouns}


@cache
def effects() -> dict[str, ActionType]:
    """Noun lemma -> the act that a thing so called is, when it takes effect."""
    return {noun: kind for kind, nouns in words().effects.items() for noun in nouns}


@cache
def addressees() -> frozenset[str]:
    """Head nouns of those whom a rule tells what to do."""
    return frozenset(words().addressees)


BY_TYPE = {"rule": "court_decision", "agree/sign": "agreement", "enact": "law"}


def legal_form(c: Candidate) -> str | None:
    """``law``, ``regulation``, ``order``, … by who acts, the type of act and the noun acted on; None where unsaid."""
    if not c.actor.public:
        return "firm_policy" if c.type != "sue/challenge" else None
    if c.type in BY_TYPE:
        return BY_TYPE[c.type]
    nouns: list[Token] = [] if c.noun is None else [c.noun, *(t for t in c.noun.children if t.dep_ == "compound")]
    return next((form for t in nouns if (form := _forms().get(t.lemma_.lower())) is not None), None)
