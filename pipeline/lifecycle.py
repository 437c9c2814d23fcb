"""An act's life: the dated events its reports tell, the date it holds where they disagree, its status on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.records import ActionEvent, ActionReport, Precision, Status

# What a report's status says has happened, as an event; the order is the usual order of an act's life.
EVENT_OF_STATUS: dict[Status, str] = {
    "proposed": "proposed",
    "announced": "announced",
    "under_investigation": "opened",
    "adopted": "adopted",
    "in_force": "in force",
    "suspended": "suspended",
    "rejected": "rejected",
    "repealed": "repealed",
}
STATUS_OF_EVENT: dict[str, Status] = {event: status for status, event in EVENT_OF_STATUS.items()}
# On one day the later step of a life wins.
RANK = {event: rank for rank, event in enumerate(EVENT_OF_STATUS.values())}
DATED = {
    "announced_date": "announced",
    "effective_date": "effective",
    "deadline_date": "deadline",
    "expiry_date": "expiry",
}
STANDING = {"official": 0, "agency": 1, "newspaper": 2}


def events_of(report: ActionReport) -> Iterable[ActionEvent]:
    """The steps one report tells: its status on the day it was reported, and each dated step."""
    mention = report.mention
    kind = EVENT_OF_STATUS[mention.status]
    yield ActionEvent(f"status: {kind}", report.reported_at[:10], "day", report.article, report.source)
    for name, step in DATED.items():
        if value := getattr(mention, name):
            yield ActionEvent(step, value, precision_of(value), report.article, report.source)


def precision_of(value: str) -> Precision:
    """day, month or year, by the shape of the value; of an interval, its first part."""
    return {4: "year", 7: "month"}.get(len(value.split("/")[0]), "day")  # type: ignore[return-value]


def held_date(events: Iterable[ActionEvent], kind: str, kinds: Mapping[str, str]) -> str | None:
    """The date an act holds: the official source's before an agency's before others', a finer date before a
    coarser one of the same report's rank, then the latest told. Events come in the order of their reports."""
    options = [(n, e) for n, e in enumerate(events) if e.kind == kind and e.date]
    if not options:
        return None

    def rank(option: tuple[int, ActionEvent]) -> tuple[int, int, int]:
        n, event = option
        return -STANDING.get(kinds.get(event.source, "newspaper"), 2), len(event.date or ""), n

    return max(options, key=rank)[1].date


def status_on(events: Iterable[ActionEvent], today: date) -> Status:
    """The status that follows from the events: the last told, and in force once an adopted act's day has come."""
    told = list(events)
    last = max(
        (e for e in told if e.kind.startswith("status: ")),
        key=lambda e: (e.date or "", RANK[e.kind.removeprefix("status: ")]),
    )
    status = STATUS_OF_EVENT[last.kind.removeprefix("status: ")]
    begun = any(e.kind == "effective" and e.date and first_day(e.date) <= today for e in told)
    if status in ("adopted", "announced") and begun:
        return "in_force"
    return status


def first_day(value: str) -> date:
    """The first day of a value: ``2024-07`` -> July 1, 2024; of an interval, of its first part."""
    return date.fromisoformat((value.split("/")[0] + "-01-01")[:10])
