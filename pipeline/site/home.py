"""The first page: new acts, coming dates, the stories of the week, what changed, and how the sources fare."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.site import acts, dates, sources, stories
from pipeline.site.ask import Query, Store
from pipeline.site.recalled import recalls

SHOWN = {"acts": 10, "coming": 8, "stories": 8, "changes": 8}
RECENT = timedelta(days=14)  # acts first told so lately are new,
BACKGROUND = timedelta(days=60)  # unless they happened so long ago and are told as background

NEW = Query(
    f"""select {acts.COLUMNS} from actions x
    where x.withdrawn = 0 and x.first_reported_at > :first
      and coalesce(x.announced_on, :old) >= :old and coalesce(x.effective_on, :old) >= :old
    order by x.sources desc, x.first_reported_at desc limit :limit""",  # noqa: S608 - our columns
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells an act."""

    act: str
    sentence: str
    trigger: str


TOLD = Query(
    """select r.action as act, r.sentence,
      substr(a.text, r.trigger_start + 1, r.trigger_end - r.trigger_start) as trigger
    from json_each(:acts) j join action_reports r on r.action = j.value join articles a on a.id = r.article""",
    Told,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A step in an act's life told later than the act itself."""

    reported_on: str
    kind: str
    date: str | None
    act: str
    actor: str
    type: str
    target: str
    instrument: str | None
    outlet: str


CHANGES = Query(
    """select a.day as reported_on, e.kind, e.date, x.id as act, x.actor, x.type, x.target, x.instrument,
      min(s.name) as outlet
    from articles a join action_events e on e.article = a.id join actions x on x.id = e.action
      join sources s on s.id = e.source
    where a.day between :first and :last and x.withdrawn = 0 and a.published > x.first_reported_at
      and case e.kind when 'announced' then x.announced_on when 'effective' then x.effective_on
        when 'deadline' then x.deadline_on when 'expiry' then x.expires_on else e.date end is e.date
      and not (e.kind = 'status: in force' and coalesce(x.effective_on, '') > a.day)
      and not exists (
        select 1 from action_events o join articles b on b.id = o.article
        where o.action = e.action and o.kind = e.kind and (o.date = e.date or e.kind like 'status:%')
          and b.published < a.published)
    group by x.id, e.kind, e.date order by a.published desc limit :limit""",
    Change,
)


@dataclass(frozen=True, slots=True)
class _Count:
    acts: int
    articles: int


COUNT = Query(
    """/* kept */ select (select count(*) from actions where withdrawn = 0) as acts,
      (select count(*) from articles) as articles""",
    _Count,
)


async def page(db: Store) -> dict[str, object]:
    """All that the first page shows."""
    day = await dates.as_of(db)
    week = {"first": _day(day - timedelta(days=6)), "last": _day(day)}
    told = await stories.WEEK.all(db, **week, limit=SHOWN["stories"])
    asked = json.dumps([story.id for story in told])
    tellings: dict[str, list[stories.Telling]] = {story.id: [] for story in told}
    for telling in await stories.WEEK_TELLINGS.all(db, **week, stories=asked):
        tellings[telling.story].append(telling)
    return {
        "as_of": _day(day),
        "since": week["first"],
        "count": await COUNT.one(db),
        "acts": await _new(db, day) or await acts.listing(acts.Filters()).all(db, limit=SHOWN["acts"]),
        "coming": await dates.COMING.all(db, since=_day(day), jurisdiction="", limit=SHOWN["coming"]),
        "stories": told,
        "tellings": tellings,
        "changes": await CHANGES.all(db, **week, limit=SHOWN["changes"]),
        "health": await sources.STATES.all(db),
    }


async def _new(db: Store, day: date) -> list[acts.Act]:
    """The acts first told lately; one without a date that its reports only recall is none."""
    found = await NEW.all(db, first=_day(day - RECENT), old=_day(day - BACKGROUND), limit=3 * SHOWN["acts"])
    undated = {act.id: act for act in found if not (act.announced_on or act.effective_on or act.deadline_on)}
    news = {
        told.act
        for told in await TOLD.all(db, acts=json.dumps(list(undated)))
        if not recalls(told.sentence, told.trigger, undated[told.act].status, day.year)
    }
    return [act for act in found if act.id not in undated or act.id in news][: SHOWN["acts"]]


def _day(value: date) -> str:
    return value.isoformat()
