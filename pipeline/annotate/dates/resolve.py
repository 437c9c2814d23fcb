"""What a calendar expression means, against the day the report is written from."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.annotate.dates.expressions import Expression
from pipeline.annotate.dates.periods import (
    Period,
    day_of,
    day_period,
    decade_period,
    month_period,
    part_of_year,
    season_period,
    shift_month,
    week_period,
    year_period,
)
from pipeline.annotate.dates.words import months, number, weekdays, words

Tense = Literal["past", "present", "future"]
LONG_AGO, SOON = 300, 65  # days: "added as of Nov. 8", written in October, means the coming November
BACK = ("last", "previous", "the previous", "the preceding", "this past")
AHEAD = ("next", "following", "the following", "coming", "the coming", "this coming", "upcoming")
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


def resolve(e: Expression, c: Context) -> Period | None:
    """The period, or None where the calendar has no such day or the anchor does not give it."""
    try:
        return _RESOLVERS[e.rule](e, c)
    except (ValueError, OverflowError):
        return None  # out of the calendar's range


def _month(e: Expression, group: str = "month") -> int:
    return months()[e.get(group).rstrip(".")]


def _year_of(e: Expression, c: Context) -> int | None:
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


def _nearest(c: Context, make: Callable[[int], date | None]) -> date | None:
    """The sensible year for a date told without one, by the clause's tense, else the nearest."""
    days = [day for year in range(c.anchor.year - 4, c.anchor.year + 5) if (day := make(year))]
    if c.carry and c.tense == "past" and (same := make(c.carry.year)) and same >= c.carry:
        return same
    past, future = [d for d in days if d <= c.anchor], [d for d in days if d >= c.anchor]
    if c.tense == "past" and past:
        soon = bool(future) and (c.anchor - past[-1]).days > LONG_AGO and (future[0] - c.anchor).days < SOON
        return future[0] if soon and past[-1].day > 1 else past[-1]
    if c.tense == "future" and future:
        just = bool(past) and (future[0] - c.anchor).days > LONG_AGO and (c.anchor - past[-1]).days < SOON
        return past[-1] if just and future[0].day > 1 else future[0]
    return min(days, key=lambda d: (abs((d - c.anchor).days), d > c.anchor), default=None)


def _day(e: Expression, c: Context) -> Period | None:
    month, day, year = _month(e), int(e.get("day")), _year_of(e, c)
    if e.get("yref") == "the current year":
        known = day_of(c.anchor.year, month, day)
        return Period("day", known, known, "defaulted", known=False) if known else None
    if year is not None:
        found = day_of(year, month, day)
        return day_period(found, "explicit" if e.get("year") else "relative") if found else None
    found = _nearest(c, lambda y: day_of(y, month, day))
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
    month, year, ref = _month(e), _year_of(e, c), e.get("ref")
    last = _month(e, "month2") if e.get("month2") else None
    if last is not None and last <= month:
        return None
    here = c.anchor.year
    if year is not None:
        return month_period(year, month, "explicit" if e.get("year") else "relative", last)
    if ref in BACK or ref in ("the last", "past", "the past"):
        return month_period(here if month < c.anchor.month else here - 1, month, "relative", last)
    if ref in AHEAD or ref == "the next":
        return month_period(here if month > c.anchor.month else here + 1, month, "relative", last)
    if ref == "this":
        return month_period(here, month, "relative", last)
    if ref in SAME:
        return month_period(c.seen.year if c.seen else here, month, "relative", last)
    this = c.anchor.replace(day=1)
    at_month = Context(this, c.tense, c.seen, c.carry.replace(day=1) if c.carry else None)
    if last is not None and c.tense != "future":
        return month_period(here if last <= c.anchor.month else here - 1, month, "defaulted", last)
    found = _nearest(at_month, lambda y: date(y, month, 1))
    return month_period(found.year, month, "defaulted", last) if found else None


def _years(e: Expression, c: Context) -> Period | None:
    first, tail = int(e.get("year")), e.get("year2")
    last = int(f"{first // 100}{tail}") if len(tail) == 2 else int(tail)
    return year_period(first, "explicit", last) if last > first else None


def _one_year(e: Expression, c: Context) -> Period | None:
    year = _year_of(e, c)
    return year_period(year, "explicit") if year is not None else None


def _part_of_year(e: Expression, c: Context) -> Period | None:
    """ "the second half of 2025", "second-quarter", "the first seven months of this year", "the last week of May"."""
    nth, unit, count = words().ordinals[e.get("nth")], e.get("unit"), number(e.get("count")) or 1
    if e.get("fiscal") or e.get("fiscal2") or (c.fiscal and unit == "quarter" and not e.get("month")):
        return None
    if e.get("month"):
        groups = {**e.groups, "year": e.groups.get("year2", ""), "ref": e.groups.get("ref2", "")}
        return _bare_month(Expression("month", e.start, e.end, e.text, groups), c)
    year = _year_of(e, c)
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
    year = int(e.get("year2")) if e.get("year2") else _year_of(e, c)
    if year is None:
        return part_of_year(_nearest_part(c, nth, length), length, nth, "defaulted")
    return part_of_year(year, length, nth, "explicit")


