"""A watchlist: what a reader follows, as ``watchlists/NAME.yml`` in the data folder.

entities: [openai, European Commission]    # ids or names
jurisdictions: [EU, CN]
types: [ban/block]
topics: [ai]
words: [foundation model]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline import yml
from pipeline.records import DatelineError

FOLDER = "watchlists"


class WatchlistError(DatelineError):
    """A watchlist cannot be used; the message names file, line and mend."""


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A watchlist as written."""

    entities: tuple[str | int, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a watchlist asks of an act. ``entities``: ids of actors and targets; ``texts``: what is told of it."""

    entities: tuple[str, ...]
    jurisdiction: str | None
    type: str
    topics: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watchlist:
    """An act is on it when it meets any of the lists; ``entities`` are ids."""

    name: str
    entities: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def why(self, act: Told) -> str | None:
        """The line of the list that the act meets first: "entity openai", "word chips"; None where it meets none."""
        met = (
            *(f"entity {entity}" for entity in self.entities if entity in act.entities),
            *(f"jurisdiction {code}" for code in self.jurisdictions if code == act.jurisdiction),
            *(f"type {kind}" for kind in self.types if kind == act.type),
            *(f"topic {topic}" for topic in self.topics if topic in act.topics),
        )
        return met[0] if met else self._word("\n".join(act.texts))

    def _word(self, text: str) -> str | None:
        """The first of the words that stands in the text."""
        said = (word for word in self.words if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
        return next((f"word {word}" for word in said), None)


def load_all(data: Path, names: Mapping[str, str]) -> Iterator[Watchlist]:
    """Every watchlist of the data folder, by name. Raises as ``load`` does."""
    for file in sorted((data / FOLDER).glob("*.yml")):
        yield load(data, file.stem, names)


def load(data: Path, name: str, names: Mapping[str, str]) -> Watchlist:
    """The watchlist of a name; ``names``: entity id -> name. Raises DatelineError saying what to mend."""
    if not re.fullmatch(r"[\w.-]+", name) or name.startswith("."):
        raise DatelineError(f"{name!r} is no name of a watchlist: letters, digits, - and _")
    path = data / FOLDER / f"{name}.yml"
    if not path.exists():
        raise WatchlistError(f"no watchlist {path}; write one with entities, jurisdictions, types, topics, words")
    read = yml.read(path, _Lists | None, WatchlistError) or _Lists()  # type: ignore[arg-type]
    lists = {key: tuple(map(str, value)) for key, value in msgspec.structs.asdict(read).items()}
    ids = {wanted.casefold(): entity for entity, wanted in names.items()} | {
        entity.casefold(): entity for entity in names
    }
    lists["entities"] = tuple(ids.get(e.casefold(), e) for e in lists.get("entities", ()))
    return Watchlist(name, **lists)
