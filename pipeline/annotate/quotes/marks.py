"""What stands between quotation marks, and whether it is somebody's words or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annotate.speech import speech

SHORTEST = 4  # words of a quotation
_OPEN = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "″": "”″"}
SINGLE = {"‘": "’", "'": "'"}  # British style; also apostrophes
_OPENING = re.compile("[" + "".join(_OPEN) + r"]|(?<![\w’.,'])'(?=[A-Z\[a-z])")
_WORD = re.compile(r"[\w$€£%][\w.,'’%-]*")
_ENDS = frozenset(",.!?—–…;-")
_LONGEST_SINGLE = 900  # characters between single marks


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch between marks: offsets of its words, marks left out; ``open`` where no closing mark follows."""

    start: int
    end: int
    open: bool = False


def word_count(text: str) -> int:
    """Number of words."""
    return len(_WORD.findall(text))


def opens(text: str, at: int) -> bool:
    """Whether an opening mark stands at the offset."""
    return text[at] in _OPEN


def read_parts(text: str, begin: int, end: int) -> list[Part]:
    """The stretches between quotation marks of one paragraph, in order."""
    parts: list[Part] = []
    at = begin
    while found := _OPENING.search(text, at, end):
        at, mark = found.start(), found[0]
        if mark in SINGLE:
            close = _single_close(text, at, end) if at == 0 or text[at - 1] in " \n(—–" else -1
            if close < 0:
                at += 1
                continue
        else:
            close = _double_close(text, at, end)
        stop = close if close > 0 else end
        start, last = at + 1, stop
        while start < last and text[start].isspace():
            start += 1
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            parts.append(Part(start, last, open=close < 0))
        at = stop + 1
    return parts


def _is_inches(text: str, at: int) -> bool:
    return text[at] == '"' and text[at - 1].isdigit() and text[at + 1 : at + 2] not in (" ", "", ",", ".", "\n")


def _double_close(text: str, at: int, end: int) -> int:
    """The mark that closes the one at the offset, -1 for none; one opened within must close first."""
    closing = _OPEN[text[at]]
    first, depth = -1, 1
    for i in range(at + 1, end):
        if text[i] == "“" and text[at] == "“":
            depth += 1
        elif text[i] in closing and not _is_inches(text, i):
            first = i if first < 0 else first
            depth -= 1
            if depth == 0:
                return i
    return first


def _single_close(text: str, at: int, end: int) -> int:
    """Where a quotation in single marks ends, -1 for nowhere: not at an apostrophe, not at a plural's possessive."""
    mark = SINGLE[text[at]]
    for i in range(at + 2, min(end, at + _LONGEST_SINGLE)):
        if text[i] != mark or text[i + 1 : i + 2].isalnum():
            continue
        if text[i - 1] in ".,!?" or (i + 1 < end and text[i + 1] in ".,;:!?)") or text[i - 1] != "s":
            return i
    return -1


def is_whole(text: str, part: Part) -> bool:
    """Whether the words between the marks stand as speech of their own, not as a part of the sentence around."""
    ends = (
        text[part.start : part.end].rstrip("'’\"”")[-1:] in _ENDS
        or text[part.end : part.end + 2] in ("”,", '",', "”.", '".', "’,", "',")
        or part.open
    )
    behind = text[max(0, part.start - 3) : part.start - 1].rstrip()
    fresh = not behind or behind[-1] in '.,:;!?—–\n”"' or behind.endswith("--")
    return ends and fresh and word_count(text[part.start : part.end]) >= 2


def is_name(text: str, part: Part) -> bool:
    """Whether the words in marks are a title, a name or a term."""
    words = _WORD.findall(text[part.start : part.end])
    if len(words) < SHORTEST:
        return True
    before = text[max(0, part.start - 30) : part.start - 1].lower().rstrip(" ,:")
    if before.endswith(speech().naming):
        return True
    long = [w for w in words if len(w) > 3]
    capitals = sum(w[0].isupper() for w in long)
    titled = bool(long) and capitals >= 0.7 * len(long)
    return titled and (text[part.end - 1] not in ".!?" or capitals == len(long) > 2)
