"""Descriptions and pronouns resolved to the names before them, over the parse alone.

A description ("the San Francisco-based firm") goes to the likeliest earlier name of a fitting kind and country; a
pronoun to the subject that governs it, else to the nearest subject. What stays unclear stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc, Span, Token

from pipeline import vocabulary
from pipeline.annotate.antecedents import (
    SUBJECTS,
    Discourse,
    called,
    described,
    kind_of,
    kinds_of_head,
    quoted_tokens,
    sentence_numbers,
)
from pipeline.annotate.columns import lemmas, lowers, offsets, tags
from pipeline.annotate.known import holders, state
from pipeline.annotate.places import place_codes
from pipeline.annotate.text import Text
from pipeline.records import Mention

REACH = {"person": 4, "law": 12, "app": 8, "state": 6}  # sentences back that a description may look
DEFAULT_REACH = 15
RELATIVE = {"WP", "WDT"}  # tags
PERSONAL = {"he": True, "she": True, "it": False, "they": False}


def resolve(text: Text, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """``mentions`` with the descriptions and subject pronouns that stand for them, in text order."""
    doc = text.doc
    begins = text.article.dateline.end if text.article.dateline else 0
    discourse = Discourse(doc, sentence_numbers(doc))
    names = {}
    for m in mentions:
        span = doc.char_span(m.start, m.end, alignment_mode="expand")
        if span is not None:
            names[span.root.i] = (m, span)
    covered = {i for _, span in names.values() for i in range(span.start, span.end)}
    places = place_codes(text)
    quoted = quoted_tokens(doc)
    chunks = {chunk.root.i: chunk for chunk in describing(doc) if chunk.start_char >= begins}
    found = list(mentions)
    words, tagged, at = lowers(doc), tags(doc), offsets(doc)
    told = {i for i, word in enumerate(words) if word in PERSONAL or tagged[i] in RELATIVE}
    for i in sorted(told.union(names, chunks)):
        new: Mention | None = None
        if i in names:
            discourse.add(names[i][0], doc[i])
        elif i in covered or i in quoted or at[i] < begins:
            continue
        elif words[i] in PERSONAL and doc[i].pos_ == "PRON":
            new = read_pronoun(doc[i], discourse)
        elif tagged[i] in RELATIVE:
            new = read_relative(doc[i], names)
        elif i in chunks:
            new = read_description(chunks[i], discourse, places, names)
        if new:
            found.append(new)
            discourse.add(new, doc[i])
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def describing(doc: Doc) -> Iterator[Span]:
    """The noun phrases with a word in them by which an actor is described: ``the firm``, ``US lawmakers``."""
    heads = described()
    words = zip(lowers(doc), lemmas(doc), strict=True)
    flags = bytes(lower in heads or lemma.lower() in heads for lower, lemma in words)
    chunks: Any = doc.vocab.get_noun_chunks  # ``Span.noun_chunks`` walks the whole text for each sentence
    for sentence in doc.sents if chunks is not None else ():
        if flags.find(1, sentence.start, sentence.end) < 0:
            continue
        for start, end, label in chunks(sentence):
            if flags.find(1, start, end) >= 0:
                yield Span(doc, start, end, label=label)


def stand_in(span: Span, antecedent: Mention, kind: str, method: str, confidence: float) -> Mention:
    """A mention of ``span`` for what ``antecedent`` names."""
    return Mention(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        type=antecedent.type,
        canonical=antecedent.canonical,
        entity=antecedent.entity,
        method=method,
        country=antecedent.country,
        kind="pronoun" if kind == "pronoun" else "description",
        confidence=round(confidence, 2),
    )


def is_definite(chunk: Span) -> bool:
    """``the firm``, ``that agency``, ``China's regulator``; not ``a firm``, ``two firms``, ``its ministry``."""
    first = chunk[0]
    if first.lower_ in {"the", "this", "that"}:
        return chunk.root.tag_ in {"NN", "NNP"}
    return False


def apposed(chunk: Span, names: dict[int, tuple[Mention, Span]]) -> Mention | None:
    """The name that a description stands beside: ``Anthropic, the San Francisco-based firm``."""
    root = chunk.root
    if root.dep_ == "appos" and root.head.i in names:
        return names[root.head.i][0]
    return next((names[c.i][0] for c in root.children if c.dep_ == "appos" and c.i in names), None)


