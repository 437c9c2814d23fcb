"""Constructions of those before a court: what is asked of it, what is settled, papers served, what it holds."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import word_set, words
from pipeline.records import ActionType

Told = tuple[ActionType, str]
REMEDIES = frozenset({"force", "order", "require", "compel"})  # "asked the judge to force a sale"
SERVED: dict[ActionType, tuple[str, ...]] = {
    "investigate": ("subpoena", "summons", "questionnaire"),
    "fine/penalise": ("fine", "penalty"),
}


def petitioned(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``asked a judge to stay the rule``, ``asked for a court order to shut it``, ``filed a notice of appeal``."""
    if actor.kind == "court" or noun is None:
        return None
    if noun.lemma_ == "notice" and any(t.lower_ == "appeal" for t in noun.subtree):
        return "sue/challenge", targets.phrase(noun)
    wanted = next(iter(clause.complements(verb)), None)
    if wanted is None or not is_bench(noun, cast):
        return None
    if actor.public and wanted.lemma_ in REMEDIES:
        return "propose", targets.complement(verb, None, wanted)
    plea = wanted.lemma_.lower() in word_set("pleas")
    return ("sue/challenge", targets.complement(verb, None, wanted)) if plea else None


def is_bench(noun: Token, cast: Cast) -> bool:
    """``a judge``, ``the Supreme Court``: who decides cases."""
    actor = cast.actor(noun)
    return noun.lemma_.lower() in ("court", "judge", "tribunal") or (actor is not None and actor.kind == "court")


def settled_case(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``settled the charges``, ``agreed to pay 3 million to settle a suit``, ``agreed to a settlement``."""
    lemma = verb.lemma_.lower()
    if actor.kind in ("person", "group", "legislature"):
        return None
    if lemma == "settle":
        return ("agree/sign", f"settlement of {targets.phrase(noun)}") if noun is not None and _is_case(noun) else None
    if lemma == "pay":
        aim = next((t for t in verb.subtree if t.lemma_ in ("settle", "resolve") and clause.has_to(t)), None)
        case = clause.acted_on(aim) if aim is not None else None
        return ("agree/sign", f"settlement of {targets.phrase(case)}") if case is not None and _is_case(case) else None
    pact = noun if noun is not None else clause.pobj(verb, "to")
    if pact is None or pact.lemma_ != "settlement" or actor.kind == "court":
        return None
    return "agree/sign", targets.joined(verb, pact)


def _is_case(noun: Token) -> bool:
    return any(t.lemma_.lower() in word_set("cases") for t in (noun, *noun.children))


@cache
def _receiving() -> frozenset[str]:
    return frozenset((*words().constructions["win"], *words().constructions["pay"]))


def served(verb: Token, cast: Cast) -> tuple[Actor, Token, ActionType] | None:
    """``received a subpoena from the prosecutor``, ``agreed to a fine from``: whose paper it is, and what it does."""
    if verb.lemma_ not in _receiving() or clause.is_passive(verb):
        return None
    paper = clause.child(verb, "dobj") or clause.pobj(verb, "to")
    kind = next((k for k, nouns in SERVED.items() if paper is not None and paper.lemma_.lower() in nouns), None)
    sources = (clause.pobj(at, "from", "to", "by") for at in (paper, verb) if at is not None and kind is not None)
    actor = cast.actor(next((s for s in sources if s is not None and s != paper), None))
    if paper is None or kind is None or actor is None or not actor.public:
        return None
    return actor, paper, kind


def held(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``the court said the ban should not be applied to students``: what a court says of the law is its ruling."""
    that = clause.child(verb, "ccomp")
    if actor.kind != "court" or that is None or that.i < verb.i or clause.child(that, "neg", "aux") is None:
        return None
    helpers = {c.lower_ for c in that.children if c.dep_ == "aux"}
    own = clause.child(that, "nsubj", "nsubjpass")
    ruled = bool(helpers & {"should", "must", "can", "could", "may"}) or clause.child(that, "neg") is not None
    if not ruled or own is None or own.pos_ == "PRON" or "will" in helpers:
        return None
    return "rule", targets.tidy(f"{targets.phrase(own)} {targets.complement(verb, None, that)}")
