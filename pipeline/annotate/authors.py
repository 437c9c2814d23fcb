"""Whose words a letter, a statement or a complaint brings: who wrote, signed, sent or filed it."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from pipeline.annotate.noun_phrases import phrase_start
from pipeline.annotate.speech import is_cue, is_one_of

_BACK = 600  # tokens to look back for where a writing was told of first
_NEAR = 5  # tokens between a writing and "signed by"
_MOST = 60  # tokens of a list of signatories

Reader = Callable[[int, int], str | None]  # names the phrase from one token up to another


def author(doc: Doc, noun: Token, name: Reader) -> str | None:
    """Who wrote what the noun tells of: as told beside it, or where the text told of it before; None for others."""
    if not is_one_of(noun, "writings"):
        return None
    if told := _told(doc, noun, name):
        return told
    if not any(t.lower_ in ("the", "this", "that") for t in noun.lefts):
        return None
    for i in range(noun.i - 1, max(-1, noun.i - _BACK), -1):
        if doc[i].lemma_ == noun.lemma_ and (told := _told(doc, doc[i], name)):
            return told
    return None


def _told(doc: Doc, noun: Token, name: Reader) -> str | None:
    return _by(doc, noun, name) or _maker(noun, name) or _occasion(noun, name)


def _by(doc: Doc, noun: Token, name: Reader) -> str | None:
    """``a letter from the lawmakers``, ``the petition, signed by``; ``the senator's letter``."""
    owner = next((c for c in noun.children if c.dep_ == "poss" and _is_owner(c)), None)
    if owner is not None:
        return name(owner.left_edge.i, owner.i + 1)
    for token in doc[noun.i + 1 : noun.i + _NEAR]:
        if token.lower_ in ("by", "from") and token.i + 1 < len(doc):
            return name(token.i + 1, min(len(doc), token.i + _MOST))
        if token.pos_ in ("NOUN", "PROPN") or token.text in (".", ";"):
            break
    return None


def _is_owner(token: Token) -> bool:
    """``the union's letter``; not ``his letter``, ``Monday's letter``."""
    return token.pos_ != "PRON" and token.ent_type_ not in ("DATE", "TIME")


def _maker(noun: Token, name: Reader) -> str | None:
    """``The union issued a statement``, ``senators sent a letter``."""
    verb = noun.head
    if noun.dep_ != "dobj" or not (is_one_of(verb, "release") or is_one_of(verb, "sends")):
        return None
    return _subject(verb, name)


def _occasion(noun: Token, name: Reader) -> str | None:
    """``his office said in a statement``."""
    token = noun.head
    if noun.dep_ != "pobj" or token.lower_ not in ("in", "with"):
        return None
    verb = token.head
    return _subject(verb, name) if is_cue(verb) or is_one_of(verb, "sends") else None


def _subject(verb: Token, name: Reader) -> str | None:
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in ("WP", "WDT")), None)
    if subject is None or is_one_of(subject, "writings"):
        return None
    begin = phrase_start(verb.doc, subject.i) if subject.i < verb.i else subject.left_edge.i
    return name(begin, max(subject.i + 1, min(subject.right_edge.i + 1, verb.i)))
