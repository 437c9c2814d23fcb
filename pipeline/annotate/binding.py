"""One entity for all its names in a document: acronyms, short forms, occurrences the model missed, one type a name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.columns import offsets, texts
from pipeline.annotate.noun_phrases import is_irish
from pipeline.annotate.plain import text_of
from pipeline.annotate.platforms import settle_platforms
from pipeline.records import EntityType, Mention
from pipeline.vocabulary import Actor

UNLISTED = {"model", "shape", "list"}
ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z&-]{1,9})\)")


def bind(doc: Doc, found: tuple[Mention, ...], places: dict[int, str]) -> tuple[Mention, ...]:
    """Acronyms and short forms to the full name, further occurrences added, and one type a name a document."""
    found = bind_acronyms(doc, found)
    found = spread(doc, spread_surnames(doc, found), places)
    votes: dict[str, Counter[EntityType]] = {}
    for m in found:
        if m.method in UNLISTED:
            votes.setdefault(m.canonical, Counter())[m.type] += 1
    listed = vocabulary.by_id()
    first = {m.entity: m for m in reversed(found) if m.entity in listed or " " in m.canonical}
    named = sorted(first.values(), key=lambda m: m.start)
    shorts = {name: [full for full in named if shortens(name, full)] for name in votes}
    for name in votes.keys() & departments().keys():
        if not shorts[name] and f"{name} Secretary" in text_of(doc):
            actor, m = departments()[name], next(m for m in found if m.canonical == name)
            shorts[name] = [replace(m, type="ORG", canonical=actor.name, entity=actor.entity, country=actor.country)]
    return settle_platforms(doc, tuple(settle(m, votes, shorts) for m in found))


def settle(m: Mention, votes: dict[str, Counter[EntityType]], shorts: dict[str, list[Mention]]) -> Mention:
    """An unlisted name with its document's type for it, or the fuller name that it shortens."""
    if m.method not in UNLISTED:
        return m
    fuller = [full for full in shorts[m.canonical] if full.entity != m.entity]
    if fuller:
        return as_short(m, max(fuller, key=lambda full: (full.start < m.start, full.start)))
    return replace(m, type=votes[m.canonical].most_common(1)[0][0])


def as_short(m: Mention, full: Mention) -> Mention:
    """A mention as a short form of a fuller name."""
    return replace(
        m, type=full.type, canonical=full.canonical, entity=full.entity, country=full.country, method="short"
    )


def spread_surnames(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Later mentions of a person by surname, first or last in the name: ``Ni Yan … Ni said``."""
    people = [m for m in found if m.type == "PERSON" and " " in m.canonical and m.method != "short"]
    if not people:
        return found
    owners: dict[str, list[Mention]] = {}
    for m in people:
        words = m.canonical.split()
        for word in {words[0], words[-1]}:
            owners.setdefault(word, []).append(m)
    taken = {i for m in found for i in range(m.start, m.end)}
    verbs = vocabulary.descriptions().speech_verbs
    more = []
    for i in (i for i, word in enumerate(texts(doc)) if word in owners):
        token = doc[i]
        before = [m for m in owners[token.text] if m.start < token.idx]
        if not before or token.idx in taken or not (token.pos_ == "PROPN" or is_irish(token)):
            continue
        last = [m for m in before if m.canonical.endswith(f" {token.text}")]
        speaks = token.dep_ == "nsubj" and token.head.lemma_ in verbs
        alone = token.ent_type_ == "PERSON" and token.ent_iob_ == "B"
        if last or speaks or alone:
            blank = replace(before[-1], start=token.idx, end=token.idx + len(token.text), text=token.text)
            more.append(as_short(blank, (last or before)[-1]))
    return tuple(sorted((*found, *more), key=lambda m: m.start))


def shortens(short: str, full: Mention) -> bool:
    """``Amodei`` for Dario Amodei, ``Lynas`` for Lynas Rare Earths, ``Commerce`` for the Commerce Department."""
    if full.type == "PERSON":
        return full.canonical.endswith(f" {short}") or full.canonical.startswith(f"{short} ")
    if full.type != "ORG":
        return False
    actor = vocabulary.by_id().get(full.entity)
    if short.isupper() and 2 <= len(short) <= 6 and short == initials(full.canonical):
        return True
    if " " in short and full.canonical.endswith(f" {short}"):
        return True  # "the Ethics Committee" of the House
    if actor is None and full.canonical.split()[-1] in vocabulary.names().local_heads:
        return False  # "Slidell" is not its police department
    return full.canonical.startswith(f"{short} ") or (actor is not None and f"{short} Department" in actor.aliases)


@cache
def departments() -> dict[str, Actor]:
    """``Commerce``: the departments of the United States by the word that their secretaries bear."""
    bodies = (a for a in vocabulary.actors() if a.country == "US" and a.kind == "ministry")
    return {name.removesuffix(" Department"): a for a in bodies for name in a.aliases if name.endswith(" Department")}


def initials(name: str) -> str:
    """``British Bankers' Association`` -> BBA."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def bind_acronyms(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """``the Court of Arbitration for Sport (CAS)``: CAS is that court wherever it stands in the text."""
    bound: dict[str, Mention] = {}
    text = text_of(doc)
    for m in found:
        tail = ACRONYM.match(text, m.end)
        apart = m.type == "GPE" and tail and tail[1] not in {initials(m.text), initials(m.canonical)}
        if tail and not apart and sum(c.isupper() for c in tail[1]) >= 2 and tail[1] != m.text:
            bound.setdefault(tail[1], m)
    if not bound:
        return found
    kept = [m for m in found if m.text not in bound or m.entity == bound[m.text].entity]
    taken = {m.start for m in kept}
    kept += [
        replace(bound[word], start=at, end=at + len(word), text=word, method="acronym")
        for word, at in zip(texts(doc), offsets(doc), strict=True)
        if word in bound and at not in taken
    ]
    return tuple(sorted(kept, key=lambda m: m.start))


def spread(doc: Doc, found: tuple[Mention, ...], places: dict[int, str]) -> tuple[Mention, ...]:
    """Occurrences of an unlisted name that neither shape nor model marked."""
    first = {doc_words(m.canonical): m for m in reversed(found) if m.method in UNLISTED}
    if not first:
        return found
    taken = {i for m in found for i in range(m.start, m.end)}
    starts = {words[0] for words in first}
    more = []
    for i in (i for i, word in enumerate(texts(doc)) if word in starts):
        token = doc[i]
        if token.idx in taken or i in places:
            continue
        for words, m in first.items():
            span = doc[token.i : token.i + len(words)]
            if tuple(t.text for t in span) == words:
                more.append(replace(m, start=span.start_char, end=span.end_char, text=span.text))
                break
    return tuple(sorted((*found, *more), key=lambda m: m.start))


def doc_words(name: str) -> tuple[str, ...]:
    """A name's words as the tokenizer parts them, hyphens apart."""
    return tuple(re.findall(r"[^\s-]+|-", name))