def _unit(e: Expression, c: Context) -> Period | None:
    """ "last month", "later this year", "the previous year"."""
    ref, unit = e.get("ref") or "this", e.get("unit")
    step = -1 if ref in BACK else 1 if ref in AHEAD or ref == "the next" else 0
    told = ref in (*SAME, "the previous", "the preceding", "the following")
    base = c.seen if told and c.seen else c.anchor
    if e.get("beyond"):  # "the year before last"
        step = -2 if e.get("beyond") == "last" else 2
    match unit:
        case "day":
            return day_period(base + timedelta(days=step), "relative")
        case "week":
            return week_period(base + timedelta(weeks=step), "relative")
        case "weekend":
            return _weekend(e, c)
        case "month":
            first = shift_month(base, step)
            return month_period(first.year, first.month, "relative")
        case "quarter":
            if c.fiscal or e.get("fiscal"):
                return None
            first = shift_month(base.replace(day=1, month=(base.month - 1) // 3 * 3 + 1), 3 * step)
            return part_of_year(first.year, 3, (first.month + 2) // 3, "relative")
        case "half":
            first = shift_month(base.replace(day=1, month=1 if base.month < 7 else 7), 6 * step)
            return part_of_year(first.year, 6, 1 if first.month < 7 else 2, "relative")
        case "decade":
            return decade_period(base.year + 10 * step, "relative")
        case "year":
            return year_period(base.year + step, "relative")
    return None


def _bare_unit(e: Expression, c: Context) -> Period | None:
    """ "mid-year", "year-end", "mid-month"."""
    if e.get("unit") == "year" or e.get("part") == "year":
        return year_period(c.anchor.year, "relative")
    if e.get("unit") == "month" or e.get("part") == "month":
        return month_period(c.anchor.year, c.anchor.month, "relative")
    return week_period(c.anchor, "relative") if e.get("unit") == "week" else None


def _weekend(e: Expression, c: Context) -> Period | None:
    """The weekend before or after, by tense; on a Saturday or Sunday the one that runs."""
    to_saturday = (5 - c.anchor.weekday()) % 7
    saturday = c.anchor + timedelta(days=to_saturday)
    if c.anchor.weekday() == 6:
        saturday = c.anchor - timedelta(days=1)
    back = e.get("ref") in ("last", "this past") or (c.tense != "future" and e.get("ref") not in ("this", "next"))
    if back and c.anchor.weekday() < 5:
        saturday -= timedelta(weeks=1)
    if e.get("ref") == "next" and c.anchor.weekday() >= 5:
        saturday += timedelta(weeks=1)
    return week_period(saturday, "relative", weekend=True)


def _weekday_on(c: Context, weekday: int, ref: str = "", wref: str = "") -> date:
    """The day a weekday names: on or before the anchor, unless the clause looks ahead."""
    back = (c.anchor.weekday() - weekday) % 7
    if wref:
        monday = c.anchor - timedelta(days=c.anchor.weekday())
        return monday + timedelta(days=weekday + (-7 if wref == "last" else 7))
    if ref in BACK or ref in ("the last", "past"):
        return c.anchor - timedelta(days=back or 7)
    if ref in AHEAD or ref == "the next":
        return c.anchor + timedelta(days=7 - back)
    if c.tense in ("future", "present"):
        return c.anchor + timedelta(days=(7 - back) % 7)
    return c.anchor - timedelta(days=back)


def _weekday(e: Expression, c: Context) -> Period | None:
    return day_period(_weekday_on(c, weekdays()[e.get("weekday").rstrip(".")], e.get("ref"), e.get("wref")), "relative")


def _weekdays(e: Expression, c: Context) -> Period | None:
    first = _weekday_on(c, weekdays()[e.get("weekday").rstrip(".")])
    length = (weekdays()[e.get("weekday2").rstrip(".")] - first.weekday()) % 7
    if c.tense != "future" and first + timedelta(days=length) > c.anchor and length:
        first -= timedelta(weeks=1) if first + timedelta(days=length) > c.anchor + timedelta(days=3) else timedelta(0)
    return day_period(first, "relative", first + timedelta(days=length))


def _deictic(e: Expression, c: Context) -> Period | None:
    word = e.get("deictic")
    if word == "the day before yesterday":
        step = -2
    elif word == "the day after tomorrow":
        step = 2
    else:
        step = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return day_period(c.anchor + timedelta(days=step), "relative")


def _season(e: Expression, c: Context) -> Period | None:
    name, year, ref = words().seasons[e.get("season")], _year_of(e, c), e.get("ref")
    if year is not None:
        return season_period(year, name, "explicit")
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[name]
    here = c.anchor.year
    if ref in ("the previous", "the preceding", *SAME) and c.seen:
        return season_period(c.seen.year - (ref not in SAME), name, "relative")
    if ref == "this":
        return season_period(here, name, "relative")
    over = begins + 3 <= c.anchor.month
    if ref in BACK:
        return season_period(here if over else here - 1, name, "relative")
    if ref in AHEAD or ref == "the next":
        return season_period(here if begins > c.anchor.month else here + 1, name, "relative")
    if c.tense == "past":
        return season_period(here if begins <= c.anchor.month else here - 1, name, "defaulted")
    return season_period(here + 1 if over and c.tense == "future" else here, name, "defaulted")


def _holiday(e: Expression, c: Context) -> Period | None:
    name = e.groups["holiday"]

    def make(year: int) -> date | None:
        if fixed := words().holidays.get(name):
            return day_of(year, int(fixed[:2]), int(fixed[3:]))
        rule = words().moving_holidays[name]
        days = [
            date(year, rule.month, d)
            for d in range(1, calendar.monthrange(year, rule.month)[1] + 1)
            if date(year, rule.month, d).weekday() == rule.weekday
        ]
        return days[rule.nth - 1 if rule.nth > 0 else rule.nth]

    year = _year_of(e, c)
    found = make(year) if year is not None else _nearest(c, make)
    return day_period(found, "explicit" if year is not None else "defaulted") if found else None


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
    "unit": _unit,
    "bare_unit": _bare_unit,
    "weekend": _unit,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "deictic": _deictic,
    "season": _season,
    "holiday": _holiday,
    "decade": _decade,
    "year": _one_year,
}
