"""Dates of an act: the calendar expressions that hang on its trigger, by their role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from pipeline.annotate.actions.candidate import Candidate
from pipeline.records import DateMention

FIELDS = {
    "announced": "announced_date",
    "effective": "effective_date",
    "deadline": "deadline_date",
    "expiry": "expiry_date",
}


def attach(doc: Doc, found: Sequence[Candidate], dates: Iterable[DateMention]) -> list[dict[str, str]]:
    """For each candidate its dates by field, from the dates of its sentence that lie nearest to it in the parse."""
    out: list[dict[str, str]] = [{} for _ in found]
    for mention in dates:
        field = FIELDS.get(mention.role)
        if field is None or mention.value is None:
            continue
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        for n in _governed(span.root, found):
            out[n].setdefault(field, mention.value)
    return out


def _governed(date: Token, found: Sequence[Candidate]) -> list[int]:
    """The candidates a date belongs to: those whose trigger is nearest above it, else the nearest in the sentence."""
    here = [n for n, c in enumerate(found) if c.sentence.start <= date.i < c.sentence.end]
    if not here:
        return []
    path = {date.i: 0} | {a.i: d for d, a in enumerate(date.ancestors, 1)}
    near = {n: _distance(found[n].trigger, path) for n in here}
    best = min(near.values())
    return [n for n in here if near[n] == best]


def _distance(trigger: Token, path: dict[int, int]) -> float:
    """Steps up from the date to the lowest token that also lies above the trigger, plus steps down to it."""
    if trigger.i in path:
        return path[trigger.i]
    for down, token in enumerate(trigger.ancestors, 1):
        if token.i in path:
            return path[token.i] + 1.5 * down
    return 99.0
