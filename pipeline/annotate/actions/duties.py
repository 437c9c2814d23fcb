"""States told for acts: ``Exports will need a licence``, ``are subject to licensing``, ``are exempt from the duty``.

The act is that of the public body that says so, or of the maker of the instrument the passage tells of.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate, stated
from pipeline.annotate.actions.lexicon import noun_lemma
from pipeline.annotate.actions.makers import SPEAKING
from pipeline.annotate.actions.triggers import CONTROL, LEAVE
from pipeline.records import ActionType

HOLDING = frozenset({"have", "hold", "obtain", "get", "seek", "apply", "secure"})


def duties(sentence: Span, cast: Cast, focus: Actor | None) -> Iterator[Candidate]:
    """The first duty or exemption a sentence tells, by who says it or by the maker in focus."""
    if not cast.triggers.any("leave", sentence):
        return
    for verb in sentence:
        if verb.pos_ not in ("VERB", "AUX") or verb.dep_ not in ("ROOT", "ccomp", "conj", "parataxis"):
            continue
        noun = clause.child(verb, "nsubj", "nsubjpass")
        kind = _kind(verb) if noun is not None else None
        actor = _speaker(verb, cast) or focus
        if noun is None or kind is None or actor is None or noun.pos_ == "PRON":
            continue
        force = modality.of_verb(verb)
        named = cast.mention(noun) is not None and kind != "restrict"
        if named or force.force not in ("done", "decided", "intended"):
            continue
        yield stated(verb, noun, sentence, actor, kind, modality=force, rule="duty")
        return


def needs_leave(verb: Token) -> bool:
    """``to have an export licence``, ``apply for a permit``: what is asked for is leave."""
    thing = clause.child(verb, "dobj")
    if verb.lemma_ == "apply":
        prep = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "for"), None)
        thing = clause.child(prep, "pobj") if prep is not None else None
    return verb.lemma_ in HOLDING and thing is not None and noun_lemma(thing) in LEAVE


def _kind(verb: Token) -> ActionType | None:
    if verb.lemma_ in ("need", "require") and not clause.is_passive(verb):
        thing = clause.child(verb, "dobj")
        return "restrict" if thing is not None and noun_lemma(thing) in LEAVE else None
    if verb.lemma_ in ("require", "oblige") and clause.is_passive(verb):
        held = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        return "restrict" if held is not None and needs_leave(held) else None
    if verb.lemma_ == "be" and (quality := clause.child(verb, "acomp")) is not None:
        if quality.lower_ == "exempt":
            return "permit/license"
        if quality.lower_ == "subject" and (to := clause.child(quality, "prep")) is not None:
            thing = clause.child(to, "pobj")
            return "restrict" if thing is not None and noun_lemma(thing) in CONTROL else None
    return None


def _speaker(verb: Token, cast: Cast) -> Actor | None:
    for head in verb.ancestors:
        if head.lemma_.lower() in SPEAKING:
            actor = cast.actor(clause.doer(head))
            return actor if actor is not None and actor.public and actor.kind != "person" else None
    for token in verb.children:  # "goods will need a licence, the ministry said"
        if token.dep_ in ("parataxis", "ccomp") and token.lemma_.lower() in SPEAKING:
            actor = cast.actor(clause.doer(token))
            return actor if actor is not None and actor.public and actor.kind != "person" else None
    return None
