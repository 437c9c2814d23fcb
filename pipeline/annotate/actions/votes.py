"""Constructions of chambers: bills that pass one, motions put to the vote, people named, confirmed and refused."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.fitting import fitting
from pipeline.annotate.actions.lexicon import word_set
from pipeline.annotate.actions.objects import object_classes
from pipeline.records import ActionType

Told = tuple[ActionType, str]
CHAMBERS = frozenset({"legislature", "commission", "regulator"})
BILLS = frozenset({"law", "draft", "treaty", "fund"})
PASSING = frozenset({"pass", "clear"})
SEATING = frozenset({"confirm", "approve"})
REFUSING = frozenset({"reject", "block", "defeat", "refuse"})
AVERTING = frozenset({"avert", "avoid", "prevent"})  # what a vote leads to, not what is voted on
APPOINTERS = frozenset({"person", "state", "administration", "government", "ministry", "leader", "legislature"})


def passed_by(verb: Token, cast: Cast) -> tuple[Actor, Token] | None:
    """``a bill that passed the House``, ``the bill cleared the Senate``: the chamber's act, and the bill."""
    if verb.lemma_.lower() not in PASSING or clause.is_passive(verb):
        return None
    chamber = clause.child(verb, "dobj")
    bill = clause.subject(verb)
    actor = cast.actor(chamber) if chamber is not None and bill is not None else None
    if actor is None or bill is None or actor.kind != "legislature":
        return None
    return (actor, bill) if object_classes(bill, cast) & BILLS else None


def voted_to(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``voted 51-47 to open talks with the House``: a motion carried, where its own verb tells no act."""
    if actor.kind not in CHAMBERS or clause.child(verb, "neg") is not None:
        return None
    motion = next(
        (c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > verb.i and clause.has_to(c)), None
    )
    if motion is None or motion.lemma_ in AVERTING or _is_told_by_itself(motion, actor, cast):
        return None
    kind: ActionType = "investigate" if motion.lemma_ in ("investigate", "probe", "subpoena") else "adopt"
    return kind, targets.complement(verb, None, motion)


def _is_told_by_itself(verb: Token, actor: Actor, cast: Cast) -> bool:
    noun = clause.acted_on(verb)
    return seated(verb, noun, actor, cast) is not None or fitting(verb, noun, actor, cast) is not None


def voted_against(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``voted 13-10 against the nominee``, ``rejected the bill``: what a chamber refuses is barred."""
    if actor.kind != "legislature":
        return None
    refused = noun if verb.lemma_ in REFUSING else clause.pobj(verb, "against")
    if refused is None or not (_is_candidate(refused, cast) or object_classes(refused, cast) & BILLS):
        return None
    return "ban/block", targets.phrase(refused)


def seated(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``confirmed her as secretary``, ``approved the nomination``: a chamber's consent to a person."""
    if noun is None or actor.kind != "legislature" or verb.lemma_.lower() not in SEATING:
        return None
    return ("adopt", targets.phrase(noun)) if _is_candidate(noun, cast) else None


def appointed(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``The governor appointed Ann Lee to the court``: a formal designation."""
    if noun is None or actor.kind not in APPOINTERS or not actor.public or verb.dep_ in ("acl", "relcl", "amod"):
        return None
    mention = cast.mention(noun)
    if mention is None or mention.type != "PERSON" or mention.entity in actor.entities:
        return None
    return "issue", f"appointment of {targets.joined(verb, noun)}"


def _is_candidate(noun: Token, cast: Cast) -> bool:
    mention = cast.mention(noun)
    return noun.lemma_.lower() in word_set("candidates") or (mention is not None and mention.type == "PERSON")
