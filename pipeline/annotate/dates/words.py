"""The words of the calendar, read from ``vocabulary/dates.yml``."""

from __future__ import annotations

from functools import cache

from pipeline.vocabulary import Part, read


class MovingDay(Part, frozen=True, kw_only=True):
    """The nth ``weekday`` (Monday is 0) of ``month``; ``nth`` -1 is the last."""

    month: int
    weekday: int
    nth: int


class RoleCues(Part, frozen=True, kw_only=True):
    """Words that speak for one role: lemmas of verbs and nouns, phrases of lemmas, words before the date."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    bans: tuple[str, ...] = ()
    able: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()


class DateWords(Part, frozen=True, kw_only=True):
    """``vocabulary/dates.yml``."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    seasons: dict[str, str]
    holidays: dict[str, str]
    moving_holidays: dict[str, MovingDay]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    before_year: tuple[str, ...]
    lemmas: dict[str, str]
    roles: dict[str, RoleCues]


@cache
def words() -> DateWords:
    """The vocabulary, read once."""
    return read("dates.yml", DateWords)


@cache
def months() -> dict[str, int]:
    """Number of each month by its printed name in lower case, without dot."""
    return {name.lower(): i for i, names in enumerate(words().months, 1) for name in names}


@cache
def weekdays() -> dict[str, int]:
    """Number of each weekday (Monday 0) by its printed name in lower case, without dot."""
    return {name.lower(): i for i, names in enumerate(words().weekdays) for name in names}


def number(word: str | None) -> int | None:
    """``seven`` or ``7`` -> 7; None for what is no number."""
    if word is None:
        return None
    if word.isascii() and word.isdigit():
        return int(word)
    return words().numbers.get(word.lower())


@cache
def cues(role: str) -> RoleCues:
    """The vocabulary of one role."""
    return words().roles[role]
