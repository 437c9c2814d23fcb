"""Nominal acts: ``Italy's ban on the app``, ``a probe by the Commission``, ``the ministry's approval of``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.exclusions import is_of_trade
from pipeline.annotate.actions.lexicon import nominal
from pipeline.annotate.actions.objects import object_classes
from pipeline.annotate.actions.triggers import MEANS, NAMING
from pipeline.records import ActionType

ANNOUNCED: dict[str, ActionType] = {
    "levy": "impose",
    "ban": "ban/block",
    "curb": "restrict",
    "penalty": "fine/penalise",
}
APPROVED: dict[str, ActionType] = {"levy": "impose", "law": "enact", "curb": "adopt", "ban": "adopt", "rule": "adopt"}
NEW = frozenset({"new", "fresh", "sweeping", "further", "additional", "stricter", "tighter", "tougher"})
CHAIN = 4  # nouns and prepositions between a measure and the verb it is a means of


def nominal_acts(sentence: Span, cast: Cast, taken: set[int]) -> Iterator[Candidate]:
    """Nouns that name an act by themselves and say whose it is; not those a trigger verb has taken as object."""
    for noun in cast.triggers.of("nouns", sentence):
        kind = nominal().get(noun.lemma_.lower()) or _announced(noun, cast)
        actor = None
        if kind is None and noun.pos_ == "NOUN" and noun.i not in taken:
            kind, actor = _means(noun, cast)
        if kind is None or noun.pos_ != "NOUN" or noun.i in taken:
            continue
        means = actor is not None
        actor = actor or _whose(noun, cast)
        if actor is None or not actor.public:
            continue
        force = modality.Modality("done") if means else modality.of_noun(noun)
        if force.force in ("no", "proposed"):
            continue
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("on", "of", "into", "against")), None)
        inner = clause.child(of, "pobj") if of is not None else None
        if inner is not None and inner.ent_type_ in ("DATE", "TIME"):
            inner = noun  # "the travel ban of 2017"
        does = (
            next((c for c in noun.children if c.dep_ == "acl" and clause.has_to(c)), None)
            if kind == "propose"
            else None
        )
        kind = _approved(kind, inner, cast)
        if (inner is None and does is None) or (kind == "enforce" and not is_of_trade(noun)):
            continue
        yield Candidate(
            trigger=noun,
            sentence=sentence,
            actor=actor,
            type=kind,
            target=targets.complement(does, None, does) if does is not None else targets.phrase(inner or noun),
            noun=inner,
            modality=force,
            rule="nominal_act",
            confidence=0.55,
        )


def _approved(kind: ActionType, inner: Token | None, cast: Cast) -> ActionType:
    """``the council's approval of sanctions``: what is approved beats that it was."""
    kinds = object_classes(inner, cast) if kind == "permit/license" and inner is not None else set()
    return next((found for name, found in APPROVED.items() if name in kinds), kind)


def _announced(noun: Token, cast: Cast) -> ActionType | None:
    """``the state's announcement of tariffs``: the act that the thing announced is."""
    if noun.lemma_.lower() not in NAMING:
        return None
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    thing = clause.child(of, "pobj") if of is not None else None
    kinds = object_classes(thing, cast) if thing is not None else set()
    for name, kind in ANNOUNCED.items():
        if name in kinds:
            return kind
    return None


def _means(noun: Token, cast: Cast) -> tuple[ActionType | None, Actor | None]:
    """``stepped up its efforts with new rules, including curbs on sales``: new measures told as means to an end."""
    if noun.lemma_.lower() not in MEANS:
        return None, None
    joints: list[str] = []
    top, new = noun, _is_new(noun)
    while top.dep_ in ("pobj", "conj") and top.head.dep_ in ("prep", "pobj", "conj", "dobj") and len(joints) < CHAIN:
        joint = top.head if top.dep_ == "pobj" else top
        top = joint.head
        joints.append(joint.lower_)
        new = new or _is_new(top)
    if not new or not set(joints) & {"with", "including"} or top.pos_ not in ("NOUN", "VERB"):
        return None, None
    verb = next((a for a in (top, *top.ancestors) if a.pos_ == "VERB" and a.tag_ in ("VBD", "VBZ", "VBN")), None)
    force = modality.of_verb(verb).force if verb is not None else "no"
    kinds = object_classes(noun, cast)
    kind = next((kind for name, kind in ANNOUNCED.items() if name in kinds), None)
    return (kind, cast.actor(clause.doer(verb))) if verb is not None and force == "done" else (None, None)


def _is_new(noun: Token) -> bool:
    return any(c.lower_ in NEW for c in noun.children)


def _whose(noun: Token, cast: Cast) -> Actor | None:
    if (own := cast.actor(clause.child(noun, "poss"))) is not None:
        return own
    for c in noun.children:
        if c.dep_ == "prep" and c.lower_ == "by":
            return cast.actor(clause.child(c, "pobj"))
    for c in noun.subtree:  # "a ban on the firm's equipment by the state": the phrase hangs too low
        if c.dep_ == "prep" and c.lower_ == "by" and c.i > noun.i and c.head.pos_ in ("NOUN", "PROPN"):
            return cast.actor(clause.child(c, "pobj"))
    for c in noun.children:  # "a Commission probe", "the U.S. ban"
        if c.dep_ in ("compound", "nmod", "amod") and cast.mention(c) is not None:
            return cast.actor(c)
    return None
