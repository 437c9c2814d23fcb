"""The words around a figure: what it measures, how it is bounded, whether it tells of a rise or a fall, and of when."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token

from pipeline.annotate.plain import text_of
from pipeline.annotate.statistics.quantities import Quantity
from pipeline.annotate.statistics.series import member_of
from pipeline.annotate.statistics.units import Bound, units
from pipeline.records import DateMention

Change = Literal["rise", "fall"]
_PERIOD_ROLES = frozenset(("other", "published", "effective"))
_LEVEL = re.compile(r"\b(?:to|from|at)(?: (?:about|nearly|almost|over|more than|some|around|roughly|just))?$")
_MAKING = re.compile(r"\b(?:mak(?:e|es|ing)|made|tak(?:e|es|ing)|took) up$")  # "made up 45 percent": a share
_LONGEST = 12  # words of a phrase


@cache
def _bounds() -> tuple[tuple[str, Bound], ...]:
    pairs = [(phrase, name) for name, phrases in units().bounds.items() for phrase in phrases]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


@cache
def _bounds_after() -> tuple[tuple[str, Bound], ...]:
    return tuple((phrase, name) for name, phrases in units().bounds_after.items() for phrase in phrases)


def bound_of(doc: Doc, quantity: Quantity) -> tuple[Bound | None, str]:
    """The bound of a figure and the words that give it: ``more than``, ``about``, ``or more``."""
    before = text_of(doc)[max(0, quantity.start - 32) : quantity.start].lower().rstrip(" $€£¥(")
    for phrase, name in _bounds():
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            kind: Bound = "about" if phrase in ("nearly", "almost", "close to") else name
            return kind, phrase
    number = text_of(doc)[quantity.number.start : quantity.number.end]
    if number.endswith(("odd", "plus", "+")):
        return ("about", "odd") if number.endswith("odd") else ("at_least", "plus")
    after = text_of(doc)[quantity.end : quantity.end + 16].lower().lstrip()
    for phrase, name in _bounds_after():
        if after.startswith(phrase):
            return name, phrase
    return None, ""


def change_of(doc: Doc, quantity: Quantity, token: Token) -> Change | None:
    """Whether the figure is the size of a rise or a fall."""
    if quantity.number.negative:
        return "fall"
    near = text_of(doc)[max(0, quantity.start - 30) : quantity.start].lower().split()
    if _LEVEL.search(" ".join(near)):
        return None  # "rose to 5 percent from 4": levels, not changes
    if near and near[-1] in ("up", "down") and not _MAKING.search(" ".join(near)) and quantity.kind != "count":
        return _direction(near[-1])
    shares = quantity.kind in ("percent", "points")
    for steps, word in enumerate(token.ancestors):
        governs = shares or word.pos_ == "NOUN" or _is_by(doc, quantity)
        if governs and (found := _direction(word.lemma_.lower())):
            return found
        if word.pos_ == "VERB" or steps > 3:
            break
    after = text_of(doc)[quantity.end : quantity.end + 24].lower().split()[:2] if quantity.kind != "count" else []
    return next((found for word_ in after if (found := _direction(word_.strip(".,")))), None)


def _direction(word: str) -> Change | None:
    if word in units().rise:
        return "rise"
    return "fall" if word in units().fall else None


def _is_by(doc: Doc, quantity: Quantity) -> bool:
    """``rose by 3 million``: the amount is that of the change, not where it led."""
    return bool(
        re.search(
            r"\bby (?:(?:about|nearly|almost|over|more than|some|around|roughly|at least) )?$",
            text_of(doc)[max(0, quantity.start - 24) : quantity.start],
        )
    )


def of_what(doc: Doc, quantity: Quantity, token: Token, change: Change | None, bound: str) -> str:
    """A short noun phrase for what is counted or measured, the printed qualifier in brackets."""
    phrase = _in_series(doc, quantity)
    if not phrase and quantity.kind == "count" and not quantity.shared:
        phrase = _counted(doc, quantity)
    phrase = phrase or _measured(doc, quantity, token)
    if change and not re.match(r"(?:rise|fall|increase|decline|drop|growth|cut|reduction)", phrase):
        phrase = f"{change} in {phrase}" if phrase else change
    return f"{phrase} ({bound})" if bound else phrase


def _in_series(doc: Doc, quantity: Quantity) -> str:
    """Of which member of a row of figures it is; with the counted noun, which the row tells once."""
    number = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    whole = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if number is None or whole is None:
        return ""
    last = number[-1] if quantity.kind == "count" else whole[-1]
    member = member_of(doc, number[0], last)
    return f"{quantity.unit} ({member})" if member and quantity.kind == "count" else member


def _counted(doc: Doc, quantity: Quantity) -> str:
    """The counted noun with its modifiers and what it is joined to; with its verb's subject where it is short."""
    assert quantity.head is not None  # noqa: S101 - a count has its noun
    head = doc[quantity.head]
    number = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    first = number.end if number is not None else head.i
    phrase = clean(doc, first, _right(head))
    if len(phrase.split()) <= 2 and head.dep_ in ("dobj", "attr", "pobj"):
        subject = _subject(head)
        phrase = f"{phrase} ({subject})" if subject else phrase
    return phrase


