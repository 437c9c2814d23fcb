"""The lemmatizer taught the vocabulary's words: ``fined`` is a form of "fine", not of "fin"; ``taxes`` of "tax".

Where several bases fit a form, spaCy takes the first in its tables, however rare. Ours are the likelier ones in news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from pipeline import vocabulary

VOWELS = "aeiou"
HISSES = ("s", "x", "z", "ch", "sh")


@cache
def verbs() -> frozenset[str]:
    """The verbs of acting and saying, without their particles."""
    acts = vocabulary.read("actions.yml", dict[str, Any])
    speech = vocabulary.read("speech.yml", dict[str, Any])
    said = vocabulary.descriptions()
    phrases = [
        *(verb for frame in acts["frames"] for verb in frame["verbs"]),
        *(verb for construction in acts["constructions"].values() for verb in construction),
        *(verb for name in ("unreal", "intent", "commanding", "resolving", "breaches") for verb in acts["sets"][name]),
        *speech["say"],
        *speech["give"],
        *said.speech_verbs,
        *said.company_verbs,
        *vocabulary.names().issue_verbs,
    ]
    return frozenset(word for phrase in phrases if (word := phrase.split()[0]).isalpha())


@cache
def nouns() -> frozenset[str]:
    """The nouns of what is acted on and of acts themselves."""
    acts = vocabulary.read("actions.yml", dict[str, Any])
    lists = [*acts["objects"].values(), *acts["nouns"].values()]
    return frozenset(word for words in lists for word in words if word.isalpha())


def verb_forms(verb: str) -> Iterator[str]:
    """The regular forms: ``fine`` -> fines, fined, fining; a last consonant single and doubled."""
    yield plural(verb)
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in VOWELS:
        yield from (verb[:-1] + "ied", verb + "ing")
    else:
        yield from (f"{stem}{ending}" for stem in (verb, verb + verb[-1]) for ending in ("ed", "ing"))


def plural(word: str) -> str:
    """``tax`` -> taxes, ``duty`` -> duties; the third person of a verb is made alike."""
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return f"{word[:-1]}ies"
    return word + ("es" if word.endswith(HISSES) else "s")


def teach(nlp: Language) -> None:
    """Put the vocabulary's words before others of the lemmatizer's tables that share a form with them."""
    lemmatizer = nlp.get_pipe("lemmatizer") if nlp.has_pipe("lemmatizer") else None
    if not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule":
        return
    for kind, words in (("verb", verbs()), ("noun", nouns())):
        index = lemmatizer.lookups.get_table("lemma_index")
        index[kind] = sorted({*index.get(kind, ()), *words})
        for word in words:
            _prefer(lemmatizer, nlp, kind, word, verb_forms(word) if kind == "verb" else [plural(word)], words)
    lemmatizer.cache.clear()


def _prefer(
    lemmatizer: Lemmatizer, nlp: Language, kind: str, word: str, forms: Iterable[str], words: frozenset[str]
) -> None:
    """Make ``word`` the lemma of its forms, unless a form belongs to another word of the vocabulary."""
    index, exceptions = (lemmatizer.lookups.get_table(f"lemma_{name}") for name in ("index", "exc"))
    for form in forms:
        found = lemmatizer.rule_lemmatize(Doc(nlp.vocab, words=[form], pos=[kind.upper()])[0])
        if word in found and found[0] not in (word, form) and found[0] not in words:
            index[kind] = [base for base in index[kind] if base != found[0]]
            exceptions[kind] = {**exceptions.get(kind, {}), form: [word]}
