"""Names the vocabulary lacks: told by shape or found by the statistical model, its slips put right in classes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span

from pipeline import vocabulary
from pipeline.annotate.known import mention
from pipeline.annotate.shapes import find_shapes, heads
from pipeline.records import EntityType, Mention
from pipeline.vocabulary import slug

LABELS: dict[str, EntityType] = {"ORG": "ORG", "PERSON": "PERSON", "LAW": "LAW", "EVENT": "EVENT", "PRODUCT": "PRODUCT"}
EDGES = {"the", "a", "an", "'s", "’s", "'", "’", ",", ".", "(", ")", "-", "--", "—", "–", '"', "“", "”", "‘", "&", ":"}
INNER = re.compile(r"[\w.'’&+/-]+\Z")


def trim(span: Span) -> Span | None:
    """Without articles, titles, possessives and marks at the ends; None where nothing is left."""
    titles = vocabulary.names().titles
    start, end = span.start, span.end
    doc = span.doc
    for i in range(start, end):
        if doc[i].is_space and "\n" in doc[i].text:
            end = i
            break
    while start < end and (doc[start].lower_ in EDGES or doc[start].is_space or doc[start].text in titles):
        start += 1
    while end > start and (doc[end - 1].lower_ in EDGES or doc[end - 1].is_space or doc[end - 1].pos_ == "ADP"):
        end -= 1
    return doc[start:end] if end > start else None


def is_name(span: Span, kind: EntityType) -> bool:
    """Whether a stretch that the model marked has the make of a name of its type."""
    words = vocabulary.names()
    if span.text in words.not_names or not any(t.text[:1].isupper() for t in span):
        return False
    capitals = [t for t in span if t.text[:1].isupper() or t.text.isdigit()]
    if kind == "PERSON":
        letters = [t for t in span if t.text[:1].isupper()]
        small = [
            t for t in span if not t.text[:1].isupper() and t.lower_ not in words.person_particles and t.text != "-"
        ]
        return len(letters) >= 2 and not small and not any(c.isdigit() for c in span.text) and len(span) <= 6
    if len(span) == 1:
        token = span[0]
        if token.tag_ not in {"NNP", "NNPS"} or (token.is_sent_start and token.text[1:].islower() and kind != "ORG"):
            return False
        return len(token.text) > 1 and not (token.is_sent_start and plain_elsewhere(span.doc, token.lower_))
    return len(capitals) * 2 >= len(span) and all(INNER.match(t.text) or t.text in {"(", ")", ","} for t in span)


def plain_elsewhere(doc: Doc, word: str) -> bool:
    """Whether a word also stands in lower case in the text, or is a plural by its tag."""
    return any(t.text == word for t in doc)


def model_names(doc: Doc) -> Iterator[tuple[int, int, EntityType]]:
    """The statistical model's names, cleaned; a head word overrules its label."""
    for ent in doc.ents:
        kind = LABELS.get(ent.label_)
        span = trim(ent) if kind else None
        if kind is None or span is None or not is_name(span, kind):
            continue
        head = span[-1].text
        yield span.start, span.end, heads().get(head, kind) if len(span) > 1 and kind != "PERSON" else kind


def supersedes(doc: Doc, start: int, end: int, inside: list[Mention], places: dict[int, str]) -> bool:
    """Whether a longer name replaces the known ones within it: ``University of Washington``, not ``US Chips Act``."""
    covered = set(places)
    for m in inside:
        if m.type != "GPE":
            span = doc.char_span(m.start, m.end)
            covered |= set(range(span.start, span.end)) if span is not None else set()
    connectors = vocabulary.names().connectors
    left = [t for t in doc[start:end] if t.i not in covered and t.lower_ not in connectors]
    telling = [t for t in left if t.text not in vocabulary.names().titles + vocabulary.names().legal_suffixes]
    if not telling:
        return False
    return all(m.type == "GPE" for m in inside) or telling[-1].i == end - 1


def complete(doc: Doc, known: tuple[Mention, ...], places: dict[int, str]) -> tuple[Mention, ...]:
    """``known`` and the further names, in text order; the longer of two that overlap stands."""
    found = list(known)
    for by_shape, source in ((True, find_shapes(doc)), (False, model_names(doc))):
        for start, end, kind in source:
            span = doc[start:end]
            a, b = span.start_char, span.end_char
            inside = [m for m in found if m.start < b and m.end > a]
            if any(m.start < a or m.end > b or (m.start == a and m.end == b) for m in inside):
                continue
            if inside and not supersedes(doc, start, end, inside, places):
                continue
            if not inside and not by_shape and all(i in places for i in range(start, end)):
                continue
            found = [m for m in found if m not in inside]
            name = canonical(span)
            found.append(mention(doc, start, end, name, kind, slug(name), "shape" if by_shape else "model", None))
    return bind(doc, tuple(sorted(found, key=lambda m: m.start)))


def canonical(span: Span) -> str:
    """A name without article and legal suffix, apostrophes straight."""
    words = [t.text_with_ws for t in span]
    suffixes = vocabulary.names().legal_suffixes
    while (
        len(words) > 1 and words[-1].strip(" ,") in suffixes and words[-1].strip(" ,") not in {"Group", "Technologies"}
    ):
        words.pop()
    return re.sub(r"\s+", " ", "".join(words)).strip(" ,").replace("’", "'").removeprefix("the ").removeprefix("The ")


def bind(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Acronyms and short forms to the full name, and one type a name a document."""
    found = bind_acronyms(doc, found)
    votes: dict[str, Counter[EntityType]] = {}
    for m in found:
        if m.method in {"model", "shape"}:
            votes.setdefault(m.canonical, Counter())[m.type] += 1
    named = [m for m in found if m.entity in vocabulary.by_id() or len(m.canonical.split()) > 1]
    return tuple(settle(m, votes, named) for m in found)


def settle(m: Mention, votes: dict[str, Counter[EntityType]], named: list[Mention]) -> Mention:
    """An unlisted name with its document's type for it, or the fuller name that it shortens."""
    if m.method not in {"model", "shape"}:
        return m
    if len(m.canonical.split()) == 1:
        for full in named:
            parts = full.canonical.replace("-", " ").split()
            if (
                m.canonical in {parts[0], parts[-1]}
                and full.canonical != m.canonical
                and full.type in {"PERSON", "ORG"}
            ):
                return replace(
                    m,
                    type=full.type,
                    canonical=full.canonical,
                    entity=full.entity,
                    country=full.country,
                    method="short",
                )
    kind = votes[m.canonical].most_common(1)[0][0]
    return replace(m, type=kind)


def bind_acronyms(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """``the Court of Arbitration for Sport (CAS)``: CAS is that court wherever it stands in the text."""
    bound: dict[str, Mention] = {}
    for m in found:
        tail = re.match(r"\s?\(([A-Z][A-Za-z&-]{1,9})\)", doc.text[m.end : m.end + 14])
        if tail and sum(c.isupper() for c in tail[1]) >= 2:
            bound.setdefault(tail[1], m)
    if not bound:
        return found
    kept = [m for m in found if m.text not in bound or m.entity == bound[m.text].entity]
    taken = {m.start for m in kept}
    kept += [
        replace(bound[t.text], start=t.idx, end=t.idx + len(t.text), text=t.text, method="acronym")
        for t in doc
        if t.text in bound and t.idx not in taken
    ]
    return tuple(sorted(kept, key=lambda m: m.start))
