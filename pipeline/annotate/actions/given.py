"""Acts told of the one they befall: leave won, a bill that clears a chamber, a subpoena received."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.cases import served
from pipeline.annotate.actions.makers import granted_by
from pipeline.annotate.actions.votes import passed_by
from pipeline.records import ActionType

Told = tuple[Actor, ActionType, Token, Token, str]  # whose act, its type, what it is told of, the object, the rule


def given(verb: Token, sentence: Span, cast: Cast) -> tuple[Candidate, ...] | None:
    """The act of the giver, nothing where it is not asserted; None where the verb tells of no such thing."""
    if (told := _read(verb, cast)) is None:
        return None
    actor, kind, about, noun, rule = told
    force = modality.of_verb(verb)
    if force.force in ("no", "proposed"):
        return ()
    return (Candidate(verb, sentence, actor, kind, targets.phrase(about), noun, force, rule),)


def _won_by(verb: Token, leave: Token, cast: Cast) -> Token:
    """``The merger won approval``: what is let; a firm's own leave is told by the leave."""
    thing = clause.subject(verb)
    return thing if thing is not None and thing.pos_ == "NOUN" and cast.actor(thing) is None else leave


def _read(verb: Token, cast: Cast) -> Told | None:
    if (granted := granted_by(verb, cast)) is not None:
        giver, leave = granted
        of = clause.pobj(leave, "for", "of", "to") or clause.pobj(verb, "for") or _won_by(verb, leave, cast)
        return giver, "permit/license", of, leave, "granted"
    if (passed := passed_by(verb, cast)) is not None:
        return passed[0], "enact", passed[1], passed[1], "passed_by"
    if (paper := served(verb, cast)) is not None:
        return paper[0], paper[2], clause.subject(verb) or paper[1], paper[1], "served"
    return None
