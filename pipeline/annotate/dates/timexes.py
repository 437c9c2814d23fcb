"""Time expressions that are no dates: durations, sets, offsets, times of day, "now", written as TIMEX3 writes them.

Kept apart from the dates: ``find_timexes`` gives both, so that durations are at hand and TempEval-3 can be run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from pipeline.annotate.dates.expression import DAYPART, Expression, token_at
from pipeline.annotate.dates.grammar import any_of, compiled
from pipeline.annotate.dates.periods import Period, shift_month
from pipeline.annotate.dates.reading import read_periods
from pipeline.annotate.dates.words import number, words

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
DAYPARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "overnight": "TNI"}
CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
         "decade": "E", "century": "C", "weekend": "W", "night": "D", "centurie": "C"}  # fmt: skip
UNITS = "second|minute|hour|day|night|week|weekend|month|quarter|year|decade"
BOUND = "(?:(?:at least|at most|more than|less than|no more than|up to|nearly|almost|over) )?"


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression with TIMEX3's type and value."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str


_SHAPES = (
    ("offset", r"\b{BOUND}(?P<count>{COUNT})[- ](?P<unit>{UNITS})s?[- ]"
               r"(?P<way>ago|earlier|later|before|hence|from now|after)\b"),
    ("offset", r"\b(?:the )?(?P<unit>year|month|week)-(?P<way>ago|earlier)(?: (?:quarter|period|month|week))?\b"),
    ("duration", r"\b{BOUND}(?:(?:the|this|his|its|their) )?"
                 r"(?:(?:first|last|past|next|latest|coming|previous|recent|final|another|full) )?"
                 r"(?P<count>{COUNT})(?: (?:more|full|consecutive|straight|business|working|trading"
                 r"|additional))?[- ](?P<unit>{UNITS}|centur(?:y|ie))s?(?:-long)?(?!\w)(?!-old)"),
    ("vague", r"\b(?:(?:the )?(?:recent|past|last|coming|next|previous|early|the) )?"
              r"(?P<unit>day|week|month|year|decade|centurie|hour|minute)s(?:-long)?(?![\w’'-])"),
    ("this", r"\b(?:the(?: (?:past|last|next|coming|latest|previous|current|entire|whole))?|past|that|all) (?:fiscal )?"
             r"(?P<unit>quarter|year|week|month|day|weekend|century|decade|period)\b(?![-\w])"),
    ("set", r"\b(?:every|each|(?P<per>an?|per|once an?|twice an?)) (?:(?P<n>other|two|three|four|five|six) )?"
            r"(?:(?P<unit>{UNITS})s?|(?P<weekday>{WEEKDAYS})|(?P<month>{MONTHS}))\b"),
    ("adverb", r"\b(?P<often>hourly|daily|weekly|biweekly|monthly|yearly|annually)\b"),
    ("ref", r"\b(?:(?P<present>now|currently|at present|at the moment|current|these days|nowadays|at this time)"
            r"|(?P<past>recently|recent (?:years|months|weeks|days)|lately|the past(?! \w))"
            r"|(?P<future>the (?:near |foreseeable )?future))\b(?![-’'])"),
    ("time", r"(?<![\d:.])(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
             r"(?: (?:(?-i:[A-Z][A-Z][A-Z]?[A-Z]?)\b|local time|Beijing time|Eastern time))?"),
    ("time", r"\b(?P<word>noon|midnight|midday)\b"),
    ("part", r"\b(?:(?:early|late|mid|later)[- ])?(?:the|this|that) (?P<day>morning|afternoon|evening|night)\b"),
)  # fmt: skip


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Name and pattern of each kind, every repetition bounded."""
    spelt = any_of(words().numbers)
    pieces = {
        "BOUND": BOUND,
        "UNITS": UNITS,
        "COUNT": (
            rf"\d\d?\d?\d?(?:\.\d)?(?: \d/\d)?|(?:{spelt})(?:[- ](?:{spelt}))?"
            r"|half an?|an?|several|a few|few|many|a couple of|dozens of|hundreds of"
        ),
        "WEEKDAYS": any_of(row[0] for row in words().weekdays),
        "MONTHS": any_of([*(row[0] for row in words().months), *words().seasons]),
    }
    return tuple((name, compiled(pattern, pieces)) for name, pattern in _SHAPES)


