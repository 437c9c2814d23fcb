"""Acts told by likeness: ``China raised its duties after the US did the same``, ``Canada followed suit``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.objects import object_classes
from pipeline.annotate.actions.triggers import LIKE
from pipeline.records import ActionType

MEANS: dict[str, ActionType] = {"levy": "impose", "ban": "ban/block", "curb": "restrict"}


def same_again(
    sentence: Span, cast: Cast, here: Sequence[Candidate], before: Sequence[Candidate]
) -> Iterator[Candidate]:
    """The act told last, once more by another public body."""
    if not cast.triggers.any("likes", sentence):
        return
    for verb in sentence:
        wanted = LIKE.get(verb.lemma_)
        if wanted is None or not any(c.lower_ in wanted for c in verb.children):
            continue
        told = [c for c in here if c.trigger.i < verb.i] or list(before[-1:])
        actor = cast.actor(clause.doer(verb))
        force = modality.of_verb(verb)
        if actor is None or not actor.public or not told or actor.name == told[-1].actor.name or force.force == "no":
            continue
        yield replace(
            told[-1], trigger=verb, sentence=sentence, actor=actor, modality=force, rule="same_again", confidence=0.6
        )


def answered(sentence: Span, cast: Cast) -> Iterator[Candidate]:
    """``responded with tariffs of its own``, ``hit back with a ban``: what a state answers with."""
    for verb in cast.triggers.of("answers", sentence):
        if verb.pos_ != "VERB":
            continue
        thing = clause.pobj(verb, "with", "by")
        kinds = object_classes(thing, cast) if thing is not None else set()
        kind = next((kind for name, kind in MEANS.items() if name in kinds), None)
        actor = cast.actor(clause.doer(verb))
        force = modality.of_verb(verb)
        if thing is None or kind is None or actor is None or not actor.public or force.force in ("no", "proposed"):
            continue
        yield Candidate(verb, sentence, actor, kind, targets.phrase(thing), thing, force, "answered", confidence=0.65)
