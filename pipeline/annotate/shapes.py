"""Names told by their shape: ``Goods Availability Act``, ``Executive Order 14110``, ``World Robot Conference``.

Runs of capitalised words are read in one pass; the head word gives the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.annotate.columns import lowers, texts
from pipeline.annotate.plain import text_of
from pipeline.records import EntityType

NUMBERED = re.compile(
    r"\bExecutive Order (?:No\. ?)?\d{4,5}\b"
    r"|\b(?:Announcement|Notice|Order|Decree|Circular) No\. ?\d{1,4}(?: of (?:20\d\d|this year))?"
    r"|\bRegulation \((?:EU|EC)\) (?:No )?\d{2,4}/\d{2,4}\b|\bDirective \d{2,4}/\d{1,4}(?:/E[CU])?\b"
    r"|\b(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}(?:, (?:and )?| and )){1,5}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
    r" (?:Act|Bill|Law|Ordinance) (?:19|20)\d\d\b"  # Ports, Docks and Quays Act 2014
    r"|\b(?:Senate|House|Assembly) Bill \d{1,5}\b|\bH\.R\. ?\d{1,5}\b|\b[SA]B[- ]\d{1,5}\b"
)
SKIPPED_POS = {"DET", "ADP", "PRON", "SCONJ", "CCONJ", "ADV", "AUX", "PART", "INTJ", "VERB"}
DATES = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"}


@cache
def heads() -> dict[str, EntityType]:
    """The type that a name's head word gives, laws before events before organisations."""
    words = vocabulary.names()
    found: dict[str, EntityType] = dict.fromkeys(words.org_heads, "ORG")
    found.update(dict.fromkeys(words.event_heads, "EVENT"))
    found.update(dict.fromkeys(words.law_heads | words.weak_law_heads, "LAW"))
    return found | {"Congress": "ORG", "Assembly": "ORG", "Initiative": "LAW", "Forum": "EVENT"}


def is_capital(token: Token) -> bool:
    """Whether a token can stand in a name."""
    if not token.text[:1].isupper() or token.ent_type_ in DATES:
        return False
    return not (token.is_sent_start and token.pos_ in SKIPPED_POS)


def runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words with small words between: ``Ministry of Culture and Tourism``."""
    connectors, words = vocabulary.names().connectors, texts(doc)
    capital = [word[0].isupper() and is_capital(doc[i]) for i, word in enumerate(words)]
    i = 0
    while i < len(words):
        if not capital[i]:
            i += 1
            continue
        start, end = i, i + 1
        j = end
        while j < len(words):
            if capital[j] or (j == end and words[j].isdigit()):
                end = j + 1
            elif words[j].lower() not in connectors or j - end >= 2:
                break
            j += 1
        yield start, end
        i = max(end, i + 1)


def head_of(doc: Doc, start: int, end: int) -> int:
    """The head word's index: before the first ``of``/``on``/``for`` where a head word stands there, else the last."""
    small = vocabulary.names().law_prepositions
    for i in range(start + 1, end):
        if doc[i].lower_ in small and doc[i - 1].text in heads():
            return i - 1
    last = end - 1
    while last > start and doc[last].text.isdigit():
        last -= 1
    return last


