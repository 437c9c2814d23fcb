"""Stories that several outlets told, and how they differ: by what each says of the story's acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlite_utils import Database

from pipeline.digest.model import Known, Outlet, Tale
from pipeline.digest.period import Period
from pipeline.site import words
from pipeline.store import digest_press as rows
from pipeline.store import tellings as store
from pipeline.store.tellings import Point
from pipeline.tellings import compare

TALES = 6
NOTES = 3  # an outlet
DATES = {"announced": "announced", "effective": "from", "deadline": "due", "expiry": "until"}


def tales(db: Database, period: Period, scope: set[str] | None, acts: Iterable[Known]) -> tuple[Tale, ...]:
    """Stories that several outlets told in the period, the most told first, with what each outlet alone says, leaves
    out or says otherwise."""
    by_story: dict[str, list[Known]] = {}
    for act in acts:
        by_story.setdefault(act.story or "", []).append(act)
    names = store.outlets(db)
    given: dict[str, set[tuple[str, str]]] = {}
    for report in rows.figure_reports(db, period.first, period.last):
        given.setdefault(report.figure, set()).add((report.article, report.outlet))
    made: list[Tale] = []
    for story, group in groupby(rows.tellings(db, period.first, period.last), key=lambda t: t.story):
        told = list(group)
        if len(made) < TALES and (scope is None or any(t.article in scope for t in told)):
            of_story = by_story.get(story, [])
            points = [p for act in of_story for p in _points(db, act.id, period, names)]
            points = [p for p in points if _holds(p, names[p.source], given.get(p.figure or "", set()), told)]
            made.append(Tale(story, told[0].headline, tuple(_outlets(told, of_story, points, names))))
    return tuple(made)


def _points(db: Database, act: str, period: Period, names: dict[str, str]) -> Iterator[Point]:
    """What an outlet alone has said by then, and what it leaves out of what others say in the period."""
    first, last = f"{period.first}", f"{period.last}"
    yield from (p for p in compare(store.read(db, act, until=last), names) if p.how != "leaves_out")
    yield from (p for p in compare(store.read(db, act, first, last), names) if p.how == "leaves_out")


def _holds(point: Point, outlet: str, given: set[tuple[str, str]], told: list[rows.Telling]) -> bool:
    """Whether a point of an act holds for its whole story: other articles of it may have the figure too."""
    by = {name for article, name in given if article in {t.article for t in told}}
    return point.how == "otherwise" or (outlet not in by if point.how == "leaves_out" else by <= {outlet})


def _outlets(
    told: list[rows.Telling], acts: list[Known], points: list[Point], names: dict[str, str]
) -> Iterator[Outlet]:
    outlets: dict[str, list[rows.Telling]] = {}
    for telling in told:
        outlets.setdefault(telling.outlet, []).append(telling)
    articles = {t.article for t in told}
    for name, own in outlets.items():
        first = own[0]
        mine = [p for p in points if names[p.source] == name and (p.article is None or p.article in articles)]
        notes = tuple(dict.fromkeys(_notes(name, articles, acts, mine)))[:NOTES]
        yield Outlet(name, first.article, first.day, first.headline, first.url, len(own), notes)


def _notes(outlet: str, articles: set[str], acts: list[Known], points: list[Point]) -> Iterator[str]:
    """What tells most first: another value, a date or figure nobody else has, whose word it is, what is left out."""
    yield from (_otherwise(p) for p in points if p.how == "otherwise")
    yield from (_alone(p) for p in points if p.how == "adds" and p.kind in DATES)
    for act in acts:
        reports = [r for r in act.reports if r.article in articles]
        mine = [r for r in reports if r.outlet == outlet]
        yield from (f"on the word of {r.on_word_of}" for r in mine if r.on_word_of)
        if mine and len({r.outlet for r in reports}) == 1 and len({r.outlet for r in act.reports}) == 1:
            yield f"alone tells that {words.statement(act)}"
    yield from (_without(p) for p in points if p.how == "leaves_out" and p.kind != "figure")  # mostly background
    yield from (_alone(p) for p in points if p.how == "adds" and p.kind in ("instrument", "figure"))
    yield from (_alone(p) for p in points if p.how == "adds" and p.kind == "quote")


def _otherwise(point: Point) -> str:
    if point.kind in DATES:
        return f"says {DATES[point.kind]} {words.day(point.words)}"
    return f"says {point.words}, others {point.others}"


def _without(point: Point) -> str:
    if point.kind in DATES:
        return f"leaves out: {DATES[point.kind]} {words.day(point.words)}"
    if point.kind == "quote":
        return f"does not quote {point.words.partition(': ')[0]}"
    return f"leaves out {point.words}"


def _alone(point: Point) -> str:
    if point.kind in DATES:
        return f"alone says {DATES[point.kind]} {words.day(point.words)}"
    if point.kind == "quote":
        return f"alone quotes {point.words.partition(': ')[0]}"
    return f"alone names {point.words}" if point.kind == "instrument" else f"alone gives {point.words}"
