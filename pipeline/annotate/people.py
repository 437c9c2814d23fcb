"""People whom the statistical model misses or takes for firms: told by their names and by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline import vocabulary
from pipeline.annotate.columns import texts
from pipeline.annotate.shapes import heads
from pipeline.annotate.speech import words
from pipeline.vocabulary import Part, read

_LONGEST = 4  # words of a person's name
_SHORT = 6  # letters of a syllable
_AHEAD = 6  # tokens after a name in which an apposition tells what the person is
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[aeiou]{1,3}(?:ng|n|r)?)"
_PINYIN = re.compile(rf"{_SYLLABLE}{{1,2}}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W\d_’'.]*")
_LAST = re.compile(r"[a-z]{1,6}")  # Jae-myung, Hau-yip
_NO_LAST = frozenset(
    ("based", "made", "led", "wide", "run", "born", "only", "free", "like", "owned", "backed", "funded")
)
_NOT_LABELS = frozenset(("DATE", "TIME", "NORP", "LANGUAGE", "MONEY", "PERCENT"))


class GivenNames(Part, frozen=True, kw_only=True):
    """The words of ``given_names.yml``."""

    given: frozenset[str]
    chinese: frozenset[str]


@cache
def given_names() -> GivenNames:
    """The vocabulary, read once."""
    return read("given_names.yml", GivenNames)


@cache
def _no_surnames() -> frozenset[str]:
    """Capitalised words that end the names of bodies, places and things."""
    known = vocabulary.names()
    return (
        known.company_words | known.legal_suffixes | known.place_heads | known.titles | known.not_names | heads().keys()
    )


def _is_part(token: Token) -> bool:
    """Whether a word can stand in a person's name."""
    return (
        token.text[:1].isupper()
        and not token.text.isupper()
        and token.pos_ in ("PROPN", "NOUN", "ADJ", "ADV", "VERB")
        and token.ent_type_ not in _NOT_LABELS
        and bool(_WORD.fullmatch(token.text))
    )


def is_person(span: Span) -> bool:
    """Whether a name of two words or three begins with a given name: ``Scott Hale``, not ``Scott Bank``."""
    if not 2 <= len(span) <= 3 or span[0].text not in given_names().given or not all(_is_part(t) for t in span[1:]):
        return False
    return _no_surnames().isdisjoint(t.text for t in span[1:]) and not _goes_on(span)


def _goes_on(span: Span) -> bool:
    """Whether more of a name follows: ``Scott Hale Foundation``."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return after is not None and after.text[:1].isupper() and after.pos_ == "PROPN"


def find_people(doc: Doc, taken: Set[int]) -> Iterator[tuple[int, int]]:
    """Token spans of people's names outside ``taken``."""
    i, last = 0, -1
    printed = texts(doc)
    for i, word in enumerate(printed):
        if i <= last or i in taken or not word[:1].isupper() or i + 1 >= len(printed):
            continue
        end = _hyphened(doc, i) or _run(doc, i)
        if end is None or not taken.isdisjoint(range(i, end)) or _goes_on(doc[i:end]):
            continue
        if i and (i - 1 not in taken and printed[i - 1][:1].isupper() and _is_part(doc[i - 1]) and not _called(doc, i)):
            continue  # the tail of a longer name
        yield i, end
        last = end - 1


def _hyphened(doc: Doc, i: int) -> int | None:
    """``Lee Jae-myung``: a surname, then two syllables joined."""
    part = [t.text for t in doc[i : i + 4]]
    joined = len(part) == 4 and part[2] == "-" and bool(_LAST.fullmatch(part[3])) and part[3] not in _NO_LAST
    if not joined or doc[i + 1].whitespace_ or doc[i + 2].whitespace_ or doc[i].text.isupper() or len(part[0]) > 6:
        return None
    return (
        i + 4 if _is_part(doc[i]) and part[1][:1].isupper() and len(part[1]) <= 6 and _is_told(doc, i, i + 4) else None
    )


def _run(doc: Doc, i: int) -> int | None:
    """Where a run of a person's words from ``i`` ends, if it is a person's name."""
    end = i
    while end < len(doc) and end - i <= _LONGEST and _is_part(doc[end]):
        end += 1
    if not 2 <= end - i <= 3 or not _no_surnames().isdisjoint(t.text for t in doc[i:end]):
        return None
    known = given_names()
    if doc[i].text in known.given and all(t.pos_ == "PROPN" for t in doc[i + 1 : end]):
        return end
    pinyin = doc[i].text in known.chinese and end - i == 2 and bool(_PINYIN.fullmatch(doc[i + 1].text))
    if (pinyin and _is_told(doc, i, end)) or (_called(doc, i) and all(t.pos_ == "PROPN" for t in doc[i:end])):
        return end
    return None


def _is_caller(token: Token) -> bool:
    """``analyst``, ``spokesperson``."""
    return token.lower_ in words("speakers") or token.lower_ in vocabulary.names().person_nouns


def _called(doc: Doc, i: int) -> bool:
    """``analyst Lena Vogt``: what a person is stands right before the name."""
    return i > 0 and doc[i - 1].pos_ == "NOUN" and doc[i - 1].is_lower and _is_caller(doc[i - 1])


def _is_told(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands around makes a name a person's: it speaks, or it is called ``a professor``."""
    if _called(doc, start) or (start > 0 and doc[start - 1].text in vocabulary.names().titles):
        return True
    span = doc[start:end]
    if span.root.dep_ == "nsubj" and span.root.head.lemma_ in vocabulary.descriptions().speech_verbs:
        return True
    if start > 0 and doc[start - 1].lower_ in ("said", "says"):
        return True
    if (
        end + 1 < len(doc)
        and doc[end].text == ","
        and doc[end + 1].lower_ in ("a", "an", "the", "who", "head", "director")
    ):
        return any(_is_caller(t) or t.lower_ in ("fellow", "who", "dean") for t in doc[end + 1 : end + _AHEAD])
    return False
