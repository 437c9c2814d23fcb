"""Find the calendar expressions of a text: the grammar proposes, the parse disposes."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc

from pipeline.annotate.columns import offsets, texts
from pipeline.annotate.dates.checks import accept
from pipeline.annotate.dates.expression import Expression, token_at
from pipeline.annotate.dates.grammar import PART_REACH, matches, part_before, triggers_in
from pipeline.annotate.plain import text_of

WITH_PART = ("months", "month", "nth", "unit", "season", "decade", "year")  # rules that "the end of" can precede
BARE = ("in", "by", "since", "until", "before", "after", "during")


def find_expressions(doc: Doc) -> list[Expression]:
    """All calendar expressions, in order, none inside another: leftmost, then longest, then first rule."""
    text = text_of(doc)
    proposed: list[tuple[int, int, int, Expression]] = []
    for order, rule, found in matches(text, hits(doc)):
        groups = {k: v for k, v in found.groupdict().items() if v}
        start, end = trim(rule.name, groups, text, found.start(), found.end())
        if rule.name in WITH_PART and (part := part_before().search(text, max(start - PART_REACH, 0), start)):
            start, groups["part"] = part.start(), part.group("part")
        expression = without_article(Expression(rule.name, start, end, text[start:end], groups), doc)
        if accept(expression, doc):
            proposed.append((expression.start, -expression.end, order, expression))
    proposed.sort(key=lambda p: p[:3])
    kept: list[Expression] = []
    for start, _, _, expression in proposed:
        if not kept or start >= kept[-1].end:
            kept.append(expression)
    return kept


def hits(doc: Doc) -> list[tuple[str, int, int]]:
    """Kind and place of each trigger among the tokens of a text."""
    found = [(n, kinds) for n, word in enumerate(texts(doc)) if (kinds := kinds_of(word))]
    at = offsets(doc) if found else []
    return [(kind, at[n] + start, at[n] + end) for n, kinds in found for kind, start, end in kinds]


@lru_cache(1 << 16)
def kinds_of(word: str) -> tuple[tuple[str, int, int], ...]:
    """The triggers in one token; most words of a language have none, and each is looked at once."""
    return tuple(triggers_in(word))


def without_article(e: Expression, doc: Doc) -> Expression:
    """ "the May ruling", "said that Monday": the article or conjunction is no part of the date."""
    if e.rule not in ("month", "weekday") or e.get("part") or e.get("ref") not in ("the", "that", "past", "current"):
        return e
    token = token_at(doc, e.end - 1)
    if e.get("ref") == "that" and token is not None and token.dep_ not in ("nsubj", "nsubjpass"):
        return e
    start = e.start + len(e.groups["ref"])
    start += len(e.text[start - e.start :]) - len(e.text[start - e.start :].lstrip(" \u00a0"))
    groups = {k: v for k, v in e.groups.items() if k != "ref"}
    return Expression(e.rule, start, e.end, e.text[start - e.start :], groups)


def trim(rule: str, groups: dict[str, str], text: str, start: int, end: int) -> tuple[int, int]:
    """Bare prepositions are no part of a date's span."""
    start += len(groups.get("between", ""))
    if rule == "season":
        head = text[start:end].split(" ", 1)
        if head[0].lower() in BARE and len(head) == 2:
            start = end - len(head[1])
    while start < end and text[start] in " \u00a0":
        start += 1
    while start < end and text[end - 1] in " \u00a0":
        end -= 1
    return start, end
