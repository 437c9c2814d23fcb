"""The acts a digest has to do with: queries that end with the period, answered in frozen rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from pipeline.records import ActionEvent


@dataclass(frozen=True, slots=True)
class Report:
    """One article's account of an act. ``origin``: the source whose reporting it is, where an agency is credited;
    ``trigger``: the words of the sentence that say what was done."""

    article: str
    source: str
    outlet: str
    kind: str
    origin: str
    day: str
    headline: str
    url: str
    story: str | None
    sentence: str
    trigger: str
    on_word_of: str | None
    effective_date: str | None
    actor: str
    actor_entities: tuple[str, ...]
    type: str
    target: str
    instrument: str | None
    target_entities: tuple[str, ...]
    jurisdiction: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Told:
    """A step of an act's life, and the day on which it was reported."""

    day: str
    event: ActionEvent


@dataclass(frozen=True, slots=True)
class Act:
    """An act with its reports and events up to a day, oldest first.

    ``corrected``: column of ``actions`` -> what a reviewer says it should be: it holds for any day.
    """

    id: str
    corrected: Mapping[str, str | None]
    reports: tuple[Report, ...]
    events: tuple[Told, ...]


# Acts told of in the period, and those with a date from its first month to the horizon.
_ASKED = """with asked(action) as (
  select r.action from articles a join action_reports r on r.article = a.id where a.day between :first and :last
  union select e.action from articles a join action_events e on e.article = a.id where a.day between :first and :last
  union select action from action_events where date >= :month and date <= :horizon
)"""
_REPORTS = f"""{_ASKED}
select r.action, r.article, r.start, r.trigger_start, r.source, s.name as outlet, s.kind,
  coalesce((select o.id from sources o where lower(o.name) = lower(a.agency)), r.source) as origin,
  a.day, a.title as headline, a.url, a.story, r.sentence, r.on_word_of, r.effective_date,
  substr(a.text, r.trigger_start + 1, r.trigger_end - r.trigger_start) as trigger,
  coalesce(m.actor, x.actor) as actor, coalesce(m.actor_entities, x.actor_entities) as actor_entities,
  coalesce(m.type, x.type) as type, coalesce(m.target, x.target) as target,
  m.instrument,
  coalesce(m.target_entities, x.target_entities) as target_entities,
  coalesce(m.jurisdiction, x.jurisdiction) as jurisdiction, r.confidence
from asked join action_reports r on r.action = asked.action join actions x on x.id = r.action
  join articles a on a.id = r.article join sources s on s.id = r.source
  left join action_mentions m on m.article = r.article and m.start = r.start and m.trigger_start = r.trigger_start
    and m.type = r.type
where a.day <= :last and x.withdrawn = 0
order by r.action, a.published, a.id, r.start, r.trigger_start, m.actor = x.actor desc, m.target = x.target desc, m.id
"""  # noqa: S608 - our own words
_EVENTS = f"""{_ASKED}
select e.action, a.day, e.kind, e.date, e.precision, e.article, e.source
from asked join action_events e on e.action = asked.action join articles a on a.id = e.article
where a.day <= :last order by e.action, a.published, a.id, e.id
"""  # noqa: S608 - our own words


def acts(db: Database, first: date, last: date, horizon: date) -> Iterator[Act]:
    """Acts that the period has to do with, knowing only what was reported on or before ``last``."""
    asked = {"first": f"{first}", "last": f"{last}", "month": f"{first:%Y-%m}", "horizon": f"{horizon}"}
    events = {act: list(group) for act, group in groupby(db.query(_EVENTS, asked), key=lambda r: r.pop("action"))}
    corrected = _corrected(db)
    for act, group in groupby(db.query(_REPORTS, asked), key=lambda r: r.pop("action")):
        told = events.get(act, [])
        yield Act(act, corrected.get(act, {}), tuple(_reports(group)), tuple(map(_told, told)))


def _reports(rows: Iterator[dict[str, Any]]) -> Iterator[Report]:
    seen = set()
    for row in rows:
        place = (row["article"], row.pop("start"), row.pop("trigger_start"))
        if place in seen:
            continue  # two actors of one verb: the first row has the act's own
        seen.add(place)
        lists = {key: tuple(json.loads(row[key])) for key in ("actor_entities", "target_entities")}
        yield Report(**row | lists)


def _told(row: dict[str, Any]) -> Told:
    return Told(row["day"], ActionEvent(**{k: v for k, v in row.items() if k != "day"}))


def _corrected(db: Database) -> dict[str, dict[str, str | None]]:
    """Act -> its corrected columns, the latest review winning."""
    sql = """select coalesce((select new from action_aliases where old = r.act), r.act) as act, r.changes
        from reviews r where r.verdict = 'corrected' order by r.id"""
    found: dict[str, dict[str, str | None]] = {}
    for row in db.query(sql):
        found.setdefault(row["act"], {}).update(json.loads(row["changes"]))
    return found


def kinds(db: Database) -> dict[str, str]:
    """Source id -> official | agency | newspaper."""
    return {r["id"]: r["kind"] for r in db.query("select id, kind from sources")}


def countries(db: Database) -> dict[str, str]:
    """Entity id -> its country, for entities that have one."""
    return {r["id"]: r["country"] for r in db.query("select id, country from entities where country is not null")}


def names(db: Database) -> dict[str, str]:
    """Entity id -> its name."""
    return {r["id"]: r["name"] for r in db.query("select id, name from entities")}
