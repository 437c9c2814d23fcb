"""What the digest asks of the database: each question a query, each answer a frozen row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from pipeline.records import ActionEvent


@dataclass(frozen=True, slots=True)
class Report:
    """One article's account of an act."""

    outlet: str
    day: str
    title: str
    url: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act with its reports and events up to a day, oldest first."""

    id: str
    title: str
    type: str
    jurisdiction: str | None
    effective_on: str | None
    story: str | None
    confidence: float
    reports: tuple[Report, ...]
    events: tuple[ActionEvent, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which something starts, ends or is due."""

    day: str
    kind: str
    act: str
    title: str
    sentence: str
    outlets: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with who says so."""

    value: float
    unit: str
    of_what: str
    said_by: str
    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation with its place."""

    speaker: str
    text: str
    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """One story of the week: how many articles from which outlets."""

    id: str
    title: str
    articles: int
    outlets: str


@dataclass(frozen=True, slots=True)
class Count:
    """A source's articles in the week."""

    name: str
    articles: int


def acts(db: Database, until: date) -> Iterator[Act]:
    """Acts reported on or before the day, knowing only what was reported by then."""
    reports = _by_act(
        db,
        """select r.action, s.name as outlet, a.day, a.title, a.url, r.sentence from action_reports r
        join articles a on a.id = r.article join sources s on s.id = r.source
        where a.day <= ? order by r.action, a.published, a.id, r.start""",
        until,
    )
    events = _by_act(
        db,
        """select e.action, e.kind, e.date, e.precision, e.article, e.source from action_events e
        join articles a on a.id = e.article where a.day <= ? order by e.action, a.published, e.id""",
        until,
    )
    for row in db.query("select * from actions where withdrawn = 0 order by id"):
        if told := reports.get(row["id"]):
            keep = {k: row[k] for k in ("id", "title", "type", "jurisdiction", "effective_on", "story", "confidence")}
            yield Act(
                **keep,
                reports=tuple(Report(**r) for r in told),
                events=tuple(ActionEvent(**e) for e in events[row["id"]]),
            )


def _by_act(db: Database, sql: str, until: date) -> dict[str, list[dict[str, Any]]]:
    found = groupby(db.query(sql, (until.isoformat(),)), key=lambda r: r.pop("action"))
    return {act: list(group) for act, group in found}


def coming(db: Database, after: date, until: date) -> Iterator[Coming]:
    """Days ahead that acts name, as reported on or before ``after``; the soonest first."""
    sql = """
        select e.date as day, e.kind, x.id as act, x.title, min(r.sentence) as sentence,
            group_concat(distinct s.name) as outlets
        from action_events e join actions x on x.id = e.action join articles a on a.id = e.article
            join sources s on s.id = e.source
            join action_reports r on r.action = e.action and r.article = e.article
        where e.kind in ('effective', 'deadline', 'expiry') and e.precision = 'day'
            and e.date > ? and e.date <= ? and a.day <= ? and x.withdrawn = 0
        group by e.date, e.kind, x.id order by e.date, x.id
    """
    yield from (Coming(**r) for r in db.query(sql, (after.isoformat(), until.isoformat(), after.isoformat())))


def figures(db: Database, first: date, last: date, limit: int = 12) -> Iterator[Figure]:
    """Figures of the days' articles that are attributed to somebody; those told by most articles first."""
    # With min(), SQLite takes the bare columns from the row that has the minimum: the earliest report.
    sql = """
        select t.value, t.unit, t.of_what, t.attributed_to as said_by, s.name as outlet, a.url, min(a.published)
        from statistics t join articles a on a.id = t.article join sources s on s.id = a.source
        where a.day between ? and ? and t.attributed_to is not null
        group by t.value, t.unit order by count(distinct a.source) desc, count(*) desc, t.value desc limit ?
    """
    names = ("value", "unit", "of_what", "said_by", "outlet", "url")
    found = db.query(sql, (first.isoformat(), last.isoformat(), limit))
    yield from (Figure(**{n: r[n] for n in names}) for r in found)


def quotes(db: Database, first: date, last: date, limit: int = 8) -> Iterator[Said]:
    """Direct quotations of the days' articles that tell an act, one an article."""
    sql = """
        select q.speaker, q.text, s.name as outlet, a.url, min(q.start)
        from quotes q join articles a on a.id = q.article join sources s on s.id = a.source
        where a.day between ? and ? and q.direct = 1
            and exists (select 1 from action_reports r where r.article = a.id)
        group by a.id order by q.confidence desc, a.published, a.id limit ?
    """
    found = db.query(sql, (first.isoformat(), last.isoformat(), limit))
    yield from (Said(r["speaker"], r["text"], r["outlet"], r["url"]) for r in found)


def stories(db: Database, first: date, last: date, limit: int = 10) -> Iterator[Told]:
    """Stories of the week told by more than one outlet, the most told first."""
    sql = """
        select t.id, t.title, count(*) as articles, group_concat(distinct s.name) as outlets
        from articles a join stories t on t.id = a.story join sources s on s.id = a.source
        where a.day between ? and ? group by t.id having count(distinct a.source) > 1
        order by count(distinct a.source) desc, count(*) desc, t.id limit ?
    """
    yield from (Told(**r) for r in db.query(sql, (first.isoformat(), last.isoformat(), limit)))


def sources(db: Database, first: date, last: date) -> Iterator[Count]:
    """Articles a source in the days, also the sources that gave none."""
    sql = """
        select s.name, count(a.id) as articles from sources s
        left join articles a on a.source = s.id and a.day between ? and ? group by s.id order by s.id
    """
    yield from (Count(**r) for r in db.query(sql, (first.isoformat(), last.isoformat())))
