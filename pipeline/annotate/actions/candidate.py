"""What the rules hand on: one act as one trigger tells it, before dates, status and merging."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.annotate.actions import targets
from pipeline.annotate.actions.actors import Actor
from pipeline.annotate.actions.modality import Modality
from pipeline.records import ActionType


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger with its actor, type and target. ``noun`` is the object's head, ``rule`` the rule that fired."""

    trigger: Token
    sentence: Span
    actor: Actor
    type: ActionType
    target: str
    noun: Token | None
    modality: Modality
    rule: str
    instrument: str | None = None
    confidence: float = 0.8
    part_of: Candidate | None = None  # the adopted instrument whose provision this is


def stated(
    verb: Token, noun: Token, sentence: Span, actor: Actor, kind: ActionType, *, modality: Modality, rule: str
) -> Candidate:
    """An act told as a state of its object: ``exports need a licence``, ``the duties took effect``; less sure."""
    return Candidate(verb, sentence, actor, kind, targets.phrase(noun), noun, modality, rule, confidence=0.65)
