"""A watchlist: what a reader follows, as ``watchlists/NAME.yml`` in the data folder.

entities: [openai, European Commission]    # ids or names
jurisdictions: [EU, CN]
types: [ban/block]
topics: [ai]
words: [foundation model]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from pipeline.digest.model import Known
from pipeline.records import DatelineError


@dataclass(frozen=True, slots=True)
class Watchlist:
    """An act is on it when it meets any of the lists; ``entities`` are ids."""

    name: str
    entities: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def watches(self, act: Known) -> bool:
        """Whether the act meets one of the lists."""
        told = (act.actor, act.target, *(text for r in act.reports for text in (r.sentence, r.headline)))
        return (
            not {*self.entities}.isdisjoint(act.entities)
            or act.jurisdiction in self.jurisdictions
            or act.type in self.types
            or not {*self.topics}.isdisjoint(act.topics)
            or self.says(" \n".join(told))
        )

    def says(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in self.words)


def load(data: Path, name: str, names: Mapping[str, str]) -> Watchlist:
    """The watchlist of a name; ``names``: entity id -> name. Raises DatelineError saying what to mend."""
    if not re.fullmatch(r"[\w.-]+", name) or name.startswith("."):
        raise DatelineError(f"{name!r} is no name of a watchlist: letters, digits, - and _")
    path = data / "watchlists" / f"{name}.yml"
    try:
        read = yaml.safe_load(path.read_text("utf-8")) or {}
    except FileNotFoundError:
        raise DatelineError(
            f"no watchlist {path}; write one with entities, jurisdictions, types, topics, words"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DatelineError(f"{path}: {' '.join(str(error).split())}") from None
    keys = {f.name for f in fields(Watchlist)} - {"name"}
    if not isinstance(read, dict) or not {*read} <= keys or not all(isinstance(v, list) for v in read.values()):
        raise DatelineError(f"{path}: expected lists under {', '.join(sorted(keys))}")
    lists = {key: tuple(map(str, value)) for key, value in read.items()}
    ids = {wanted.casefold(): entity for entity, wanted in names.items()} | {
        entity.casefold(): entity for entity in names
    }
    lists["entities"] = tuple(ids.get(e.casefold(), e) for e in lists.get("entities", ()))
    return Watchlist(name, **lists)
