"""Every calendar expression of a text: its value against the dateline, and what it is the date of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from pipeline.annotate.dates.expression import Expression, core
from pipeline.annotate.dates.periods import Period
from pipeline.annotate.dates.reading import anchor_of, blank, read_periods
from pipeline.annotate.dates.roles import role_of
from pipeline.annotate.text import Text
from pipeline.records import ActionMention, DateMention, DateRole, Precision

CERTAIN = (": in_force", ": due")  # rules whose words tell of a measure by themselves

__all__ = ["anchor_of", "find_dates", "find_title_dates", "resolve_phrase", "settle_roles"]


def find_dates(text: Text) -> tuple[DateMention, ...]:
    """All calendar expressions of the text, in order; values against the dateline's day, else the day of publication.

    ``value`` is None where no anchor gives one (fiscal quarters). Durations, sets and ages are left out.
    """
    return _mentions(text, text.doc)


def find_title_dates(text: Text) -> tuple[DateMention, ...]:
    """The same for the title; offsets into the title."""
    return _mentions(text, text.title)


def _mentions(text: Text, doc: Doc) -> tuple[DateMention, ...]:
    anchor = anchor_of(text.article)
    found = read_periods(doc, text.article)
    return tuple(_mention(e, p, doc, text, anchor) for e, p in found if e.get("deictic") != "overnight")


def settle_roles(dates: Iterable[DateMention], actions: Iterable[ActionMention]) -> tuple[DateMention, ...]:
    """Where a text tells no policy act, every date but the dateline is ``other``, unless its words leave no doubt."""
    if tuple(actions):
        return tuple(dates)
    return tuple(
        d
        if d.role in ("published", "other") or d.method.endswith(CERTAIN)
        else replace(d, role="other", method=f"{d.method}, no act")
        for d in dates
    )


def resolve_phrase(phrase: str, anchor: date) -> tuple[str, Precision] | None:
    """Value and precision of the first calendar expression in a phrase ("the first half of the year"), or None."""
    for _, period in read_periods(blank(phrase), anchor):
        if period is not None:
            return period.value, period.precision
    return None


def _mention(e: Expression, period: Period | None, doc: Doc, text: Text, anchor: date) -> DateMention:
    e, article = core(e), text.article
    role: DateRole
    line = article.dateline if doc is text.doc else None
    if line is not None and e.start < line.end:
        role, why = "published", "dateline"
    else:
        role, why = role_of(e, doc, period, anchor)
    return DateMention(
        start=e.start,
        end=e.end,
        text=e.text,
        value=period.value if period else None,
        role=role,
        precision=period.precision if period else None,
        basis=period.basis if period else "relative",
        method=f"{e.rule}: {why}",
        confidence=1.0 if period and period.basis == "explicit" else 0.9 if period else 0.5,
    )
