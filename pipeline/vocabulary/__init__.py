"""The words Dateline knows, as data: actors, states, roles and the shapes of names, read from the yml beside this file.

A person corrects a name in yml and re-reads; no code changes. A wrong key, type or clash is one line that names the
file and the entry, before anything runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from pipeline import yml
from pipeline.records import DatelineError, EntityType

FOLDER = Path(__file__).resolve().parent
T = TypeVar("T")


class VocabularyError(DatelineError, ValueError):
    """A vocabulary cannot be used; the message names file, entry and mend."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a vocabulary: typed, and closed to keys it does not know."""


class Entry(Part, frozen=True, kw_only=True):
    """What is known of one name. ``called``: descriptions ("iPhone maker"); ``by``: a product's maker and the like."""

    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    by: str | None = None
    country: str | None = None
    q: str | None = None


class Group(Part, frozen=True, kw_only=True):
    """Names that share type, kind and country; a name's value is its aliases, an Entry, or nothing."""

    type: EntityType
    kind: str
    country: str | None = None
    names: dict[str, Any]


class State(Part, frozen=True, kw_only=True):
    """A state, bloc or territory under its ISO code. ``capitals`` stand for its government, ``cities`` do not."""

    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    q: str | None = None


class Role(Part, frozen=True, kw_only=True):
    """An office that many states have ("commerce ministry"). ``name`` holds {state}; None: only known holders."""

    forms: tuple[str, ...]
    name: str | None = None
    kind: str = "ministry"
    default: str | None = None


class Names(Part, frozen=True, kw_only=True):
    """Closed word lists by which names are told from other words."""

    legal_suffixes: frozenset[str]
    titles: frozenset[str]
    not_names: frozenset[str]
    common_words: frozenset[str]
    government_words: frozenset[str]
    city_prepositions: frozenset[str]
    org_heads: frozenset[str]
    road_heads: frozenset[str]
    place_heads: frozenset[str]
    place_starts: frozenset[str]
    storms: frozenset[str]
    local_heads: frozenset[str]
    law_heads: frozenset[str]
    weak_law_heads: frozenset[str]
    event_heads: frozenset[str]
    person_nouns: frozenset[str]
    connectors: frozenset[str]
    law_prepositions: frozenset[str]
    person_particles: frozenset[str]
    party_prepositions: frozenset[str]
    company_words: frozenset[str]
    product_nouns: frozenset[str]
    legal_nouns: frozenset[str]
    issue_verbs: frozenset[str]
    plain_adjectives: frozenset[str]


class Descriptions(Part, frozen=True, kw_only=True):
    """Head nouns of definite descriptions ("the regulator") by what they can stand for."""

    kinds: dict[str, frozenset[str]]
    plural: dict[str, frozenset[str]]
    speech_verbs: frozenset[str]
    pleonastic_verbs: frozenset[str]
    state_plurals: frozenset[str]
    legislature_plurals: frozenset[str]
    reports: frozenset[str]
    seen_verbs: frozenset[str]
    company_verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """One named actor, instrument, product or place. ``entity`` is its stable id: Q-number or slug."""

    name: str
    type: EntityType
    kind: str
    country: str | None
    entity: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    by: str | None = None


class WordLoader(yaml.CSafeLoader):
    """Reads ``on``, ``No`` and ``NO`` as the words they are; only true and false are truth values."""


WordLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def slug(name: str) -> str:
    """``Ministry of Commerce (China)`` -> ``ministry-of-commerce-china``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def read(file: str, shape: type[T], folder: Path = FOLDER) -> T:
    """Read one yml as ``shape``; raise VocabularyError naming the file and the place of a mistake."""
    return yml.read(folder / file, shape, VocabularyError, WordLoader)


def read_group(group: Group, path: Path) -> Iterator[Actor]:
    """The actors of one group; raise VocabularyError naming the file, the line and the entry."""

    def wrong(name: object, why: str) -> VocabularyError:
        return VocabularyError(yml.told(path.name, path.read_bytes(), f"{name}: {why}", str(name)))

    for name, value in group.names.items():
        if not isinstance(name, str):
            raise wrong(name, "put the name in quotes")
        shaped = {"aliases": value} if isinstance(value, list) else (value or {})
        try:
            entry = msgspec.convert(shaped, Entry, strict=True)
        except msgspec.ValidationError as error:
            raise wrong(name, str(error)) from error
        if entry.q and not re.fullmatch(r"Q\d+", entry.q):
            raise wrong(name, f"{entry.q!r} is no Q-number")
        yield Actor(
            name=name,
            type=group.type,
            kind=group.kind,
            country=entry.country or group.country,
            entity=entry.q or slug(name),
            aliases=entry.aliases,
            roles=entry.roles,
            called=entry.called,
            by=entry.by,
        )


@cache
def states(folder: Path = FOLDER) -> dict[str, State]:
    """States, blocs and territories by ISO alpha-2 code (EU for the bloc, INT for none)."""
    return read("states.yml", dict[str, State], folder)


@cache
def roles(folder: Path = FOLDER) -> dict[str, Role]:
    """Offices that many states have, by key."""
    return read("roles.yml", dict[str, Role], folder)


@cache
def names(folder: Path = FOLDER) -> Names:
    """Word lists for the shapes of names."""
    return read("names.yml", Names, folder)


@cache
def descriptions(folder: Path = FOLDER) -> Descriptions:
    """Word lists for coreference."""
    return read("descriptions.yml", Descriptions, folder)


@cache
def actors(folder: Path = FOLDER) -> tuple[Actor, ...]:
    """Every actor of ``states.yml`` and ``actors_*.yml``; raise VocabularyError where two share an id."""
    found = [Actor(s.name, "GPE", "state", code, s.q or slug(s.name), s.aliases) for code, s in states(folder).items()]
    for path in sorted(folder.glob("actors_*.yml")):
        for group in read(path.name, list[Group], folder):
            found.extend(read_group(group, path))
    seen: dict[str, Actor] = {}
    for actor in found:
        if other := seen.get(actor.entity):
            raise VocabularyError(f"{actor.name}: id {actor.entity} is taken by {other.name}; rename or merge them")
        seen[actor.entity] = actor
    return tuple(found)


@cache
def by_id() -> dict[str, Actor]:
    """Actors by their stable id."""
    return {actor.entity: actor for actor in actors()}
