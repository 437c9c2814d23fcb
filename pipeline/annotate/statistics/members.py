"""Whose figure each of a row is: "followed by Japan with 3,409 and India with 1,350", "BYD pays 17.4%, Geely 19.9%"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.annotate.statistics.quantities import Quantity
from pipeline.records import Mention

NEAR = 80  # characters between two figures of one row
OWNERS = frozenset({"GPE", "ORG", "PERSON", "PRODUCT"})
_WITH = re.compile(r"(?: of America)?,? with ")
_ROW = re.compile(r"(?:,|;| and|, and|, while) (?:the )?$")
_FROM = re.compile(r" (?:from|for) (?:the )?")
_END = re.compile(r"(?:(?: of)? [A-Z][\w.]*){0,4}(?:[,.;:)]|\s+(?:and|while)\b|$)")  # after what is left of the name


def owners(text: str, quantities: Iterable[Quantity], mentions: Sequence[Mention]) -> dict[int, str]:
    """Start of a figure -> the name it belongs to, for figures that stand in a row, each by its own name."""
    named = [m for m in mentions if m.type in OWNERS]
    ends = {m.end: m for m in named}
    starts = {m.start: m for m in named}
    found = [(q, owner) for q in quantities if (owner := _owner(text, q, ends, starts))]
    return {
        q.start: owner
        for q, owner in found
        if any(o is not q and _beside(text, q, o, owner, name) for o, name in found)
    }


def _owner(text: str, figure: Quantity, ends: dict[int, Mention], starts: dict[int, Mention]) -> str | None:
    """The name that a figure stands by: before it with "with", or alone after a comma; after it with "from", "for"."""
    head = text[max(0, figure.start - NEAR) : figure.start]
    with_ = re.search(rf"{_WITH.pattern}$", head)
    if with_ and (m := ends.get(figure.start - len(with_[0]))) and _END.match(text, figure.end):
        return m.text
    if head.endswith(" ") and (m := ends.get(figure.start - 1)) and _ROW.search(text[: m.start]):
        return m.text
    if after := _FROM.match(text, figure.end):
        m = starts.get(after.end())
        return m.text if m and _END.match(text, m.end) else None
    return None


def _beside(text: str, one: Quantity, other: Quantity, owner: str, name: str) -> bool:
    """Whether two figures are of one row: alike, near, in one sentence, of different names."""
    if owner == name or one.unit != other.unit:
        return False
    first, second = sorted((one, other), key=lambda q: q.start)
    between = text[first.end : second.start]
    return len(between) <= NEAR and not re.search(r"[a-z]{3}\. [A-Z]|\n", between)
