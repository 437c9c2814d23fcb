"""The coming dates as RFC 5545; an event keeps its UID, so a calendar that has it is updated, not filled twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from pipeline.digest.model import Coming, Digest
from pipeline.digest.render import title
from pipeline.site import words


def to_ics(digest: Digest) -> str:
    """Every coming date that is a day, also those that earlier digests told."""
    made = Calendar()
    made.add("prodid", "-//Dateline//digest//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title(digest))
    for coming in digest.calendar:
        if (day := _day(coming.day)) is not None:
            made.add_component(_event(digest, coming, day))
    return bytes(made.to_ical()).decode()


def _event(digest: Digest, coming: Coming, day: date) -> Event:
    event = Event()
    event.add("uid", f"{coming.entry.id}-{coming.kind}@dateline")
    event.add("dtstamp", datetime.combine(digest.period.last, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{words.label(coming.kind)}: {coming.entry.statement}")
    first = coming.entry.evidence[0]
    event.add("description", f"{coming.entry.state}\n{first.outlet}, {first.day}: {first.sentence}\n{first.url}")
    event.add("url", f"{digest.base_url}/acts/{coming.entry.id}")
    event.add("transp", "TRANSPARENT")
    return event


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None  # a month or a year is no event of a calendar