def find_timexes(doc: Doc, anchor: date) -> list[Timex]:
    """All time expressions of a text, in order, none inside another; dates too, with their times of day."""
    found: list[tuple[int, int, int, Timex]] = []
    dates: list[tuple[int, Period]] = []
    for e, period in read_periods(doc, anchor, calendar_quarters=True):
        if period is None:
            continue
        dates.append((e.start, period))
        found.append((e.start, -e.end, 0, of_date(e, period)))
    for order, (kind, pattern) in enumerate(patterns(), 1):
        for match in pattern.finditer(doc.text):
            timex = of_match(kind, match, doc, anchor, dates)
            if timex is not None:
                found.append((timex.start, -timex.end, order, timex))
    found.sort(key=lambda f: f[:3])
    kept: list[Timex] = []
    for start, _, _, timex in found:
        if not kept or start >= kept[-1].end:
            kept.append(timex)
    return kept


def of_date(e: Expression, period: Period) -> Timex:
    """A date with its time of day, if any: "Friday evening" is ``1998-02-13TEV``."""
    part = DAYPART.search(e.text)
    word = part.group().split()[-1].lower() if part else e.text.split()[-1].lower()
    if e.get("deictic") == "tonight":
        word = "night"
    code = DAYPARTS.get(word, "")
    return Timex(e.start, e.end, e.text, "TIME" if code else "DATE", period.timex + code)


def of_match(kind: str, m: re.Match[str], doc: Doc, anchor: date, dates: list[tuple[int, Period]]) -> Timex | None:
    """The time expression of one match, or None where the words around deny it."""
    parts = {k: v.lower() for k, v in m.groupdict().items() if v}
    start, end = m.span()
    told = [p for at, p in dates if at < start]
    unit = parts.get("unit", "")
    type_: TimexType = "DURATION"
    value: str | None = None
    match kind:
        case "offset":
            type_, value = "DATE", offset(parts, anchor, told[-1] if told else None)
        case "duration":
            value = duration(parts["count"], unit)
        case "vague":
            value = f"P{'T' if unit in ('hour', 'minute') else ''}X{CODES[unit]}"
        case "this":
            type_, value = this_unit(m.group().lower(), unit, anchor, told)
        case "set" | "adverb":
            type_, value = "SET", _set(parts)
            if kind == "set" and parts.get("per") and not _is_rate(doc, start):
                return None
        case "ref":
            type_ = "DATE"
            value = "PRESENT_REF" if "present" in parts else "PAST_REF" if "past" in parts else "FUTURE_REF"
        case "time":
            type_, value = "TIME", clock(parts, anchor)
        case "part":
            type_, value = "TIME", f"{anchor.isoformat()}{DAYPARTS[parts['day']]}"
    return Timex(start, end, m.group(), type_, value) if value else None


def _is_rate(doc: Doc, start: int) -> bool:
    """Whether "a year" follows a sum or a count: "$5 million a year"."""
    token = token_at(doc, start)
    before = doc[token.i - 1] if token is not None and token.i else None
    return before is not None and (
        before.like_num or before.text in ("%", "percent") or before.lower_ in ("times", "once", "twice")
    )


def amount(text: str) -> str:
    """``two`` -> ``2``, ``a`` -> ``1``, ``several`` -> ``X``, ``twenty-one`` -> ``21``."""
    word = text.strip()
    if word in ("a", "an"):
        return "1"
    if re.fullmatch(r"[\d.]+", word):
        return word
    if "/" in word:
        return word.split()[0]
    pieces = [number(p) for p in re.split(r"[- ]", word)]
    if any(p is None for p in pieces):
        return "X"
    values = [p for p in pieces if p is not None]
    return str(values[0] * 100 if len(values) == 2 and values[1] == 100 else sum(values))


