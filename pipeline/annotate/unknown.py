"""Names the vocabulary lacks: told by shape or found by the statistical model, its slips put right in classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline import vocabulary
from pipeline.annotate.antecedents import kind_of
from pipeline.annotate.binding import bind
from pipeline.annotate.known import mention
from pipeline.annotate.shapes import find_instruments, find_shapes, heads, shape
from pipeline.records import EntityType, Mention
from pipeline.vocabulary import slug

MODEL_NUMBER = re.compile(r"[A-Z]{1,3}\d{2,4}[A-Z]?")
LAW_WORDS = {"Section", "Article", "Title", "Chapter", "Annex", "No."}
LOOSE_LABELS = {"GPE", "WORK_OF_ART", "FAC"}  # names of these only with a further sign
LABELS: dict[str, EntityType] = {"ORG": "ORG", "PERSON": "PERSON", "LAW": "LAW", "EVENT": "EVENT", "PRODUCT": "PRODUCT"}
EDGES = {"the", "a", "an", "'s", "’s", "'", "’", ",", ".", "(", ")", "-", "--", "—", "–", '"', "“", "”", "‘", "&", ":"}
INNER = re.compile(r"[\w.'’&+/-]+\Z")


def trim(span: Span) -> Span | None:
    """Without articles, titles, possessives and marks at the ends; None where nothing is left."""
    titles = vocabulary.names().titles
    start, end = span.start, span.end
    doc = span.doc
    for i in range(start, end):
        if (doc[i].is_space and "\n" in doc[i].text) or (doc[i].text in {"(", "/"} and i > start):
            end = i
            break
    while start < end and (doc[start].lower_ in EDGES or doc[start].is_space or doc[start].text in titles):
        start += 1
    while end > start and (doc[end - 1].lower_ in EDGES or doc[end - 1].is_space or doc[end - 1].pos_ == "ADP"):
        end -= 1
    suffixed = [i for i in range(start + 1, end) if doc[i].text in vocabulary.names().legal_suffixes]
    if suffixed and doc[end - 1].like_num:  # "Foo Inc. 140"
        end = suffixed[-1] + 1
    return doc[start:end] if end > start else None


def is_name(span: Span, kind: EntityType) -> bool:
    """Whether a stretch that the model marked has the make of a name of its type."""
    words = vocabulary.names()
    if span.text in words.not_names or span[-1].text in words.not_names or not any(t.text[:1].isupper() for t in span):
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
        if token.text in heads():
            return False
        if token.tag_ not in {"NNP", "NNPS"} or (token.is_sent_start and token.text[1:].islower() and kind != "ORG"):
            return False
        return len(token.text) > 1 and not (token.is_sent_start and plain_elsewhere(span.doc, token.lower_))
    if kind == "ORG" and any(t.text.islower() and t.lower_ not in words.connectors for t in span):
        return False
    return len(capitals) * 2 >= len(span) and all(INNER.match(t.text) or t.text in {"(", ")", ","} for t in span)


def plain_elsewhere(doc: Doc, word: str) -> bool:
    """Whether a word also stands in lower case in the text, or is a plural by its tag."""
    return any(t.text == word for t in doc)


def evidence(span: Span) -> EntityType | None:
    """The type that the words around a name give it: ``chipmaker Foo``, ``Foo Inc.``, ``Nvidia's Foo chips``."""
    doc, words, kinds = span.doc, vocabulary.names(), vocabulary.descriptions().kinds
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    if span[-1].text in words.legal_suffixes or (after is not None and after.text in words.legal_suffixes):
        return "ORG"
    if after is not None and after.lower_ in words.product_nouns:
        owned = before is not None and (before.tag_ == "POS" or before.pos_ == "PROPN")
        if owned or any(c.isdigit() for c in span.text):
            return "PRODUCT"
    beside = [t for t in span.root.children if t.dep_ == "appos"]
    beside += (
        [before]
        if before is not None and before.pos_ == "NOUN" and before.head.i in range(span.start, span.end)
        else []
    )
    for token in beside:
        if token.lower_ in kinds["company"]:
            return "ORG"
        if token.lower_ in kinds["app"]:
            return "PRODUCT"
        if token.lower_ in words.person_nouns:
            return "PERSON"
    return "ORG" if len(span) > 1 and span[-1].text in words.company_words else None