def pieces(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run whole where its head leads (``Measures for …``), else cut at its small words, ``of`` kept."""
    head = head_of(doc, start, end)
    if head + 1 < end and doc[head].text in heads() and not doc[head + 1].text.isdigit():
        if heads()[doc[head].text] != "LAW":  # "University of New South Wales | in Sydney"
            end = next((i for i in range(head, end) if is_break(doc, i)), end)
        yield start, end
        return
    cut = start
    for i in range(start, end + 1):
        if i == end or (doc[i].lower_ in {"and", "to", "in", "on", "for", "with", "the", "against"} and i > cut):
            if i > cut:
                yield cut, i
            cut = i + 1


def is_break(doc: Doc, i: int) -> bool:
    """Whether a body's name ends before a small word: ``… | in Sydney``, ``… | and the Tax Administration``."""
    small = doc[i].lower_
    return small in {"in", "to", "with"} or (small == "and" and i + 1 < len(doc) and doc[i + 1].lower_ == "the")


def shape(doc: Doc, start: int, end: int) -> EntityType | None:
    """The type that the shape of a capitalised stretch gives, or None."""
    words = vocabulary.names()
    head = doc[head_of(doc, start, end)].text
    if end - start < 2 or head not in heads():
        return None
    own = [t for t in doc[start:end] if t.text != head and t.text[:1].isupper() and t.text not in words.titles]
    telling = [t for t in own if t.ent_type_ != "NORP"]
    if head in words.weak_law_heads and len(telling) < 2:
        return None
    return heads()[head] if telling else None


def without_count(doc: Doc, start: int, end: int) -> int:
    """The end of a name before a number that counts what follows: ``the Entity List | 11 companies``."""
    last = doc[end - 1]
    counts = end < len(doc) and last.text.isdigit() and len(last.text) < 4 and doc[end].pos_ in {"ADJ", "NOUN", "PROPN"}
    return end - 1 if counts and end - 1 > start else end


def before_title(doc: Doc, start: int, end: int) -> int:
    """The end of a body's name before a person's title: ``the District Court | Judge Amy Hale``."""
    titles = vocabulary.names().titles
    inner = range(start + 2, end - 1)
    return next((i for i in inner if doc[i].text in titles and doc[i - 1].text in heads()), end)


def find_shapes(doc: Doc) -> Iterator[tuple[int, int, EntityType]]:
    """Token spans of names told by shape, with their type."""
    for match in NUMBERED.finditer(text_of(doc)):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None:
            yield span.start, span.end, "LAW"
    for start, end in runs(doc):
        for a, stop in pieces(doc, start, end):
            b = without_count(doc, a, before_title(doc, a, stop))
            if kind := shape(doc, a, b):
                yield a, b, kind


def find_instruments(doc: Doc) -> Iterator[tuple[int, int]]:
    """Instruments named in lower case by what they regulate, where an act brings them about.

    ``issued interim measures on generative AI services``; ``signed an executive order``.
    """
    words = vocabulary.names()
    for i, word in enumerate(lowers(doc)):
        if word not in words.legal_nouns and word != "order":
            continue
        token = doc[i]
        if token.dep_ not in {"dobj", "nsubjpass"} or token.head.lemma_ not in words.issue_verbs:
            continue
        negated = any(c.dep_ == "neg" for c in token.head.children) or any(c.lower_ == "no" for c in token.children)
        if negated:
            continue
        start = token.i
        while start > 0 and doc[start - 1].dep_ in {"amod", "compound", "nmod"} and doc[start - 1].ent_type_ != "NORP":
            if doc[start - 1].lower_ in words.plain_adjectives:
                break
            start -= 1
        if token.lower_ == "order":
            if doc[start].lower_ == "executive":
                yield start, token.i + 1
            continue
        tail = doc[token.i + 1] if token.i + 1 < len(doc) else None  # the parser may hang it on the verb
        if tail is None or tail.lower_ not in {"on", "for", "concerning", "governing"}:
            continue
        if not any(c.ent_type_ in DATES for c in tail.children):  # not "published rules on Friday"
            stop = min(tail.right_edge.i + 1, token.i + 14)
            yield start, next((i for i in range(tail.i, stop) if _ends_instrument(doc[i])), stop)


def _ends_instrument(token: Token) -> bool:
    """Where what an instrument is about ends: a relative clause, a paragraph, ``, aimed at foreign companies``."""
    if token.tag_ in {"WDT", "WP"} or token.is_space:
        return True
    return token.text == "," and token.i + 1 < len(token.doc) and token.nbor(1).tag_ in {"VBN", "VBG"}
