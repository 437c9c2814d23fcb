"""An act's life: the dated events its reports tell, the date it holds where they disagree, its status on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
LATE = "the other days lie after the first report"
STANDING_NAMES = ("an official source", "an agency", "a newspaper")

LIVE: tuple[Status, ...] = ("proposed", "announced", "under_investigation", "adopted", "in_force", "suspended")


def _to(status: Status, *before: Status) -> dict[Status, Status]:
    return {old: status for old in before if old != status}


# What happens to an act -> its status before -> its status from then on; other statuses stay as they are.
# What a report tells of it: a report that tells an earlier step repeats old news. From refusals there is an appeal.
TOLD: dict[str, dict[Status, Status]] = {
    "proposed": _to("proposed", "announced", "rejected"),
    "announced": _to("announced", "proposed"),
    "opened": _to("under_investigation", "rejected"),
    "adopted": _to("adopted", "proposed", "announced", "under_investigation"),
    "in force": _to("in_force", *LIVE, "rejected"),
    "suspended": _to("suspended", *LIVE),
    "rejected": _to("rejected", *LIVE),
    "repealed": _to("repealed", *LIVE),
}
# What another act does to it.
CHANGED: dict[str, dict[Status, Status]] = {
    "delayed": _to("suspended", *LIVE),
    "paused": _to("suspended", *LIVE),
    "stayed": _to("suspended", "announced", "adopted", "in_force"),
    "struck down": _to("repealed", "adopted", "in_force", "suspended"),
    "lifted": _to("repealed", *LIVE) | {"proposed": "rejected"},
    "withdrawn": _to("repealed", *LIVE) | {"proposed": "rejected"},
    "made final": _to("adopted", "proposed", "announced"),
    "extended": _to("in_force", "expired"),
    "upheld": _to("in_force", "suspended"),
    "challenged": {},
    "eased": {},
    "amended": {},
    "implemented": {},
    "answered": {},
    "resumed": _to("in_force", "suspended"),
}
# What the calendar does to it.
CLOCK: dict[str, dict[Status, Status]] = {
    "begun": _to("in_force", "announced", "adopted"),
    "expired": _to("expired", "announced", "adopted", "in_force", "suspended"),
}
TRANSITIONS: dict[str, dict[Status, Status]] = TOLD | CHANGED | CLOCK
PAUSES = frozenset({"delayed", "paused", "stayed"})
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


def changed_by(report: ActionReport, how: str) -> list[ActionEvent]:
    """What a report of a changing act does to the act it changes, a key of ``CHANGED``; nothing while only planned.

    It happens on the change's effective day, else on the day it was announced or told. A delay to a day, and a pause
    that ends on one, let the act go on from that day; an extension moves the day on which it expires.
    """
    mention = report.mention
    if mention.status in UNDECIDED:
        return []
    start, end = mention.effective_date, mention.expiry_date
    if how == "delayed":
        start, end = None, end or start  # a delay takes effect at once; its date is the act's new start
    day = start or mention.announced_date or report.reported_at[:10]
    steps = [(how, day)]
    if end and how in PAUSES and first_day(end) > first_day(day):
        steps.append(("resumed", end))
    if end and how == "extended":
        steps.append(("expiry", end))
    return [ActionEvent(kind, value, precision_of(value), report.article, report.source) for kind, value in steps]


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
    latest told. No act is announced after it was first reported. ``kinds``: source id -> official | agency | newspaper.
    """
    told = list(enumerate(events))
    every = [(n, e) for n, e in told if e.kind == kind and e.date]
    if not every:
        return None
    options = (_by_its_news(every, [e for _, e in told]) if kind == "announced" else every) or every

    def rank(option: tuple[int, ActionEvent]) -> tuple[int, int, int]:
        n, event = option
        return -_standing(event, kinds), _fineness(event), n

    best = max(options, key=rank)
    others = tuple(dict.fromkeys(e.date for _, e in every if e.date and e.date != best[1].date))
    disputed = any(e.date != best[1].date for _, e in options)
    late = others and not disputed
    return Held(str(best[1].date), LATE if late else _why(best, options, kinds, disputed), others)


def _by_its_news(options: list[tuple[int, ActionEvent]], told: list[ActionEvent]) -> list[tuple[int, ActionEvent]]:
    """What was reported had been announced by then: a later day is that of another step."""
    days = [e.date for e in told if e.kind.startswith("status: ") and e.date]
    return [(n, e) for n, e in options if e.date and first_day(e.date) <= first_day(min(days, default=e.date))]


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


def status_on(events: Iterable[ActionEvent], today: date, kinds: Mapping[str, str] | None = None) -> Status:
    """The status that follows from the events by the table of transitions; events come in the order of their reports.

    An act is in force once the day has come that it holds for its start, and expired once its last day has passed.
    """
    told = list(events)
    begin = held_date(told, "effective", kinds or {})
    start = first_day(begin) if begin else None
    steps = [e for e in told if _steps(e)]
    if over := _over(told, today):
        steps.append(over)
    status: Status | None = None
    for event in sorted(steps, key=_when):
        status = _moved(status, event, start, today)
    status = status or "announced"
    if start and start <= today:
        status = CLOCK["begun"].get(status, status)
    if over and not any(e.kind == "extended" and _when(e) > _when(over) for e in steps):
        status = CLOCK["expired"].get(status, status)
    return status


def _over(events: list[ActionEvent], today: date) -> ActionEvent | None:
    """The day after the last that any report gives an act, once it has come."""
    ends = [(last_day(e.date), e) for e in events if e.kind == "expiry" and e.date]
    if not ends:
        return None
    end, told = max(ends, key=lambda pair: pair[0])
    after = (end + timedelta(days=1)).isoformat()
    return ActionEvent("expired", after, "day", told.article, told.source) if end < today else None


def _moved(status: Status | None, event: ActionEvent, start: date | None, today: date) -> Status | None:
    day = first_day(event.date or "1970")
    if event.kind in CHANGED or event.kind in CLOCK:
        return TRANSITIONS[event.kind].get(status, status) if status and day <= today else status
    kind = event.kind.removeprefix("status: ")
    if kind == "in force" and start and start > day:
        kind = "adopted"  # its day was still to come when this was told
    return TOLD[kind].get(status, status) if status else STATUS_OF_EVENT[kind]


def _steps(event: ActionEvent) -> bool:
    return bool(event.date) and (event.kind in CHANGED or event.kind.startswith("status: "))


def _when(event: ActionEvent) -> tuple[date, int]:
    return first_day(event.date or "1970"), RANK.get(event.kind.removeprefix("status: "), len(RANK))


def first_day(value: str) -> date:
    """The first day of a value: ``2024-07`` -> July 1, 2024; of an interval, of its first part."""
    return date.fromisoformat((value.split("/")[0] + "-01-01")[:10])


def last_day(value: str) -> date:
    """The last day of a value: ``2024-07`` -> July 31, 2024; of an interval, of its last part."""
    end = value.split("/")[-1]
    if len(end) == len("2024-07"):
        year, month = int(end[:4]), int(end[5:])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date.fromisoformat((end + "-12-31")[:10])
