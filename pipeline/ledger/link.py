"""Later acts to the acts they change: a delay, a repeal, a court's stay, the final rule after the draft."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.ledger.actors import compatible
from pipeline.ledger.match import FAMILIES, Open, span
from pipeline.ledger.words import ledger_words, likeness
from pipeline.records import ActionMention

LINK_THRESHOLD = 0.5
SURE = 0.5  # likeness of targets without which no ruling and no final rule is linked
CANDIDATES = 60  # acts of one key that a change is compared with, the first told first


def _number(kind: str) -> int:
    return next(n for n, members in enumerate(FAMILIES) if kind in members)


MEASURES = frozenset(
    _number(kind) for kind in ("restrict", "issue", "permit/license", "fine/penalise", "investigate", "fund/subsidise")
)
DRAFT, RULING = _number("propose"), _number("rule")
WITHDRAWN = frozenset({_number("investigate"), DRAFT, _number("sue/challenge")})  # a firm's service is no measure
FINALS = frozenset({_number("issue"), _number("restrict")})
FINAL_DAYS = 7  # a final rule comes so many days after its draft; what is told with the draft is part of it
# What a family's acts can change; a withdrawn probe or proposal is changed as well.
CHANGES: dict[int, frozenset[int]] = {
    _number("lift/repeal"): MEASURES | {DRAFT},
    _number("delay/extend"): MEASURES | {DRAFT},
    _number("rule"): frozenset({_number("restrict"), _number("issue"), _number("fine/penalise")}),
    _number("issue"): frozenset({DRAFT}),
    _number("restrict"): frozenset({DRAFT}),
}


def linked(acts: Iterable[Open]) -> dict[str, str]:
    """Id of a changing act -> id of the act it changes, where one is like enough and told no later."""
    index: dict[tuple[str, str], list[Open]] = defaultdict(list)
    all_acts = list(acts)
    for act in all_acts:
        for key in _keys(act):
            index[(_state(act), key)].append(act)
    out: dict[str, str] = {}
    for act in all_acts:
        if act.family in CHANGES and _has_effect(act) and (changed := _changed(act, index)):
            out[act.id] = changed
    return {act: changed for act, changed in out.items() if out.get(changed) != act}


def _has_effect(act: Open) -> bool:
    return any(effect(item.report.mention) for item in act.reports)


def _changed(act: Open, index: dict[tuple[str, str], list[Open]]) -> str | None:
    best, agreed = None, 0.0
    given: set[str] = {act.id}
    for key in _keys(act):
        for other in index[(_state(act), key)][:CANDIDATES]:
            if other.id in given or other.family not in _changeable(act):
                continue
            given.add(other.id)
            if (found := _score(act, other)) > agreed:
                best, agreed = other.id, found
    return best if agreed >= LINK_THRESHOLD else None


def _changeable(act: Open) -> frozenset[int]:
    return WITHDRAWN if act.types == {"withdraw"} else CHANGES[act.family]


def _score(act: Open, other: Open) -> float:
    """How surely one act changes another: likest targets, one instrument, one story, a fitting actor and order."""
    if other.reports[0].report.reported_at > act.reports[-1].report.reported_at:
        return 0.0
    if _announced(act, last=True) < _announced(other, last=False):
        return 0.0
    if other.family == DRAFT and act.family in FINALS and not _later(act, other):
        return 0.0
    alike = max(likeness(a, b) for a in act.targets for b in other.targets)
    named = any(likeness(a, b) > 0.7 for a in act.instruments for b in other.instruments)
    who = max(compatible(a, b) for a in act.actors for b in other.actors)
    if act.family == RULING:
        who = 1.0
    if other.family == DRAFT or act.family == RULING:
        named = named and other.family != DRAFT
        if alike < SURE and not named:
            return 0.0
    together = 0.15 * bool(act.stories & other.stories) + 0.1 * bool(act.articles & other.articles)
    return (0.7 * alike + 0.2 * named + together) * max(who, 0.6)


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
    if mention.type == "delay/extend":
        return "extended" if words & ledger_words().extends else "delayed"
    return "lifted" if mention.type in ("lift/repeal", "withdraw") else "made final"


def _state(act: Open) -> str:
    return act.root


def _keys(act: Open) -> Iterator[str]:
    words = {w for target in act.targets for w in target.telling}
    yield from sorted(words)
    yield from sorted(f"entity {e}" for e in act.entities)
    yield from sorted("instrument " + " ".join(sorted(i.words)) for i in act.instruments)
    yield from sorted(f"story {s}" for s in act.stories)
