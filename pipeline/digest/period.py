"""The days a digest covers, and the days that a value such as ``2024-07`` covers."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.records import DatelineError


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both in."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DatelineError(f"the period ends before it begins: {self.first} to {self.last}")

    @property
    def name(self) -> str:
        """``2024-W28`` for a week from Monday to Sunday, else ``2024-07-01_2024-07-10``."""
        if self.first.weekday() == 0 and self.last == self.first + timedelta(days=6):
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.first}_{self.last}"

    @property
    def eve(self) -> date:
        """The day before the first."""
        return self.first - timedelta(days=1)

    def holds(self, day: str) -> bool:
        """Whether a day in ISO 8601 lies within."""
        return self.first.isoformat() <= day <= self.last.isoformat()


def week(monday: date) -> Period:
    """The week that begins on the day."""
    return Period(monday, monday + timedelta(days=6))


def parse_week(name: str) -> Period:
    """``2024-W28`` -> its week. Raises ValueError saying what a week looks like."""
    try:
        return week(date.fromisoformat(f"{name}-1"))
    except ValueError:
        raise ValueError(f"{name!r} is no ISO week; write it like 2024-W28") from None


def span(value: str | None) -> tuple[date, date] | None:
    """First and last day of a day, a month, a year or an interval of them; None where it is none of these, or ends
    before it begins.
    """
    parts = (value or "").split("/")
    try:
        first, last = _first(parts[0]), _last(parts[-1])
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _first(part: str) -> date:
    return date.fromisoformat((part + "-01-01")[:10])


def _last(part: str) -> date:
    if len(part) == len("2024-07"):
        year, month = map(int, part.split("-"))
        return date(year, month, monthrange(year, month)[1])
    return date(int(part), 12, 31) if len(part) == len("2024") else date.fromisoformat(part)
