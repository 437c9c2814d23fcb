"""A publish time as stated -> UTC to the second, or a bare day; impossible and absurd ones are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

EARLIEST = date(1987, 1, 1)  # no page carries news from before
_AHEAD = timedelta(days=2)  # clocks of outlets run ahead by a zone, not by weeks

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?\(?(?P<zone>z\b|[+-]\d{2}:?\d{2}|(?:gmt|utc)(?:[+-]\d{1,2}(?::?\d{2})?)?|[a-z]{3,4}\b))?"
)
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<!\d)(?P<year>\d{{4}})(?P<sep>[-/.])(?P<mon>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)"
        rf"(?:(?:T|[\s,]{{1,3}}){_CLOCK})?",
        rf"(?<!\d)(?P<year>\d{{4}})\s?年\s?(?P<mon>\d{{1,2}})\s?月\s?(?P<day>\d{{1,2}})\s?日(?:\s{{0,3}}{_CLOCK})?",
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})\b(?:[\s,|/]{{1,4}}(?:at\s)?{_CLOCK})?",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH},?[\s-](?P<year>\d{{4}})\b"
        rf"(?:[\s,|/]{{1,4}}(?:at\s)?{_CLOCK})?",
        rf"\b{_MONTH}\s{{1,2}}(?P<day>\d{{1,2}})\s{_CLOCK}\s(?P<year>\d{{4}})\b",
        rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})(?P<mon>\d{{2}})(?P<day>\d{{2}})(?!\d)(?:T{_CLOCK})?",
    )
)
_NUMERIC = re.compile(rf"(?<!\d)(\d{{1,2}})[/.](\d{{1,2}})[/.](?P<year>\d{{4}})\b(?:[\s,]{{1,3}}{_CLOCK})?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
# Only abbreviations that mean one zone in the news; CST alone means four.
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "bst": 60, "cet": 60, "cest": 120, "ist": 330, "hkt": 480, "sgt": 480, "jst": 540,
    "kst": 540, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "et": None,
}  # fmt: skip


class BadDateError(ValueError):
    """A stated date that cannot be or cannot be true."""


@dataclass(frozen=True, slots=True)
class Moment:
    """``2024-06-25T08:42:00Z`` with the offset it was stated in, or a bare day with none."""

    value: str
    zone: str | None = None

    @property
    def day(self) -> date:
        return date.fromisoformat(self.value[:10])


def read_moment(
    stated: str,
    *,
    zone: tzinfo | None = None,
    latest: datetime,
    form: str | None = None,
    day_first: bool | None = None,
) -> Moment | None:
    """The moment a short string states, or None where it states none.

    ``zone`` is that of a clock time without one; with neither, only the day is certain and kept.
    ``form`` is the strptime format of an odd template, ``day_first`` the order of 09/07/2024.
    Raises BadDateError for a day that is not in the calendar, is before 1987 or lies ahead of ``latest``.
    """
    stated = " ".join(stated[:200].split())
    if stated.startswith("0001-01-01"):  # what some systems write for no date
        return None
    if form:
        return _formed(stated, form, zone, latest)
    if _EPOCH.fullmatch(stated):
        return _checked(datetime.fromtimestamp(int(stated[:10]), UTC), UTC, latest)
    for shape in _SHAPES:
        if found := shape.search(stated):
            return _built(stated, found.groupdict(), zone, latest)
    if found := _NUMERIC.search(stated):
        first, second = int(found[1]), int(found[2])
        if day_first is None and min(first, second) <= 12 and first != second:
            if max(first, second) <= 12:
                return None
            day_first = first > 12
        day, month = (first, second) if day_first else (second, first)
        return _built(stated, {**found.groupdict(), "mon": str(month), "day": str(day)}, zone, latest)
    return None


def _formed(stated: str, form: str, zone: tzinfo | None, latest: datetime) -> Moment | None:
    try:
        when = datetime.strptime(stated, form)  # noqa: DTZ007 - its zone, if any, is the source's
    except ValueError:
        return None
    if not any(code in form for code in ("%H", "%I", "%c", "%X")):
        return _day(when.date(), latest)
    return _checked(when, when.tzinfo or zone, latest)


def _built(stated: str, part: dict[str, str | None], zone: tzinfo | None, latest: datetime) -> Moment:
    name = part.get("month")
    month = _MONTHS.index(name.lower()[:3]) + 1 if name else int(part["mon"] or 0)
    try:
        day = date(int(part["year"] or 0), month, int(part["day"] or 0))
        if not part.get("hour"):
            return _day(day, latest)
        hour = int(part["hour"] or 0)
        if half := part.get("half"):
            hour = hour % 12 + (12 if half.lower() == "p" else 0)
        when = datetime(  # noqa: DTZ001 - the zone is joined below
            day.year, day.month, day.day, hour, int(part["minute"] or 0), int(part.get("second") or 0)
        )
    except ValueError as error:
        raise BadDateError(f"impossible date {stated!r}: {error}") from error
    return _checked(when, _offset(part.get("zone")) or zone, latest)


def _offset(name: str | None) -> tzinfo | None:
    if not name:
        return None
    name = name.lower().removeprefix("gmt").removeprefix("utc") or "utc"
    if name[0] in "+-":
        hours, _, minutes = name[1:].partition(":") if ":" in name else (name[1:3], "", name[3:])
        minutes_east = int(hours) * 60 + int(minutes or "0")
        if minutes_east >= 24 * 60:
            return None
        return timezone(timedelta(minutes=-minutes_east if name[0] == "-" else minutes_east))
    minutes_of = _ZONES.get(name)
    return None if minutes_of is None else timezone(timedelta(minutes=minutes_of))


def _day(day: date, latest: datetime) -> Moment:
    if day < EARLIEST:
        raise BadDateError(f"{day} is before there was news on the web")
    if day > (latest + _AHEAD).date():
        raise BadDateError(f"{day} lies ahead of the day the page was fetched")
    return Moment(day.isoformat())


def _checked(when: datetime, zone: tzinfo | None, latest: datetime) -> Moment:
    day = _day(when.date(), latest)
    if zone is None:
        return day
    local = when if when.tzinfo else when.replace(tzinfo=zone)
    sign = local.strftime("%z")
    return Moment(local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), f"{sign[:3]}:{sign[3:5]}")
