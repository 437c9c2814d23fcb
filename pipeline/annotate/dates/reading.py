"""Read the calendar expressions of one text in order, each against what was told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.annotate.dates.context import Context, Tense, month_of
from pipeline.annotate.dates.expression import Expression, sentence_at, token_at
from pipeline.annotate.dates.expressions import find_expressions
from pipeline.annotate.dates.periods import Period
from pipeline.annotate.dates.resolve import resolve
from pipeline.annotate.dates.tense import tense_at
from pipeline.annotate.plain import text_of
from pipeline.records import Article
from pipeline.source import load_all

FISCAL = re.compile(
    r"\b[Ff]iscal\b|\b(?:quarter|months?) (?:that )?(?:ended|ending|ends|to|through) (?:on )?"
    r"[A-Z][a-z]{2,8}\.? (?!30\b|31\b)\d{1,2}\b"
)


def anchor_of(article: Article) -> date:
    """The day a report is written from: its dateline's, else the day of publication where the outlet stated it."""
    return _day_near(article.dateline.day if article.dateline else None, article.local_day)


@lru_cache(256)
def _day_near(printed: str | None, published: date) -> date:
    """The day printed in a dateline, in the year nearest to publication; else the day of publication."""
    for e in find_expressions(blank(printed or "")):
        period = resolve(e, Context(published))
        if period is not None and period.precision == "day" and abs((period.start - published).days) < 32:
            return period.start
    return published


def blank(text: str) -> Doc:
    """A few words without parse."""
    words = text.split()
    return Doc(_vocab(), words=words, spaces=[True] * (len(words) - 1) + [False] if words else [])


@cache
def _vocab() -> Vocab:
    return Vocab()


def day_first(article: Article) -> bool:
    """Whether the outlet prints the day before the month."""
    source = load_all().get(article.source)
    return bool(source and source.day_first)


def read_periods(
    doc: Doc, article: Article | date, calendar_quarters: bool = False
) -> Iterator[tuple[Expression, Period | None]]:
    """Each expression with its period; None as period where there is no anchor. Impossible days are left out."""
    told = isinstance(article, date)
    anchor = article if isinstance(article, date) else anchor_of(article)
    order = False if isinstance(article, date) else day_first(article)
    fiscal = not calendar_quarters and bool(FISCAL.search(text_of(doc)))
    seen: date | None = None
    carry: tuple[int, date] | None = None
    parsed = doc.has_annotation("DEP")
    for e in share_years(find_expressions(doc), text_of(doc)):
        tense = clause_tense(e, doc) if parsed else None
        sentence = sentence_of(e, doc) if parsed else 0
        context = Context(anchor, tense, seen, carry[1] if carry and carry[0] == sentence else None, order, fiscal)
        period = resolve(e, context) if calendar_quarters or not of_fiscal_year(e) else None
        if period is None and e.rule not in ("nth", "q", "unit", "bare_unit"):
            continue
        yield e, period
        if period is not None and period.known and tells_year(period):
            seen = period.start
            if (
                period.basis == "explicit"
                and period.precision in ("day", "month")
                and period.start < anchor
                and not told
            ):
                carry = (sentence, period.start)


def of_fiscal_year(e: Expression) -> bool:
    """ "the current financial year": its months are not known. "Fiscal 2024" is read as the year it names."""
    return e.rule == "unit" and e.get("unit") == "year" and e.get("fiscal") in ("fiscal", "financial", "business")


def share_years(found: list[Expression], text: str) -> list[Expression]:
    """ "from January 1 to December 31, 2023": the first day takes the year of the second."""
    out = list(found)
    for i, (e, following) in enumerate(pairwise(found)):
        between = text[e.end : following.start].strip().lower()
        if e.rule != "day_md" or following.rule != "day_md" or between not in ("to", "through", "until", "-", "–"):
            continue
        if following.get("year") and not e.get("year") and not e.get("yref"):
            year = int(following.get("year")) - (month_of(e) > month_of(following))
            out[i] = replace(e, groups={**e.groups, "year": str(year)})
    return out


def tells_year(period: Period) -> bool:
    """Whether a later "that year" can mean the period's year."""
    return period.basis != "relative" or period.precision in ("month", "year")


def sentence_of(e: Expression, doc: Doc) -> int:
    """Where the expression's sentence begins."""
    token = token_at(doc, e.start)
    return sentence_at(token)[0] if token is not None else 0


def clause_tense(e: Expression, doc: Doc) -> Tense | None:
    """Tense of the clause in which the expression stands."""
    token, first = token_at(doc, e.end - 1), token_at(doc, e.start)
    if token is None or first is None:
        return None
    return tense_at(first, token)
