"""One act, several outlets: which of them alone says what, leaves out what others say, or says otherwise.

Said is what stands anywhere in an outlet's articles on the act, so nothing counts as left out that was read as of
another act. Left out is only what several independent sources have, and by an outlet whose text on the story is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.ledger.match import NEAR_DAYS, span
from pipeline.store.tellings import How, Point, Telling
from pipeline.tellings.outlet import Item, Outlet, outlets_of, overlap, surface, within

LEFT_OUT_BY = 2  # independent sources that have what an outlet leaves out
OWN_WORDS = 2  # words of a target that an outlet alone has; one may be another word for the same
DATES = frozenset({"announced", "effective", "deadline", "expiry"})


def compare(telling: Telling, names: Mapping[str, str]) -> Iterator[Point]:
    """The points of an act, outlet by outlet in the order of their first reports. ``names``: source id -> name."""
    outlets = outlets_of(telling)
    for own in outlets:
        others = [o for o in outlets if o is not own]
        if others:
            found = [*_own(own, others), *_left_out(own, others), *_scope(own, others)]
            yield from (_point(telling.action, own, *parts, names) for parts in found)


Found = tuple[How, Item, str | None, list[Outlet]]  # how, what, what others say instead, who says it


def _own(own: Outlet, others: list[Outlet]) -> Iterator[Found]:
    """What the outlet alone says, or says otherwise than others; a word that it has since taken back is neither."""
    told = [(o, i) for o in others for i in o.items]
    agreed = [i for i in own.items if any(_alike(i, other) for _, other in told)]
    for item in (i for i in own.items if i not in agreed):
        against = [(o, i) for o, i in told if _contrary(item, i)]
        if against and not any(i.kind == item.kind for i in agreed if i.kind in DATES):
            words = "; ".join(dict.fromkeys(i.words for _, i in against))
            yield "otherwise", item, words, list({o.source: o for o, _ in against}.values())
        elif not against and item.kind != "announced" and not any(_holds(other, item) for other in others):
            yield "adds", item, None, [own]


def _left_out(own: Outlet, others: list[Outlet]) -> Iterator[Found]:
    """What most of the others say, of several independent sources, and the outlet does not."""
    told = [i for o in others if own.is_open for i in o.items if i.kind != "announced"]
    for number, item in enumerate(told):
        if any(_alike(i, item) for i in told[:number]) or _holds(own, item):
            continue
        tellers = [o for o in others if _says(o, item)]
        if _independent(tellers) < max(LEFT_OUT_BY, _independent(others) / 2):
            continue
        if not any(_alike(item, i) or _contrary(item, i) for i in own.items):
            yield "leaves_out", item, None, tellers


def _scope(own: Outlet, others: list[Outlet]) -> Iterator[Found]:
    """Words for what is acted on that stand in no article of the others."""
    known = frozenset().union(*(o.stems for o in others))
    for report in own.reports:
        alone = [word for word, found in surface(report.target) if not found & known]
        if len(alone) >= OWN_WORDS:
            yield "adds", Item("target", report.target, report.target, report.article, report.start), None, [own]
            return


def _alike(a: Item, b: Item) -> bool:
    """Whether two outlets say the same."""
    if a.kind != b.kind:
        return False
    if a.kind in DATES:
        return overlap(a.key, b.key)
    return a.key == b.key or bool(a.told and a.told == b.told)


def _says(outlet: Outlet, item: Item) -> bool:
    """Whether an outlet says an item of the act, or gives its date as one of that kind."""
    return any(_alike(i, item) for i in outlet.items) or (item.kind, item.key) in outlet.days


def _holds(outlet: Outlet, item: Item) -> bool:
    """Whether an item stands anywhere in an outlet's articles on the act, though read as of something else."""
    if item.kind in DATES:
        return any(within(day, item.key) for _, day in outlet.days)
    if item.kind == "figure":
        return item.key in outlet.figures or item.told in outlet.values
    if item.kind == "quote":
        return item.key in outlet.quotes or item.told in outlet.quotes
    return set(item.key.split()) <= outlet.stems


def _contrary(a: Item, b: Item) -> bool:
    if a.kind != b.kind:
        return False
    if a.kind == "announced":  # reports round it, and date it by their own zone
        return len(a.key) == len(b.key) == len("2024-07-09") and _apart(a.key, b.key) > NEAR_DAYS
    if a.kind in DATES:
        return _apart(a.key, b.key) > 0
    return b.key in a.against


def _apart(a: str, b: str) -> int:
    """Days between two dates; 0 where they may be one day or are none."""
    one, two = span(a), span(b)
    return max((one[0] - two[1]).days, (two[0] - one[1]).days, 0) if one and two else 0


def _independent(outlets: Iterable[Outlet]) -> int:
    return len({o.origin for o in outlets})


def _point(
    action: str, own: Outlet, how: How, item: Item, others: str | None, told_by: list[Outlet], names: Mapping[str, str]
) -> Point:
    place = (None, None) if how == "leaves_out" else (item.article, item.start)
    return Point(
        action=action,
        source=own.source,
        how=how,
        kind=item.kind,
        words=item.words,
        others=others,
        told_by=tuple(names.get(o.source, o.source) for o in told_by),
        sources=_independent(told_by),
        article=place[0],
        start=place[1],
        figure=item.key if item.kind == "figure" else None,
    )
