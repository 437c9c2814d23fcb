"""Names the vocabulary lacks: told by shape or found by the statistical model, its slips put right in classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline import vocabulary
from pipeline.annotate.antecedents import kind_of
from pipeline.annotate.binding import bind
from pipeline.annotate.known import mention
from pipeline.annotate.name_spans import coordinated, model_names, spoken_for, trim, trim_law
from pipeline.annotate.people import find_people
from pipeline.annotate.shapes import find_instruments, find_shapes
from pipeline.records import EntityType, Mention
from pipeline.vocabulary import slug

PARTISAN = {"Democratic", "Republican"}
DOTTED = re.compile(r"\bU\.[SKN]\.(?= )")  # written "US" in names, as the vocabulary does


def supersedes(doc: Doc, start: int, end: int, inside: list[Mention], places: dict[int, str]) -> bool:
    """Whether a longer name replaces the known ones within it: ``University of Washington``, not ``US Chips Act``."""
    covered = set(places)
    for m in inside:
        if m.type != "GPE":
            span = doc.char_span(m.start, m.end)
            covered |= set(range(span.start, span.end)) if span is not None else set()
    connectors = vocabulary.names().connectors
    left = [t for t in doc[start:end] if t.i not in covered and t.lower_ not in connectors]
    telling = [t for t in left if t.text not in vocabulary.names().titles | vocabulary.names().legal_suffixes]
    if not telling or all(t.text in PARTISAN or t.pos_ == "VERB" for t in telling):
        return False
    return all(m.type == "GPE" for m in inside) or telling[-1].i == end - 1


def complete(doc: Doc, known: tuple[Mention, ...], places: dict[int, str]) -> tuple[Mention, ...]:
    """``known`` and the further names, in text order; the longer of two that overlap stands."""
    owner: dict[int, Mention] = {}  # the mention that holds each token
    for m in known:
        span = doc.char_span(m.start, m.end, alignment_mode="expand")
        if span is not None:
            owner |= dict.fromkeys(range(span.start, span.end), m)
    for method, source in (("shape", find_shapes(doc)), ("model", model_names(doc))):
        for start, end, kind in source:
            span = (trim_law if kind == "LAW" else trim)(doc[start:end]) or doc[start:end]
            inside = list(dict.fromkeys(owner[i] for i in range(span.start, span.end) if i in owner))
            if any(m.start < span.start_char or m.end > span.end_char or m.text == span.text for m in inside):
                continue
            whole = inside and all(m.method == "shape" and m.end == span.end_char for m in inside)
            if inside and not whole and not supersedes(doc, span.start, span.end, inside, places):
                continue
            if method == "shape" or inside or any(i not in places for i in range(span.start, span.end)):
                owner |= dict.fromkeys(range(span.start, span.end), unlisted(span, kind, method, places))
    for start, end in find_people(doc, owner.keys() | places.keys()):
        owner |= dict.fromkeys(range(start, end), unlisted(doc[start:end], "PERSON", "list", places))
    for start, end, kind in coordinated(doc, firm_heads(doc, owner), owner.keys() | places.keys()):
        owner |= dict.fromkeys(range(start, end), unlisted(doc[start:end], kind, "list", places))
    for start, end in spoken_for(doc, owner.keys() | places.keys()):
        owner |= dict.fromkeys(range(start, end), unlisted(doc[start:end], "ORG", "list", places))
    for start, end in find_instruments(doc):
        if start not in owner:
            owner |= dict.fromkeys(range(start, end), unlisted(doc[start:end], "LAW", "instrument", places))
    return bind(doc, tuple(in_order(owner)), places)


def in_order(owner: dict[int, Mention]) -> Iterator[Mention]:
    """Each mention once, in text order."""
    last = None
    for i in sorted(owner):
        if owner[i] is not last:
            last = owner[i]
            yield last


def unlisted(span: Span, kind: EntityType, method: str, places: dict[int, str]) -> Mention:
    """A mention of a name that the vocabulary lacks."""
    name = canonical(span)
    if method == "instrument":
        name = "".join(w if len(w) < 4 else w[:1].upper() + w[1:] for w in re.split(r"(\W)", name))
    return mention(span.doc, span.start, span.end, name, kind, slug(name), method, home(span, places))


def firm_heads(doc: Doc, owner: dict[int, Mention]) -> set[int]:
    """The head tokens of companies' names."""
    firms = (m for m in in_order(owner) if m.type == "ORG" and kind_of(m) == "company")
    spans = (doc.char_span(m.start, m.end, alignment_mode="expand") for m in firms)
    return {span.root.i for span in spans if span is not None}


def home(span: Span, places: dict[int, str]) -> str | None:
    """The state that a name's own words or its neighbours give it: ``Swedish startup Foo``, ``Foo of Oslo``."""
    doc = span.doc
    inner = next((places[i] for i in range(span.start, span.end) if i in places), None)
    if inner:
        return inner
    i = span.start - 1
    while i >= 0 and span.start - i <= 5 and doc[i].pos_ in {"NOUN", "ADJ", "PROPN", "PART", "PUNCT", "VERB"}:
        if doc[i].text == "," or doc[i].is_sent_start:
            return places.get(i)
        if i in places:
            return places[i]
        i -= 1
    for child in span.root.children:  # "Foo, a Stockholm-based startup"
        if child.dep_ == "appos":
            return next((places[t.i] for t in child.subtree if t.i in places), None)
    return None


def canonical(span: Span) -> str:
    """A name without article and legal suffix, apostrophes straight."""
    words = [t.text_with_ws for t in span]
    suffixes = vocabulary.names().legal_suffixes
    while (
        len(words) > 1 and words[-1].strip(" ,") in suffixes and words[-1].strip(" ,") not in {"Group", "Technologies"}
    ):
        words.pop()
    name = re.sub(r"\s+", " ", "".join(words)).strip(" ,").replace("’", "'").removeprefix("the ").removeprefix("The ")
    return DOTTED.sub(lambda short: short[0].replace(".", ""), name)
