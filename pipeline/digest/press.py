"""What the press of the period gives beside acts: figures, quotations, stories with several tellings, new names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from sqlite_utils import Database

from pipeline.digest.known import statement
from pipeline.digest.model import Known, Outlet, Tale
from pipeline.digest.period import Period
from pipeline.site import words
from pipeline.store import digest_press as rows

FIGURES, FIGURES_AN_ARTICLE = 10, 3
QUOTES, QUOTE_WORDS = 8, range(6, 60)
TALES = 6
NEWCOMERS = 10
NOTES = 2  # an outlet


def figures(
    db: Database, period: Period, scope: set[str] | None, telling: Mapping[str, int], before: Mapping[str, str]
) -> tuple[rows.Figure, ...]:
    """Figures that somebody stands for and that several outlets give or that stand beside an act; one row each.

    ``telling``: article -> place of the highest ranked act it tells; at most so many figures an article.
    """
    chosen: list[rows.Figure] = []
    used: Counter[str] = Counter()
    given = rows.figures(db, period.first, period.last)
    for figure in (f for f in given if f.outlets != f.outlet or f.article in telling):
        if f"figure {figure.value:g} {figure.unit}" in before or (scope is not None and figure.article not in scope):
            continue
        if used[figure.article] < FIGURES_AN_ARTICLE and len(chosen) < FIGURES:
            used[figure.article] += 1
            chosen.append(figure)
    return tuple(chosen)


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


def tales(db: Database, period: Period, scope: set[str] | None, acts: Iterable[Known]) -> tuple[Tale, ...]:
    """Stories that several outlets told in the period, and how the outlets differ: dates, words they lean on, acts
    that one alone tells."""
    by_story: dict[str, list[Known]] = {}
    for act in acts:
        by_story.setdefault(act.story or "", []).append(act)
    made = []
    for story, group in groupby(rows.tellings(db, period.first, period.last), key=lambda t: t.story):
        told = list(group)
        if scope is None or any(t.article in scope for t in told):
            made.append(Tale(story, told[0].headline, tuple(_outlets(told, by_story.get(story, [])))))
    return tuple(made[:TALES])


def _outlets(told: list[rows.Telling], acts: list[Known]) -> Iterable[Outlet]:
    outlets: dict[str, list[rows.Telling]] = {}
    for telling in told:
        outlets.setdefault(telling.outlet, []).append(telling)
    articles = {t.article for t in told}
    for name, own in outlets.items():
        first = own[0]
        notes = tuple(dict.fromkeys(_notes(name, articles, acts)))[:NOTES]
        yield Outlet(name, first.article, first.day, first.headline, first.url, len(own), notes)


def _notes(outlet: str, articles: set[str], acts: list[Known]) -> Iterable[str]:
    for act in acts:
        reports = [r for r in act.reports if r.article in articles]
        mine = [r for r in reports if r.outlet == outlet]
        days = {r.effective_date for r in reports if r.effective_date}
        for report in mine:
            if report.effective_date and len(days) > 1:
                yield f"says from {words.day(report.effective_date)}"
            if report.on_word_of:
                yield f"on the word of {report.on_word_of}"
        if mine and len({r.outlet for r in reports}) == 1:
            yield f"alone tells that {statement(act)}"


def newcomers(db: Database, period: Period, scope: set[str] | None, acts: Iterable[Known]) -> tuple[rows.Newcomer, ...]:
    """Names first seen in the period that act, are acted on, or stand in several articles."""
    acting = {entity for act in acts for entity in act.entities}
    found = [
        n
        for n in rows.newcomers(db, period.first, period.last)
        if (n.id in acting or n.articles > 1) and (scope is None or n.article in scope)
    ]
    return tuple(sorted(found, key=lambda n: (n.id not in acting, -n.articles, n.name))[:NEWCOMERS])
