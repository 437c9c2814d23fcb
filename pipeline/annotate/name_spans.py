"""Stretches of text that have the make of a name: as the statistical model marks them, put right in classes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from spacy.tokens import Doc, Span

from pipeline import vocabulary
from pipeline.annotate.columns import pos, texts
from pipeline.annotate.people import is_person
from pipeline.annotate.shapes import heads, shape, without_count
from pipeline.records import EntityType

RANKS = {"Lord", "Lady", "Prince", "Princess", "Pope"}
BARE_SECTION = re.compile(r"(?:Section|Article|Title|Chapter|Annex|Part) \d+\w?")  # of a law that nobody names
MONTHS = {"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"}
MODEL_NUMBER = re.compile(r"[A-Z]{1,3}\d{2,4}[A-Z]?")
LAW_WORDS = {"Section", "Article", "Title", "Chapter", "Annex", "No."}
LOOSE_LABELS = {"GPE", "WORK_OF_ART", "FAC"}  # names of these only with a further sign
LABELS: dict[str, EntityType] = {"ORG": "ORG", "PERSON": "PERSON", "LAW": "LAW", "EVENT": "EVENT", "PRODUCT": "PRODUCT"}
EDGES = {"the", "a", "an", "'s", "’s", "'", "’", ",", ".", "(", ")", "-", "--", "—", "–", '"', "“", "”", "‘", "&", ":"}
LOOSE_ENDS = {"ADP", "CCONJ", "DET"}
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
        if doc[start].text in RANKS and end - start == 2:
            break  # "Lord Hale"
        start += 1
    while end > start and (doc[end - 1].lower_ in EDGES or doc[end - 1].is_space or doc[end - 1].pos_ in LOOSE_ENDS):
        end -= 1
    people = vocabulary.names().person_nouns
    while end - start > 2 and doc[start].lower_ in people:  # "Oceanographer Foo Bar"
        start += 1
    suffixed = [i for i in range(start + 1, end) if doc[i].text in vocabulary.names().legal_suffixes]
    if suffixed and doc[end - 1].like_num:  # "Foo Inc. 140"
        end = suffixed[-1] + 1
    end = without_count(doc, start, end)
    return doc[start:end] if end > start else None


def trim_law(span: Span) -> Span | None:
    """Without article, comma and bracketed acronym: ``the Patent Cooperation Treaty (PCT)``."""
    doc, start, end = span.doc, span.start, span.end
    if end - start > 3 and doc[end - 1].text == ")" and doc[end - 3].text == "(" and doc[end - 2].is_upper:
        end -= 3
    while end > start and doc[end - 1].text in {",", ";", ":"}:
        end -= 1
    while start < end and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    return doc[start:end] if end > start else None


def is_name(span: Span, kind: EntityType, small_words: Set[str] = frozenset()) -> bool:
    """Whether a stretch that the model marked has the make of a name of its type."""
    words = vocabulary.names()
    if span.text in words.not_names or span[-1].text in words.not_names or not any(t.text[:1].isupper() for t in span):
        return False
    if any(t.text in words.storms for t in span) or (kind != "ORG" and span[0].text.rstrip(".") in MONTHS):
        return False
    if kind != "PERSON" and len(span) > 1 and span[-1].text in words.place_heads:
        return False  # "Hudson River", "Trafalgar Square"
    capitals = [t for t in span if t.text[:1].isupper() or t.text.isdigit()]
    if kind == "PERSON":
        if span[0].text in words.place_starts or span[-1].text in words.road_heads:
            return False  # "St Petersburg", "Brandenburg Gate"
        letters = [t for t in span if t.text[:1].isupper()]
        small = [
            t for t in span if not t.text[:1].isupper() and t.lower_ not in words.person_particles and t.text != "-"
        ]
        return (
            (len(letters) >= 2 or is_titled(span))
            and not small
            and not any(c.isdigit() for c in span.text)
            and len(span) <= 6
        )
    if len(span) == 1:
        token = span[0]
        if token.text in heads():
            return False
        if token.tag_ not in {"NNP", "NNPS"} or (token.is_sent_start and token.text[1:].islower() and kind != "ORG"):
            return False
        return len(token.text) > 1 and not (token.is_sent_start and token.lower_ in small_words)
    if kind == "ORG" and any(t.text.islower() and t.lower_ not in words.connectors for t in span):
        return False
    return len(capitals) * 2 >= len(span) and all(INNER.match(t.text) or t.text in {"(", ")", ","} for t in span)


def is_titled(span: Span) -> bool:
    """Whether a surname follows a title: ``Ambassador Antonov``."""
    before = span.doc[span.start - 1] if span.start else None
    return (
        before is not None and len(span) == 1 and before.text in vocabulary.names().titles and span[0].pos_ == "PROPN"
    )


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
    if is_titled(span) and span[0].text[1:].islower() and not (after is not None and after.text[:1].isupper()):
        return "PERSON"
    if len(span) > 1 and span.root.dep_ == "appos" and span.root.head.lower_ in words.person_nouns:
        return "PERSON"  # "the spokesman, Foo Bar"
    return "ORG" if len(span) > 1 and span[-1].text in words.company_words else None


def with_surname(span: Span) -> Span:
    """A person's name with the surname or rank that the model left out: ``Amy Berman | Hale``, ``Lord | Hale``."""
    doc, after = span.doc, span.end
    if len(span) == 1 and span.start and doc[span.start - 1].text in RANKS:
        return doc[span.start - 1 : after]
    if after >= len(doc) or doc[after].ent_type_ or doc[after].pos_ != "PROPN" or not doc[after].text[:1].isupper():
        return span
    joined = span.root.dep_ in {"compound", "nmod"} and span.root.head.i == after
    known = vocabulary.names().titles | vocabulary.names().company_words | heads().keys()
    return doc[span.start : after + 1] if joined and doc[after].text not in known else span


