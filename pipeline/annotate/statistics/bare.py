"""The unit of a bare number, by what is said of it: casualties, the level of a share index, a total's noun."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipeline.annotate.plain import text_of
from pipeline.annotate.statistics.nouns import plural_name
from pipeline.annotate.statistics.quantities import Quantity
from pipeline.annotate.statistics.units import units

_LOWEST_LEVEL = 100  # points of an index
_IN_FAVOUR = re.compile(r" (?:votes )?(?:in favou?r|against|abstain\w{0,8}|out of \d)")
_VOTE = re.compile(r"\b(?:vot(?:e|es|ed|ing)|ballots?)\b", re.IGNORECASE)


def token_of(doc: Doc, quantity: Quantity) -> Token:
    """The last token of the number."""
    span = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    return span[-1] if span is not None else doc[0]


def unit_of_bare(doc: Doc, quantity: Quantity) -> tuple[str, int] | None:
    """Unit of a number that stands alone and the token that tells it; None where nothing does."""
    token = token_of(doc, quantity)
    if (head := counted_subject(token)) is not None:
        return plural_name(head), head.i
    if (verb := _casualties(token)) is not None:
        return "people", verb.i
    if _is_level(doc, quantity, token):
        return "points", token.i
    head = _parted(token)
    return (plural_name(head), head.i) if head is not None else None


def is_vote(doc: Doc, quantity: Quantity) -> bool:
    """``The vote was 180 in favour``."""
    ahead = _IN_FAVOUR.match(text_of(doc), quantity.end)
    return bool(ahead) and bool(_VOTE.search(token_of(doc, quantity).sent.text))


def counted_subject(token: Token) -> Token | None:
    """The noun in ``the number of applications rose to 273,900``, ``new products number 1.15 million``."""
    for verb in token.ancestors:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        for noun in verb.children:
            if noun.dep_ not in ("nsubj", "nsubjpass", "dobj") or noun.i >= token.i:
                continue
            of = next((c for c in noun.children if c.lower_ == "of"), None)
            if noun.lemma_.lower() in ("number", "total", "tally", "count") and of is not None:
                return next((c for c in of.children if c.dep_ == "pobj"), None)
            if noun.tag_ == "NNS" and noun.dep_ == "nsubj" and verb.lemma_ in ("number", "total", "reach", "hit"):
                return noun
        return None
    return None


def _casualties(token: Token) -> Token | None:
    """``1,500 were injured``, ``killing at least 29``, ``the death toll rose to 29``."""
    verb = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "nummod") and verb.lemma_.lower() in units().casualties:
        return verb
    if token.dep_ == "pobj" and verb.lower_ in ("to", "at") and verb.head.pos_ in ("VERB", "AUX"):
        toll = next((c for c in verb.head.children if c.dep_ == "nsubj" and c.lemma_.lower() == "toll"), None)
        return verb.head if toll is not None else None
    return None


def _is_level(doc: Doc, quantity: Quantity, token: Token) -> bool:
    """``the Nasdaq closed up 0.6 percent at 8,204.14``: a level with a fraction, behind "at" or "to"."""
    if quantity.value < _LOWEST_LEVEL or "." not in text_of(doc)[quantity.start : quantity.end] or token.i == 0:
        return False
    if doc[token.i - 1].lower_ not in ("at", "to", "of"):
        return False
    return any(t.lower_ in units().indices for t in token.sent if t.i < token.i)


def _parted(token: Token) -> Token | None:
    """``banned 59, mostly foreign, apps``: the noun stands behind adjectives set off by commas."""
    doc = token.doc
    if token.i + 3 >= len(doc) or doc[token.i + 1].text != ",":
        return None
    commas = 0
    for other in doc[token.i + 1 : token.i + 10]:
        commas += other.text == ","
        if other.tag_ == "NNS" and commas == 2:
            return other
        if other.text != "," and other.pos_ not in ("ADV", "ADJ", "NOUN", "PROPN"):
            return None
    return None
