"""What a reader knows at a date, and the sensible year for one told without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.annotate.dates.expression import Expression
from pipeline.annotate.dates.words import months

Tense = Literal["past", "present", "future"]
FAR, NEAR = 300, 65  # days: nobody writes of a day ten months off without its year when the same day is near
BACK = ("last", "previous", "the previous", "the preceding", "this past", "the last", "past", "the past")
AHEAD = ("next", "following", "the following", "coming", "the coming", "this coming", "upcoming", "the next")
SAME = ("that", "that same", "the same")


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader knows at the expression: the anchor, the clause's tense, the date told before.

    ``seen`` is the start of the last date told with its year; ``carry`` a year that the sentence already gave.
    ``fiscal``: the text counts in fiscal quarters, whose months are not known.
    """

    anchor: date
    tense: Tense | None = None
    seen: date | None = None
    carry: date | None = None
    day_first: bool = False
    fiscal: bool = False


def month_of(e: Expression, group: str = "month") -> int:
    """Number of the month the expression names."""
    return months()[e.get(group).rstrip(".")]


def year_of(e: Expression, c: Context) -> int | None:
    """The year the expression gives, in digits or by reference; None where it gives none."""
    if e.get("year"):
        return int(e.get("year"))
    if e.get("yy"):
        short = int(e.get("yy"))
        return (1900 if short > (c.anchor.year % 100) + 20 else 2000) + short
    ref = e.get("yref") or ("this year" if e.get("theyear") else "")
    if not ref:
        return None
    told = c.seen.year if c.seen else c.anchor.year
    if ref in ("last year", "next year", "this year"):
        return c.anchor.year + {"last": -1, "next": 1}.get(ref.split()[0], 0)
    if ref in (
        "the previous year",
        "the preceding year",
        "the year before",
        "a year earlier",
        "a year before",
        "a year ago",
    ):
        return told - 1 if c.seen or ref.startswith(("the prev", "the prec")) else c.anchor.year - 1
    if ref in ("the following year", "the year after", "a year later"):
        return told + 1
    if ref == "the coming year":
        return c.anchor.year + 1
    return told


def nearest(c: Context, make: Callable[[int], date | None]) -> date | None:
    """The sensible year for a date told without one, by the clause's tense, else the nearest."""
    days = [day for year in range(c.anchor.year - 4, c.anchor.year + 5) if (day := make(year))]
    if c.carry and c.tense == "past" and (same := make(c.carry.year)) and same >= c.carry:
        return same
    past, future = [d for d in days if d <= c.anchor], [d for d in days if d >= c.anchor]
    if c.tense == "past" and past:
        soon = bool(future) and (c.anchor - past[-1]).days > FAR and (future[0] - c.anchor).days < NEAR
        return future[0] if soon and past[-1].day > 1 else past[-1]
    if c.tense == "future" and future:
        just = bool(past) and (future[0] - c.anchor).days > FAR and (c.anchor - past[-1]).days < NEAR
        return past[-1] if just and future[0].day > 1 else future[0]
    return min(days, key=lambda d: (abs((d - c.anchor).days), d > c.anchor), default=None)
