"""What the press of the period gives beside acts: figures, quotations, new names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from sqlite_utils import Database

from pipeline.digest.model import Figure, Known
from pipeline.digest.period import Period
from pipeline.figures.match import shown
from pipeline.site import words
from pipeline.store import digest_press as rows

FIGURES, FIGURES_AN_ARTICLE = 10, 3
QUOTES, QUOTE_WORDS = 8, range(6, 60)
NEWCOMERS = 10


def figures(
    db: Database, period: Period, scope: set[str] | None, telling: Mapping[str, int], before: Mapping[str, str]
) -> tuple[Figure, ...]:
    """Figures that somebody stands for and that several outlets give or that stand beside an act; one row each.

    ``telling``: article -> place of the highest ranked act it tells; at most so many figures an article.
    """
    told = _told(db, period)
    chosen: dict[str, Figure] = {}
    used: Counter[str] = Counter()
    for figure in sorted(told.values(), key=lambda f: -len(f.outlets)):
        if figure.key in before or figure.key in chosen or (scope is not None and figure.article not in scope):
            continue
        if (len(figure.outlets) > 1 or figure.article in telling) and used[figure.article] < FIGURES_AN_ARTICLE:
            used[figure.article] += 1
            chosen[figure.key] = replace(figure, against=tuple(_against(db, figure, told)))
    return tuple(chosen.values())[:FIGURES]


def _told(db: Database, period: Period) -> dict[str, Figure]:
    """The figures that the period's reports give and somebody stands for, by id, the first reported first."""
    found = {}
    for name, group in groupby(rows.figure_reports(db, period.first, period.last), key=lambda r: r.figure):
        readings = list(group)
        own = [r for r in readings if period.holds(r.day)]
        said_by = next((r.attributed_to for r in (*own, *readings) if r.attributed_to), None)
        if said_by and _agreed(best := shown(readings), readings):
            first = own[0]
            outlets = tuple(dict.fromkeys(r.outlet for r in (*own, *readings)))
            place = first.article, first.day, first.url, first.outlet
            found[name] = first, Figure(name, best.value, best.unit, best.of_what, said_by, *place, outlets)
    ordered = sorted(found.items(), key=lambda item: (item[1][0].reported_at, item[1][0].article, item[1][0].start))
    return {name: figure for name, (_, figure) in ordered}


def _agreed(best: rows.FigureReport, readings: list[rows.FigureReport]) -> bool:
    """Whether another article has a word of what is counted too: else nobody knows what the value is of."""
    others = [r for r in readings if r.article != best.article]
    words = set(best.counted.split())
    return not (others and words) or any(not r.counted or words & set(r.counted.split()) for r in others)


def _against(db: Database, figure: Figure, told: Mapping[str, Figure]) -> Iterator[str]:
    for other in (told[o] for o in rows.disputed(db, figure.id) if o in told):
        yield f"{words.figure(other.value, other.unit)} ({', '.join(other.outlets)})"


def quotes(
    db: Database, period: Period, scope: set[str] | None, telling: Mapping[str, int], before: Mapping[str, str]
) -> tuple[rows.Said, ...]:
    """Quotations that carry a position on the acts: one a speaker, one an article, on the highest ranked act first."""
    told = [
        q
        for q in rows.quotes(db, period.first, period.last)
        if len(q.text.split()) in QUOTE_WORDS
        and f"quote {q.text.casefold()}" not in before
        and q.article in telling
        and (scope is None or q.article in scope)
    ]
    chosen: list[rows.Said] = []
    speakers: set[str] = set()
    articles: set[str] = set()
    for quote in sorted(told, key=lambda q: (telling[q.article], q.speaker_entity is None)):
        who = quote.speaker_entity or quote.speaker
        if who not in speakers and quote.article not in articles:
            speakers.add(who)
            articles.add(quote.article)
            chosen.append(quote)
    return tuple(chosen[:QUOTES])


def newcomers(db: Database, period: Period, scope: set[str] | None, acts: Iterable[Known]) -> tuple[rows.Newcomer, ...]:
    """Names first seen in the period that act, are acted on, or stand in several articles."""
    acting = {entity for act in acts for entity in act.entities}
    found = [
        n
        for n in rows.newcomers(db, period.first, period.last)
        if (n.id in acting or n.articles > 1) and (scope is None or n.article in scope)
    ]
    return tuple(sorted(found, key=lambda n: (n.id not in acting, -n.articles, n.name))[:NEWCOMERS])
