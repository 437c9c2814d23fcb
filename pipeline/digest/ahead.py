"""What is to come: the dates of acts, and dates that reports give without an act of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from sqlite_utils import Database

from pipeline.digest.model import Coming, Dated, Entry, Evidence, Known
from pipeline.digest.period import Period, span
from pipeline.store import digest_press as rows

HORIZON = timedelta(weeks=8)  # how far ahead coming dates are listed
OVER = frozenset({"expired", "repealed", "rejected"})  # statuses of acts whose dates no longer come
_ENDS = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])[.!?][\"”’]?\s+(?=[A-Z“\"])|\n")


def coming(entries: Iterable[Entry], period: Period) -> list[Coming]:
    """Dates of the weeks ahead: deadlines first, then by day, the higher ranked act first."""
    found = []
    for entry in entries:
        if entry.status in OVER:
            continue
        for kind, value in (
            ("deadline", entry.deadline_on),
            ("effective", entry.effective_on),
            ("expiry", entry.expires_on),
        ):
            days = span(value)
            if value and days and period.last < days[0] <= period.last + HORIZON:
                found.append(Coming(value, kind, entry))  # type: ignore[arg-type]
    return sorted(found, key=lambda c: (c.kind != "deadline", _day(c.day), c.kind, _rank(c.entry)))


def together(found: Iterable[Coming]) -> list[Coming]:
    """One entry an event: acts of one story with one date stand together."""

    def event(c: Coming) -> tuple[bool, date, str, str, str]:
        return c.kind != "deadline", _day(c.day), c.kind, c.day, c.entry.story or c.entry.id

    made = []
    for _, same in groupby(sorted(found, key=event), key=event):
        head, *also = sorted(same, key=lambda c: _rank(c.entry))
        made.append(replace(head, also=tuple(c.entry for c in also)))
    return made


def dated(db: Database, period: Period, scope: set[str] | None, acts: Iterable[Known]) -> Iterator[Dated]:
    """Days ahead on which something starts or is due, as the period's reports of the acts' stories say, beside the
    acts' own; one a story and day, each outlet once."""
    told_of = list(acts)
    stories = {act.story for act in told_of}
    known = {(day, place) for act in told_of for day in _days(act) for place in _places(act)}
    told = rows.dated(db, period.first, period.last, period.last + HORIZON)
    for (day, kind, story), group in groupby(told, key=lambda r: (r.value, r.kind, r.story)):
        actors = [act.actor for act in told_of if day in _days(act)]  # of other stories, where a sentence names them
        outlets: dict[str, rows.Dated] = {}
        for row in group:
            within = scope is None or row.article in scope
            if within and not {(day, row.article), (day, story)} & known and not _names(row, actors):
                outlets.setdefault(row.outlet, row)
        if outlets and story in stories:
            yield Dated(day, kind, story, next(iter(outlets.values())).title, tuple(map(_evidence, outlets.values())))


def _names(row: rows.Dated, actors: list[str]) -> bool:
    sentence = _sentence(row.text, row.start)
    return any(actor in sentence for actor in actors)


def _days(act: Known) -> set[str | None]:
    return {act.effective_on, act.deadline_on, act.expires_on, *(r.effective_date for r in act.reports)}


def _places(act: Known) -> set[str | None]:
    return {act.story, *(r.article for r in act.reports)}


def unsaid(found: Iterable[Dated], before: Mapping[str, str]) -> tuple[Dated, ...]:
    """Those that no earlier digest told."""
    return tuple(d for d in found if before.get(d.key) != d.day)


def _evidence(row: rows.Dated) -> Evidence:
    sentence = _sentence(row.text, row.start)
    return Evidence(sentence, row.article, row.outlet, row.day, row.headline, row.url)


def _sentence(text: str, at: int) -> str:
    """The sentence of a text that holds a place."""
    ends = [0, *(m.end() for m in _ENDS.finditer(text)), len(text)]
    first = max(end for end in ends if end <= at)
    return " ".join(text[first : min(end for end in ends if end > at)].split())


def _day(value: str) -> date:
    return (span(value) or (date.max,))[0]


def _rank(entry: Entry) -> tuple[float, str]:
    return -entry.score, entry.id
