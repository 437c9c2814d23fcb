"""Find the spans of calendar expressions: the grammar proposes, the parse disposes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.annotate.dates.grammar import PART_REACH, matches, part_before
from pipeline.annotate.dates.words import words

EARLY = re.compile(r"(?:late|early|earlier|later)(?: on)?[ \u00a0]{1,2}", re.IGNORECASE)
DAYPART = re.compile(r"[ \u00a0]{1,2}(?:early |late )?(?:morning|afternoon|evening|night|overnight)$", re.IGNORECASE)
WITH_PART = ("months", "month", "nth", "unit", "season", "decade", "year")  # rules that "the end of" can precede
CAPITALISED_NOT_DAYS = ("black", "good", "super", "cyber", "ash", "palm", "easter", "bloody", "holy")
COUNT_PREPOSITIONS = (
    "of",
    "to",
    "from",
    "about",
    "around",
    "than",
    "over",
    "and",
    "between",
    "by",
    "or",
    "for",
    "a",
    "as",
    "at",
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression as printed; ``groups`` are the named parts of the rule that found it."""

    rule: str
    start: int
    end: int
    text: str
    groups: dict[str, str]

    def get(self, name: str) -> str:
        """A part in lower case, "" where the rule or the text has none."""
        return self.groups.get(name, "").strip().lower()


def find_expressions(doc: Doc) -> list[Expression]:
    """All calendar expressions, in order, none inside another: leftmost, then longest, then first rule."""
    text = doc.text
    proposed: list[tuple[int, int, int, Expression]] = []
    for order, rule, found in matches(text):
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


def core(e: Expression) -> Expression:
    """The expression without the time of day: "late Monday", "Monday evening" -> "Monday"."""
    if e.rule not in ("weekday", "deictic") or e.get("deictic").startswith("this"):
        return e
    head, tail = EARLY.match(e.text), DAYPART.search(e.text)
    start = head.end() if head else 0
    end = tail.start() if tail else len(e.text)
    return Expression(e.rule, e.start + start, e.start + end, e.text[start:end], e.groups) if end > start else e


