"""Coming dates, as a list and as a calendar that other programs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from pipeline.site import words
from pipeline.site.ask import Query, Store


@dataclass(frozen=True, slots=True)
class Coming:
    """A day on which an act takes effect, is due or expires. ``day`` may be a month or a year."""

    day: str
    kind: str
    act: str
    actor: str
    type: str
    target: str
    instrument: str | None
    status: str
    jurisdiction: str | None
    reports: int
    sources: int


_KINDS = (("effective_on", "effective"), ("deadline_on", "deadline"), ("expires_on", "expiry"))
_SELECT = """select x.{column} as day, '{kind}' as kind, x.id as act, x.actor, x.type, x.target, x.instrument, x.status,
  x.jurisdiction, x.reports, x.sources from actions x
where x.{column} >= :since and x.withdrawn = 0 and (:jurisdiction = '' or x.jurisdiction = :jurisdiction)"""
COMING = Query(
    " union all ".join(_SELECT.format(column=column, kind=kind) for column, kind in _KINDS)
    + " order by day, actor, act limit :limit",
    Coming,
)


@dataclass(frozen=True, slots=True)
class _Freshest:
    day: str | None


FRESHEST = Query("select max(day) as day from articles", _Freshest)


async def as_of(db: Store) -> date:
    """The day the dataset knows of: today, or the day of the freshest article where that lies before it."""
    today = datetime.now(UTC).date()
    freshest = await FRESHEST.one(db)
    return min(today, date.fromisoformat(freshest.day)) if freshest and freshest.day else today


def calendar(coming: Iterable[Coming], address: str, now: datetime) -> bytes:
    """The dates that are days as RFC 5545, each a whole-day event that leads to ``address``/acts/<id>."""
    made = Calendar()
    made.add("prodid", "-//Dateline//coming dates//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Dateline: coming dates")
    for item in coming:
        try:
            day = date.fromisoformat(item.day)
        except ValueError:
            continue  # a month or a year is no event of a calendar
        event = Event()
        event.add("uid", f"{item.act}-{item.kind}@dateline")
        event.add("dtstamp", now)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{words.label(item.kind)}: {words.statement(item)}")
        event.add(
            "description", f"{words.label(item.status)}; told by {item.reports} reports of {item.sources} outlets"
        )
        event.add("url", f"{address}/acts/{item.act}")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
