"""What articles and acts are about, by the words of ``vocabulary/topics.yml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache

from pipeline import vocabulary
from pipeline.records import Action, Article
from pipeline.vocabulary import Part

_WORD = re.compile(r"[^\W_]+")


class Topic(Part, frozen=True, kw_only=True):
    """One topic's words and entities; ``least``: how often a text must name them."""

    words: tuple[str, ...]
    entities: tuple[str, ...] = ()
    least: int = 3


@cache
def topics() -> dict[str, Topic]:
    """The topics by name."""
    return vocabulary.read("topics.yml", dict[str, Topic])


def of_article(article: Article) -> tuple[str, ...]:
    """The topics of an article: named in its title, or often enough in its text."""
    title, text = named(article.title), named(article.text)
    return tuple(name for name, topic in topics().items() if title[name] or text[name] >= topic.least)


def of_act(act: Action) -> tuple[str, ...]:
    """The topics of an act as all its reports tell it."""
    entities = {*act.target_entities, *act.actor_entities}
    return of_telling(f"{act.target} . {act.instrument or ''}", [r.mention.evidence for r in act.reports], entities)


def of_telling(target: str, sentences: Sequence[str], entities: Set[str]) -> tuple[str, ...]:
    """The topics named by a target, by most of the sentences that tell an act, or by one of its entities."""
    found = named(target)
    told = Counter(name for sentence in sentences for name in named(sentence))
    return tuple(
        name
        for name, topic in topics().items()
        if found[name] or 2 * told[name] > len(sentences) or not entities.isdisjoint(topic.entities)
    )


def named(text: str) -> Counter[str]:
    """How often each topic's words stand in a text."""
    words = [_singular(word) for word in _WORD.findall(text.casefold())]
    phrases, longest = _phrases()
    found: Counter[str] = Counter()
    for at, word in enumerate(words):
        for length in longest.get(word, ()):
            for name in phrases.get(tuple(words[at : at + length]), ()):
                found[name] += 1
    return found


@cache
def _phrases() -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[str, tuple[int, ...]]]:
    """Phrase -> its topics; first word -> the lengths of the phrases that it begins."""
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    lengths: dict[str, set[int]] = {}
    for name, topic in topics().items():
        for words in topic.words:
            phrase = tuple(_singular(word) for word in _WORD.findall(words.casefold()))
            phrases[phrase] = (*phrases.get(phrase, ()), name)
            lengths.setdefault(phrase[0], set()).add(len(phrase))
    return phrases, {word: tuple(sorted(found)) for word, found in lengths.items()}


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
