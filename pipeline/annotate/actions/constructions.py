"""Constructions: acts told by more than a verb and its object ("put on the list", "take to the WTO", "stop serving").

Each function reads one construction and returns the type of act and the target in words, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.cases import held, petitioned, settled_case
from pipeline.annotate.actions.exclusions import is_of_trade
from pipeline.annotate.actions.lawmaking import (
    comment_sought,
    exempted,
    legislated,
    proposed_to,
    signed_into_law,
    tabled,
)
from pipeline.annotate.actions.lexicon import nominal, word_set, words
from pipeline.annotate.actions.objects import object_classes, told_without
from pipeline.annotate.actions.orders import mandated, more_time, no_longer, stopped_doing, told_to
from pipeline.annotate.actions.proceedings import (
    asked_for,
    deposited,
    found_in_decision,
    inquired,
    left,
    not_heard,
    objected,
    ruled_that,
    to_court,
    wrong_found,
)
from pipeline.annotate.actions.votes import appointed, seated, voted_against, voted_to
from pipeline.records import ActionType

Told = tuple[ActionType, str]
COURTS = word_set("courts")
OPINIONS = frozenset(["opinion", "comment", "feedback", "view", "input"])
BEGUN: dict[str, ActionType] = {
    "probe": "investigate",
    "levy": "impose",
    "ban": "ban/block",
    "curb": "restrict",
    "drive": "enforce",
}
GRIP = frozenset(["control", "charge", "ownership", "custody", "stake"])


def listing(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``put the firm on the Entity List``, ``placed graphite under export control``; ``took it off the list``."""
    lemma = verb.lemma_.lower()
    if noun is None:
        return _listed_after(verb, cast) if lemma in words().constructions["list"] else None
    if lemma in words().constructions["extend"] and "listing" in object_classes(noun, cast):
        to = clause.pobj(verb, "to") or clause.pobj(noun, "to")
        return ("restrict", targets.phrase(to)) if to is not None else None
    if lemma in words().constructions["list"]:
        for prep in dict.fromkeys((*clause.preps(verb), *clause.preps(noun), *_late_preps(verb))):
            inner = clause.child(prep, "pobj")
            if inner is None:
                continue
            kinds = object_classes(inner, cast)
            if prep.lower_ in ("on", "onto", "to", "in", "into") and ("listing" in kinds or _controlled(inner)):
                return "restrict", told_without(verb, noun, cast)
            if prep.lower_ in ("under", "to", "into") and inner.lemma_ in ("control", "licensing", "restriction"):
                return "restrict", told_without(verb, noun, cast)
            if prep.lower_ == "under" and inner.lemma_ == "sanction":
                return "impose", f"sanctions on {told_without(verb, noun, cast)}"
    if lemma in words().constructions["delist"]:
        for prep in (*clause.preps(verb), *clause.preps(noun)):
            inner = clause.child(prep, "pobj")
            if prep.lower_ in ("from", "off") and inner is not None and "listing" in object_classes(inner, cast):
                return "lift/repeal", told_without(verb, noun, cast)
    return None


def _listed_after(verb: Token, cast: Cast) -> Told | None:
    """``added to the Entity List 11 firms``: the list is named first, and the parse makes one phrase of both."""
    inner = clause.pobj(verb, "to", "on")
    whole = inner.doc[inner.left_edge.i : inner.i] if inner is not None else ()
    lists = [t for t in whole if (m := cast.mention(t)) is not None and m.type == "LAW" and "list" in m.text.lower()]
    if inner is None or not lists or cast.mention(inner) is cast.mention(lists[-1]):
        return None
    return "restrict", targets.tidy(inner.doc[lists[-1].i + 1 : inner.i + 1].text)


def _controlled(noun: Token) -> bool:
    return noun.lemma_ in ("item", "good", "product", "catalogue", "catalog") and any(
        t.lower_ in ("controlled", "restricted", "prohibited", "control") for t in noun.subtree
    )


