"""Figures as the pages show them: a list, and one with every telling of it and the figures that say otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.site.ask import Query, Store

RECENT = 500  # figures told last, of which those of most outlets stand first
NEWEST = 2000  # matches of a word among which figures are looked for
AROUND = 320  # characters read on each side of a figure, to find its sentence
_END = re.compile(r"[.?!][”\"’']?\s+(?=[^a-z])|\n+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a list. ``reports`` are articles, ``sources`` outlets that have it independently."""

    id: str
    words: str
    bound: str | None
    of_what: str
    period: str | None
    attributed_to: str | None
    last_reported_at: str
    reports: int
    sources: int
    contradicted: int


COLUMNS = """f.id, f.words, f.bound, f.of_what, f.period, f.attributed_to, f.last_reported_at, f.reports, f.sources,
  f.contradicted"""
LATEST = Query(
    f"""select {COLUMNS} from (select * from figures order by last_reported_at desc limit {RECENT}) f
    order by f.sources desc, f.reports desc, f.last_reported_at desc limit :limit""",  # noqa: S608 - our columns
    Figure,
)
DISPUTED = Query(
    f"""select {COLUMNS} from figures f where f.contradicted > 0
    order by f.last_reported_at desc limit :limit""",  # noqa: S608 - our columns
    Figure,
)
ABOUT = Query(
    f"""with found as (
      select rowid as n from statistics_fts where statistics_fts match fts_words(:q) order by rowid desc limit {NEWEST}
    ) select {COLUMNS} from figures f where f.id in (
      select r.figure from found n cross join figure_reports r on r.statistic = n.n)
    order by f.sources desc, f.last_reported_at desc limit :limit""",  # noqa: S608 - our columns
    Figure,
)
ONE = Query(f"select {COLUMNS} from figures f where f.id = :id", Figure)  # noqa: S608 - our columns
OF_STORY = Query(
    f"""select {COLUMNS} from figures f where f.story = :id
    order by f.sources desc, f.reports desc, f.id limit 12""",  # noqa: S608 - our columns
    Figure,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A place where an article gives the figure; ``around`` is the text there, from the character ``first`` on."""

    words: str
    of_what: str
    attributed_to: str | None
    article: str
    headline: str
    url: str
    source: str
    outlet: str
    reported_at: str
    start: int
    first: int
    around: str | None

    @property
    def sentence(self) -> str | None:
        """The sentence that gives it; None where the site shows no texts."""
        return sentence(self.around, self.start - self.first) if self.around else None


TELLINGS = Query(
    f"""select r.words, r.of_what, r.attributed_to, r.article, a.title as headline, a.url, r.source, s.name as outlet,
      r.reported_at, r.start, max(r.start - {AROUND}, 0) as first,
      substr(a.text, max(r.start - {AROUND}, 0) + 1, {2 * AROUND}) as around
    from figure_reports r join articles a on a.id = r.article join sources s on s.id = r.source
    where r.figure = :id order by r.reported_at, r.article, r.start limit 100""",  # noqa: S608 - our numbers
    Telling,
)


@dataclass(frozen=True, slots=True)
class Other:
    """A figure that gives another value for the same thing, and the outlets that tell it, joined with commas."""

    id: str
    words: str
    of_what: str
    attributed_to: str | None
    sources: int
    outlets: str


OTHERS = Query(
    """select o.id, o.words, o.of_what, o.attributed_to, o.sources,
      (select group_concat(name, ', ') from (select distinct s.name from figure_reports r
        join sources s on s.id = r.source where r.figure = o.id order by s.name)) as outlets
    from figure_disputes d join figures o on o.id = d.other where d.figure = :id
    order by o.sources desc, o.reports desc, o.id limit 20""",
    Other,
)


def sentence(around: str, at: int) -> str:
    """The sentence of the text around that holds the character ``at``."""
    ends = [found.end() for found in _END.finditer(around)]
    first = max((end for end in ends if end <= at), default=0)
    return around[first : min((end for end in ends if end > at), default=len(around))].strip()


async def listing(db: Store, q: str, disputed: bool, limit: int) -> tuple[Figure, ...]:
    """Figures with the words, told by most outlets first; without words of the latest ones, or the latest disputed."""
    if q:
        found = await ABOUT.all(db, q=q, limit=limit)
        return tuple(f for f in found if f.contradicted) if disputed else found
    return await (DISPUTED if disputed else LATEST).all(db, limit=limit)


async def page(db: Store, figure: str) -> dict[str, Any] | None:
    """All that a figure's page shows, or None where there is no such figure."""
    found = await ONE.one(db, id=figure)
    if found is None:
        return None
    return {
        "figure": found,
        "tellings": await TELLINGS.all(db, id=figure),
        "others": await OTHERS.all(db, id=figure) if found.contradicted else (),
    }
