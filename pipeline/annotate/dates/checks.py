"""Whether a match of the grammar is a date here: no verb "may", no "Theresa May", no "2000 firms"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.annotate.dates.expression import Expression, token_at
from pipeline.annotate.dates.words import words

NAMED_DAYS = ("black", "good", "super", "cyber", "ash", "palm", "easter", "bloody", "holy")
COUNTING = ("of", "to", "from", "about", "around", "than", "over", "and", "between", "by", "or", "for", "a", "as", "at")
BEFORE_SEASON = ("in", "by", "since", "until", "before", "after", "during")
MEASURES = ("percent", "per", "million", "billion", "yuan", "dollars", "euros", "%", "gmt", "utc", "hours", "local")
MARKS = ("“", "‘", '"', "``", "$", "€", "£", "No.", "Nos.", "#", "/", "+", "&")
NAMES = ("PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT")


def accept(e: Expression, doc: Doc) -> bool:
    """Whether the expression is one of the calendar here."""
    check = _CHECKS.get(e.rule)
    return check is None or check(e, doc)


def _anchor_token(e: Expression, doc: Doc, group: str) -> Token | None:
    at = e.text.lower().find(e.get(group))
    return token_at(doc, e.start + max(at, 0))


def _word_before(e: Expression, doc: Doc) -> str:
    first = token_at(doc, e.start)
    return doc[first.i - 1].lower_ if first is not None and first.i else ""


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
    before = doc[token.i - 1] if token.i else None
    surname = before is not None and before.pos_ == "PROPN" and before.dep_ == "compound" and before.head.i == token.i
    return not surname and not _in_name(token)


def _in_name(token: Token) -> bool:
    """Whether the word is part of a name: "Theresa May", "the Sunday Times"."""
    if token.ent_type_ in NAMES and token.i > 0:
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
    return not (token.i > 0 and token.nbor(-1).lower_ in (*NAMED_DAYS, "every", "each"))


def _is_deictic(e: Expression, doc: Doc) -> bool:
    """No "USA TODAY", "Russia Today"; the last word of a name is no day."""
    word = e.groups["deictic"]
    if not word[:1].isupper():
        return True
    token = _anchor_token(e, doc, "deictic")
    before = doc[token.i - 1] if token is not None and token.i else None
    return before is None or not (before.pos_ == "PROPN" and before.text[:1].isupper() and before.whitespace_)


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
    before = doc[token.i - 1] if token.i else None
    if e.get("ref") == "the" and token.lower_ in ("fall", "spring"):
        before = doc[token.i - 2] if token.i > 1 else None  # "behind the fall" tells no season
        return before is not None and before.lower_ in (*BEFORE_SEASON, "for", "of", "over", "through", "this")
    return bool(e.get("ref") or e.get("part") or (before is not None and before.lower_ in BEFORE_SEASON))


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
    return not (ref == "last" and _word_before(e, doc) in ("his", "her"))


def _is_nth(e: Expression, doc: Doc) -> bool:
    of = e.get("year") or e.get("yref") or e.get("theyear") or e.get("month")
    last = token_at(doc, e.end - 1)
    following = doc[last.i + 1 : last.i + 3].text.lower() if last is not None else ""
    a_third = _word_before(e, doc) in ("a", "each") and "-" not in e.text
    if not of and (a_third or following in ("in a", "running", "straight")):
        return False
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
    """No "Lunar New Year" (its day moves), no "Thanksgiving Coffee Co"."""
    token = token_at(doc, e.end - 1)
    follower = doc[token.i + 1] if token is not None and token.i + 1 < len(doc) else None
    if e.get("holiday") == "new year" and _word_before(e, doc) in ("lunar", "chinese"):
        return False
    named = follower is not None and follower.pos_ == "PROPN" and follower.text[:1].isupper()
    return not (named and follower is not None and follower.ent_type_ != "DATE")


def _is_year(e: Expression, doc: Doc) -> bool:
    """A bare number is a year by the words around it: "in 2023", "the 2022 act"; not "2000 firms", "Vision 2030"."""
    token = token_at(doc, e.end - 1)
    if token is None or token.idx > e.end - 4 or len(token.text) != 4:
        return False
    if e.get("part") or e.get("nyref"):
        return True
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    counted = token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS")
    if after in MEASURES or (before is not None and before.text in MARKS):
        return False
    if before is None or before.is_space:
        return token.dep_ in ("nsubj", "nsubjpass") or not counted
    if counted and token.head.i == token.i + 1 and before.lower_ in COUNTING:
        return False
    return _reads_as_year(token, before, counted)


def _reads_as_year(token: Token, before: Token, counted: bool) -> bool:
    """By the word before a four-digit number: "since 2014", "the 2022 act", "2014, 2015 and 2016"."""
    if before.lower_ in words().before_year or before.text in ("(", "–", "-", "—"):
        return True
    if before.text == "," or before.lower_ in ("and", "or"):
        earlier = token.doc[token.i - 2] if token.i > 1 else None
        return earlier is not None and earlier.like_num and len(earlier.text) == 4
    if before.pos_ == "PROPN" or (before.text[:1].isupper() and not before.is_sent_start):
        return False
    if before.tag_ in ("POS", "PRP$", "JJ", "DT", "WDT", "VBN", "VBG"):
        return token.head.i > token.i
    return before.pos_ in ("VERB", "ADV", "ADP", "SCONJ", "PUNCT") and not counted


_CHECKS = {
    "month": _is_month,
    "weekday": _is_weekday,
    "deictic": _is_deictic,
    "season": _is_season,
    "unit": _is_unit,
    "nth": _is_nth,
    "q": _is_q,
    "years": _is_years,
    "year": _is_year,
    "holiday": _is_holiday,
}
