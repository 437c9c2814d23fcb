"""What the press of a period gives beside acts: queries that end with the period, answered in frozen rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class FigureReport:
    """One article's reading of a figure."""

    figure: str
    value: float
    unit: str
    of_what: str
    words: str
    bound: str | None
    counted: str
    attributed_to: str | None
    article: str
    start: int
    reported_at: str
    day: str
    url: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which something starts or is due, where an article gives it; ``day``: of the article."""

    value: str
    kind: Literal["deadline", "effective"]
    story: str
    title: str
    article: str
    text: str
    start: int
    outlet: str
    day: str
    headline: str
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation with its place."""

    speaker: str
    speaker_entity: str | None
    text: str
    article: str
    outlet: str
    day: str
    url: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An article of a story that more than one outlet told."""

    story: str
    title: str
    article: str
    outlet: str
    day: str
    headline: str
    url: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An entity first named in the period, with the article that named it first."""

    id: str
    name: str
    type: str
    articles: int
    article: str
    outlet: str
    headline: str
    url: str


@dataclass(frozen=True, slots=True)
class Count:
    """A source's articles, and the pages it refused or that failed, in the period."""

    name: str
    articles: int
    failed: int


def figure_reports(db: Database, first: date, last: date) -> Iterator[FigureReport]:
    """All reports up to the last day of the figures that the days' articles give, by figure, the oldest first."""
    sql = """
        select f.figure, f.value, f.unit, f.of_what, f.words, f.bound, f.counted, f.attributed_to, f.article, f.start,
          f.reported_at, a.day, a.url, s.name as outlet
        from figure_reports f join articles a on a.id = f.article join sources s on s.id = f.source
        where a.day <= :last and f.figure in (
          select g.figure from articles b join figure_reports g on g.article = b.id
          where b.day between :first and :last)
        order by f.figure, f.reported_at, f.article, f.start
    """
    yield from (FigureReport(**r) for r in db.query(sql, {"first": first.isoformat(), "last": last.isoformat()}))


def disputed(db: Database, figure: str) -> list[str]:
    """The figures that give another value for the same thing."""
    return [r["other"] for r in db.query("select other from figure_disputes where figure = ? order by other", [figure])]


def dated(db: Database, first: date, last: date, until: date) -> Iterator[Dated]:
    """Days after the last, up to ``until``, on which the days' articles say that something starts or is due; by day
    and story, the oldest article first."""
    sql = """
        select d.value, d.role as kind, t.id as story, t.title, a.id as article, a.text, d.start, s.name as outlet,
          a.day, a.title as headline, a.url
        from articles a join date_mentions d on d.article = a.id join stories t on t.id = a.story
          join sources s on s.id = a.source
        where a.day between :first and :last and a.reprint_of is null and d.role in ('deadline', 'effective')
          and d.precision = 'day' and d.value > :last and d.value <= :until
        order by d.value, d.role, t.id, a.published, a.id, d.start
    """
    asked = {"first": first.isoformat(), "last": last.isoformat(), "until": until.isoformat()}
    yield from (Dated(**r) for r in db.query(sql, asked))


def quotes(db: Database, first: date, last: date) -> Iterator[Said]:
    """Direct quotations of the days' articles, in the order of their reports."""
    sql = """
        select q.speaker, q.speaker_entity, q.text, a.id as article, s.name as outlet, a.day, a.url
        from articles a join quotes q on q.article = a.id join sources s on s.id = a.source
        where a.day between ? and ? and q.direct = 1 order by a.published, a.id, q.start
    """
    yield from (Said(**r) for r in db.query(sql, (first.isoformat(), last.isoformat())))


