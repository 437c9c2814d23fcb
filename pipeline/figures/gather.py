"""The figures brought up to date in the database, as if all statistics were read again from nothing.

A figure is a set of readings that hang together by ``match.bound_to``: the order of reading is indifferent.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from pipeline.figures.match import FAR, IN_WORDS, ROUNDING, Reading, bound_to, contradict, same, shown
from pipeline.figures.words import around, counted, decimals
from pipeline.ledger.sources import medium
from pipeline.store import figures as store


def gather(db: Database, articles: Sequence[str]) -> set[str]:
    """Gather the statistics of new or changed articles into figures, with those that stand.

    Returns the articles with readings in figures that this has changed.
    """
    stale = store.take_out(db, articles)
    new = list(_read(db, articles))
    store.add(db, map(_row, new))
    stale |= {o.figure for reading in new for o in _like(db, reading) if o.figure}
    pool = {r.statistic: r for figure in stale for r in _readings(store.readings(db, figure))}
    groups, joined = _groups(db, pool | {r.statistic: r for r in new})
    stale |= joined
    around = store.disputed_with(db, stale)
    store.drop(db, stale)
    for group in groups:
        store.put(db, _figure(group), (r.statistic for r in group))
    for group in groups:
        store.dispute(db, _disputes(db, group))
    touched = {_name(group) for group in groups}
    touched |= around | store.disputed_with(db, touched)
    store.count_disputes(db, touched)
    return store.articles_of(db, touched)


def _read(db: Database, articles: Iterable[str]) -> Iterator[Reading]:
    for article in articles:
        found = [_reading(row) for row in store.statistics(db, [article])]
        finest: Counter[tuple[str, str | None]] = Counter()
        for r in found:
            finest[r.unit, r.attributed_to] = max(finest[r.unit, r.attributed_to], decimals(r.value))
        yield from (replace(r, decimals=finest[r.unit, r.attributed_to]) for r in found)


def _reading(row: Any) -> Reading:
    number, article, start, source, agency, *rest, end, text = row
    origin = (medium(agency) if agency else None) or source
    unit, of_what = rest[3], rest[4]
    keys = counted(of_what, unit), around(text, start, end, unit)
    return _made((number, article, start, source, origin, *rest, *keys))


def _readings(rows: Iterable[store.Row]) -> Iterator[Reading]:
    return map(_made, rows)


def _made(row: Iterable[Any]) -> Reading:
    return Reading(**dict(zip(store.COLUMNS, row, strict=False)))


def _row(reading: Reading) -> store.Row:
    return tuple(getattr(reading, name) for name in store.COLUMNS)


def _groups(db: Database, pool: dict[int, Reading]) -> tuple[list[list[Reading]], set[str]]:
    """The readings that hang together with those of the pool, and the figures they were in before."""
    known = dict(pool)
    parent: dict[int, int] = {}

    def root(n: int) -> int:
        while parent.setdefault(n, n) != n:
            parent[n] = n = parent[parent[n]]
        return n

    joined: dict[str, None] = {}  # a standing figure hangs together already
    for reading in pool.values():
        root(reading.statistic)
        for other in bound_to(reading, _like(db, reading)):
            if other.figure and other.figure not in joined and other.statistic not in pool:
                joined[other.figure] = None
                for member in _readings(store.readings(db, other.figure)):
                    known[member.statistic] = member
                    parent[root(member.statistic)] = root(other.statistic)
            parent[root(other.statistic)] = root(reading.statistic)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for number, reading in known.items():
        groups[root(number)].append(reading)
    ordered = [sorted(g, key=lambda r: (r.reported_at, r.article, r.start, r.statistic)) for g in groups.values()]
    return ordered, set(joined)


def _like(db: Database, reading: Reading) -> list[Reading]:
    """The readings that are the same figure, or as coarse a value as could be it."""
    found = [*_near(db, reading, 1 + 2 * ROUNDING)]
    found += _readings(store.said(db, reading.attributed_to, reading.unit, reading.value))
    return [other for other in found if same(reading, other)]


def _near(db: Database, reading: Reading, times: float) -> Iterator[Reading]:
    """Readings of the story up to so many times the value or the part of it, or of one period and wording."""
    low, high = sorted((reading.value / times, reading.value * times))
    between = (low - IN_WORDS, high + IN_WORDS)
    yield from _readings(store.near(db, reading.story, reading.unit, between, reading.period, reading.counted))


def _disputes(db: Database, group: list[Reading]) -> set[tuple[str, str, str]]:
    """The figures that contradict a group; where an article gives several values for what is worded alike, its words
    do not tell which is meant."""
    name = _name(group)
    found = set()
    for reading in (r for r in group if r.counted and _is_plain(db, r)):
        for other in _near(db, reading, FAR):
            if other.figure not in (None, name) and contradict(reading, other) and _is_plain(db, other):
                found.add((name, str(other.figure), reading.counted))
    return found


def _is_plain(db: Database, reading: Reading) -> bool:
    return store.values(db, reading.article, reading.unit, reading.counted) == 1


def _name(group: list[Reading]) -> str:
    """A figure is named after the place where it was first read."""
    first = group[0]
    seed = f"{first.article}\n{first.start}\n{first.unit}\n{first.value:.10g}\n{first.of_what}"
    return hashlib.sha256(seed.encode()).hexdigest()[:12]


def _figure(group: list[Reading]) -> dict[str, object]:
    best = shown(group)
    row: dict[str, object] = {name: getattr(best, name) for name in ("of_what", "value", "unit", "words", "bound")}
    row |= {name: _most(getattr(r, name) for r in group) for name in ("change", "period", "attributed_to", "story")}
    row |= {"first_reported_at": group[0].reported_at, "last_reported_at": group[-1].reported_at}
    row |= {"reports": len({r.article for r in group}), "sources": len({r.origin for r in group})}
    return {"id": _name(group)} | row


def _most(values: Iterable[str | None]) -> str | None:
    told = Counter(value for value in values if value)
    return max(told, key=lambda value: told[value]) if told else None