def read_description(
    chunk: Span, discourse: Discourse, places: dict[int, str], names: dict[int, tuple[Mention, Span]]
) -> Mention | None:
    """A definite description of one earlier name."""
    root = chunk.root
    words = vocabulary.descriptions()
    if root.lower_ in words.state_plurals or root.lower_ in words.legislature_plurals:
        return read_state_plural(chunk, places)
    kinds = kinds_of_head(root.lemma_.lower() if root.tag_ == "NN" else root.lower_)
    if not kinds:
        return None
    beside = apposed(chunk, names)
    if beside and beside.type != "PERSON" and kind_of(beside) in kinds:
        return stand_in(chunk, beside, "description", "apposition", 0.9)
    if not is_definite(chunk):
        return None
    modifiers = [t for t in chunk if t.i < root.i and t.dep_ != "det"]
    code = next((places[t.i] for t in modifiers if t.i in places), None)
    own_words = {t.lower_ for t in modifiers if t.i not in places and t.pos_ in {"NOUN", "ADJ", "PROPN"}}
    phrase = " ".join(t.lower_ for t in chunk if t.dep_ != "det")
    restricted = any(c.dep_ == "prep" and c.lower_ == "of" for c in root.children)  # "the owner of a small firm"

    heads = {a.mention.start: a.head for a in discourse.seen[-60:]}
    governing = {g.i for g in governors(root)}

    def fits(m: Mention) -> float:
        if any(name in phrase for name in called(m.entity)):
            return 12.0
        kind = kind_of(m)
        if restricted or kind not in kinds or (code and m.country and m.country != code):
            return 0.0
        name = m.canonical.casefold().split()
        own = 3.0 if root.lower_ in name else 0.0  # "the commission" is the European Commission
        foreign = sum(w not in name and len(w) > 2 for w in own_words) * 0.8
        speaks = 3.0 if heads.get(m.start) in governing else 0.0  # "a Google spokesperson said the company"
        return max(5.0 + own + 2.0 * bool(code) + speaks - foreign, 0.0)

    reach = min((REACH.get(kind, DEFAULT_REACH) for kind in kinds), default=DEFAULT_REACH)
    best = discourse.best(root, fits, reach)
    if best is None or best[1] < 1.5:
        return None
    return stand_in(chunk, best[0], "description", f"description:{root.lemma_.lower()}", min(0.5 + best[1] / 20, 0.9))


def read_state_plural(chunk: Span, places: dict[int, str]) -> Mention | None:
    """``Chinese regulators`` -> China; ``US lawmakers`` -> the US Congress."""
    code = next((places[t.i] for t in chunk if t.i in places), None)
    if code is None:
        return None
    lawmakers = chunk.root.lower_ in vocabulary.descriptions().legislature_plurals
    actor = holders("parliament").get(code) if lawmakers else state(code)
    if actor is None:
        return None
    whole = Mention(
        chunk.start_char, chunk.end_char, chunk.text, actor.type, actor.name, actor.entity, "plural", actor.country
    )
    return stand_in(chunk, whole, "description", "state plural", 0.7)


def governors(token: Token) -> Iterator[Token]:
    """Subjects of the clauses that govern a token, innermost first: ``X said it would``."""
    verb = token.head
    while verb.head.i != verb.i:
        for child in verb.head.children:
            if child.dep_ in SUBJECTS and child.i < token.i:
                yield child
                if child.lower_ in vocabulary.names().person_nouns:
                    yield from employers(child)
        verb = verb.head


def employers(person: Token) -> Iterator[Token]:
    """Whom a spokesperson speaks for: ``a Google spokesperson``, ``a spokesperson for the ministry``."""
    for child in person.children:
        if child.dep_ in {"compound", "poss", "nmod"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"for", "of", "at"}:
            yield from (c for c in child.children if c.dep_ == "pobj")


def is_pleonastic(token: Token) -> bool:
    """``it is clear that``, ``it seems``, ``makes it easier``: no one is meant."""
    verb = token.head
    if token.dep_ == "expl" or verb.pos_ == "ADJ" or verb.lemma_ in vocabulary.descriptions().pleonastic_verbs:
        return True
    deps = {child.dep_ for child in verb.children}
    return verb.lemma_ in {"be", "remain", "become"} and bool(deps & {"ccomp", "xcomp", "advcl", "csubj"})


def read_pronoun(token: Token, discourse: Discourse) -> Mention | None:
    """A subject pronoun: the governing clause's subject, else the nearest subject of this or the last sentence."""
    if token.dep_ not in SUBJECTS or token.lower_ == "they" or (token.lower_ == "it" and is_pleonastic(token)):
        return None
    personal = PERSONAL[token.lower_]
    governing = {g.i for g in governors(token)}
    heads = {a.mention.start: a.head for a in discourse.seen[-40:]}

    def fits(m: Mention) -> float:
        if (m.type == "PERSON") != personal or m.type in {"EVENT", "LAW"}:
            return 0.0
        return 6.0 if heads.get(m.start) in governing else 2.5

    best = discourse.best(token, fits, reach=1 if not personal else 2)
    if best is None or best[1] < 2.4:
        return None
    span = token.doc[token.i : token.i + 1]
    return stand_in(span, best[0], "pronoun", f"pronoun:{token.lower_}", min(0.4 + best[1] / 20, 0.85))


def read_relative(token: Token, names: dict[int, tuple[Mention, Span]]) -> Mention | None:
    """``which``, ``who``, ``that`` for the name their clause hangs on."""
    clause = token.head
    if token.dep_ not in SUBJECTS or clause.dep_ != "relcl" or clause.head.i not in names:
        return None
    name = names[clause.head.i][0]
    if (token.lower_ == "who") != (name.type == "PERSON"):
        return None
    return stand_in(token.doc[token.i : token.i + 1], name, "pronoun", "relative", 0.85)
