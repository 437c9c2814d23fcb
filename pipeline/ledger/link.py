"""Later acts to the acts they change: a delay, a repeal, a court's stay, a suit, the final rule after the draft.

A link is looked for when an article has told the later act, among what is told by then; of the links found, an act
holds the likeliest by all that is told of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.ledger.actors import compatible, root_of
from pipeline.ledger.match import FAMILIES, Open, span
from pipeline.ledger.words import ledger_words, likeness, state_of
from pipeline.records import ActionMention

LINK_THRESHOLD = 0.5
SURE = 0.5  # likeness of targets without which no ruling and no final rule is linked
AIMED = 0.3  # the same, where the ruling or suit names whose act it is about


def _number(kind: str) -> int:
    return next(n for n, members in enumerate(FAMILIES) if kind in members)


MEASURES = frozenset(
    _number(kind) for kind in ("restrict", "issue", "permit/license", "fine/penalise", "investigate", "fund/subsidise")
)
DRAFT, RULING, SUIT = _number("propose"), _number("rule"), _number("sue/challenge")
FOREIGN = frozenset({RULING, SUIT})  # may be about the act of any actor
REVIEWED = frozenset({_number("restrict"), _number("issue"), _number("fine/penalise")})
WITHDRAWN = frozenset({_number("investigate"), DRAFT, SUIT})  # a firm's service is no measure
FINALS = frozenset({_number("issue"), _number("restrict")})
FINAL_DAYS = 7  # a final rule comes so many days after its draft; what is told with the draft is part of it
# What a family's acts can change; a withdrawn probe or proposal is changed as well.
CHANGES: dict[int, frozenset[int]] = {
    _number("lift/repeal"): MEASURES | {DRAFT},
    _number("delay/extend"): MEASURES | {DRAFT},
    RULING: REVIEWED,
    SUIT: REVIEWED,
    _number("issue"): frozenset({DRAFT}),
    _number("restrict"): frozenset({DRAFT}),
}


def can_change(act: Open) -> bool:
    """Whether an act may change another: its type can, and what is told of it does."""
    return act.family in CHANGES and any(effect(item.report.mention) for item in act.reports)


def changeable(act: Open) -> frozenset[int]:
    """The families of acts that an act can change."""
    return WITHDRAWN if act.types == {"withdraw"} else CHANGES[act.family]


def roots(act: Open, here: Iterable[Open]) -> list[str]:
    """Where the acts stand that an act can change: its own root; for a ruling or a suit also whom it names, and
    whose acts are told ``here``, in the same article."""
    if act.family not in FOREIGN:
        return [act.root]
    named = {root for known in act.targets for word in known.telling if (root := state_of(word))}
    named |= {root for entity in act.entities if (root := root_of(entity))}
    return sorted({act.root} | named | {other.root for other in here})


def changed(act: Open, others: Iterable[Open]) -> str | None:
    """The act that an act changes most surely, if any; none that itself changes it."""
    families = changeable(act)
    best, agreed = None, 0.0
    for other in others:
        if other is act or other.family not in families or act.id in other.links:
            continue
        if other.root != act.root and act.family not in FOREIGN:
            continue
        if (found := _score(act, other)) > agreed:
            best, agreed = other.id, found
    return best if agreed >= LINK_THRESHOLD else None


def held(act: Open, acts: Mapping[str, Open]) -> str | None:
    """Of the acts that one was found to change, the likeliest by all that is told now."""
    return changed(act, (acts[name] for name in sorted(act.links))) if act.links else None


def _score(act: Open, other: Open) -> float:
    """How surely one act changes another: likest targets, one instrument, one story, a fitting actor and order."""
    if _announced(act, last=True) < _announced(other, last=False):
        return 0.0
    if other.family == DRAFT and act.family in FINALS and not _later(act, other):
        return 0.0
    together = 0.15 * bool(act.stories & other.stories) + 0.1 * bool(act.articles & other.articles)
    aimed = act.family in FOREIGN and _names(act, other)
    if act.family in FOREIGN and not (together or aimed):
        return 0.0
    alike = max(likeness(a, b) for a in act.targets for b in other.targets)
    named = other.family != DRAFT and any(likeness(a, b) > 0.7 for a in act.instruments for b in other.instruments)
    if (other.family == DRAFT or act.family in FOREIGN) and alike < (AIMED if aimed else SURE) and not named:
        return 0.0
    who = 1.0 if act.family in FOREIGN else max(compatible(a, b) for a in act.actors for b in other.actors)
    return (0.7 * alike + 0.2 * (named or aimed) + together) * max(who, 0.6)


def _names(act: Open, other: Open) -> bool:
    """Whether an act's target names whose act the other is."""
    if any(actor.ids & act.entities for actor in other.actors):
        return True
    states = {root for known in act.targets for word in known.telling if (root := state_of(word))}
    return other.root in states


def _later(act: Open, draft: Open) -> bool:
    """Whether an act was announced well after a draft, so that it can be the final rule."""
    end = _announced(draft, last=True)
    begin = _announced(act, last=False)
    if date.max == end or date.min == begin:
        return False
    return (begin - end).days >= FINAL_DAYS


def _announced(act: Open, *, last: bool) -> date:
    """The first or last day on which an act can have been announced, as far as told."""
    spans = [found for value in act.dates["announced"] if (found := span(value))]
    if not spans:
        return date.max if last else date.min
    return max(end for _, end in spans) if last else min(begin for begin, _ in spans)


def effect(mention: ActionMention) -> str | None:
    """What an act does to the one it changes, a key of ``lifecycle.CHANGED``; None for a ruling that says neither."""
    words = set(re.findall(r"[a-z]+", f"{mention.target} {mention.evidence}".casefold()))
    if mention.type == "rule":
        ends = (("upheld", "upholds"), ("struck down", "quashes"), ("stayed", "stays"))
        return next((kind for kind, marks in ends if words & getattr(ledger_words(), marks)), None)
    if mention.type == "sue/challenge":
        return "challenged"
    if mention.type == "delay/extend":
        if words & ledger_words().extends:
            return "extended"
        return "paused" if words & ledger_words().pauses else "delayed"
    return "lifted" if mention.type in ("lift/repeal", "withdraw") else "made final"
