"""Later acts to the acts they change: a delay, a repeal, a court's stay, a suit, the final rule after the draft.

A link is looked for when an article has told the later act, among what is told by then; of the links found, an act
holds the likeliest by all that is told of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.ledger.actors import compatible, root_of
from pipeline.ledger.effect import DONE_TO, DRAFT, FOREIGN
from pipeline.ledger.match import Open, span
from pipeline.ledger.words import likeness, state_of, target

LINK_THRESHOLD = 0.5
SURE = 0.5  # likeness of targets without which no ruling and no final rule is linked
AIMED = 0.3  # the same, where the ruling or suit names whose act it is about
AGAINST = 0.3  # for each of two acts that names the other's state
FINAL_DAYS = 7  # a final rule comes so many days after its draft; what is told with the draft is part of it


def changeable(act: Open) -> frozenset[int]:
    """The families of acts that an act can change."""
    return frozenset().union(*(DONE_TO[done] for done in act.effects))


def roots(act: Open, here: Iterable[Open]) -> list[str]:
    """Where the acts stand that an act can change: its own root; for one that may change others' acts also whom it
    names, and whose acts are told ``here``, in the same article."""
    if FOREIGN.isdisjoint(act.effects):
        return [act.root]
    return sorted({act.root} | _named(act) | {other.root for other in here})


def changed(act: Open, others: Iterable[Open]) -> str | None:
    """The act that an act changes most surely, if any; none that itself changes it."""
    best, agreed = None, 0.0
    for other in others:
        if other is act or act.id in other.links:
            continue
        if (found := max((score for _, score in _scores(act, other)), default=0.0)) > agreed:
            best, agreed = other.id, found
    return best if agreed >= LINK_THRESHOLD else None


def held(act: Open, acts: Mapping[str, Open]) -> str | None:
    """Of the acts that one was found to change, the likeliest by all that is told now."""
    return changed(act, (acts[name] for name in sorted(act.links))) if act.links else None


def done(act: Open, other: Open) -> str | None:
    """What an act does to the other, most surely; the more special where two are as sure."""
    return max(_scores(act, other), key=lambda found: found[1], default=(None, 0.0))[0]


def _scores(act: Open, other: Open) -> Iterator[tuple[str, float]]:
    """What an act can do to the other, each with how surely."""
    for how in act.effects:
        if other.family in DONE_TO[how] and (other.root == act.root or how in FOREIGN):
            yield how, _score(how, act, other)


def _score(how: str, act: Open, other: Open) -> float:
    """How surely one act does this to another: likest targets, one instrument, one story, a fitting actor and order."""
    if _announced(act, last=True) < _announced(other, last=False):
        return 0.0
    together = 0.15 * bool(act.stories & other.stories) + 0.1 * bool(act.articles & other.articles)
    alike = max(likeness(a, b) for a in act.targets for b in other.targets)
    who = max(0.6, *(compatible(a, b) for a in act.actors for b in other.actors))
    match how:
        case "answered":
            against = _names(act, other) + _names(other, act)
            return AGAINST * against + together if together and other.root != act.root else 0.0
        case "amended":
            return who * (0.7 * _of_before(act, other, alike) + together) if _follows(act, other) else 0.0
        case "implemented":
            return who * (0.7 * _named_by(act, other) + together) if together else 0.0
        case "made final":
            return who * (0.7 * alike + together) if alike >= SURE and _later(act, other) else 0.0
        case "eased":
            return who * (0.7 * alike + together) if alike >= SURE and together and _follows(act, other) else 0.0
    aimed = how in FOREIGN and _names(act, other)
    if how in FOREIGN and not (together or aimed):
        return 0.0
    named = other.family != DRAFT and any(likeness(a, b) > 0.7 for a in act.instruments for b in other.instruments)
    if (other.family == DRAFT or how in FOREIGN) and alike < (AIMED if aimed else SURE) and not named:
        return 0.0
    return (0.7 * alike + 0.2 * (named or aimed) + together) * (1.0 if how in FOREIGN else who)


def _of_before(act: Open, other: Open, alike: float) -> float:
    """Likeness of targets; whole where an act is told to change "those rules", which the same sentence tells."""
    leans = any(known.leans or not known.words for known in act.targets)
    return 1.0 if leans and _sentences(act) & _sentences(other) else alike if alike >= SURE else 0.0


def _named_by(act: Open, other: Open) -> bool:
    """Whether a sentence on the act holds the name of the law that the other is."""
    said = [target(item.report.mention.evidence).words for item in act.reports]
    laws = [known.words for known in (*other.targets, *other.instruments) if known.telling and len(known.words) > 1]
    return any(law <= words for law in laws for words in said)


def _sentences(act: Open) -> set[tuple[str, int]]:
    return {(item.report.article, item.report.mention.start) for item in act.reports}


def _follows(act: Open, other: Open) -> bool:
    """Whether an act was announced after another, or, where no day is told, first told by a later article."""
    end, begin = _announced(other, last=True), _announced(act, last=False)
    if date.max == end or date.min == begin:
        return act.reports[0].report.reported_at > other.reports[0].report.reported_at
    return begin > end


def _names(act: Open, other: Open) -> bool:
    """Whether an act's target names whose act the other is."""
    if any(actor.ids & act.entities for actor in other.actors):
        return True
    return other.root in _named(act)


def _named(act: Open) -> set[str]:
    """The roots that what an act is about names."""
    words = {root for known in act.targets for word in known.telling if (root := state_of(word))}
    return words | {root for entity in act.entities if (root := root_of(entity))}


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
