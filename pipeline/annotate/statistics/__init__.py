"""Figures: value, unit, what they measure, of which period, and on whose word.

``quantities`` reads every quantity, ``selection`` keeps what an analyst would tabulate, ``phrases`` and ``sources``
read the words around each.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.attribution import names_of
from pipeline.annotate.plain import text_of
from pipeline.annotate.quotes import find_quotes
from pipeline.annotate.statistics.bare import token_of
from pipeline.annotate.statistics.phrases import bound_of, change_of, of_what, period_of
from pipeline.annotate.statistics.quantities import Quantity, read_quantities
from pipeline.annotate.statistics.selection import select
from pipeline.annotate.statistics.sources import Sources
from pipeline.annotate.text import Text
from pipeline.records import DateMention, Mention, Quote, Statistic

__all__ = ["find_statistics", "read_quantities"]


_CONVERTED = re.compile(
    r"\s?\((?:or |about |around |some |over |nearly |roughly )?"
)  # "578 billion yuan (about 81 ..."


def find_statistics(
    text: Text,
    mentions: tuple[Mention, ...],
    dates: tuple[DateMention, ...],
    quotes: tuple[Quote, ...] | None = None,
) -> tuple[Statistic, ...]:
    """All statistics in the order of the text; one that is told twice is given once, at its first place.

    ``quotes``: those of the text where they are known already; else they are read here.
    """
    doc = text.doc
    quotes = find_quotes(text, mentions) if quotes is None else quotes
    begins = text.article.dateline.end if text.article.dateline else 0
    sources = Sources(doc, names_of(doc, mentions), quotes, begins)
    found: list[Statistic] = []
    doc_text = text_of(doc)
    for quantity in select(doc, read_quantities(doc), mentions, dates, quotes, begins):
        statistic = _statistic(text, quantity, sources, dates)
        if found and _CONVERTED.fullmatch(doc_text[found[-1].end : statistic.start]):
            statistic = replace(statistic, of_what=found[-1].of_what, change=found[-1].change, period=found[-1].period)
        if not any(_same(statistic, other) for other in found):
            found.append(statistic)
    return tuple(found)


def _statistic(text: Text, quantity: Quantity, sources: Sources, dates: tuple[DateMention, ...]) -> Statistic:
    doc = text.doc
    token = token_of(doc, quantity)
    bound, words = bound_of(doc, quantity)
    change = change_of(doc, quantity, token)
    return Statistic(
        start=quantity.start,
        end=quantity.end,
        text=text_of(doc)[quantity.start : quantity.end],
        value=quantity.value,
        unit=quantity.unit,
        of_what=of_what(doc, quantity, token, change, words),
        period=period_of(doc, quantity, token, dates),
        attributed_to=sources.of(quantity, token),
        method=f"{quantity.kind}{' shared' if quantity.shared else ''}",
        bound=bound,
        change=change,
        confidence=0.7 if quantity.shared else 0.9,
    )


def _same(one: Statistic, other: Statistic) -> bool:
    """Whether two rows tell one figure: equal counts and amounts; equal shares only of the same thing."""
    if one.value != other.value or one.unit != other.unit:
        return False
    if one.unit in ("percent", "percentage points"):
        return one.of_what == other.of_what != ""
    return True
