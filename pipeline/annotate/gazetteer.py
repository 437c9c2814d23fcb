"""Match the vocabulary in a parse: one pass of two phrase matchers, longest match first.

Names match by case (``Apple``); laws, events, offices and other names of several words also without
(``digital markets act``, ``Commerce Ministry``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import vocabulary
from pipeline.annotate.people import given_names
from pipeline.vocabulary import Actor

LOOSE_TYPES = {"LAW", "EVENT"}


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``start`` to ``end`` (exclusive) and what they may be: actors, a role, an adjective or a city."""

    start: int
    end: int
    actors: tuple[Actor, ...] = ()
    role: str | None = None
    adjective: str | None = None  # ISO code of the state
    capital: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The matchers and what each key means. Keys begin with a mark: = exact, ~ any case, @ role, % ^ . places."""

    exact: PhraseMatcher
    loose: PhraseMatcher
    actors: dict[str, tuple[Actor, ...]] = field(default_factory=dict)


def variants(alias: str) -> set[str]:
    """Spellings that news prints for one alias: ``US``/``U.S.``, curly apostrophe, ``&``/``and``."""
    found = {alias}
    for short, dotted in (("US", "U.S."), ("UK", "U.K."), ("UN", "U.N.")):
        found |= {re.sub(rf"\b{short}\b(?!\.)", dotted, a) for a in found}
    if " US " in f" {alias} ":
        found |= {re.sub(r"\bUS\b", long, alias) for long in ("United States", "American")}
    words = alias.split()
    if len(words) > 1 and words[-1] in {"Inc", "Corp", "Ltd", "Co"}:
        found.add(f"{alias}.")
        found |= {" ".join(words[:-1])} if len(words) > 2 else set()
    found |= {a.replace("'", "’") for a in found}
    found |= {a.replace(" & ", " and ") for a in found}
    return found


def is_loose(actor: Actor, alias: str) -> bool:
    """Whether case does not matter: laws and events of two words up, and lower-case phrases."""
    words = alias.split()
    return len(words) > 1 and (actor.type in LOOSE_TYPES or alias.islower())


@cache
def build(vocab: Vocab) -> Gazetteer:
    """The matchers over the words of one pipeline; built once a process."""
    tokenize = English(vocab).tokenizer
    exact, loose = PhraseMatcher(vocab), PhraseMatcher(vocab, attr="LOWER")
    keys: dict[str, list[Actor]] = {}
    phrases: list[tuple[PhraseMatcher, str, str]] = []
    for actor in vocabulary.actors():
        for alias in {v for a in (actor.name, *actor.aliases) for v in variants(a)}:
            fold = is_loose(actor, alias)
            key = f"~{alias.casefold()}" if fold else f"={alias}"
            keys.setdefault(key, []).append(actor)
            phrases.append((loose if fold else exact, key, alias))
    for role, entry in vocabulary.roles().items():
        phrases += [(loose, f"@{role}", form) for form in entry.forms if " " in form]
        phrases += [(exact, f"@{role}", f) for form in entry.forms if " " not in form for f in (form, form.title())]
    for code, state in vocabulary.states().items():
        phrases += [(exact, f"%{code}", adjective) for adjective in state.adjectives]
        phrases += [(exact, f"^{code}", capital) for capital in state.capitals]
        phrases += [(exact, f".{code}", city) for city in state.cities]
    for matcher, key, phrase in phrases:
        matcher.add(key, [tokenize(phrase)])
    return Gazetteer(exact, loose, {key: tuple(dict.fromkeys(found)) for key, found in keys.items()})


def longest(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order; of those that overlap the longest, then the first."""
    kept, taken = [], set[int]()
    for start, end in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if start not in taken and end - 1 not in taken:
            kept.append((start, end))
            taken.update(range(start, end))
    return sorted(kept)


def meaning(start: int, end: int, keys: list[str], gazetteer: Gazetteer) -> Hit:
    """What one matched stretch may be, all its keys together."""
    marks = {key[0]: key[1:] for key in keys}
    actors = tuple(dict.fromkeys(a for key in keys if key[0] in "=~" for a in gazetteer.actors[key]))
    return Hit(
        start,
        end,
        actors,
        role=marks.get("@"),
        adjective=marks.get("%"),
        capital=marks.get("^"),
        city=marks.get("."),
    )


def is_forename_before(doc: Doc, start: int) -> bool:
    """Whether ``Trump's administration`` is cut out of ``Donald Trump's administration``, which names the man too."""
    return start > 0 and doc[start + 1].tag_ == "POS" and doc[start - 1].text in given_names().given


def match(doc: Doc, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """All hits in text order; where two overlap the longer stands."""
    found: dict[tuple[int, int], list[str]] = {}
    for matcher in (gazetteer.exact, gazetteer.loose):
        for key, start, end in matcher(doc):
            if end - start < 3 or not is_forename_before(doc, start):
                found.setdefault((start, end), []).append(doc.vocab.strings[key])
    return tuple(meaning(*stretch, found[stretch], gazetteer) for stretch in longest(found))
