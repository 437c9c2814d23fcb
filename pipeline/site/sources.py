"""A source as its page shows it: what the last run found, and what the outlet brings."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.site import acts, charts, entities
from pipeline.site.ask import Query, Store


@dataclass(frozen=True, slots=True)
class Health:
    """A source in a line. ``state``: ok, broken or never crawled."""

    source: str
    name: str
    articles: int
    freshest: str | None
    last_run: str | None
    asked: int
    good: int
    state: str


HEALTH = Query("select * from source_health order by source", Health)
HEALTH_OF = Query("select * from source_health where source = :id", Health)


@dataclass(frozen=True, slots=True)
class State:
    """A source in a few words; its articles are not counted."""

    source: str
    name: str
    freshest: str | None
    state: str


STATES = Query("select source, name, freshest, state from source_health order by source", State)


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet."""

    id: str
    name: str
    home: str
    country: str
    kind: str
    zone: str
    access: str


ONE = Query("select id, name, home, country, kind, zone, access from sources where id = :id", Source)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of how many requests of the last run, with one of the reasons."""

    outcome: str
    requests: int
    reason: str | None


OUTCOMES = Query(
    """select outcome, count(*) as requests, max(reason) as reason from fetches
    where run = (select max(run) from fetches where source = :id) and source = :id
    group by outcome order by requests desc, outcome""",
    Outcome,
)


@dataclass(frozen=True, slots=True)
class Month:
    """Articles of a month."""

    month: str
    articles: int


MONTHS = Query(
    """/* kept */ select substr(day, 1, 7) as month, count(*) as articles from articles
    where source = :id and day > (select date(max(day), '-2 years') from articles where source = :id)
    group by 1 order by 1 desc limit 24""",
    Month,
)
LATEST = Query(
    """select a.id, a.title, a.source, s.name as outlet, a.day from articles a join sources s on s.id = a.source
    where a.source = :id order by a.day desc limit 20""",
    entities.Report,
)
FIRST = Query(
    f"""select {acts.COLUMNS} from actions x where x.withdrawn = 0 and x.id in (
      select action from action_reports where source = :id order by reported_at desc limit 500)
      and (select source from action_reports where action = x.id order by reported_at, article, start limit 1) = :id
    order by x.first_reported_at desc limit 12""",  # noqa: S608 - our columns
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Day:
    """What a day's requests at a source brought."""

    day: str
    fetched: int
    good: int
    turned_away: int
    errors: int


DAYS = Query(
    """select substr(at, 1, 10) as day, count(*) as fetched,
      sum(outcome in ('article', 'headline', 'not_modified', 'duplicate')) as good,
      sum(outcome in ('blocked', 'consent', 'robots', 'paywall')) as turned_away,
      sum(outcome in ('error', 'too_big', 'torn', 'no_text', 'no_title', 'no_date')) as errors
    from fetches where source = :id and run in (
      select id from runs where started_at > (
        select date(max(started_at), '-30 days') from runs where id = (select max(run) from fetches where source = :id))
      order by id desc limit 200)
    group by 1 order by 1 desc limit 30""",
    Day,
)


def by_day(days: tuple[Day, ...]) -> charts.Chart | None:
    """The days as a chart, the oldest first; None without any."""
    if not days:
        return None
    told = tuple(reversed(days))
    rows = (("good", "good"), ("turned away", "turned_away"), ("errors", "errors"))
    return charts.Chart(
        tuple(d.day for d in told), tuple((name, tuple(getattr(d, field) for d in told)) for name, field in rows)
    )


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that could not be read, why, and how often it was tried. ``at``: the last time."""

    step: str
    url: str
    reason: str
    at: str
    tries: int


SET_ASIDE = Query(
    "select step, url, reason, at, tries from quarantine where source = :id order by at desc limit 20", SetAside
)


async def page(db: Store, source: str) -> dict[str, object] | None:
    """All that a source's page shows, or None where there is no such source."""
    found = await ONE.one(db, id=source)
    if found is None:
        return None
    return {
        "source": found,
        "health": await HEALTH_OF.one(db, id=source),
        "days": by_day(await DAYS.all(db, id=source)),
        "set_aside": await SET_ASIDE.all(db, id=source),
        "outcomes": await OUTCOMES.all(db, id=source),
        "months": tuple(reversed(await MONTHS.all(db, id=source))),
        "latest": await LATEST.all(db, id=source),
        "first": await FIRST.all(db, id=source),
    }
