"""Dates told by distance from the anchor or by name: "last month", "on Tuesday", "tomorrow", "this fall", holidays."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from pipeline.annotate.dates.context import AHEAD, BACK, SAME, Context, nearest, year_of
from pipeline.annotate.dates.expression import Expression
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
from pipeline.annotate.dates.words import weekdays, words


def unit(e: Expression, c: Context) -> Period | None:
    """ "last month", "later this year", "the previous year"."""
    ref, unit = e.get("ref") or "this", e.get("unit")
    step = -1 if ref in BACK else 1 if ref in AHEAD else 0
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
            return weekend(e, c)
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


def bare_unit(e: Expression, c: Context) -> Period | None:
    """ "mid-year", "year-end", "mid-month"."""
    if e.get("unit") == "year" or e.get("part") == "year":
        return year_period(c.anchor.year, "relative")
    if e.get("unit") == "month" or e.get("part") == "month":
        return month_period(c.anchor.year, c.anchor.month, "relative")
    return week_period(c.anchor, "relative") if e.get("unit") == "week" else None


def weekend(e: Expression, c: Context) -> Period | None:
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


def weekday_on(c: Context, weekday: int, ref: str = "", wref: str = "") -> date:
    """The day a weekday names: on or before the anchor, unless the clause looks ahead."""
    back = (c.anchor.weekday() - weekday) % 7
    if wref:
        monday = c.anchor - timedelta(days=c.anchor.weekday())
        return monday + timedelta(days=weekday + (-7 if wref == "last" else 7))
    if ref in BACK:
        return c.anchor - timedelta(days=back or 7)
    if ref in AHEAD:
        return c.anchor + timedelta(days=7 - back)
    if c.tense in ("future", "present"):
        return c.anchor + timedelta(days=(7 - back) % 7)
    return c.anchor - timedelta(days=back)


def weekday(e: Expression, c: Context) -> Period | None:
    return day_period(weekday_on(c, weekdays()[e.get("weekday").rstrip(".")], e.get("ref"), e.get("wref")), "relative")


def weekday_span(e: Expression, c: Context) -> Period | None:
    first = weekday_on(c, weekdays()[e.get("weekday").rstrip(".")])
    length = (weekdays()[e.get("weekday2").rstrip(".")] - first.weekday()) % 7
    if c.tense != "future" and first + timedelta(days=length) > c.anchor and length:
        first -= timedelta(weeks=1) if first + timedelta(days=length) > c.anchor + timedelta(days=3) else timedelta(0)
    return day_period(first, "relative", first + timedelta(days=length))


def deictic(e: Expression, c: Context) -> Period | None:
    word = e.get("deictic")
    if word == "the day before yesterday":
        step = -2
    elif word == "the day after tomorrow":
        step = 2
    else:
        step = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return day_period(c.anchor + timedelta(days=step), "relative")


def season(e: Expression, c: Context) -> Period | None:
    name, year, ref = words().seasons[e.get("season")], year_of(e, c), e.get("ref")
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
    if ref in AHEAD:
        return season_period(here if begins > c.anchor.month else here + 1, name, "relative")
    if c.tense == "past":
        return season_period(here if begins <= c.anchor.month else here - 1, name, "defaulted")
    return season_period(here + 1 if over and c.tense == "future" else here, name, "defaulted")


def holiday(e: Expression, c: Context) -> Period | None:
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

    year = year_of(e, c)
    found = make(year) if year is not None else nearest(c, make)
    return day_period(found, "explicit" if year is not None else "defaulted") if found else None
