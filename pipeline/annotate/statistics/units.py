"""What a number is counted in: a currency, percent, a measure, or the noun it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.annotate.statistics.numbers import Number
from pipeline.vocabulary import Part, read

Bound = Literal["at_least", "at_most", "about"]
Kind = Literal["money", "percent", "points", "measure", "duration", "count"]


class Currency(Part, frozen=True, kw_only=True):
    """How one currency is printed."""

    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


class Units(Part, frozen=True, kw_only=True):
    """The words of ``units.yml``."""

    currencies: dict[str, Currency]
    cents: dict[str, str | None]
    percent: tuple[str, ...]
    points: tuple[str, ...]
    durations: tuple[str, ...]
    measures: dict[str, str]
    per: tuple[str, ...]
    compounds: tuple[str, ...]
    containers: tuple[str, ...]
    bare: tuple[str, ...]
    joined: tuple[tuple[str, str], ...]
    same: dict[str, str]
    labels_before: tuple[str, ...]
    never: tuple[str, ...]
    bounds: dict[Bound, tuple[str, ...]]
    bounds_after: dict[Bound, tuple[str, ...]]
    casualties: tuple[str, ...]
    indices: tuple[str, ...]
    rise: tuple[str, ...]
    fall: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read: ``factor`` turns the printed number into it (cents: 0.01); offsets take in mark and words."""

    kind: Kind
    name: str
    start: int
    end: int
    factor: float = 1.0
    head: int | None = None


@cache
def units() -> Units:
    """The vocabulary, read once."""
    return read("units.yml", Units)


def _any(words: list[str] | tuple[str, ...], plural: str = "s?") -> str:
    return "|".join(re.escape(word) + plural for word in sorted(words, key=len, reverse=True))


_BETWEEN = "consecutive|straight|calendar|working|business|full|more|other|long|whole|short|additional|trading|solid"


@dataclass(frozen=True, slots=True)
class _Patterns:
    mark: re.Pattern[str]
    percent: re.Pattern[str]
    points: re.Pattern[str]
    money: re.Pattern[str]
    cents: re.Pattern[str]
    duration: re.Pattern[str]
    measure: re.Pattern[str]
    per: re.Pattern[str]
    marks: dict[str, str]
    words: dict[str, str]
    adjectives: dict[str, str]


@cache
def _patterns() -> _Patterns:
    known = units()
    marks = {mark: code for code, c in known.currencies.items() for mark in c.marks}
    words = {word: code for code, c in known.currencies.items() for word in c.words}
    adjectives = {adj.lower(): code for code, c in known.currencies.items() for adj in c.of}
    gap = r"[\s\u00a0-]{0,2}"
    adjective = rf"(?:(?P<of>{_any(tuple(adjectives), '')})[ -])?"
    flags = re.IGNORECASE
    return _Patterns(
        mark=re.compile(rf"(?:^|(?<![A-Za-z$€£]))(?P<mark>{_any(tuple(marks), '')})[ \u00a0]?[-−]?$"),
        percent=re.compile(rf"{gap}(?:{_any(known.percent, '')})(?![A-Za-z])", flags),
        points=re.compile(rf"{gap}(?:{_any(known.points)})(?![A-Za-z])", flags),
        money=re.compile(rf"{gap}{adjective}(?P<word>{_any(tuple(words))})(?![A-Za-z]| estate)", flags),
        cents=re.compile(rf"{gap}(?P<word>{_any(tuple(known.cents))})(?![A-Za-z])", flags),
        duration=re.compile(
            rf"{gap}(?:(?:{_BETWEEN})[ -])?"
            rf"(?:{_any(known.durations)})(?:[’'])?(?![A-Za-z])",
            flags,
        ),
        measure=re.compile(rf"{gap}(?P<word>{_any(tuple(known.measures), '(?:s|es)?')})(?![A-Za-z])", flags),
        per=re.compile(
            rf"(?: \([^()]{{1,30}}\)|\))?(?P<link> ?(?:per|an?|/) ?)(?P<word>{_any(known.per)})(?![A-Za-z])", flags
        ),
        marks=marks,
        words=words,
        adjectives=adjectives,
    )