def duration(count: str, unit: str) -> str:
    """``("two", "week")`` -> ``P2W``."""
    n = amount(count)
    if unit == "decade" and n != "X":
        return f"P{int(float(n)) * 10}Y"
    if unit.startswith("centur") and n != "X":
        return f"P{int(float(n)) * 100}Y"
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{n}{CODES.get(unit, 'D')}"


def offset(parts: dict[str, str], anchor: date, told: Period | None) -> str | None:
    """ "six weeks ago", "a year earlier": a date as fine as its unit, or as the period told before it."""
    n, unit = amount(parts.get("count", "a")), parts["unit"]
    if n == "X" or "." in n:
        return "PAST_REF" if parts["way"] in ("ago", "earlier", "before") else "FUTURE_REF"
    back = -1 if parts["way"] in ("ago", "earlier", "before") else 1
    ago = parts["way"] in ("ago", "hence", "from now")
    base = anchor if ago or told is None else told.start
    steps = back * min(int(n), 9000)
    try:
        if unit == "year":
            quarter = told is not None and told.precision == "quarter"
            if quarter and told is not None:
                return f"{told.start.year + steps}-{told.timex[-2:]}"
            return f"{base.year + steps:04}"
        if unit == "decade":
            return f"{(base.year + 10 * steps) // 10:03}"
        if unit in ("month", "quarter"):
            return shift_month(base, steps * (3 if unit == "quarter" else 1)).isoformat()[:7]
        if unit in ("week", "weekend"):
            iso = (base + timedelta(weeks=steps)).isocalendar()
            return f"{iso.year}-W{iso.week:02}"
        if unit in ("day", "night"):
            return (base + timedelta(days=steps)).isoformat()
    except (ValueError, OverflowError):
        return None
    return None


def this_unit(text: str, unit: str, anchor: date, told: list[Period]) -> tuple[TimexType, str | None]:
    """ "the quarter", "the latest period" as a date; "the past year", "the past decade" as a duration."""
    if unit in ("quarter", "period"):
        quarters = [p for p in told if p.precision == "quarter"]
        return ("DATE", quarters[-1].timex) if quarters else ("DATE", None)
    if any(w in text for w in ("past", "last", "next", "coming", "previous", "entire", "whole", "all")):
        return "DURATION", duration("a", unit)
    if unit == "year" and not text.startswith("the year"):
        return "DATE", f"{anchor.year}"
    return "DURATION", duration("a", unit) if unit == "year" else None


def _set(parts: dict[str, str]) -> str | None:
    if often := parts.get("often"):
        return {
            "hourly": "PT1H",
            "daily": "P1D",
            "weekly": "P1W",
            "biweekly": "P2W",
            "monthly": "P1M",
            "quarterly": "P1Q",
        }.get(often, "P1Y")
    if "weekday" in parts:
        return f"XXXX-WXX-{['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].index(parts['weekday'][:3]) + 1}"
    if "month" in parts:
        name = parts["month"]
        if name in words().seasons:
            return f"XXXX-{words().seasons[name]}"
        return f"XXXX-{[m[0].lower() for m in words().months].index(name) + 1:02}"
    return duration({"other": "2"}.get(parts.get("n", "a"), parts.get("n", "a")), parts["unit"])


def clock(parts: dict[str, str], anchor: date) -> str | None:
    """A time of day on the day of the report: ``1998-02-13T17:00``."""
    if word := parts.get("word"):
        return f"{anchor.isoformat()}T{'24:00' if word == 'midnight' else '12:00'}"
    hour, minute = int(parts["hour"]), int(parts.get("minute", "0"))
    if not 1 <= hour <= 12:
        return None
    return f"{anchor.isoformat()}T{hour % 12 + (12 if parts['half'] == 'p' else 0):02}:{minute:02}"
