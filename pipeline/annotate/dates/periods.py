"""A stretch of the calendar, and how the annotation guide and TIMEX3 write it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.records import Basis, Precision


@dataclass(frozen=True, slots=True)
class Period:
    """``start`` and ``end`` are its first and last day. ``known`` is False where the year is not told (``--01-01``).

    ``span`` marks an interval of several units ("May 13-16"); ``season`` is TIMEX3's name of one.
    """

    precision: Precision
    start: date
    end: date
    basis: Basis
    span: bool = False
    known: bool = True
    season: str | None = None
    weekend: bool = False

    @property
    def value(self) -> str:
        """As in the annotation guide: weeks give their month, seasons their year, quarters an interval of months."""
        if not self.known:
            return f"--{self.start:%m-%d}" if self.precision == "day" else f"--{self.start:%m}"
        if self.precision == "week":
            return _iso(self.start, "month")
        unit = {"quarter": "month", "half": "month", "season": "year", "decade": "year"}.get(
            self.precision, self.precision
        )
        first, last = _iso(self.start, unit), _iso(self.end, unit)
        if self.span or self.precision in ("quarter", "half", "decade"):
            return f"{first}/{last}"
        return first

    @property
    def timex(self) -> str:
        """As TIMEX3 writes it: ``1998-W26``, ``1998-Q3``, ``1998-SU``, ``199``."""
        year = f"{self.start.year:04}"
        match self.precision:
            case _ if not self.known:
                return f"XXXX-{self.start:%m-%d}"
            case "week":
                iso = self.start.isocalendar()
                return f"{iso.year}-W{iso.week:02}{'-WE' if self.weekend else ''}"
            case "quarter":
                return f"{year}-Q{(self.start.month + 2) // 3}"
            case "half":
                return f"{year}-H{1 if self.start.month < 7 else 2}"
            case "season":
                return f"{year}-{self.season}"
            case "decade":
                return year[:3]
            case unit:
                return _iso(self.start, unit)


def _iso(day: date, unit: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_period(year: int, month: int, basis: Basis, last: int | None = None) -> Period:
    """One month, or the months up to ``last`` of the same year."""
    end = last or month
    return Period(
        "month", date(year, month, 1), date(year, end, calendar.monthrange(year, end)[1]), basis, span=end != month
    )


def year_period(year: int, basis: Basis, last: int | None = None) -> Period:
    """One year, or the years up to ``last``."""
    return Period("year", date(year, 1, 1), date(last or year, 12, 31), basis, span=(last or year) != year)


def part_of_year(year: int, length: int, nth: int, basis: Basis) -> Period:
    """The nth quarter (``length`` 3) or half (``length`` 6) of a year, counted from 1."""
    first = (nth - 1) * length + 1
    months = month_period(year, first, basis, first + length - 1)
    return Period("quarter" if length == 3 else "half", months.start, months.end, basis)


def day_period(first: date, basis: Basis, last: date | None = None) -> Period:
    """One day, or the days up to ``last``."""
    return Period("day", first, last or first, basis, span=last is not None and last != first)


def decade_period(year: int, basis: Basis) -> Period:
    """The ten years in which ``year`` lies."""
    first = year // 10 * 10
    return Period("decade", date(first, 1, 1), date(first + 9, 12, 31), basis)


def week_period(day: date, basis: Basis, weekend: bool = False) -> Period:
    """The week of ``day``; ``start`` stays that day, whose month the guide keeps."""
    return Period("week", day, day + timedelta(days=1 if weekend else 6), basis, weekend=weekend)


def season_period(year: int, season: str, basis: Basis) -> Period:
    """A season; a winter is that of the year in which it begins."""
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    start = date(year, first, 1)
    return Period("season", start, start + timedelta(days=88), basis, season=season)


def shift_month(day: date, months: int) -> date:
    """The first of the month ``months`` after (or before) that of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return date(min(max(count // 12, 1), 9999), count % 12 + 1, 1)
