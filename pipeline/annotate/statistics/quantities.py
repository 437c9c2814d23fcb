"""Every quantity of a text: number and unit joined, units shared along ranges and lists.

This is the full reader, durations and small counts included; ``selection`` leaves out what nobody would tabulate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.annotate.plain import text_of
from pipeline.annotate.statistics.nouns import head_noun, plural_name
from pipeline.annotate.statistics.numbers import Number, read_numbers
from pipeline.annotate.statistics.units import Kind, Unit, read_unit, units

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.? (?:\d{{1,2}}(?:, | ?(?:-|–|to|and|or) ?))?$")
_MONTH_AFTER = re.compile(rf"(?:(?:-|–| to | and | or )\d{{1,2}})?(?: of)? {_MONTH}\b")
_TIME_AFTER = re.compile(r" ?(?:[ap]\.?m\b|GMT|BST|o[’']clock|hrs\b|AD\b|BCE?\b)", re.IGNORECASE)
_LINK = re.compile(
    r"\s?(?:-|–|—|to|and|or|and/or|,|, and|, or|versus|by|/)\s?"
    r"(?:(?:almost|nearly|about|around|up to|over|more than|roughly|as much as|as many as|even) )?"
    r"(?:[A-Z]{0,3}[$€£¥₩₹]|RMB|Rs\.?)?\s?"
    r"|\s[\w-]{1,20} (?:and|or) "
)
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or)\s?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure. ``value`` is in ``unit``; ``head`` is the token index of the counted noun."""

    start: int
    end: int
    value: float
    unit: str
    kind: Kind | None
    number: Number
    head: int | None = None
    shared: bool = False


def read_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """All quantities of the parsed text in order; dates, clock times, years and numbered names left out."""
    text = text_of(doc)
    found: list[tuple[Number, Unit | None]] = [
        (number, read_unit(text, number) or _count(doc, number))
        for number in read_numbers(text)
        if not _dated(text, number)
    ]
    units_of = _share(text, found)
    return tuple(
        _quantity(number, unit, shared)
        for number, unit, shared in units_of
        if not _is_pronoun(text, number, unit)
        and not ((unit is None or unit.kind == "count") and _is_variant(doc, number))
        and ((unit is not None and unit.kind != "count") or not _labelled(doc, number))
    )


def _count(doc: Doc, number: Number) -> Unit | None:
    """The noun counted, as in ``18,000 of its newest chips``."""
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    head = head_noun(span[-1]) if span is not None else None
    return (
        Unit("count", plural_name(head), number.start, head.idx + len(head), head=head.i) if head is not None else None
    )


def _quantity(number: Number, unit: Unit | None, shared: bool) -> Quantity:
    if unit is None:
        return Quantity(number.start, number.end, number.value, "", None, number, shared=shared)
    start, end = (number.start, number.end) if shared else (unit.start, unit.end)
    value = float(f"{number.value * unit.factor:.12g}")
    return Quantity(start, end, value, unit.name, unit.kind, number, unit.head, shared)


def _is_pronoun(text: str, number: Number, unit: Unit | None) -> bool:
    """``one of them``, ``the old one``."""
    return unit is None and text[number.start : number.end].lower() == "one"


def _share(text: str, found: list[tuple[Number, Unit | None]]) -> list[tuple[Number, Unit | None, bool]]:
    """Hand the unit, and in a range the scale, back along ``400 to 500 million yuan`` and ``10, 20 and 30 percent``."""
    out: list[tuple[Number, Unit | None, bool]] = [(number, unit, False) for number, unit in found]
    for i in range(len(out) - 2, -1, -1):
        number, unit, _ = out[i]
        after, its, _ = out[i + 1]
        gap = text[number.end : after.start]
        if len(gap) > 24 or not _LINK.fullmatch(gap):
            continue
        both_money = unit is not None and its is not None and unit.kind == its.kind == "money"
        if unit is not None and not both_money:
            continue
        if (its is not None and its.kind != "count" and number.form == "digits") or (
            number.scale == 1 < after.scale and number.value < 1000 and _RANGE.fullmatch(gap)
        ):
            number = _scaled(text, number, after, gap)
        shared = unit is None
        if shared and its is not None and its.factor == 100.0 and number.form != "fraction":
            continue
        out[i] = (number, its if shared else unit, shared)
    return out


def _scaled(text: str, number: Number, after: Number, gap: str) -> Number:
    """``$30 to $32 billion``: the first number takes the second's scale, unless that would put it above the second."""
    if number.scale != 1 or after.scale == 1 or re.match(r",|\sby", gap):
        return number
    value = number.value * after.scale
    return replace(number, value=value, scale=after.scale) if value <= after.value * 1.001 else number


def _dated(text: str, number: Number) -> bool:
    """Whether the number is a year, a day of a month or a time of day."""
    printed = text[number.start : number.end]
    before, after = text[max(0, number.start - 24) : number.start], text[number.end : number.end + 20]
    if number.form != "digits" or number.scale != 1:
        return False
    if re.fullmatch(r"(?:1[5-9]|20|21)\d\d", printed) and not re.search(r"[$€£¥₩₹]\s?$", before):
        return not re.match(r"[\s-]?(?:%|per ?cent|yuan|dollars|euros|won\b|yen|people\b|points)", after)
    if number.value <= 31 and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)):
        return True
    return bool(_TIME_AFTER.match(after)) or bool(re.match(r"[’']s?\b|s\b", after) and number.value % 10 == 0)


def _labelled(doc: Doc, number: Number) -> bool:
    """Whether the number names its noun: ``Article 5``, ``Galaxy S24``'s like ``Windows 11``, ``No. 4``."""
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    if span is None or span.start == 0 or number.form != "digits" or number.scale != 1:
        return False
    before = doc[span.start - 1]
    if before.whitespace_ == "" and before.text not in "(-–—~\"“‘'/":
        return before.text.isalpha() or before.text == "."
    if before.lower_ in units().labels_before and not before.is_sent_start:
        return True
    capital = any(c.isupper() for c in before.text) and (before.pos_ == "PROPN" or not before.is_title)
    named = capital and not before.is_sent_start and "," not in text_of(doc)[number.start : number.end]
    return named and not _is_given(doc, span.start)


def _is_variant(doc: Doc, number: Number) -> bool:
    """``Block 1B``: a name's number with a letter, no billion."""
    span = doc.char_span(number.start, number.end, alignment_mode="expand")
    before = doc[span.start - 1] if span is not None and span.start else None
    lettered = number.scale > 1 and text_of(doc)[number.end - 1] in "BMK"
    return lettered and before is not None and before.text[:1].isupper() and not before.is_sent_start


def _is_given(doc: Doc, at: int) -> bool:
    """``sold Baidu 30 patents``: the number counts an object of its own, the name is another."""
    head = doc[at].head
    return (
        head.i > at
        and head.dep_ in ("dobj", "nsubj", "attr", "conj")
        and doc[at - 1].dep_ in ("dative", "dobj", "nsubj", "pobj")
    )
