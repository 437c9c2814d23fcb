"""Which reading of a verb fits its object and its doer, and so the type of act."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from pipeline.annotate.actions import clause
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import Reading, readings, verb_lemma, words
from pipeline.annotate.actions.objects import object_classes
from pipeline.annotate.actions.settling import settled
from pipeline.records import ActionType

COMPANY_TYPES = frozenset(
    {"ban/block", "restrict", "permit/license", "withdraw", "sue/challenge", "delay/extend", "lift/repeal", "enforce"}
)


def fitting(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> ActionType | None:
    """The type by the first reading whose object class fits."""
    kinds = object_classes(noun, cast) if noun is not None else set()
    infinitives = list(clause.complements(verb))
    for reading in readings().get(verb_lemma(verb) or "", ()):
        if not clause.particles_fit(verb, reading.particles):
            continue
        if found := by_class(verb, reading, kinds, actor, noun, has_infinitive=bool(infinitives)):
            if not actor.public and not _company_may(found, verb, kinds):
                continue
            if actor.kind in ("group", "person") and found == "enact" and verb.lemma_ in ("back", "endorse"):
                continue  # a member's support
            if found == "investigate" and noun is not None and noun.lemma_.lower() in words().objects["routine"]:
                continue
            if actor.kind == "association" and found != "sue/challenge":
                continue
            return settled(found, verb, actor, kinds, noun)
    return None


def by_class(
    verb: Token, reading: Reading, kinds: Set[str], actor: Actor, noun: Token | None, *, has_infinitive: bool
) -> ActionType | None:
    """The reading's type for the object's classes."""
    if "court" in reading.by:
        return reading.by["court"] if actor.kind == "court" or (actor.kind == "person" and _judge(verb)) else None
    if "as" in reading.by:
        return reading.by["as"] if _named_as(verb) and noun is not None else None
    if "to" in reading.by and has_infinitive:
        return reading.by["to"]
    if "to" in reading.by and verb.lemma_ in ("order", "direct", "instruct", "command", "force", "let", "enable"):
        return None
    for name in reading.by:
        if name in kinds:
            return reading.by[name]
    if noun is None and "any" in reading.by and verb.lemma_.lower() in ("sue", "appeal"):
        return reading.by["any"]
    return reading.by.get("any") if (noun is not None and noun.pos_ != "PRON") or (noun is not None and kinds) else None


def _named_as(verb: Token) -> bool:
    """``designated the firm as a gatekeeper``, ``named it a threat``, ``designated it with a special status``."""
    label = clause.pobj(verb, "with")
    if label is not None and label.lemma_ in words().objects["label"]:
        return True
    return any((c.dep_ == "prep" and c.lower_ == "as") or c.dep_ == "oprd" for c in verb.children)


def _company_may(kind: ActionType, verb: Token, kinds: Set[str]) -> bool:
    """A company's act is policy where it grants or restricts access, sales or service, or goes to court."""
    if kind not in COMPANY_TYPES:
        return False
    if kind == "sue/challenge":
        return True
    if kind == "permit/license" and any(t.lower_ == "access" for i in clause.complements(verb) for t in i.subtree):
        return True  # "will allow governments to have access to its code"
    return bool(kinds & {"flow", "app", "firm", "ban", "curb"})


def _judge(verb: Token) -> bool:
    return any(t.lemma_.lower() in ("judge", "justice", "magistrate") for t in verb.sent)
