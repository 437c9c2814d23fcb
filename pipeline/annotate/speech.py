"""The words of saying and reporting, read from ``speech.yml``."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span, Token

from pipeline.annotate.columns import lemmas, lowers
from pipeline.vocabulary import Part, read


class Speech(Part, frozen=True, kw_only=True):
    """The words of ``speech.yml``."""

    say: tuple[str, ...]
    give: tuple[str, ...]
    works: tuple[str, ...]
    writings: tuple[str, ...]
    sends: tuple[str, ...]
    tellers: tuple[str, ...]
    according: tuple[str, ...]
    occasions: tuple[str, ...]
    anonymity: tuple[str, ...]
    naming: tuple[str, ...]
    speakers: tuple[str, ...]
    release: tuple[str, ...]
    results: tuple[str, ...]
    reckon: tuple[str, ...]
    market: tuple[str, ...]
    reasons: tuple[str, ...]
    hearsay: tuple[str, ...]


@cache
def speech() -> Speech:
    """The vocabulary, read once."""
    return read("speech.yml", Speech)


@cache
def words(key: str) -> frozenset[str]:
    """One list of the vocabulary, to be asked for membership."""
    return frozenset(getattr(speech(), key))


def is_one_of(token: Token, key: str) -> bool:
    """Whether the token's form or lemma stands in a list of the vocabulary."""
    return token.lower_ in words(key) or token.lemma_.lower() in words(key)


def is_cue(token: Token) -> bool:
    """Whether the token is a verb of saying."""
    verbal = token.pos_ in ("VERB", "AUX") or token.lower_ in ("said", "says", "told")
    return verbal and token.lemma_.lower() in words("say")


def is_told_after(verb: Token) -> bool:
    """``..., said Lena Vogt``: the speaker follows the verb."""
    return verb.lemma_ == "say" and verb.i > 0 and verb.nbor(-1).text in (",", "”", '"')


def verbs_in(span: Span, key: str) -> list[Token]:
    """The verbs of a stretch whose form or lemma stands in a list of the vocabulary."""
    known, doc = words(key), span.doc
    low, lemma = lowers(doc), lemmas(doc)
    places = (i for i in range(span.start, span.end) if low[i] in known or lemma[i].lower() in known)
    return [doc[i] for i in places if doc[i].pos_ == "VERB"]
