"""Which quantities are statistics: what a policy analyst would tabulate."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.annotate.plain import text_of
from pipeline.annotate.statistics.bare import is_vote, unit_of_bare
from pipeline.annotate.statistics.quantities import Quantity
from pipeline.annotate.statistics.units import units
from pipeline.records import DateMention, Mention, Quote

SMALLEST_COUNT = 3  # counts up to two are prose
_VOTE = re.compile(r"\b(?:vot(?:e|es|ed|ing)|ballots?)\b", re.IGNORECASE)
_CHAMBER = re.compile(r"\b(?:passed|approved|rejected|through|Senate|House|[Pp]arliament|lawmakers|chamber|assembly)\b")
_AGAINST = re.compile(r"\s?(?:-|–|to|votes to|against)\s?")
_VOTED = frozenset(("votes", "decisions", "rulings", "majorities", "margins", "verdicts", "splits"))
# "the next 14 days", and the base of a rate: "9 patents per 10,000 people"
_RANK = frozenset(("top", "first", "last", "next", "past", "previous", "another", "every", "per"))


def select(
    doc: Doc,
    quantities: tuple[Quantity, ...],
    mentions: tuple[Mention, ...],
    dates: tuple[DateMention, ...],
    quotes: tuple[Quote, ...],
    begins: int,
) -> tuple[Quantity, ...]:
    """The statistics among the quantities, each with a unit; bare numbers of a list take the unit of the list."""
    days = [(d.start, d.end) for d in dates]
    named = [(m.start, m.end) for m in mentions if m.kind == "name"]
    spoken = [(q.start, q.end) for q in quotes if q.direct]
    kept: list[Quantity] = []
    listed: Quantity | None = None
    for quantity in _votes(doc, quantities):
        masks = days if quantity.kind in ("money", "percent", "points") else days + named
        if quantity.start < begins or any(a <= quantity.number.start and quantity.number.end <= b for a, b in masks):
            continue
        if quantity.kind is None:
            if (bare := unit_of_bare(doc, quantity)) is not None:
                quantity = replace(quantity, unit=bare[0], kind="count", head=bare[1], shared=True)
            elif listed is not None and _goes_on(doc, listed, quantity):
                quantity = replace(quantity, unit=listed.unit, kind="count", head=listed.head, shared=True)
            elif is_vote(doc, quantity):
                quantity = replace(quantity, unit="votes", kind="count", shared=True)
            else:
                continue
        if quantity.kind == "count":
            quantity = _understood(doc, quantity, listed, kept)
            listed = quantity if is_count(doc, quantity) or quantity.shared else listed
        if _is_statistic(doc, quantity, any(a <= quantity.start < b for a, b in spoken)):
            kept.append(quantity)
    return tuple(kept)


def _is_statistic(doc: Doc, quantity: Quantity, spoken: bool) -> bool:
    if quantity.kind == "duration" or quantity.value == 0:
        return False
    in_words = quantity.number.form != "digits" and quantity.number.scale < 1e6
    if spoken and (in_words or (quantity.kind == "count" and quantity.value < 100)):
        return False  # "half the country", "two-cent part": a figure of speech
    if quantity.kind == "count":
        return quantity.value >= SMALLEST_COUNT and (quantity.shared or is_count(doc, quantity))
    if quantity.number.form == "fraction":
        return _is_share(doc, quantity)
    return True


def is_count(doc: Doc, quantity: Quantity) -> bool:
    """Whether a noun is counted, rather than ranked, numbered or named."""
    if quantity.head is None:
        return False
    head = doc[quantity.head]
    if head.lower_ in units().never or head.lemma_.lower() in units().never or head.lemma_.lower() in units().durations:
        return False
    number = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    before = doc[number.start - 1] if number is not None and number.start else None
    if before is not None and before.lower_ in _RANK:
        return False
    if _is_hyphenated(doc, quantity):
        return False
    if head.tag_ == "NNP" and head.lower_ != quantity.unit:
        return False  # "575 Wilbraham Road"
    return (
        head.tag_ in ("NNS", "NNPS")
        or quantity.number.scale > 1
        or head.lower_ == quantity.unit
        or quantity.value >= 100
    )


def _is_hyphenated(doc: Doc, quantity: Quantity) -> bool:
    """``a five-member panel``: the number is a part of an adjective."""
    return text_of(doc)[quantity.number.end : quantity.number.end + 1] in ("-", "–")


def _is_share(doc: Doc, quantity: Quantity) -> bool:
    """Whether a fraction is of something countable: ``half of the imports``, not ``half a mile``, ``half-hearted``."""
    ahead = text_of(doc)[quantity.end : quantity.end + 24].lower()
    if re.match(r"\sof (?:1|one|a) ?(?:percent|per cent|%)", ahead):
        return False
    if re.match(r"\s(?:a|an|hour|day|year|century|way|time|heartedly|brother)\b", ahead):
        return False
    return bool(re.match(r"\s(?:of|the|its|their|all|his|her|that|to|in)\b", ahead)) or quantity.number.value != 0.5


def _goes_on(doc: Doc, listed: Quantity, quantity: Quantity) -> bool:
    """Whether a bare number goes on a list: ``38,210 inventions from China, 6,276 from the United States``."""
    between = text_of(doc)[listed.end : quantity.start]
    if len(between) > 160 or "\n" in between or quantity.value < SMALLEST_COUNT or quantity.number.form == "fraction":
        return False
    ahead = text_of(doc)[quantity.end : quantity.end + 16].lower()
    small = quantity.value < 100 and "," not in text_of(doc)[quantity.start : quantity.end]
    follows = re.match(
        r"\s(?:from|in|for|against|of them|of these|of which|were|are|had|have|more|others?|abstained|voted|by)\b",
        ahead,
    )
    closes = re.match(r"\s?(?:[,;.)]|and\b|\()", ahead)
    if small:
        return bool(follows) and (". " not in between or ahead.startswith((" of the", " of them", " of these")))
    return bool(follows or closes) and not _is_year(quantity)


def _understood(doc: Doc, quantity: Quantity, listed: Quantity | None, kept: list[Quantity]) -> Quantity:
    """``10 million monthly active ones`` are users like those before; points beside percent are percentage points."""
    if quantity.unit in ("ones", "others") and listed is not None and quantity.head is not None:
        words = [t.lower_ for t in doc[max(0, quantity.head - 2) : quantity.head] if t.pos_ == "ADJ"]
        name = " ".join([*words, listed.unit.split()[-1]])
        return replace(quantity, unit=name if name.removesuffix("s") in units().compounds else listed.unit)
    if (
        quantity.unit == "points"
        and not quantity.shared
        and kept
        and kept[-1].kind == "percent"
        and quantity.start - kept[-1].end < 250
    ):
        return replace(quantity, unit="percentage points", kind="points")
    return quantity


def _is_year(quantity: Quantity) -> bool:
    return quantity.number.scale == 1 and 1800 <= quantity.value <= 2100


def _votes(doc: Doc, quantities: tuple[Quantity, ...]) -> list[Quantity]:
    """``voted 308-122``, ``a 219-210 vote``: both numbers are votes."""
    out = list(quantities)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        between = text_of(doc)[first.number.end : second.number.start]
        bare = first.kind in (None, "count") and (second.kind is None or second.unit in _VOTED)
        if (
            not bare
            or not _AGAINST.fullmatch(between)
            or first.number.form != "digits"
            or second.number.form != "digits"
        ):
            continue
        around = text_of(doc)[max(0, first.start - 90) : second.end + 30]
        if (
            _VOTE.search(around)
            or second.unit in _VOTED
            or (min(first.value, second.value) >= 20 and _CHAMBER.search(around))
        ):
            out[i] = replace(first, unit="votes", kind="count", shared=True, end=first.number.end)
            out[i + 1] = replace(second, unit="votes", kind="count", shared=True)
    return out