def trim(rule: str, groups: dict[str, str], text: str, start: int, end: int) -> tuple[int, int]:
    """Bare prepositions are no part of a date's span."""
    start += len(groups.get("between", ""))
    if rule == "season":
        head = text[start:end].split(" ", 1)
        if head[0].lower() in ("in", "by", "since", "until", "before", "after", "during") and len(head) == 2:
            start = end - len(head[1])
            if head[1].startswith("the "):
                start += 0
    while start < end and text[start] in " \u00a0":
        start += 1
    while start < end and text[end - 1] in " \u00a0":
        end -= 1
    return start, end


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that holds the character, or the last before it; None in an empty text."""
    starts = doc.user_data.get("token_starts")
    if starts is None:
        starts = doc.user_data["token_starts"] = [token.idx for token in doc]
    at = bisect_right(starts, offset) - 1
    return doc[max(at, 0)] if starts else None


def sentence_at(token: Token) -> tuple[int, int]:
    """First token of the sentence of a token, and the first after it."""
    doc = token.doc
    starts = doc.user_data.get("sentence_starts")
    if starts is None:
        starts = doc.user_data["sentence_starts"] = [t.i for t in doc if t.i == 0 or t.is_sent_start]
    at = bisect_right(starts, token.i)
    return starts[at - 1], starts[at] if at < len(starts) else len(doc)


def accept(e: Expression, doc: Doc) -> bool:
    """Whether the expression is one of the calendar here."""
    check = _CHECKS.get(e.rule)
    return check is None or check(e, doc)


def _anchor_token(e: Expression, doc: Doc, group: str) -> Token | None:
    at = e.text.lower().find(e.get(group))
    return token_at(doc, e.start + max(at, 0))


def _is_month(e: Expression, doc: Doc) -> bool:
    """A bare "May", "March", "Jan" must be no verb and no person; with a day, year or "last" it is a month."""
    if any(e.get(k) for k in ("year", "yref", "yy")):
        return True
    name = e.groups["month"]
    if not name.endswith(".") and len(name) == 3 and name.lower() != "may":
        return False
    token = _anchor_token(e, doc, "month")
    if token is None or (name.isupper() and len(name) <= 5 and not e.get("part")):
        return False
    if e.get("ref") or e.get("part"):
        return True
    if token.pos_ in ("AUX", "VERB") and token.dep_ not in ("pobj", "npadvmod"):
        return False
    return not _in_name(token)


def _in_name(token: Token) -> bool:
    """Whether the word is part of a name: "Theresa May", "the Sunday Times"."""
    if token.ent_type_ in ("PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT") and token.i > 0:
        near = [t for t in (token.doc[token.i - 1], token.nbor() if token.i + 1 < len(token.doc) else None) if t]
        if any(t.ent_type_ == token.ent_type_ and t.text[:1].isupper() for t in near):
            return True
    follower = token.nbor() if token.i + 1 < len(token.doc) else None
    return bool(
        follower is not None
        and token.dep_ == "compound"
        and token.head.i == follower.i
        and follower.pos_ == "PROPN"
        and follower.text[:1].isupper()
        and follower.ent_type_ not in ("DATE", "TIME", "GPE")
    )


def _is_weekday(e: Expression, doc: Doc) -> bool:
    name = e.groups["weekday"]
    if not name.rstrip(".").lower().endswith("day"):
        return False
    token = _anchor_token(e, doc, "weekday")
    if token is None or _in_name(token):
        return False
    return not (token.i > 0 and token.nbor(-1).lower_ in CAPITALISED_NOT_DAYS)


def _is_season(e: Expression, doc: Doc) -> bool:
    token = _anchor_token(e, doc, "season")
    if token is None:
        return False
    follower = token.nbor() if token.i + 1 < len(doc) else None
    if e.get("year") or e.get("yref"):
        return True
    if token.pos_ == "VERB" or (token.text[0].isupper() and not token.is_sent_start):
        return False
    if follower is not None and (follower.pos_ == "PROPN" or (token.dep_ == "compound" and token.head.i > token.i)):
        return False
    if token.lower_ in ("fall", "spring") and follower is not None and follower.lower_ in ("in", "of", "from", "to"):
        return False
    before = doc[token.i - 1].lower_ if token.i else ""
    return bool(e.get("ref") or e.get("part") or before in ("in", "by", "since", "until", "before", "after", "during"))


def _is_unit(e: Expression, doc: Doc) -> bool:
    """ "last month", "the end of the year"; not "the last year" (a duration) nor "the week" alone."""
    ref, unit = e.get("ref"), e.get("unit")
    if ref in ("the last", "the past", "past", "the next", "this past") and unit != "weekend":
        return False
    if unit in ("day", "century", "half") or (ref in ("that", "the same", "that same") and not e.get("part")):
        return False
    if ref == "the":
        return bool(e.get("part")) and unit in ("year", "month", "week", "quarter", "decade")
    if unit == "decade" and ref in ("last", "next"):
        return True
    if ref in ("the same", "that", "that same") and unit in ("week", "quarter", "weekend", "decade"):
        return bool(e.get("part"))
    if ref == "last" and e.start and doc.text[max(e.start - 4, 0) : e.start].lower().endswith(("the ", "his ", "her ")):
        return False
    return True


def _is_nth(e: Expression, doc: Doc) -> bool:
    of = e.get("year") or e.get("yref") or e.get("theyear") or e.get("month")
    unit = e.get("unit")
    if e.get("nth") in ("last", "final") or unit in ("week", "month", "day", "decade", "semester") or e.get("count"):
        return bool(of)
    return bool(of) or unit == "quarter" or "-" in e.text


def _is_q(e: Expression, doc: Doc) -> bool:
    return bool(e.get("year") or e.get("yref") or e.get("yy") or e.get("year2") or e.groups["code"][0] == "Q")


def _is_years(e: Expression, doc: Doc) -> bool:
    first, last = int(e.groups["year"]), e.groups["year2"]
    if " and " in e.text and not e.get("between"):
        return False
    return int(f"{first // 100}{last}" if len(last) == 2 else last) > first


def _is_holiday(e: Expression, doc: Doc) -> bool:
    token = token_at(doc, e.end - 1)
    follower = token.nbor() if token is not None and token.i + 1 < len(doc) else None
    return not (e.get("holiday") == "new year" and doc.text[: e.start].endswith(("Lunar ", "Chinese "))) and not (
        follower is not None
        and follower.pos_ == "PROPN"
        and follower.text[:1].isupper()
        and follower.ent_type_ != "DATE"
    )


def _is_year(e: Expression, doc: Doc) -> bool:
    """A bare number is a year by the words around it: "in 2023", "the 2022 act"; not "2000 firms", "Vision 2030"."""
    token = token_at(doc, e.end - 1)
    if token is None or token.idx > e.end - 4 or len(token.text) != 4:
        return False
    if e.get("part") or e.get("nyref"):
        return True
    before = doc[token.i - 1] if token.i else None
    after = token.nbor() if token.i + 1 < len(doc) else None
    counted = token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS")
    if after is not None and (
        after.lower_ in ("percent", "per", "million", "billion", "yuan", "dollars", "euros", "%") or after.text == "%"
    ):
        return False
    if before is None or before.is_space:
        return token.dep_ in ("nsubj", "nsubjpass") or not counted
    word = before.lower_
    if before.text in ("$", "€", "£", "No.", "Nos.", "#", "/", "+", "&"):
        return False
    if counted and token.head.i == token.i + 1 and word in COUNT_PREPOSITIONS:
        return False
    if word in words().before_year or before.text in ("(", "–", "-", "—"):
        return True
    if before.text == "," or word in ("and", "or"):
        earlier = doc[token.i - 2] if token.i > 1 else None
        return earlier is not None and earlier.like_num and len(earlier.text) == 4
    if before.pos_ == "PROPN" or (before.text[:1].isupper() and not before.is_sent_start):
        return False
    if before.tag_ in ("POS", "PRP$", "JJ", "DT", "WDT", "VBN", "VBG"):
        return token.head.i > token.i
    return before.pos_ in ("VERB", "ADV", "ADP", "SCONJ", "PUNCT") and not counted


_CHECKS = {
    "month": _is_month,
    "weekday": _is_weekday,
    "season": _is_season,
    "unit": _is_unit,
    "nth": _is_nth,
    "q": _is_q,
    "years": _is_years,
    "year": _is_year,
    "holiday": _is_holiday,
}
