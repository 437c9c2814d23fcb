"""What makes an act matter this week, as points that are added up; docs/digest.md explains each.

The order follows the wishes of policy desks: a step in an act's life before a repeated report, several outlets
before one, binding before planned, what reaches beyond its own country before what stays at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from pipeline.digest.model import Change, Factor, Known
from pipeline.digest.period import Period, span
from pipeline.site import words
from pipeline.site.recalled import recalls

OUTLETS = (1.0, 5)  # points an outlet beyond which number none are added
OFFICIAL = 0.5
CHANGED = {"moved": 2.0, "status": 2.0, "dated": 1.0}
CHANGED_BY_ACT = 2.5
WHY = {"moved": "a date moved", "status": "a new status", "dated": "a date was set"}
BINDING = 1.0
FIRM = 0.5
REACH = (0.75, 3)  # points a country beyond the actor's, and how many count
SOON = 1.0
LATER = 0.5
STORY = (0.25, 6)  # points an article of the act's story in the period, and how many count
WATCHED = 1.5
BACKGROUND = -4.0
BACKGROUND_AFTER = timedelta(days=28)
LONGER_THAN_A_MONTH = timedelta(days=30)
TYPES = frozenset({"ban/block", "impose", "restrict", "require", "enact", "adopt", "lift/repeal", "fine/penalise"})


def factors(
    act: Known,
    changes: tuple[Change, ...],
    period: Period,
    *,
    countries: Mapping[str, str],
    articles: Mapping[str, int],
    watched: bool = False,
) -> Iterator[Factor]:
    """The factors that are not nought. ``countries``: of entities; ``articles``: of stories, in the period."""
    outlets = len({r.origin for r in act.reports if period.holds(r.day)})
    if outlets:
        told = f"told by {outlets} outlets" if outlets > 1 else "told by one outlet"
        yield Factor("independent sources", OUTLETS[0] * min(outlets, OUTLETS[1]), told)
    if any(r.kind == "official" for r in act.reports):
        yield Factor("official source", OFFICIAL, "told by an official source")
    for change in changes[:2]:
        yield Factor("change", CHANGED.get(change.kind, CHANGED_BY_ACT), WHY.get(change.kind, change.kind))
    if act.type in TYPES and act.status not in ("proposed", "announced"):
        yield Factor("binding", BINDING, "binds those it names")
    if act.status in ("in_force", "adopted"):
        yield Factor("firm status", FIRM, act.status.replace("_", " "))
    yield from _reach(act, countries)
    yield from _dates(act, period)
    if (n := articles.get(act.story or "", 0)) > 1:
        yield Factor("attention", STORY[0] * min(n, STORY[1]), f"{n} articles on its story")
    if watched:
        yield Factor("watchlist", WATCHED, "on the watchlist")
    if not changes and is_background(act, period):
        yield Factor("background", BACKGROUND, "recalled from before")
    yield Factor("confidence", round(max(r.confidence for r in act.reports) / 2, 2), "read with confidence")


def _reach(act: Known, countries: Mapping[str, str]) -> Iterator[Factor]:
    met = {countries[e] for e in act.targets if e in countries} - {act.jurisdiction}
    if met:
        names = ", ".join(map(words.place, sorted(met)[: REACH[1]]))
        yield Factor("reach", REACH[0] * min(len(met), REACH[1]), f"reaches {names}")
    elif act.jurisdiction in ("EU", "INT"):
        yield Factor("reach", REACH[0], "holds in many countries")


def _dates(act: Known, period: Period) -> Iterator[Factor]:
    ahead = [s for v in (act.effective_on, act.deadline_on, act.expires_on) if (s := span(v)) and s[1] > period.last]
    if ahead:
        near = min(s[0] for s in ahead) <= period.last + timedelta(weeks=2)
        yield Factor("date ahead", SOON if near else LATER, "a date within two weeks" if near else "a date ahead")


def is_background(act: Known, period: Period) -> bool:
    """Whether the act lies long back and nothing of it is still to come: a report only recalls it."""
    days = [_begun(s) for v in (act.announced_on, act.effective_on) if (s := span(v))]
    ahead = [s for v in (act.effective_on, act.deadline_on, act.expires_on) if (s := span(v)) and s[1] >= period.first]
    if days:
        return not ahead and max(days) < period.first - BACKGROUND_AFTER
    return not ahead and all(recalls(r.sentence, r.trigger, act.status, period.first.year) for r in act.reports)


def _begun(days: tuple[date, date]) -> date:
    """What a report dates by its year alone it recalls: news has a month or a day."""
    return days[0] if days[1] - days[0] > LONGER_THAN_A_MONTH else days[1]
