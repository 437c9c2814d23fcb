"""An act's life: every event from every status, days that come, and what other acts do to it."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from pipeline.lifecycle import (
    CHANGED,
    CLOCK,
    EVENT_OF_STATUS,
    LATE,
    STATUS_OF_EVENT,
    TRANSITIONS,
    Held,
    held,
    last_day,
    status_on,
)
from pipeline.records import ActionEvent, Status

STATUSES = ("proposed", "announced", "under_investigation", "adopted", "in_force", "suspended")
ENDED = ("rejected", "repealed", "expired")
# One row an event, one column a status, in the order of STATUSES and ENDED; "." leaves the status as it is.
TABLE = """
proposed    .         proposed  .         .         .         .         proposed            .  .
announced   announced .         .         .         .         .         .                   .  .
opened      .         .         .         .         .         .         under_investigation .  .
adopted     adopted   adopted   adopted   .         .         .         .                   .  .
in_force    in_force  in_force  in_force  in_force  .         in_force  in_force            .  .
suspended   suspended suspended suspended suspended suspended .         .                   .  .
rejected    rejected  rejected  rejected  rejected  rejected  rejected  .                   .  .
repealed    repealed  repealed  repealed  repealed  repealed  repealed  .                   .  .
delayed     suspended suspended suspended suspended suspended .         .                   .  .
paused      suspended suspended suspended suspended suspended .         .                   .  .
stayed      .         suspended .         suspended suspended .         .                   .  .
struck_down .         .         .         repealed  repealed  repealed  .                   .  .
lifted      rejected  repealed  repealed  repealed  repealed  repealed  .                   .  .
made_final  adopted   adopted   .         .         .         .         .                   .  .
extended    .         .         .         .         .         .         .                   .  in_force
upheld      .         .         .         .         .         in_force  .                   .  .
challenged  .         .         .         .         .         .         .                   .  .
withdrawn   rejected  repealed  repealed  repealed  repealed  repealed  .                   .  .
eased       .         .         .         .         .         .         .                   .  .
amended     .         .         .         .         .         .         .                   .  .
implemented .         .         .         .         .         .         .                   .  .
answered    .         .         .         .         .         .         .                   .  .
resumed     .         .         .         .         .         in_force  .                   .  .
begun       .         in_force  .         in_force  .         .         .                   .  .
expired     .         expired   .         expired   expired   expired   .                   .  .
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
NAMES = {"in_force": "in force", "struck_down": "struck down", "made_final": "made final"}
PAIRS = [
    (NAMES.get(row[0], row[0]), before, before if after == "." else after)
    for row in ROWS
    for before, after in zip((*STATUSES, *ENDED), row[1:], strict=True)
]


def event(kind: str, day: str) -> ActionEvent:
    return ActionEvent(kind, day, "day", "a1", "reuters")


def reached(status: str) -> list[ActionEvent]:
    """Events that bring an act to a status by January 2024."""
    if status == "expired":
        return [event("status: in force", "2024-01-01"), event("expiry", "2024-01-31")]
    return [event(f"status: {EVENT_OF_STATUS[status]}", "2024-01-01")]  # type: ignore[index]


def test_the_table_has_every_event_and_every_status() -> None:
    assert {event for event, _, _ in PAIRS} == set(TRANSITIONS)
    assert {before for _, before, _ in PAIRS} == set(get_args(Status))


@pytest.mark.parametrize(("what", "before", "after"), PAIRS)
def test_every_event_from_every_status(what: str, before: str, after: str) -> None:
    told = reached(before)
    assert status_on(told, date(2024, 2, 15)) == before
    if what == "begun":
        told.append(event("effective", "2024-03-01"))
        before_it = "adopted" if before == "in_force" else before  # told in force, but its day is still to come
        assert status_on(told, date(2024, 2, 15)) in (before_it, before)
    elif what == "expired":
        told.append(event("expiry", "2024-03-01"))
    else:
        told.append(event(what if what in CHANGED else f"status: {what}", "2024-03-01"))
    assert status_on(told, date(2024, 3, 2)) == after


@pytest.mark.parametrize(
    ("value", "last"), [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-01/2024-12", "2024-12-31")]
)
def test_a_coarse_date_lasts_to_its_end(value: str, last: str) -> None:
    assert last_day(value).isoformat() == last


def test_a_measure_until_a_day_holds_on_that_day_and_has_expired_on_the_next() -> None:
    told = [event("status: in force", "2024-01-01"), event("expiry", "2024-06-30")]
    assert status_on(told, date(2024, 6, 30)) == "in_force"
    assert status_on(told, date(2024, 7, 1)) == "expired"


def test_what_is_extended_before_or_after_its_last_day_is_in_force_until_the_new_one() -> None:
    told = [event("status: in force", "2024-01-01"), event("expiry", "2024-06-30")]
    told += [event("extended", "2024-07-05"), event("expiry", "2024-12-31")]
    assert status_on(told, date(2024, 8, 1)) == "in_force"
    assert status_on(told, date(2025, 1, 1)) == "expired"


def test_the_start_that_is_held_decides_when_an_act_is_in_force() -> None:
    told = [event("status: adopted", "2024-06-25"), event("effective", "2024-07-09"), event("effective", "2024-07-16")]
    assert status_on(told, date(2024, 7, 10)) == "adopted"
    assert status_on(told, date(2024, 7, 16)) == "in_force"


def test_nothing_is_announced_after_it_was_first_reported() -> None:
    events = [
        ActionEvent("status: announced", "2024-06-25", "day", "a", "reuters"),
        ActionEvent("announced", "2024-06-24/2024-06-25", "day", "a", "reuters"),
        ActionEvent("status: in force", "2024-07-09", "day", "b", "reuters"),
        ActionEvent("announced", "2024-07-09", "day", "b", "reuters"),
    ]
    found = held(events, "announced", {"reuters": "agency"})
    assert found == Held("2024-06-24/2024-06-25", LATE, ("2024-07-09",))


def test_what_is_told_over_stays_over_when_its_dates_come() -> None:
    for end in ("rejected", "repealed"):
        told = [event(f"status: {end}", "2024-01-01"), event("effective", "2024-03-01"), event("expiry", "2024-04-01")]
        assert status_on(told, date(2025, 1, 1)) == end


def test_no_clock_event_is_told_by_a_report() -> None:
    assert not CLOCK.keys() & (STATUS_OF_EVENT.keys() | CHANGED.keys())
