"""An act's life: the dated events its reports tell, the date it holds where they disagree, its status on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
STANDING_NAMES = ("an official source", "an agency", "a newspaper")

# A status -> those that a later report can move it to; a report that tells an earlier step repeats old news.
MOVES: dict[Status, frozenset[Status]] = {
    "proposed": frozenset({"announced", "adopted", "in_force", "suspended", "rejected", "repealed"}),
    "announced": frozenset({"proposed", "adopted", "in_force", "suspended", "rejected", "repealed"}),
    "under_investigation": frozenset({"adopted", "in_force", "suspended", "rejected", "repealed"}),
    "adopted": frozenset({"in_force", "suspended", "rejected", "repealed"}),
    "in_force": frozenset({"suspended", "rejected", "repealed"}),
    "suspended": frozenset({"in_force", "rejected", "repealed"}),
    "rejected": frozenset({"under_investigation", "proposed", "in_force"}),  # an appeal, a second try
    "repealed": frozenset(),
}
# What another act does to this one -> the status it has from then on; other statuses it leaves as they are.
CHANGED: dict[str, dict[Status, Status]] = {
    "delayed": {
        "proposed": "suspended",
        "announced": "suspended",
        "adopted": "suspended",
        "in_force": "suspended",
        "under_investigation": "suspended",
    },
    "stayed": {"announced": "suspended", "adopted": "suspended", "in_force": "suspended"},
    "struck down": {"adopted": "repealed", "in_force": "repealed", "suspended": "repealed"},
    "lifted": {
        "proposed": "rejected",
        "announced": "repealed",
        "adopted": "repealed",
        "in_force": "repealed",
        "suspended": "repealed",
        "under_investigation": "repealed",
    },
    "made final": {"proposed": "adopted", "announced": "adopted"},
    "extended": {},
    "challenged": {},
    "upheld": {"suspended": "in_force"},
}
UNDECIDED = frozenset({"proposed", "announced", "rejected"})  # a change planned or refused changes nothing yet


@dataclass(frozen=True, slots=True)
class Held:
    """The date an act shows, and why this one; ``others``: what other reports say, the first told first."""

    date: str
    why: str
    others: tuple[str, ...] = ()


def events_of(report: ActionReport) -> Iterable[ActionEvent]:
    """The steps one report tells: its status on the day it was reported, and each dated step."""
    mention = report.mention
    kind = EVENT_OF_STATUS[mention.status]
    yield ActionEvent(f"status: {kind}", report.reported_at[:10], "day", report.article, report.source)
    for name, step in DATED.items():
        if value := getattr(mention, name):
            yield ActionEvent(step, value, precision_of(value), report.article, report.source)


def changed_by(report: ActionReport, how: str) -> ActionEvent | None:
    """What a report of a changing act does to the act it changes: from its effective day, or the day it was told.

    ``how``: a key of ``CHANGED``. None while the change is only planned.
    """
    mention = report.mention
    if mention.status in UNDECIDED:
        return None
    day = mention.effective_date or mention.announced_date or report.reported_at[:10]
    return ActionEvent(how, day, precision_of(day), report.article, report.source)


def precision_of(value: str) -> Precision:
    """day, month or year, by the shape of the value; of an interval, its first part."""
    return {4: "year", 7: "month"}.get(len(value.split("/")[0]), "day")  # type: ignore[return-value]


def held_date(events: Iterable[ActionEvent], kind: str, kinds: Mapping[str, str]) -> str | None:
    """The date an act holds for a kind of event: see ``held``."""
    found = held(events, kind, kinds)
    return found.date if found else None


def held(events: Iterable[ActionEvent], kind: str, kinds: Mapping[str, str]) -> Held | None:
    """The date an act holds where reports disagree, and why. Events come in the order of their reports.

    The official source's before an agency's before others'; of one standing a finer date before a coarser, then the
    latest told. ``kinds``: source id -> official | agency | newspaper.
    """
    options = [(n, e) for n, e in enumerate(events) if e.kind == kind and e.date]
    if not options:
        return None

    def rank(option: tuple[int, ActionEvent]) -> tuple[int, int, int]:
        n, event = option
        return -_standing(event, kinds), _fineness(event), n

    best = max(options, key=rank)
    others = tuple(dict.fromkeys(e.date for _, e in options if e.date and e.date != best[1].date))
    return Held(str(best[1].date), _why(best, options, kinds, bool(others)), others)


def _why(
    best: tuple[int, ActionEvent], options: list[tuple[int, ActionEvent]], kinds: Mapping[str, str], disputed: bool
) -> str:
    if not disputed:
        return "the only report that gives a date" if len(options) == 1 else "all reports that give a date agree"
    rivals = [e for _, e in options if e.date != best[1].date]
    standing = _standing(best[1], kinds)
    if standing < min(_standing(e, kinds) for e in rivals):
        return f"told by {STANDING_NAMES[standing]}, which goes before others"
    level = [e for e in rivals if _standing(e, kinds) == standing]
    if all(_fineness(e) < _fineness(best[1]) for e in level):
        return "the most exact date told"
    return "told last"


def _standing(event: ActionEvent, kinds: Mapping[str, str]) -> int:
    return STANDING.get(kinds.get(event.source, "newspaper"), 2)


def _fineness(event: ActionEvent) -> int:
    return {"day": 2, "month": 1}.get(event.precision or "", 0) - (1 if "/" in (event.date or "") else 0)


def status_on(events: Iterable[ActionEvent], today: date) -> Status:
    """The status that follows from the events by the tables of moves, in force once an adopted act's day has come."""
    told = list(events)
    start = min((first_day(e.date) for e in told if e.kind == "effective" and e.date), default=None)
    status: Status | None = None
    for event in sorted((e for e in told if _steps(e)), key=_when):
        status = _moved(status, event, start, today)
    if status in ("adopted", "announced") and start and start <= today:
        return "in_force"
    return status or "announced"


def _moved(status: Status | None, event: ActionEvent, start: date | None, today: date) -> Status | None:
    day = first_day(event.date or "1970")
    if event.kind in CHANGED:
        return CHANGED[event.kind].get(status, status) if status and day <= today else status
    new = STATUS_OF_EVENT[event.kind.removeprefix("status: ")]
    if new == "in_force" and start and start > day:
        new = "adopted"  # its day was still to come when this was told
    return new if status is None or new in MOVES[status] else status


def _steps(event: ActionEvent) -> bool:
    return bool(event.date) and (event.kind in CHANGED or event.kind.startswith("status: "))


def _when(event: ActionEvent) -> tuple[date, int]:
    return first_day(event.date or "1970"), RANK.get(event.kind.removeprefix("status: "), len(RANK))


def first_day(value: str) -> date:
    """The first day of a value: ``2024-07`` -> July 1, 2024; of an interval, of its first part."""
    return date.fromisoformat((value.split("/")[0] + "-01-01")[:10])