def announced_act(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``announced the rescission of the rule``, ``ordered the closure of``, ``decided on the repeal of``."""
    if noun is None or noun.ent_type_ in ("DATE", "TIME"):
        noun = clause.pobj(verb, "on", "for")
    if noun is None:
        return None
    if noun.lemma_.lower() == "decision":
        return None
    if noun.lemma_.lower() in word_set("inceptions") and (inner := clause.pobj(noun, "of")) is not None:
        return _begun(verb, noun, inner, cast)
    kind = nominal().get(noun.lemma_.lower()) or nominal().get(noun.lower_)
    whose = clause.child(noun, "poss")
    if kind == "lift/repeal" and whose is not None and (m := cast.mention(whose)) is not None and m.type == "PERSON":
        return None  # "confirmed the agent's removal"
    if noun.lemma_ == "removal" and not actor.public:
        thing = clause.pobj(noun, "of") or noun
        return ("ban/block", targets.phrase(thing)) if object_classes(thing, cast) & {"app", "flow"} else None
    if kind is None and verb.lemma_.lower() == "decide" and object_classes(noun, cast) & {"levy"}:
        return "impose", targets.phrase(noun)
    if verb.lemma_.lower() in ("approve", "confirm") and actor.kind == "legislature":
        return None
    if verb.lemma_.lower() == "order":
        kind = words().ordered_type(noun.lemma_.lower()) or kind
    if kind == "enforce" and not is_of_trade(noun):
        return None
    if kind is None or noun.lower_ in ("approval", "approvals", "waiver", "exemption"):
        return None
    inner = clause.pobj(noun, "of", "on", "in", "to", "for", "into", "against")
    compound = " ".join(t.text for t in noun.subtree if t.i < noun.i and t.dep_ in ("compound", "amod", "nmod"))
    return kind, targets.phrase(inner) if inner is not None else compound or targets.phrase(noun)


def _begun(verb: Token, noun: Token, inner: Token, cast: Cast) -> Told | None:
    """``announced the start of an inquiry``, ``the inclusion of two firms in the Entity List``."""
    kinds = object_classes(inner, cast)
    on = (
        clause.pobj(noun, "in", "on", "to")
        or clause.pobj(verb, "in", "on", "to")
        or clause.pobj(inner, "in", "on", "to")
    )
    if on is not None and "listing" in object_classes(on, cast):
        return "restrict", targets.phrase(inner)
    kind = next((kind for name, kind in BEGUN.items() if name in kinds), None)
    return (kind, targets.phrase(inner)) if kind is not None else None


def taken_over(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``took control of the chipmaker``: a state lays hands on a firm."""
    if noun is None or not actor.public:
        return None
    if noun.lemma_.lower() not in GRIP or actor.kind in ("person", "group"):
        return None
    of = clause.pobj(noun, "of", "in", "over")
    return ("impose", f"state {noun.lower_} of {targets.phrase(of)}") if of is not None else None


def charged(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``cheese was charged a further 7 percent``: a levy told by its rate."""
    if noun is None or actor.kind in ("court", "company"):
        return None
    if clause.child(verb, "prep") is not None and any(p.lower_ == "with" for p in clause.preps(verb)):
        return None  # "charged with stealing 3 million dollars"
    rated = [t for t in verb.subtree if t.ent_type_ in ("PERCENT", "MONEY") and not t.is_punct]
    goods = noun if noun not in rated else clause.pobj(verb, "on") or clause.pobj(noun, "on")
    return ("impose", f"levy on {targets.phrase(goods)}") if rated and goods is not None else None


def hit_with(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``hit cars with a duty of 20 percent``, ``was slapped with a fine``."""
    if noun is None or not actor.public:
        return None
    means = clause.pobj(verb, "with") or (clause.child(by, "pobj") if (by := clause.child(verb, "agent")) else None)
    kinds = object_classes(means, cast) if means is not None else set()
    kind: ActionType | None = "fine/penalise" if "penalty" in kinds else "impose" if "levy" in kinds else None
    if kind is None and "curb" in kinds:
        kind = "restrict"
    return (kind, targets.tidy(f"{targets.phrase(means)} on {targets.phrase(noun)}")) if kind and means else None


def taken_offline(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``took the chatbot offline in the state``: a company's own service withdrawn, or one that a body shuts."""
    near = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 6)]
    at = next((t for t in near if t.lower_ == "offline"), None)
    named = next((t for t in near if at is not None and t.i < at.i and cast.mention(t) is not None), None)
    thing = named if noun is at or noun is None else noun
    if at is None or thing is None:
        return None
    return ("ban/block" if actor.public else "withdraw"), targets.joined(verb, None if thing is at else thing)


Rule = Callable[[Token, Token | None, Actor, Cast], Told | None]
# Each rule with the groups of verbs that may open it, by their names in actions.yml; the first that fits is taken.
CONSTRUCTIONS: tuple[tuple[Rule, tuple[str, ...]], ...] = (
    (no_longer, ("serve", "supply", "keep")),
    (hit_with, ("hit",)),
    (listing, ("list", "delist", "extend")),
    (to_court, ("bring", "request")),
    (announced_act, ("announce",)),
    (stopped_doing, ("stop", "delay")),
    (more_time, ("give",)),
    (told_to, ("tell",)),
    (proposed_to, ("propose",)),
    (comment_sought, ("consult",)),
    (tabled, ("table",)),
    (taken_over, ("grip",)),
    (legislated, ("legislate",)),
    (exempted, ("pave",)),
    (asked_for, ("ask",)),
    (inquired, ("inquire",)),
    (found_in_decision, ("report",)),
    (not_heard, ("turn_away",)),
    (left, ("leave",)),
    (charged, ("charge",)),
    (ruled_that, ("ruled",)),
    (wrong_found, ("report",)),
    (objected, ("object",)),
    (deposited, ("deposit",)),
    (taken_offline, ("offline",)),
    (mandated, ("mandate",)),
    (voted_to, ("vote",)),
    (voted_against, ("vote", "refuse")),
    (seated, ("seat",)),
    (appointed, ("appoint",)),
    (petitioned, ("petition",)),
    (settled_case, ("settle", "pay")),
    (held, ("hold",)),
    (signed_into_law, ("sign",)),
)


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    """Verb lemma -> the rules it may open, in order."""
    found: dict[str, list[Rule]] = {}
    for rule, groups in CONSTRUCTIONS:
        for lemma in dict.fromkeys(verb for group in groups for verb in words().constructions[group]):
            found.setdefault(lemma, []).append(rule)
    return {lemma: tuple(rules) for lemma, rules in found.items()}


def construction(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> tuple[ActionType, str, str] | None:
    """The first construction that fits: type, target, and the rule's name."""
    for rule in _rules().get(verb.lemma_.lower(), ()):
        if (found := rule(verb, noun, actor, cast)) is not None and found[1]:
            return (*found, rule.__name__)
    return None


def _late_preps(verb: Token) -> list[Token]:
    """``added 40 firms, most of them makers of tools, to its list``: prepositions lost in an aside."""
    return [t for t in verb.subtree if t.lower_ in ("to", "on") and t.dep_ == "prep" and t.i > verb.i]
