"""When two readings of figures are one figure, and when they contradict each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol, TypeVar

from pipeline.figures.words import decimals
from pipeline.ledger.match import span

PRECISE = 3  # digits that two reports hardly share by chance
TELLING = 2  # digits that two reports of one story hardly share by chance
ROUNDING = 0.1  # the most of a value that rounding takes, whatever the digits
IN_WORDS = 1.5  # points that "a third" or "half" may be off
FAR = 2.0  # values further apart than so many times are of different things rather than contradictions
NEAR = timedelta(days=7)  # reports further apart tell how a value has changed
FEW = 5  # of less than so many things a story counts several by chance
AROUND = 2  # words around two numbers that a short value must share with its like
OTHERS = frozenset(["other", "others", "another", "additional", "remaining", "further"])
LEANING = frozenset(["it", "its", "them", "their", "these", "those", "this", "that", "his", "her", "such"])
LOOSE = frozenset(  # units of many things in a story
    [
        *("people", "persons", "men", "women", "times", "points", "members", "parts", "others", "countries", "things"),
        *("miles", "mile", "kilometers", "kilometres", "km", "feet", "foot", "ft", "yards", "yard", "metres", "meters"),
        *("inches", "pounds", "kg", "tons", "tonnes", "degrees", "mph", "games", "matches", "goals"),
    ]
)
QUOTED = frozenset(["price", "prices", "share", "shares", "stock", "stocks"])  # money that changes by the minute


@dataclass(frozen=True, slots=True)
class Reading:
    """One statistic of one article.

    ``counted``: the words for what is counted, beyond the unit, as a key; ``context``: the words around the number;
    ``decimals``: how finely the article tells values of this unit on this word.
    """

    statistic: int
    article: str
    start: int
    source: str
    origin: str
    story: str | None
    reported_at: str
    value: float
    unit: str
    of_what: str
    words: str
    period: str | None
    bound: str | None
    change: str | None
    attributed_to: str | None
    counted: str
    context: str = ""
    decimals: int = 0
    figure: str | None = None  # where an earlier run put it


def same(a: Reading, b: Reading) -> bool:
    """Whether two readings are one figure: of one unit, of values that are each other's rounding, of one matter.

    The matter is one where a story tells it and the value has digits enough, or words around it or for what is
    counted are shared; from story to story where what is counted is worded alike, by one period or by the figures of
    one body.
    """
    if a.article == b.article or not _comparable(a, b) or not agree(a, b):
        return False
    precise = a.value == b.value and digits(a.value) >= PRECISE
    shared = bool(set(a.counted.split()) & set(b.counted.split()))
    alike = a.counted == b.counted and (bool(a.counted) or not is_measure(a.unit))
    said = bool(a.attributed_to) and a.attributed_to == b.attributed_to
    if a.story and a.story == b.story:
        return _of_one_story(a, b, shared, alike)
    if alike and a.counted and a.period and a.period == b.period:
        return said or (a.value == b.value and digits(a.value) >= TELLING)
    return precise and said and (shared or alike)


def _of_one_story(a: Reading, b: Reading, shared: bool, alike: bool) -> bool:
    common = len(set(a.context.split()) & set(b.context.split()))
    if a.value == b.value and (digits(a.value) >= TELLING or _is_counted(a)):
        return True
    if a.value != b.value and digits(min(a.value, b.value, key=digits)) >= TELLING:
        return shared or alike or common >= AROUND
    return common >= AROUND or (shared and common > 0) or (alike and (common > 0 or bool(a.counted)))


def _is_counted(reading: Reading) -> bool:
    """Whether so many things of a kind ("80 diggers") are hardly in one story twice."""
    return reading.value >= FEW and not is_measure(reading.unit) and reading.unit.casefold() not in LOOSE


def bound_to(reading: Reading, like: Iterable[Reading]) -> list[Reading]:
    """Of the readings that are the same, those of its value, and of the values it rounds those of the nearest; one
    told in the same days before others."""
    alike = list(like)
    finer = [o for o in alike if o.value != reading.value and _holds(reading, o.value)]
    rounded = min(finer, key=lambda o: (_apart(o, reading) > NEAR, abs(o.value - reading.value), o.value), default=None)
    return [o for o in alike if o.value == reading.value or (rounded and o.value == rounded.value)]


def contradict(a: Reading, b: Reading) -> bool:
    """Whether two readings of the same days give different values for what is counted in the same words, in sentences
    alike, in one story or, of one period, by one body."""
    if a.article == b.article or not a.counted or a.counted != b.counted or not _comparable(a, b):
        return False
    told_together = bool(a.story) and a.story == b.story
    one_body = bool(a.attributed_to and a.period) and (a.attributed_to, a.period) == (b.attributed_to, b.period)
    if not (told_together or one_body) or agree(a, b) or _within_bounds(a, b):
        return False
    if _is_quoted(a) or _of_others(a) != _of_others(b) or _apart(a, b) > NEAR:
        return False
    low, high = sorted((abs(a.value), abs(b.value)))
    return low > 0 and high / low <= FAR and len(set(a.context.split()) & set(b.context.split())) > AROUND


def _apart(a: Reading, b: Reading) -> timedelta:
    return abs(date.fromisoformat(a.reported_at[:10]) - date.fromisoformat(b.reported_at[:10]))


def _is_quoted(reading: Reading) -> bool:
    """Whether a market makes the value anew all the time."""
    return reading.unit.isupper() and not QUOTED.isdisjoint(reading.of_what.casefold().split())


def _of_others(reading: Reading) -> bool:
    """Whether the value leaves some out: "128 other politicians" beside 12."""
    return not OTHERS.isdisjoint(f"{reading.words} {reading.of_what}".casefold().split())


def agree(a: Reading, b: Reading) -> bool:
    """Whether one value can be the other, rounded as it was told: "more than 38,000" and 38,210."""
    return _holds(a, b.value) or _holds(b, a.value)


@lru_cache(maxsize=50_000)
def digits(value: float) -> int:
    """How many digits of a value count: 38,210 has four, 38,000 two."""
    plain = f"{abs(value):.10g}"
    mantissa = plain.partition("e")[0]
    return len((mantissa.replace(".", "") if "." in mantissa else mantissa.rstrip("0")).lstrip("0")) or 1


class Worded(Protocol):
    """A reading as far as its wording goes."""

    @property
    def value(self) -> float: ...
    @property
    def words(self) -> str: ...
    @property
    def of_what(self) -> str: ...
    @property
    def bound(self) -> str | None: ...
    @property
    def counted(self) -> str: ...
    @property
    def reported_at(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def start(self) -> int: ...


R = TypeVar("R", bound=Worded)


def shown(readings: Sequence[R]) -> R:
    """The reading whose value and wording a figure shows: the most exact, then the one whose words stand without their
    text ("its core industry" and "54,000 of them" do not), then the one worded most like the others."""
    told: dict[str, int] = {}
    for reading in readings:
        for word in set(reading.counted.split()):
            told[word] = told.get(word, 0) + 1

    def rank(reading: R) -> tuple[bool, bool, int, bool, float, str, str, int]:
        words = reading.counted.split()
        common = sum(told[w] - 1 for w in words) - len(words) / 100
        exact = not any(c.isdigit() for c in reading.words), -digits(reading.value)
        said = reading.of_what.casefold().split()
        leans = not LEANING.isdisjoint(said) or any(w[0].isdigit() for w in said)
        return reading.bound is not None, *exact, leans, -common, reading.reported_at, reading.article, reading.start

    return min(readings, key=rank)


def _comparable(a: Reading, b: Reading) -> bool:
    if a.unit != b.unit or (a.change and b.change and a.change != b.change):
        return False
    return not (a.period and b.period) or a.period == b.period or _overlap(a.period, b.period)


def _overlap(a: str, b: str) -> bool:
    one, two = span(a), span(b)
    return bool(one and two and one[0] <= two[1] and two[0] <= one[1])


def _holds(told: Reading, value: float) -> bool:
    """Whether an exact value can be told as ``told`` tells it."""
    if told.value == value:
        return True
    step = _step(told, measured=decimals(value) > 0)
    off = value - told.value
    if told.bound == "at_least":
        return 0 <= off < step
    if told.bound == "at_most":
        return -step < off <= 0
    return abs(off) <= (step if told.bound == "about" else step / 2)


def _step(told: Reading, measured: bool) -> float:
    """One in the last digit told: in 38,000, a thousand; whole numbers below a thousand are told to the unit.

    An article that tells one value of a kind to the decimal rounds none of them.
    """
    value = abs(told.value)
    if not value:
        return 0.0
    if not any(c.isdigit() for c in told.words):
        return IN_WORDS if told.unit == "percent" else 0.0
    step = 10.0 ** (math.floor(math.log10(value)) - digits(value) + 1)
    if told.decimals and not told.bound:
        step = 10.0**-told.decimals
    elif value < 1000 and not told.bound:
        step = min(step, 1.0) if measured or is_measure(told.unit) else 0.0
    return min(step, ROUNDING * value)


def _within_bounds(a: Reading, b: Reading) -> bool:
    """Whether a bound keeps two values from contradicting each other: "up to 10 percent" and 6 percent."""
    low, high = sorted((a, b), key=lambda r: r.value)
    return low.bound == "at_least" or high.bound == "at_most"


def is_measure(unit: str) -> bool:
    """Whether a unit measures anything (money, a share), rather than naming what is counted."""
    return unit.isupper() or unit.startswith("percent")
