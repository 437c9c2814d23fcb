"""Values of the tables in words: dates, figures, labels, and the sentence that states an act."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import yaml

MONTHS = tuple(month_name)[1:]
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((files("pipeline.site") / "words.yml").read_text("utf-8"))
    return found


def label(value: object) -> str:
    """``under_investigation`` -> "under investigation"."""
    text = str(value)
    return str(_words()["labels"].get(text, text.removeprefix("status: ").replace("_", " ")))


class Stated(Protocol):
    """Anything that tells an act: list rows, dates, changes."""

    @property
    def actor(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def target(self) -> str: ...


def statement(act: Stated) -> str:
    """ "OpenAI blocks API traffic from China"; several actors take the plural."""
    noun = _words()["nouns"].get(act.type)
    named = noun and not {*noun["targets"]}.isdisjoint(re.findall(r"\w+", act.target.casefold()))
    one, several = noun["verbs"] if named else _words()["verbs"][act.type]
    actors = act.actor.split("; ")
    return f"{' and '.join(actors)} {several if len(actors) > 1 else one} {act.target}"


def day(value: object) -> str:
    """``2024-07-09`` -> "July 9, 2024"; months, years, intervals and times too; what is no date stays as it is."""
    text = str(value or "")
    if "/" in text:
        return " to ".join(day(part) for part in text.split("/"))
    parts = text[:10].split("-")
    try:
        if len(parts) == 1:
            return text
        month = MONTHS[int(parts[1]) - 1] if parts[1] != "00" else text
        return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {int(parts[2])}, {int(parts[0])}"
    except (IndexError, ValueError):
        return text


def short_day(value: object) -> str:
    """``2024-07-09`` -> "9 Jul"-like "Jul 9"; anything else as ``day``."""
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return day(value)
    return f"{MONTHS[found.month - 1][:3]} {found.day}"


def short_month(value: object) -> str:
    """``2024-07`` -> "Jul"."""
    return day(value)[:3]


def moment(value: object) -> str:
    """``2024-07-09T15:11:00Z`` -> "July 9, 2024, 15:11 UTC"; a day alone as ``day``."""
    text = str(value or "")
    if len(text) <= len("2024-07-09"):
        return day(text)
    try:
        found = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return text
    return f"{day(found.date().isoformat())}, {found:%H:%M} UTC"


def number(value: float) -> str:
    """38210 -> "38,210", 8.1e10 -> "81 billion"."""
    for scale, name in SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.6g} {name}"
    return f"{value:,.10g}"


def figure(value: float, unit: str) -> str:
    """With its unit: "25%", "USD 81 billion", "4,500 companies"."""
    if unit == "percent":
        return f"{number(value)}%"
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {number(value)}"
    return f"{number(value)} {unit}"


FILTERS = {
    "day": day,
    "short_day": short_day,
    "short_month": short_month,
    "moment": moment,
    "label": label,
    "statement": statement,
    "number": number,
}
