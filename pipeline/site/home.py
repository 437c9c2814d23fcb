"""The first page: new acts, coming dates, the stories of the week, what changed, and how the sources fare."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.site import acts, dates, sources, stories
from pipeline.site.ask import Query, Store

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
class Change:
    """A step in an act's life told later than the act itself."""

    reported_on: str
    kind: str
    date: str | None
    act: str
    actor: str
    type: str
    target: str
    outlet: str


CHANGES = Query(
    """select a.day as reported_on, e.kind, e.date, x.id as act, x.actor, x.type, x.target, min(s.name) as outlet
    from articles a join action_events e on e.article = a.id join actions x on x.id = e.action
      join sources s on s.id = e.source
    where a.day between :first and :last and x.withdrawn = 0 and a.published > x.first_reported_at
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
        "acts": await NEW.all(db, first=_day(day - RECENT), old=_day(day - BACKGROUND), limit=SHOWN["acts"])
        or await acts.listing(acts.Filters()).all(db, limit=SHOWN["acts"]),
        "coming": await dates.COMING.all(db, since=_day(day), jurisdiction="", limit=SHOWN["coming"]),
        "stories": told,
        "tellings": tellings,
        "changes": await CHANGES.all(db, **week, limit=SHOWN["changes"]),
        "health": await sources.STATES.all(db),
    }


def _day(value: date) -> str:
    return value.isoformat()
