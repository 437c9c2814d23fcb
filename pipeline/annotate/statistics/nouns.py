"""The noun a number counts, and the name it is listed under: lower case, plural, with what belongs to it."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.annotate.statistics.units import units

_INSIDE = frozenset(("ADJ", "NOUN", "PROPN", "ADV"))
_JOINS = frozenset(("and", "or", ","))


def head_noun(last: Token) -> Token | None:
    """The last noun of the run of adjectives and nouns after the number; None at a break."""
    doc, at, noun = last.doc, last.i + 1, None
    if at < len(doc) and doc[at].lower_ == "of":
        at = _past_determiners(doc, at + 1)
    while at < min(len(doc), last.i + 9):
        token = doc[at]
        if token.tag_ == "POS":
            noun = None  # "Airbnb's earliest investments"
        elif token.pos_ in ("NOUN", "PROPN") and not _ends_run(noun):
            noun = token
        elif token.text in ("-", "–") and token.i > last.i + 1:
            noun = None  # "gallium-related items": the word before the hyphen is a part of an adjective
        elif (
            noun is not None and (token.pos_ != "ADJ" or _ends_run(noun)) and not _names_joined(doc, at)
        ) or not _belongs(doc, at):
            break
        at += 1
    return noun


def _ends_run(noun: Token | None) -> bool:
    """Whether a plural noun closes the phrase: ``chips``, not the first word of ``sales offices``."""
    if noun is None or noun.tag_ not in ("NNS", "NNPS"):
        return False
    return noun.lower_ == "people" or noun.dep_ not in ("compound", "nmod", "amod")


def _belongs(doc: Doc, at: int) -> bool:
    """Whether a word may stand between number and noun."""
    token = doc[at]
    if token.lower_ in _JOINS:
        return _adjectival(doc, at)
    return token.pos_ in _INSIDE or token.tag_ in ("VBN", "VBG", "POS")


def _adjectival(doc: Doc, at: int) -> bool:
    """Whether a comma or "and" joins two adjectives, as in ``seven medium and heavy rare earths``."""
    before, after = doc[at - 1], doc[min(at + 1, len(doc) - 1)]
    return _names_joined(doc, at) or (before.pos_ == "ADJ" and after.pos_ in ("ADJ", "NOUN", "CCONJ"))


def _names_joined(doc: Doc, at: int) -> bool:
    """``Kia and Hyundai vehicles``: two names before one noun."""
    if doc[at].lower_ not in ("and", "or") or at + 2 >= len(doc):
        return False
    return doc[at - 1].tag_ == doc[at + 1].tag_ == "NNP" and doc[at + 2].tag_ == "NNS"


def _past_determiners(doc: Doc, at: int) -> int:
    while at < len(doc) and (doc[at].pos_ in ("DET", "PRON") or doc[at].tag_ in ("POS", "PRP$")):
        at += 1
    return at


@cache
def _peoples() -> frozenset[str]:
    """``americans``, ``south koreans``: the plural of a state's adjective counts people."""
    adjectives = {a.lower() for state in vocabulary.states().values() for a in state.adjectives}
    return frozenset(a if a.endswith(("s", "ese", "sh", "ch")) else f"{a}s" for a in adjectives)


def plural_name(head: Token) -> str:
    """The counted noun in lower case and plural, with the words without which it loses its sense."""
    known, doc, lemma = units(), head.doc, singular(head)
    if head.lower_ in _peoples():
        return "people"
    for width in (3, 2):
        words = [t.lower_ for t in doc[max(0, head.i - width + 1) : head.i]]
        if f"{' '.join(words)} {lemma}" in known.compounds:
            return " ".join([*words, _plural(head, lemma)])
    return _with_complement(head, lemma, known.same.get(lemma, _plural(head, lemma)))


def _with_complement(head: Token, lemma: str, name: str) -> str:
    """``countries and territories``, ``pieces of content``."""
    doc, known = head.doc, units()
    if head.i + 2 >= len(doc):
        return name
    link, after = doc[head.i + 1].lower_, doc[head.i + 2]
    if link == "and" and (lemma, singular(after)) in known.joined:
        return f"{name} and {_plural(after, singular(after))}"
    if link == "of" and lemma in known.containers and lemma not in known.bare:
        noun = next((t for t in doc[head.i + 2 : head.i + 5] if t.pos_ in ("NOUN", "PROPN")), None)
        return f"{name} of {noun.lower_}" if noun is not None else name
    return name


def singular(token: Token) -> str:
    """The lemma in lower case; the small model leaves names in the plural ("Apps"), which is put right."""
    if token.tag_ == "NNPS" or (token.pos_ == "PROPN" and token.text.endswith("s")):
        return re.sub(r"s$", "", token.lower_)
    return token.lemma_.lower()


def _plural(token: Token, lemma: str) -> str:
    word = token.lower_
    if token.tag_ in ("NNS", "NNPS") or word != lemma or word.endswith("s"):
        return word
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    if word in ("people", "police", "aircraft", "offspring", "staff", "personnel", "horsepower"):
        return word
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")