def read_unit(text: str, number: Number) -> Unit | None:
    """The unit printed beside a number: currency, share, span of time or measure; None where there is none."""
    ahead = text[number.end : number.end + 48]
    return (
        _money_before(text, number)
        or _shares(text, number, ahead)
        or _money_after(text, number, ahead)
        or _duration(number, ahead)
        or _measure(number, ahead)
        or (Unit("percent", "percent", number.start, number.end, 100.0) if number.form == "fraction" else None)
    )


def _money_before(text: str, number: Number) -> Unit | None:
    """``$1.2bn``, ``HK$ 300 million``, ``RMB500``."""
    if number.form != "digits":
        return None
    match = _patterns().mark.search(text[max(0, number.start - 6) : number.start])
    if not match:
        return None
    start = number.start - (len(match[0]) - match.start("mark") + match.start())
    end, name = number.end, _patterns().marks[match["mark"]]
    after = re.match(r"[\s-]?(?:U\.?S\.? )?(?:dollars?|USD|euros?)\b", text[end : end + 16])
    return _with_per(text, Unit("money", name, start, end + (after.end() if after else 0)))


def _shares(text: str, number: Number, ahead: str) -> Unit | None:
    """``5%``, ``5 per cent``, ``0.5 percentage points``."""
    if match := _patterns().points.match(ahead):
        return Unit("points", "percentage points", number.start, number.end + match.end())
    if match := _patterns().percent.match(ahead):
        return Unit("percent", "percent", number.start, number.end + match.end())
    return None


def _money_after(text: str, number: Number, ahead: str) -> Unit | None:
    """``10 million yuan``, ``600,000 Swiss francs``, ``30 euro cents``, ``a 10-million-yuan fine``."""
    found = _patterns()
    if match := found.cents.match(ahead):
        word = match["word"].lower()
        known = units().cents
        code = known.get(word, known.get(word.removesuffix("s"))) or _last_currency(text[: number.start])
        return _with_per(text, Unit("money", code, number.start, number.end + match.end(), 0.01))
    if match := found.money.match(ahead):
        word = match["word"].lower()
        code = found.words.get(word) or found.words[word.removesuffix("s")]
        code = found.adjectives.get((match["of"] or "").lower(), code)
        return _with_per(text, Unit("money", code, number.start, number.end + match.end()))
    return None


def _last_currency(before: str) -> str:
    """The currency whose cent is meant: euro where the text just spoke of euros, else the dollar."""
    near = before[-200:].lower()
    return "EUR" if near.rfind("euro") > near.rfind("dollar") and "$" not in near else "USD"


def _duration(number: Number, ahead: str) -> Unit | None:
    match = _patterns().duration.match(ahead)
    return Unit("duration", match[0].strip(" -\u00a0"), number.start, number.end + match.end()) if match else None


def _measure(number: Number, ahead: str) -> Unit | None:
    """``1.55 million square meters``, ``210 kilometers an hour``, ``35 km``."""
    match = _patterns().measure.match(ahead)
    if not match:
        return None
    word, known = match["word"].lower(), units().measures
    name = known.get(word) or known.get(word.removesuffix("s")) or known.get(word.removesuffix("es"))
    if name is None or (len(word) == 1 and ahead[: match.start("word")] == " "):
        return None
    per = _patterns().per.match(ahead, match.end())
    tail = f" {'an' if per['word'][0] in 'aeiouh' else 'a'} {per['word'].lower()}" if per else ""
    return Unit("measure", name + tail, number.start, number.end + match.end())


def _with_per(text: str, unit: Unit) -> Unit:
    """``$50 per net ton`` is counted in dollars per net ton."""
    per = _patterns().per.match(text, unit.end)
    if not per or per["link"].strip() not in ("per", "a", "an"):
        return unit
    return Unit(unit.kind, f"{unit.name} per {per['word'].lower()}", unit.start, unit.end, unit.factor)
