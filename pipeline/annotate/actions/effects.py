"""Instruments that start: ``Extra duties on cars came into force on Friday``, ``a block … took effect``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate, stated
from pipeline.annotate.actions.instruments import effects, words
from pipeline.annotate.actions.lexicon import noun_lemma
from pipeline.annotate.actions.makers import lawgiver, maker
from pipeline.annotate.actions.objects import object_classes
from pipeline.annotate.actions.triggers import BARE, FALLING
from pipeline.records import ActionType

LAWS = frozenset({"issue", "enact"})
PERCENT = frozenset({"%", "percent", "per"})


def starts(verb: Token) -> bool:
    """Whether a verb says that its subject takes effect."""
    lemma = verb.lemma_.lower()
    beside = words().starting.get(lemma)
    if beside is None or clause.is_passive(verb):
        return False
    if lemma in BARE:
        return not any(c.dep_ in ("dobj", "xcomp", "ccomp", "attr", "acomp", "prt", "auxpass") for c in verb.children)
    near = {c.lower_ for c in verb.children} | {g.lower_ for c in verb.children if c.dep_ == "prep" for g in c.children}
    return bool(near & set(beside))


def starting_acts(
    sentence: Span, cast: Cast, here: Sequence[Candidate], before: Sequence[Candidate], focus: Actor | None
) -> Iterator[Candidate]:
    """An act for each thing that takes effect and was not told of before, by its maker."""
    if not cast.triggers.any("starts", sentence):
        return
    for verb in sentence:
        if verb.pos_ not in ("VERB", "AUX") or not starts(verb) or verb.dep_ == "relcl":
            continue
        noun = clause.child(verb, "nsubj")
        kind = _kind(noun, cast) if noun is not None else None
        if noun is None or kind is None or any(told_before(noun, c) for c in (*here, *before)):
            continue
        force = modality.of_verb(verb)
        actor = maker(noun, cast) or (here[0].actor if here else None) or _speaker(verb, cast) or focus
        actor = (
            actor
            or _of_law(noun, cast)
            or _place(verb, cast)
            or (cast.state if kind in LAWS and verb.dep_ == "ROOT" else None)
        )
        if actor is None or force.force not in ("done", "decided", "intended"):
            continue
        yield stated(verb, noun, sentence, actor, kind, modality=force, rule="takes_effect")


def _place(verb: Token, cast: Cast) -> Actor | None:
    """``New rules took effect in Norway``: the state where they hold."""
    at = [g for c in (verb, *verb.children) for g in c.children if g.dep_ == "prep" and g.lower_ == "in"]
    for where in (clause.child(prep, "pobj") for prep in at):
        mention = cast.mention(where) if where is not None else None
        if mention is not None and mention.type == "GPE":
            return cast.actor(where)
    return None


def _of_law(noun: Token, cast: Cast) -> Actor | None:
    """``The act took effect``, ``the Data Act's ban on fees will apply``: whose law it is, or that holds the thing."""
    found = (lawgiver(word, cast) for word in (noun, clause.owner(noun)) if word is not None)
    return next((actor for actor in found if actor is not None), None)


def _kind(noun: Token, cast: Cast) -> ActionType | None:
    """By the noun; a law's own name (``the AI Act``) is one too."""
    if (found := effects().get(noun_lemma(noun))) is not None:
        return found
    mention = cast.mention(noun)
    return "enact" if mention is not None and mention.type == "LAW" and noun.lower_ in ("act", "law", "code") else None


def changing_rates(sentence: Span, cast: Cast, here: Sequence[Candidate], focus: Actor | None) -> Iterator[Candidate]:
    """``The duty on cars will rise to 25 percent``: a levy's rate is changed by who told of it, or the state's own."""
    for verb in cast.triggers.of("rates", sentence):
        noun = clause.child(verb, "nsubj") if verb.pos_ == "VERB" else None
        if noun is None or "levy" not in object_classes(noun, cast) or noun.lemma_.lower() in ("fee", "charge"):
            continue
        rated = [p for p in clause.preps(verb) if p.lower_ == "to" and any(t.lower_ in PERCENT for t in p.subtree)]
        force = modality.of_verb(verb)
        actor = maker(noun, cast) or (here[0].actor if here else None) or focus
        if not rated or actor is None or not actor.public or force.force not in ("done", "decided"):
            continue
        kind: ActionType = "lift/repeal" if verb.lemma_.lower() in FALLING else "impose"
        yield stated(verb, noun, sentence, actor, kind, modality=force, rule="rate_changed")


def told_before(noun: Token, c: Candidate) -> bool:
    """Whether an act already found is the one whose instrument the noun names."""
    lemma = noun_lemma(noun)
    if c.noun is not None and c.noun.lemma_.lower() == lemma:
        return True
    return effects().get(lemma) == c.type or any(t.lemma_.lower() == lemma for t in c.trigger.subtree)


def _speaker(verb: Token, cast: Cast) -> Actor | None:
    head = verb.head
    if verb.dep_ in ("ccomp", "parataxis") and head.lemma_.lower() in modality.SAYING:
        actor = cast.actor(clause.doer(head))
        return actor if actor is not None and actor.public else None
    return None
