"""What one outlet says of an act: the items that are compared, and all that stands in its articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from pipeline import vocabulary
from pipeline.figures.match import is_measure
from pipeline.ledger.match import span
from pipeline.ledger.words import target
from pipeline.store.tellings import Figured, Kind, Quoted, Report, Telling

NEWS = timedelta(days=7)  # after an act's first report
_WORD = re.compile(r"[^\W_]+(?:[-.,’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Item:
    """Something an outlet says of the act.

    ``key``: a date's value, a figure's id, a speaker, the stems of a name; ``told``: a figure's value or the words
    quoted, by which it may be another outlet's item as well; ``against``: keys of items that say otherwise.
    """

    kind: Kind
    key: str
    words: str
    article: str
    start: int | None = None
    told: tuple[str, float] | str | None = None
    against: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet's items, its reports, and what its articles hold: stems, (role, day), figures and their values,
    speakers and what they say.

    ``is_open``: whether at least one of its articles on the act's story could be read whole.
    """

    source: str
    origin: str
    is_open: bool
    items: tuple[Item, ...]
    reports: tuple[Report, ...]
    stems: frozenset[str]
    days: frozenset[tuple[str, str]]
    figures: frozenset[str]
    values: frozenset[tuple[str, float]]
    quotes: frozenset[str]


def outlets_of(telling: Telling) -> list[Outlet]:
    """The outlets that tell an act, in the order of their first reports."""
    by_source: dict[str, list[Report]] = {}
    for report in telling.reports:
        by_source.setdefault(report.source, []).append(report)
    subject = frozenset(stem for r in telling.reports for stem in target(r.target).telling) - _states()
    return [_outlet(telling, reports, subject) for reports in by_source.values()]


def _outlet(telling: Telling, reports: list[Report], subject: frozenset[str]) -> Outlet:
    articles = dict.fromkeys(r.article for r in reports)
    figures = [f for f in telling.figures if f.article in articles]
    quotes = [q for q in telling.quotes if q.article in articles]
    first = reports[0]
    items = [
        *(Item(d.kind, d.value, d.value, d.article) for d in telling.dated if d.article in articles),
        *_figures(telling.action, figures, reports, subject, _news(telling)),
        *_instruments(reports),
        *_quotes(quotes, reports, subject, telling.leads),
    ]
    return Outlet(
        source=first.source,
        origin=first.origin,
        is_open=any(r.access == "full" and r.in_story for r in reports),
        items=tuple({(i.kind, i.key): i for i in reversed(items)}.values())[::-1],
        reports=tuple(reports),
        stems=frozenset().union(*(stems(telling.texts[a]) for a in articles)),
        days=frozenset().union(*(telling.dates[a] for a in articles)),
        figures=frozenset(f.figure for f in figures),
        values=frozenset(_value(f) for f in figures),
        quotes=frozenset(part for q in quotes for part in (_speaker(q), q.text.casefold())),
    )


def _figures(
    act: str, figures: list[Figured], reports: list[Report], subject: frozenset[str], news: frozenset[str]
) -> Iterator[Item]:
    """The figures of the act: told in its sentence, or in an article of its story that is on what it is about or, if
    the figure is the story's own, the news of the act; none that a sentence tells of another act."""
    for f in figures:
        about = (f.at_home and f.article in news) or subject & target(f.of_what).telling
        if f.act == act or (f.act is None and about and _in_story(f.article, reports)):
            yield Item("figure", f.figure, _worded(f), f.article, f.start, _value(f), f.disputed)


def _news(telling: Telling) -> frozenset[str]:
    """The articles that begin with the act in the days when it is news; later ones are on what follows."""
    end = date.fromisoformat(telling.reports[0].day) + NEWS
    days = {r.article: date.fromisoformat(r.day) for r in telling.reports}
    return frozenset(article for article in telling.leads if days[article] <= end)


def _instruments(reports: list[Report]) -> Iterator[Item]:
    for r in reports:
        if r.instrument and target(r.instrument).telling:
            yield Item("instrument", " ".join(sorted(target(r.instrument).words)), r.instrument, r.article, r.start)


def _quotes(
    quotes: list[Quoted], reports: list[Report], subject: frozenset[str], leads: frozenset[str]
) -> Iterator[Item]:
    """Words on the act: in an article of its story that begins with it, or that name what it is about."""
    for q in quotes:
        if _in_story(q.article, reports) and (q.article in leads or subject & stems(q.text)):
            yield Item("quote", _speaker(q), f"{q.speaker}: {q.text}", q.article, q.start, told=q.text.casefold())


def _worded(figure: Figured) -> str:
    """With what it counts or measures, the noun once: "64 categories of data", "10%: tariff on cars"."""
    bare = is_measure(figure.unit) or figure.unit in figure.words
    told = figure.words if bare else f"{figure.words} {figure.unit}"
    number = told.split()
    ends = (" ".join(number[n:]) for n in range(1, len(number)))
    noun = next((end for end in ends if figure.of_what.startswith(end)), None)
    return f"{told}: {figure.of_what}" if noun is None else told + figure.of_what[len(noun) :]


def _value(figure: Figured) -> tuple[str, float]:
    """With its unit where that is a measure: what is counted may be called "executives" or "managers"."""
    return (figure.unit if is_measure(figure.unit) else "", figure.value)


def _speaker(quote: Quoted) -> str:
    return quote.entity or quote.speaker.casefold()


def _in_story(article: str, reports: Iterable[Report]) -> bool:
    return any(r.article == article and r.in_story for r in reports)


def overlap(a: str, b: str) -> bool:
    """Whether two dates can be the same day."""
    one, two = span(a), span(b)
    return bool(one and two and one[0] <= two[1] and two[0] <= one[1])


def within(inner: str, outer: str) -> bool:
    """Whether a date lies within another that is as fine or coarser."""
    one, two = span(inner), span(outer)
    return bool(one and two and two[0] <= one[0] and one[1] <= two[1])


@cache
def _states() -> frozenset[str]:
    """The stems that stand for states: that two phrases name China does not make them of one matter."""
    return frozenset(stem for state in vocabulary.states().values() for stem in stems(state.name))


@lru_cache(maxsize=2_000)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, states under their codes."""
    words = {word.casefold() for word in _WORD.findall(text.replace("U.S.", "US"))}
    return frozenset(stem for word in words for stem in target(word).words)


def surface(phrase: str) -> list[tuple[str, frozenset[str]]]:
    """The words of a phrase that carry meaning, each with its stems."""
    told = [(word, target(word).telling) for word in _WORD.findall(phrase)]
    return [(word, found) for word, found in told if found]