def _measured(doc: Doc, quantity: Quantity, token: Token) -> str:
    """What an amount or share is of: the noun it stands by, the noun before "of", or its clause's subject."""
    inside = {t.i for t in doc.char_span(quantity.start, quantity.end, alignment_mode="expand") or ()}
    top = token
    while top.head.i in inside and top.head.i != top.i:
        top = top.head
    of = next((c for c in top.children if c.dep_ == "prep" and c.lower_ == "of" and c.i >= top.i), None)
    if quantity.kind in ("percent", "points") and of is not None:
        subject = _subject(top)
        share = clean(doc, of.i + 1, _right(of))
        return f"{subject} as share of {share}" if subject else f"share of {share}"
    head = top.head
    timed = head.lemma_.lower() in units().durations  # "5.6 percent year on year"
    if (
        head.i != top.i
        and not timed
        and head.pos_ in ("NOUN", "PROPN")
        and top.dep_ in ("compound", "nummod", "amod", "nmod", "quantmod", "poss")
    ):
        return clean(doc, head.left_edge.i, _right(head), skip=inside)
    if head.pos_ == "ADP" and head.head.pos_ in ("NOUN", "PROPN") and head.head.i != head.i:
        return clean(doc, head.head.left_edge.i, _right(head.head), skip=inside | {head.i})
    subject = _subject(top)
    verb = next((a for a in [top, *top.ancestors] if a.pos_ == "VERB"), None)
    if subject and verb is not None:
        thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i not in inside), None)
        if thing is not None and not any(t.like_num for t in thing.subtree):
            return f"{clean(doc, thing.left_edge.i, _right(thing), skip=inside)} ({subject})"
        return subject
    return _noun_before(doc, quantity, inside)


def _noun_before(doc: Doc, quantity: Quantity, inside: set[int]) -> str:
    """The nearest noun phrase before the figure in its sentence, else the one after it."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None:
        return ""
    sentence = span[0].sent
    nouns = [t for t in sentence if t.pos_ in ("NOUN", "PROPN") and t.i not in inside and t.dep_ != "compound"]
    before = [t for t in nouns if t.i < span.start]
    noun = before[-1] if before else next((t for t in nouns if t.i >= span.end), None)
    return clean(doc, noun.left_edge.i, noun.i + 1, skip=inside) if noun is not None else ""


def _right(head: Token) -> int:
    """Where the phrase of a noun ends, cut to a readable length and before a comma."""
    stop = min(head.right_edge.i + 1, head.i + _LONGEST)
    for at in range(head.i + 1, stop):
        if head.doc[at].text in (",", ";", ":", "(", ")", "—", "–", '"', "“", "”") or head.doc[at].is_space:
            return at
    return stop


def _subject(token: Token) -> str:
    """The subject of the clause the token stands in."""
    for verb in token.ancestors:
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and subject.i != token.i and not subject.is_ancestor(token):
            if subject.pos_ == "PRON":
                return ""
            return clean(token.doc, subject.left_edge.i, _right(subject))
    return ""


def clean(doc: Doc, first: int, stop: int, skip: set[int] | frozenset[int] = frozenset()) -> str:
    """The words from ``first`` up to ``stop``, at most twelve, articles and marks at the ends left out."""
    words = [t for t in doc[first : min(stop, first + 20)] if t.i not in skip and not t.is_space][:_LONGEST]
    while words and (
        words[0].pos_ in ("DET", "ADP", "PUNCT", "CCONJ", "SYM", "ADV") or words[0].lower_ in ("a", "an", "the")
    ):
        words.pop(0)
    while words and (words[-1].pos_ in ("PUNCT", "ADP", "DET", "CCONJ", "SCONJ", "SYM") or words[-1].is_quote):
        words.pop()
    return " ".join(
        "".join(t.text + (t.whitespace_ or ("" if t.i + 1 in {w.i for w in words} else " ")) for t in words).split()
    )


def period_of(doc: Doc, quantity: Quantity, token: Token, dates: tuple[DateMention, ...]) -> str | None:
    """The period a figure is about: the nearest date of its own clause, else of its sentence's main clause."""
    sentence = token.sent
    begin, end = sentence.start_char, sentence.end_char
    near = [d for d in dates if d.value and d.role in _PERIOD_ROLES and begin <= d.start < end]
    if not near:
        return None
    clause = _clause(token)
    for date in sorted(near, key=lambda d: min(abs(d.start - quantity.end), abs(quantity.start - d.end))):
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is None:
            continue
        governed = span.root.head.i == token.i or clause == _clause(span.root)
        if governed and not _says(clause) and date.precision != "week":
            return date.value
    return None


def _clause(token: Token) -> Token:
    """The verb of the clause the token stands in."""
    return next(
        (a for a in [token, *token.ancestors] if a.pos_ in ("VERB", "AUX") and a.dep_ != "amod"), token.sent.root
    )


def _says(verb: Token) -> bool:
    return verb.lemma_ in ("say", "tell", "announce", "report")