def is_list(span: Span) -> bool:
    """Whether the model ran two names into one: ``Hale, Vogt``; not ``Hale, Inc.``, ``Ministry of Trade, Industry``."""
    words = {t.text for t in span}
    return "," in words and words.isdisjoint(heads()) and words.isdisjoint(vocabulary.names().legal_suffixes)


def is_office(span: Span) -> bool:
    """Whether what the model marked is the field of an office: ``Finance Minister``, ``National Security Adviser``."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return after is not None and after.text in ("Minister", "Ministers", "Adviser", "Advisor", "Affairs")


def model_names(doc: Doc) -> Iterator[tuple[int, int, EntityType]]:
    """The statistical model's names, cleaned; the head word and the words around overrule its label."""
    small_words = {word for word in set(texts(doc)) if word.islower()}
    for ent in doc.ents:
        label = LABELS.get(ent.label_)
        span = trim(ent) if label or ent.label_ in LOOSE_LABELS else None
        if span is None or span.start == span.end:
            continue
        kind = evidence(span) or (shape(doc, span.start, span.end) if label != "PERSON" else None) or label
        if kind == "ORG" and len(span) > 1 and span[-1].text in vocabulary.names().weak_law_heads:
            kind = "LAW"  # "Entity List"
        if kind == "LAW" and BARE_SECTION.fullmatch(span.text):
            continue
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
        if kind in ("ORG", "PRODUCT", "EVENT", None) and is_person(span):
            kind = "PERSON"
        if kind == "PERSON":
            span = with_surname(span)
        if kind is not None and is_name(span, kind, small_words) and not (is_office(span) or is_list(span)):
            yield span.start, span.end, kind


def coordinated(doc: Doc, companies: set[int], taken: Set[int]) -> Iterator[tuple[int, int, EntityType]]:
    """Names that nothing marked, in one list with a known company: ``Shopee, Foo and Lazada``."""
    if not companies:
        return
    words = texts(doc)
    for i, kind in enumerate(pos(doc)):
        if kind != "PROPN" or i in taken or not words[i][0].isupper():
            continue
        token = doc[i]
        if token.dep_ == "compound":
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


def spoken_for(doc: Doc, taken: Set[int]) -> Iterator[tuple[int, int]]:
    """Unmarked names that the words around make firms: ``chipmaker Foo``, ``Foo-backed``, ``Foo said``."""
    words, firms = texts(doc), vocabulary.descriptions().kinds["company"]
    verbs, last = vocabulary.descriptions().company_verbs, len(words) - 1
    for i, kind in enumerate(pos(doc)):
        if kind != "PROPN" or i in taken or not words[i][0].isupper() or words[i] in heads():
            continue
        named = i > 0 and words[i - 1] in firms and doc[i].dep_ != "compound"
        if doc[i].ent_type_ and not (named and doc[i].ent_type_ in {"GPE", "PERSON"}):
            continue  # the model takes a firm it has never seen for a town
        if i and (doc[i - 1].ent_type_ or words[i - 1][0].isupper() or words[i - 1] == "-"):
            continue
        if i < last and (words[i + 1][0].isupper() or doc[i + 1].ent_type_):
            continue
        backed = i + 2 <= last and words[i + 1] == "-" and words[i + 2] in {"backed", "owned", "led", "developed"}
        speaks = doc[i].dep_ == "nsubj" and doc[i].head.lemma_ in verbs and not doc[i].is_sent_start
        if (named or backed or speaks) and is_name(doc[i : i + 1], "ORG"):
            yield i, i + 1