def model_names(doc: Doc) -> Iterator[tuple[int, int, EntityType]]:
    """The statistical model's names, cleaned; the head word and the words around overrule its label."""
    for ent in doc.ents:
        label = LABELS.get(ent.label_)
        span = trim(ent) if label or ent.label_ in LOOSE_LABELS else None
        if span is None or span.start == span.end:
            continue
        kind = evidence(span) or (shape(doc, span.start, span.end) if label != "PERSON" else None) or label
        if kind == "ORG" and len(span) > 1 and span[-1].text in vocabulary.names().weak_law_heads:
            kind = "LAW"  # "Entity List"
        if kind == "LAW" and not any(t.text in LAW_WORDS or heads().get(t.text) == "LAW" for t in span):
            kind = "PRODUCT" if span[-1].like_num else None  # "Ariane 6"
        if (
            kind is None
            and span.root.dep_ == "nsubj"
            and span.root.head.lemma_ in vocabulary.descriptions().speech_verbs
        ):
            kind = "ORG"
        if len(span) == 1 and kind != "PERSON" and MODEL_NUMBER.fullmatch(span.text):
            kind = "PRODUCT"
        if kind is not None and is_name(span, kind):
            yield span.start, span.end, kind


def coordinated(doc: Doc, companies: set[int], taken: set[int]) -> Iterator[tuple[int, int, EntityType]]:
    """Names that nothing marked, in one list with a known company: ``Shopee, Foo and Lazada``."""
    for token in doc:
        if token.i in taken or token.pos_ != "PROPN" or not token.text[:1].isupper() or token.dep_ == "compound":
            continue
        partners = {c.i for c in token.children if c.dep_ == "conj"} | (
            {token.head.i} if token.dep_ == "conj" else set()
        )
        start = token.i
        while start > 0 and doc[start - 1].dep_ == "compound" and doc[start - 1].text[:1].isupper():
            start -= 1
        span = doc[start : token.i + 1]
        if partners & companies and taken.isdisjoint(range(start, token.i + 1)) and is_name(span, "ORG"):
            yield start, token.i + 1, "ORG"


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
            span = doc[start:end] if kind == "LAW" else trim(doc[start:end]) or doc[start:end]
            start, end, a, b = span.start, span.end, span.start_char, span.end_char
            inside = [m for m in found if m.start < b and m.end > a]
            if any(m.start < a or m.end > b or (m.start == a and m.end == b) for m in inside):
                continue
            if inside and not supersedes(doc, start, end, inside, places):
                continue
            if not inside and not by_shape and all(i in places for i in range(start, end)):
                continue
            found = [m for m in found if m not in inside]
            name = canonical(span)
            found.append(
                mention(doc, start, end, name, kind, slug(name), "shape" if by_shape else "model", home(span, places))
            )
    spans = [(m, doc.char_span(m.start, m.end, alignment_mode="expand")) for m in found]
    tokens = {i for _, span in spans if span is not None for i in range(span.start, span.end)}
    firms = {span.root.i for m, span in spans if span is not None and m.type == "ORG" and kind_of(m) == "company"}
    for start, end, kind in coordinated(doc, firms, tokens | set(places)):
        name = canonical(doc[start:end])
        found.append(mention(doc, start, end, name, kind, slug(name), "list", home(doc[start:end], places)))
    taken = {i for m in found for i in range(m.start, m.end)}
    for start, end in find_instruments(doc):
        span = doc[start:end]
        if taken.isdisjoint(range(span.start_char, span[0].idx + len(span[0]))):
            name = "".join(t.text_with_ws if len(t) < 4 else t.text[:1].upper() + t.text_with_ws[1:] for t in span)
            name = name.strip(" ,")
            found = [m for m in found if m.start >= span.end_char or m.end <= span.start_char]
            found.append(mention(doc, start, end, name, "LAW", slug(name), "instrument", None))
    return bind(doc, tuple(sorted(found, key=lambda m: m.start)), places)


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
    return re.sub(r"\s+", " ", "".join(words)).strip(" ,").replace("’", "'").removeprefix("the ").removeprefix("The ")
