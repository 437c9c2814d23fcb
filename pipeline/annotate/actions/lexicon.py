"""The words of policy acts, read from ``vocabulary/actions.yml`` and indexed by lemma."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from pipeline.records import ActionType
from pipeline.vocabulary import Part, read


class Frame(Part, frozen=True, kw_only=True):
    """Verbs of one reading: the type of act by the class of the object; ``only`` narrows it for some verbs."""

    verbs: tuple[str, ...]
    by: dict[str, ActionType]
    only: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - msgspec copies defaults
    example: str


class Words(Part, frozen=True, kw_only=True):
    """The whole of actions.yml."""

    objects: dict[str, tuple[str, ...]]
    frames: tuple[Frame, ...]
    nouns: dict[ActionType, tuple[str, ...]]
    constructions: dict[str, tuple[str, ...]]
    ordered: dict[ActionType, tuple[str, ...]]
    not_actors: tuple[str, ...]
    sets: dict[str, tuple[str, ...]]

    def ordered_type(self, noun: str) -> ActionType | None:
        """What it is to order such a thing: a sale is required, a shutdown blocks."""
        return next((kind for kind, nouns in self.ordered.items() if noun in nouns), None)

    @property
    def heads(self) -> frozenset[str]:
        """All verbs that may open a construction."""
        return _heads()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a verb: its particles, and the type by the class of the object."""

    particles: tuple[str, ...]
    by: dict[str, ActionType]


@cache
def _heads() -> frozenset[str]:
    return frozenset(verb for verbs in words().constructions.values() for verb in verbs)


@cache
def words() -> Words:
    """The vocabulary as read."""
    return read("actions.yml", Words)


def _narrowed(by: dict[str, ActionType], allowed: tuple[str, ...]) -> dict[str, ActionType]:
    """A frame's types for the allowed classes only; one it does not list has the type of any object."""
    rest = by.get("any", next(iter(by.values())))
    return {k: v for k, v in by.items() if k in allowed} | {k: rest for k in allowed if k not in by}


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the closed sets of actions.yml; KeyError for a name it does not have."""
    return frozenset(words().sets[name])


@cache
def readings() -> dict[str, tuple[Reading, ...]]:
    """Verb lemma -> its readings; those with particles first, then in the order of the yml."""
    found: dict[str, list[Reading]] = {}
    for frame in words().frames:
        for verb in frame.verbs:
            lemma, *particles = verb.split()
            allowed = frame.only.get(verb)
            by = frame.by if allowed is None else _narrowed(frame.by, allowed)
            found.setdefault(lemma, []).append(Reading(tuple(particles), by))
    return {lemma: tuple(sorted(all_, key=lambda r: -len(r.particles))) for lemma, all_ in found.items()}


@cache
def surface_forms() -> dict[str, str]:
    """Regular inflections -> lemma, for verbs whose lemma the tagger misses ("fined", "levied")."""
    found: dict[str, str] = {}
    for verb in readings():
        stem = verb.removesuffix("e")
        forms = [f"{stem}ed", f"{stem}ing", f"{verb}s"]
        if verb.endswith("y") and verb[-2:-1] not in "aeiou":
            forms += [f"{verb[:-1]}ied", f"{verb[:-1]}ies"]
        if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
            forms += [f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"]
        for form in forms:
            found.setdefault(form, verb)
    return found


def verb_lemma(token: Token) -> str | None:
    """The lexicon's lemma of a verb form, or None where the word is no trigger."""
    lemma = token.lemma_.lower()
    if lemma in readings():
        return lemma
    return surface_forms().get(token.lower_)


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Noun lemma -> the classes of object it may stand for."""
    found: dict[str, list[str]] = {}
    for name, nouns in words().objects.items():
        for noun in nouns:
            found.setdefault(noun, []).append(name)
    return {noun: tuple(all_) for noun, all_ in found.items()}


def noun_lemma(token: Token) -> str:
    """The lemma of a noun; a capital at a sentence's start does not hide a plural ("Tariffs", "Duties")."""
    lemma = token.lemma_.lower()
    if token.pos_ != "PROPN" or lemma != token.lower_ or not lemma.endswith("s") or lemma.endswith("ss"):
        return lemma
    if lemma.endswith("ies"):
        return f"{lemma[:-3]}y"
    return lemma[:-2] if lemma.endswith(("ches", "shes", "xes", "sses")) else lemma[:-1]


@cache
def nominal() -> dict[str, ActionType]:
    """Noun lemma -> the type of act it names by itself."""
    return {noun: kind for kind, nouns in words().nouns.items() for noun in nouns}
