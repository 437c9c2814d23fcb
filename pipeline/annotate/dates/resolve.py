"""What a calendar expression means, against the day the report is written from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipeline.annotate.dates import relative
from pipeline.annotate.dates.context import AHEAD, BACK, SAME, Context, month_of, nearest, year_of
from pipeline.annotate.dates.expression import Expression
from pipeline.annotate.dates.periods import (
    Period,
    day_of,
    day_period,
    decade_period,
    month_period,
    part_of_year,
    year_period,
)
from pipeline.annotate.dates.words import number, words


def resolve(e: Expression, c: Context) -> Period | None:
    """The period, or None where the calendar has no such day or the anchor does not give it."""
    try:
        return _RESOLVERS[e.rule](e, c)
    except (ValueError, OverflowError):
        return None  # out of the calendar's range


def _day(e: Expression, c: Context) -> Period | None:
    month, day, year = month_of(e), int(e.get("day")), year_of(e, c)
    if e.get("yref") == "the current year":
        known = day_of(c.anchor.year, month, day)
        return Period("day", known, known, "defaulted", known=False) if known else None
    if year is not None:
        found = day_of(year, month, day)
        return day_period(found, "explicit" if e.get("year") else "relative") if found else None
    found = nearest(c, lambda y: day_of(y, month, day))
    return day_period(found, "defaulted") if found else None


def _days(e: Expression, c: Context) -> Period | None:
    """ "May 13-16", "28 and 29 July"."""
    first = _day(e, c)
    if first is None:
        return None
    last = day_of(first.start.year, first.start.month, int(e.get("day2")))
    if last is None or last <= first.start:
        return None
    return day_period(first.start, first.basis, last)


def _slashed(e: Expression, c: Context) -> Period | None:
    a, b, year = int(e.get("first")), int(e.get("second")), e.get("year")
    full = int(year) if len(year) == 4 else (1900 if int(year) > (c.anchor.year % 100) + 10 else 2000) + int(year)
    dotted = e.get("sep") == "."
    if dotted and len(year) < 4:
        return None
    month, day = (b, a) if (c.day_first or dotted or a > 12) and b <= 12 else (a, b)
    found = day_of(full, month, day)
    return day_period(found, "explicit") if found else None


def _iso(e: Expression, c: Context) -> Period | None:
    year, month = int(e.get("year")), int(e.get("nmonth"))
    if e.rule == "iso_month":
        return month_period(year, month, "explicit")
    found = day_of(year, month, int(e.get("day")))
    return day_period(found, "explicit") if found else None


def _bare_month(e: Expression, c: Context) -> Period | None:
    month, year, ref = month_of(e), year_of(e, c), e.get("ref")
    last = month_of(e, "month2") if e.get("month2") else None
    if last is not None and last <= month:
        return None
    here = c.anchor.year
    if year is not None:
        return month_period(year, month, "explicit" if e.get("year") else "relative", last)
    if ref in BACK:
        return month_period(here if month < c.anchor.month else here - 1, month, "relative", last)
    if ref in AHEAD:
        return month_period(here if month > c.anchor.month else here + 1, month, "relative", last)
    if ref == "this":
        return month_period(here, month, "relative", last)
    if ref in SAME:
        return month_period(c.seen.year if c.seen else here, month, "relative", last)
    this = c.anchor.replace(day=1)
    at_month = Context(this, c.tense, c.seen, c.carry.replace(day=1) if c.carry else None)
    if last is not None and c.tense != "future":
        return month_period(here if last <= c.anchor.month else here - 1, month, "defaulted", last)
    found = nearest(at_month, lambda y: date(y, month, 1))
    return month_period(found.year, month, "defaulted", last) if found else None


def _years(e: Expression, c: Context) -> Period | None:
    first, tail = int(e.get("year")), e.get("year2")
    last = int(f"{first // 100}{tail}") if len(tail) == 2 else int(tail)
    return year_period(first, "explicit", last) if last > first else None


def _one_year(e: Expression, c: Context) -> Period | None:
    year = year_of(e, c)
    return year_period(year, "explicit") if year is not None else None


def _part_of_year(e: Expression, c: Context) -> Period | None:
    """ "the second half of 2025", "second-quarter", "the first seven months of this year", "the last week of May"."""
    nth, unit, count = words().ordinals[e.get("nth")], e.get("unit"), number(e.get("count")) or 1
    if e.get("fiscal") or e.get("fiscal2") or (c.fiscal and unit == "quarter" and not e.get("month")):
        return None
    if e.get("month"):
        groups = {**e.groups, "year": e.groups.get("year2", ""), "ref": e.groups.get("ref2", "")}
        return _bare_month(Expression("month", e.start, e.end, e.text, groups), c)
    year = year_of(e, c)
    basis = "explicit" if e.get("year") else "relative"
    if unit in ("quarter", "half", "semester"):
        length = 3 if unit == "quarter" else 6
        nth = 12 // length if nth == -1 else nth
        if nth * length > 12:
            return None
        if count > 1 and year is not None:
            return month_period(year, 1, "explicit" if e.get("year") else "relative", min(count * length, 12))
        if year is None:
            start = _nearest_part(c, nth, length)
            return part_of_year(start, length, nth, "defaulted")
        return part_of_year(year, length, nth, "explicit" if basis == "explicit" else "relative")
    if year is None:
        return None
    if unit == "month":
        if nth == -1:
            return month_period(year, 13 - count, "relative", 12)
        return month_period(year, nth, "relative", min(nth + count - 1, 12)) if nth <= 12 else None
    return month_period(year, 12 if nth == -1 else 1, "relative")


def _nearest_part(c: Context, nth: int, length: int) -> int:
    """The year of a quarter or half told without one: begun for the past, not over for the future, else nearest."""
    now = c.anchor.year * 12 + c.anchor.month - 1
    starts = [(y, y * 12 + (nth - 1) * length) for y in range(c.anchor.year - 1, c.anchor.year + 2)]
    if c.tense == "past":
        return max((y for y, s in starts if s <= now), default=c.anchor.year)
    if c.tense == "future":
        return min((y for y, s in starts if s + length > now), default=c.anchor.year)
    return min(starts, key=lambda p: (abs(p[1] + length / 2 - now - 0.5), p[0]))[0]


def _code(e: Expression, c: Context) -> Period | None:
    code = e.get("code")
    nth, length = int(code.strip("qh")), 3 if "q" in code else 6
    if c.fiscal and length == 3:
        return None
    year = int(e.get("year2")) if e.get("year2") else year_of(e, c)
    if year is None:
        return part_of_year(_nearest_part(c, nth, length), length, nth, "defaulted")
    return part_of_year(year, length, nth, "explicit")


def _decade(e: Expression, c: Context) -> Period | None:
    digits = e.get("decade")
    year = int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) > 20 else 2000)
    return decade_period(year, "explicit")


_RESOLVERS: dict[str, Callable[[Expression, Context], Period | None]] = {
    "iso": _iso,
    "iso_month": _iso,
    "slashed": _slashed,
    "days_md": _days,
    "days_dm": _days,
    "day_md": _day,
    "day_dm": _day,
    "months": _bare_month,
    "month": _bare_month,
    "years": _years,
    "fiscal": _one_year,
    "nth": _part_of_year,
    "q": _code,
    "unit": relative.unit,
    "bare_unit": relative.bare_unit,
    "weekend": relative.unit,
    "weekdays": relative.weekday_span,
    "weekday": relative.weekday,
    "deictic": relative.deictic,
    "season": relative.season,
    "holiday": relative.holiday,
    "decade": _decade,
    "year": _one_year,
}