def tellings(db: Database, first: date, last: date) -> Iterator[Telling]:
    """Articles of the days' stories that more than one outlet told, the most told story first, oldest article first."""
    sql = """
        with shared as (
          select a.story, count(distinct a.source) as outlets, count(*) as articles from articles a
          where a.day between :first and :last and a.reprint_of is null group by a.story
          having count(distinct a.source) > 1)
        select t.id as story, t.title, a.id as article, s.name as outlet, a.day, a.title as headline, a.url
        from shared join articles a on a.story = shared.story join stories t on t.id = a.story
          join sources s on s.id = a.source
        where a.day between :first and :last and a.reprint_of is null
        order by shared.outlets desc, shared.articles desc, t.id, a.published, a.id
    """
    yield from (Telling(**r) for r in db.query(sql, {"first": first.isoformat(), "last": last.isoformat()}))


def newcomers(db: Database, first: date, last: date) -> Iterator[Newcomer]:
    """Entities other than places that are first named in the days, the most named first; none without a before."""
    sql = """
        select e.id, e.name, e.type, count(distinct m.article) as articles, a.id as article, s.name as outlet,
          a.title as headline, a.url, min(a.published || a.id)
        from articles a join mentions m on m.article = a.id join entities e on e.id = m.entity
          join sources s on s.id = a.source
        where a.day between :first and :last and m.kind = 'name' and e.type <> 'GPE'
          and exists (select 1 from articles where day < :first)
          and not exists (select 1 from mentions o join articles b on b.id = o.article
            where o.entity = e.id and b.day < :first)
        group by e.id order by articles desc, e.name, e.id
    """
    for row in db.query(sql, {"first": first.isoformat(), "last": last.isoformat()}):
        yield Newcomer(**{n: row[n] for n in Newcomer.__dataclass_fields__})


def naming(db: Database, first: date, last: date, entities: tuple[str, ...]) -> set[str]:
    """Articles of the days that name one of the entities."""
    sql = """select distinct a.id from articles a join mentions m on m.article = a.id
        where a.day between ? and ? and m.entity in (select value from json_each(?))"""
    asked = (first.isoformat(), last.isoformat(), json.dumps(entities))
    return {r["id"] for r in db.query(sql, asked)}


def weekly_acts(db: Database, first: date, last: date) -> dict[tuple[str, str], int]:
    """(Monday of a week, jurisdiction) -> acts first told in it; those without a jurisdiction under ``other``."""
    sql = """
        select date(day, 'weekday 0', '-6 days') as week, jurisdiction, count(*) as n from (
          select x.id, coalesce(x.jurisdiction, 'other') as jurisdiction, min(a.day) as day
          from actions x join action_reports r on r.action = x.id join articles a on a.id = r.article
          where x.withdrawn = 0 and x.first_reported_at >= ? group by x.id)
        where day between ? and ? group by week, jurisdiction order by week, jurisdiction
    """
    asked = (first.isoformat(), first.isoformat(), last.isoformat())
    return {(r["week"], r["jurisdiction"]): r["n"] for r in db.query(sql, asked)}


def weekly_mentions(db: Database, first: date, last: date, entities: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """(Monday of a week, name of the entity) -> articles that name it."""
    sql = """
        select date(a.day, 'weekday 0', '-6 days') as week, e.name, count(distinct a.id) as n
        from articles a join mentions m on m.article = a.id join entities e on e.id = m.entity
        where a.day between ? and ? and e.id in (select value from json_each(?)) group by week, e.id order by week, e.id
    """
    asked = (first.isoformat(), last.isoformat(), json.dumps(entities))
    return {(r["week"], r["name"]): r["n"] for r in db.query(sql, asked)}


def sources(db: Database, first: date, last: date) -> Iterator[Count]:
    """Articles and failed fetches a source in the days, also the sources that gave none."""
    sql = """
        select s.name,
          (select count(*) from articles a where a.source = s.id and a.day between :first and :last) as articles,
          (select count(*) from fetches f where f.source = s.id and date(f.at) between :first and :last
            and f.outcome in ('error', 'blocked', 'torn', 'too_big')) as failed
        from sources s order by s.id
    """
    yield from (Count(**r) for r in db.query(sql, {"first": first.isoformat(), "last": last.isoformat()}))
