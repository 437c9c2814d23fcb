"""Which names a policy analyst would index: who acts, speaks, is targeted or is the object of the story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from pipeline import vocabulary
from pipeline.annotate.antecedents import SUBJECTS, kind_of
from pipeline.annotate.text import Text
from pipeline.records import Mention

OWN = {
    "reuters": "Reuters",
    "bloomberg": "Bloomberg",
    "xinhua": "Xinhua",
    "global_times": "Global Times",
}
PRIVATE = {"company", "association", "embassy", "media", "university", "hackers"}
MEMBERS = {"Republicans", "Democrats", "Tories"}  # people of a party, not the party
MODIFIERS = {"compound", "amod", "nmod"}
HELD = {"stake", "share", "invest", "investment", "investor", "interest", "holding", "shareholder", "confidence", "job"}
PLACES = {"in", "at", "across", "outside", "near", "inside", "around", "within", "throughout"}


def outermost(token: Token) -> Token:
    """The first of a chain of coordinated or apposed words, whose role all share."""
    while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
        token = token.head
    return token


def is_title_part(span: Span) -> bool:
    """Whether a name stands in a person's title: ``US President``, ``Treasury Secretary``."""
    doc, titles = span.doc, vocabulary.names().titles
    after = span.end
    if span[-1].text in titles and after < len(doc) and doc[after].ent_type_ == "PERSON":
        return True  # "US Trade Representative Jamieson Greer"
    while after < len(doc) and after < span.end + 2 and doc[after].pos_ in {"PROPN", "NOUN", "ADJ", "PART"}:
        if doc[after].text in titles:
            return True
        after += 1
    return False


def is_modifier(span: Span, bodies: frozenset[int]) -> bool:
    """Whether a state's name only modifies a noun or names a firm's home: ``U.S. chipmakers``, ``Taiwan's TSMC``."""
    token = outermost(span.root)
    if token.head.lower_ in vocabulary.names().government_words:
        return False
    if token.dep_ == "poss":
        return token.head.i in bodies
    return token.dep_ in MODIFIERS and token.head.i >= span.end


def is_background(span: Span) -> bool:
    """Whether a place is only where something is: ``a plant in Arizona``; not ``In Brazil, the authority …``."""
    token = outermost(span.root)
    if token.dep_ != "pobj" or token.head.lower_ not in PLACES:
        return False
    holder = token.head.head
    return not token.head.is_sent_start and holder.lower_ not in vocabulary.names().government_words


def is_placed(span: Span) -> bool:
    """Whether a name is the place of something: ``in Freiburg``, ``near Bellevue``; not ``a stake in Lynas``."""
    token = outermost(span.root)
    held = token.head.head.lemma_ in HELD
    return token.dep_ == "pobj" and token.head.lower_ in PLACES and not held


def speaks(span: Span) -> bool:
    """Whether a name says something."""
    token = outermost(span.root)
    return token.dep_ == "nsubj" and token.head.lemma_ in vocabulary.descriptions().company_verbs


def acts(span: Span) -> bool:
    """Whether a name is a subject or possessor, or the agent of a passive."""
    token = outermost(span.root)
    return token.dep_ in SUBJECTS | {"poss"} or (token.dep_ == "pobj" and token.head.dep_ == "agent")


def is_source(span: Span, own: bool) -> bool:
    """Whether a news organisation is cited: ``the Financial Times reported``, ``told CNBC``, ``according to``.

    The outlet itself counts for its figures (``data compiled by Bloomberg``), not for whom it spoke to.
    """
    token, words = outermost(span.root), vocabulary.descriptions()
    while token.dep_ in {"poss", "compound", "nmod"} and token.head.i != token.i:
        token = token.head  # "the state-backed Securities Times newspaper"
        if token.lemma_ in words.reports:
            return True
    if token.dep_ in SUBJECTS:
        first = token.head.lemma_ == "be" and any(t.lemma_ == "report" for t in token.head.subtree if t.pos_ == "VERB")
        return first or token.head.lemma_ in words.speech_verbs  # "was the first to report"
    if token.dep_ in {"dobj", "dative"}:
        return not own and token.head.lemma_ in words.speech_verbs
    if token.dep_ != "pobj" or (own and token.head.head.lemma_ in words.seen_verbs):
        return False
    if token.head.lower_ == "to":
        return token.head.head.lower_ == "according"
    return token.head.lower_ in {"by", "per"} or token.head.head.lemma_ in words.reports


def spans_of(doc: Doc, mentions: tuple[Mention, ...]) -> dict[str, list[Span]]:
    """The spans of each entity's names."""
    found: dict[str, list[Span]] = {}
    for m in mentions:
        if m.kind == "name" and (span := doc.char_span(m.start, m.end, alignment_mode="expand")) is not None:
            found.setdefault(m.entity, []).append(span)
    return found


def is_indexed(
    m: Mention, spans: list[Span], text: Text, titled: bool, weight: Counter[str], bodies: frozenset[int]
) -> bool:
    """Whether an entity belongs in the index, from all its names in the text."""
    actor = vocabulary.by_id().get(m.entity)
    kind = actor.kind if actor else None
    named = [s for s in spans if not is_title_part(s)]
    if kind == "media":
        return any(is_source(s, m.canonical == OWN.get(text.article.source)) for s in spans)
    if kind == "state":
        firm = [s for s in named if not is_modifier(s, bodies)]
        placed = [s for s in firm if not is_background(s)]
        return bool(placed) or (bool(firm) and (titled or len(spans) > 2))
    if kind == "province":
        return titled or any(acts(s) or is_title_part(s) or outermost(s.root).dep_ == "dobj" for s in spans)
    if kind == "goods":
        return titled or weight[m.entity] >= 3
    if actor is None and m.method == "model" and " " not in m.canonical:
        if m.type == "ORG" and any(is_placed(s) for s in spans) and not any(speaks(s) for s in spans):
            return False  # "shops in Freiburg": a town that the model took for a firm
        return len(spans) > 1 or any(acts(s) for s in spans)
    return any(s.text not in MEMBERS for s in named)


def indexed(text: Text, mentions: tuple[Mention, ...], in_title: frozenset[str]) -> Iterator[Mention]:
    """The first mention of each entity that belongs in the index."""
    spans = spans_of(text.doc, mentions)
    weight = Counter(m.entity for m in mentions)
    firms = {m.entity for m in mentions if m.type == "ORG" and kind_of(m) in PRIVATE}
    bodies = frozenset(span.root.i for entity in firms for span in spans.get(entity, []))
    seen: set[str] = set()
    for m in mentions:
        if m.kind != "name" or m.entity in seen:
            continue
        seen.add(m.entity)
        if is_indexed(m, spans.get(m.entity, []), text, m.entity in in_title, weight, bodies):
            yield m


def indexed_titles(text: Text, titled: tuple[Mention, ...]) -> Iterator[Mention]:
    """States that act in the title: the text may only speak of their ministries."""
    for m in titled:
        actor = vocabulary.by_id().get(m.entity)
        span = text.title.char_span(m.start, m.end)
        if actor is not None and actor.kind == "state" and span is not None and acts(span):
            yield m
