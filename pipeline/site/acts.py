"""Acts as the pages show them: in lists, and one with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.site.ask import Query, Store


@dataclass(frozen=True, slots=True)
class Act:
    """One act in a list. ``outlets`` are names, joined with commas."""

    id: str
    actor: str
    actor_entity: str | None
    type: str
    target: str
    instrument: str | None
    status: str
    jurisdiction: str | None
    announced_on: str | None
    effective_on: str | None
    deadline_on: str | None
    expires_on: str | None
    first_reported_at: str
    reports: int
    outlets: str


COLUMNS = """x.id, x.actor, x.actor_entity, x.type, x.target, x.instrument, x.status, x.jurisdiction, x.announced_on,
  x.effective_on, x.deadline_on, x.expires_on, x.first_reported_at, x.reports, (select group_concat(name, ', ') from (
    select s.name from action_reports r join sources s on s.id = r.source where r.action = x.id
    group by s.id order by min(r.reported_at))) as outlets"""


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of acts is narrowed; None asks for all."""

    type: str | None = None
    jurisdiction: str | None = None
    status: str | None = None
    before: str | None = None  # first_reported_at of the last act seen, for the next page,
    after: str = ""  # and its id: acts of one article are reported at one moment


def listing(filters: Filters) -> Query[Act]:
    """Acts, the newest first. Only conditions that are set are in the SQL, so that each finds its index."""
    asked = {
        "type": "x.type = :type",
        "jurisdiction": "x.jurisdiction = :jurisdiction",
        "status": "x.status = :status",
        "before": "x.first_reported_at <= :before and (x.first_reported_at, x.id) < (:before, :after)",
    }
    where = " and ".join(["x.withdrawn = 0", *(sql for name, sql in asked.items() if getattr(filters, name))])
    sql = f"select {COLUMNS} from actions x where {where} order by x.first_reported_at desc, x.id desc limit :limit"  # noqa: S608
    return Query(sql, Act)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a column."""

    value: str


def values(column: str) -> Query[Value]:
    """The values of ``type``, ``jurisdiction`` or ``status``, found by leaps along the column's index."""
    sql = f"""with recursive leap(value) as (
      select min({column}) from actions
      union all select (select min({column}) from actions where {column} > value) from leap where value is not null
    ) select value from leap where value is not null"""  # noqa: S608 - the column is ours
    return Query(sql, Value)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the head of an act's page shows beyond the list's fields."""

    instrument: str | None
    direction: str
    legal_form: str | None
    story: str | None
    story_title: str | None
    changes: str | None
    withdrawn: int
    confidence: float


WHOLE = Query(
    """select x.instrument, x.direction, x.legal_form, x.story, t.title as story_title, x.changes, x.withdrawn,
      x.confidence from actions x left join stories t on t.id = x.story where x.id = :id""",
    Whole,
)
ONE = Query(f"select {COLUMNS} from actions x where x.id = :id", Act)  # noqa: S608 - our columns


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an act; ``start`` is where its sentence begins in the article's text."""

    article: str
    source: str
    outlet: str
    kind: str
    headline: str
    url: str
    reported_at: str
    sentence: str
    start: int
    on_word_of: str | None
    effective_date: str | None


REPORTS = Query(
    """select r.article, r.source, s.name as outlet, s.kind, a.title as headline, a.url, r.reported_at, r.sentence,
      r.start, r.on_word_of, r.effective_date
    from action_reports r join articles a on a.id = r.article join sources s on s.id = r.source
    where r.action = :id order by r.reported_at, r.article, r.start""",
    Report,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the act's life: what happened when, and the outlets that say so. ``dates``: how many are told."""

    kind: str
    date: str
    outlets: str
    article: str
    disputed: bool = False


STEPS = Query(
    """select e.kind, e.date, group_concat(distinct s.name) as outlets, min(e.article) as article
    from action_events e join sources s on s.id = e.source
    where e.action = :id and e.date is not null and e.kind not like 'status:%'
    group by e.kind, e.date order by e.date, e.kind""",
    Step,
)


def marked(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, those of which reports give more than one date marked as disputed."""
    days = {kind: len(list(same)) for kind, same in groupby(sorted(steps, key=lambda s: s.kind), lambda s: s.kind)}
    return tuple(replace(step, disputed=days[step.kind] > 1) for step in steps)


def by_outlet(reports: tuple[Report, ...]) -> dict[str, list[Report]]:
    """Reports under their outlet, the outlet that was first on top."""
    grouped: dict[str, list[Report]] = {}
    for report in reports:
        grouped.setdefault(report.outlet, []).append(report)
    return grouped


async def page(db: Store, act: str) -> dict[str, object] | None:
    """All that an act's page shows, or None where there is no such act."""
    found, whole = await ONE.one(db, id=act), await WHOLE.one(db, id=act)
    if found is None or whole is None:
        return None
    reports = await REPORTS.all(db, id=act)
    return {
        "act": found,
        "whole": whole,
        "reports": reports,
        "by_outlet": by_outlet(reports),
        "steps": marked(await STEPS.all(db, id=act)),
    }
