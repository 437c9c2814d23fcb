"""A text with what was found in it: paragraphs of HTML built from escaped pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup, escape

Kind = Literal["act", "quote", "entity", "date", "figure"]
WIDE = ("act", "quote")  # these hold whole sentences; the others stand within them
LED_TO = ("act", "figure")  # pages of acts and figures lead to the place where these begin


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, what it is, a word on it, and where it leads. Offsets count the text's characters."""

    start: int
    end: int
    kind: Kind
    note: str = ""
    href: str | None = None


def paragraphs(text: str, spans: Sequence[Span]) -> tuple[Markup, ...]:
    """The paragraphs of the text with each span marked.

    Spans may overlap. Of several of one kind over the same words the longest is marked.
    """
    return tuple(
        _paragraph(text, start, end, [s for s in spans if s.start < end and s.end > start])
        for start, end in _lines(text)
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _paragraph(text: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    cuts = sorted({start, end, *(c for s in spans for c in (s.start, s.end) if start < c < end)})
    anchors = {max(s.start, start) for s in spans if s.kind in LED_TO}
    runs: list[tuple[int, int, dict[Kind, Span]]] = []
    for left, right in pairwise(cuts):
        here = {s.kind: s for s in sorted(_over(spans, left, right), key=lambda s: s.end - s.start)}
        if runs and runs[-1][2] == here and left not in anchors:
            runs[-1] = (runs[-1][0], right, here)  # a shorter span within one of its kind cuts nothing
        else:
            runs.append((left, right, here))
    return Markup("").join(
        _piece(text[left:right], here, f"at-{left}" if left in anchors else None) for left, right, here in runs
    )


def _over(spans: Sequence[Span], left: int, right: int) -> Iterator[Span]:
    return (s for s in spans if s.start <= left and s.end >= right)


def _piece(words: str, here: dict[Kind, Span], anchor: str | None) -> Markup:
    html = escape(words)
    for kind, span in here.items():
        if kind in WIDE:
            continue
        if span.href:
            html = Markup('<a class="mark {}" href="{}" title="{}">{}</a>').format(kind, span.href, span.note, html)
        else:
            html = Markup('<span class="mark {}" title="{}">{}</span>').format(kind, span.note, html)
    wide = " ".join(f"in-{kind}" for kind in WIDE if kind in here)
    if anchor:
        return Markup('<span id="{}" class="{}">{}</span>').format(anchor, wide, html)
    return Markup('<span class="{}">{}</span>').format(wide, html) if wide else html
