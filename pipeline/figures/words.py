"""What stands around a number, as keys: what is counted, and the words of its sentence."""

from __future__ import annotations

import re

from pipeline.ledger.words import target

BOUNDS = frozenset(
    [
        *("more", "over", "exceed", "exceeded", "exceeding", "least", "almost", "nearly", "around", "some"),
        *("approximately", "fewer", "less", "much", "many", "roughly", "close", "above", "below"),
    ]
)
TIMES = frozenset(["between", "since", "during", "until", "year", "years", "month", "months", "day", "days"])
BEFORE, AFTER = 10, 8  # words of the sentence that are taken as context
REACH = 90  # characters that hold them
_END = re.compile(r"[.!?][\"'\u201d\u2019)]*\s|\n")
_PLAIN = re.compile(r"[^\W\d_]+")


def counted(of_what: str, unit: str) -> str:
    """What is counted as a key: the stems of its words in their alphabet; the unit's own, bounds and times left out."""
    words = re.findall(r"[\w.%-]+", of_what.casefold())
    plain = " ".join(w for w in words if w not in BOUNDS and w not in TIMES and not _is_year(w))
    return " ".join(sorted(target(plain).words - target(unit).words))


def around(text: str, start: int, end: int, unit: str) -> str:
    """The stems of the words beside a number in its sentence, in their alphabet, the unit's own left out."""
    before = _END.split(text[max(0, start - REACH) : start])[-1]
    after = _END.split(text[end : end + REACH])[0]
    words = _PLAIN.findall(before)[-BEFORE:] + _PLAIN.findall(after)[:AFTER]
    stems = {stem for word in words for stem in target(word.casefold()).telling}
    return " ".join(sorted(stems - target(unit).words))


def decimals(value: float) -> int:
    """Digits after the point: 17.4 has one."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
