"""Where the acts that a report could join are found: by blocks of root, family and one thing the report is about.

Acts that are not in memory stand on a ``Shelf``, so that a day's reports join a large ledger without reading it all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from typing import Protocol

from pipeline.ledger.match import Features, Filed, Open, features

CANDIDATES = 40  # acts of one block that are looked at, the last told first
LIKELY = 24  # of all found in a report's blocks, those that are scored: most blocks shared, then last told

Told = tuple[str, str]  # when an act was last told of a block (moment and article), the act's id


class Shelf(Protocol):
    """Acts told before this reading began, as they stood then."""

    def latest(self, block: int, count: int) -> Sequence[Told]:
        """The acts told last of a block, the last first."""
        ...

    def reports(self, acts: Collection[str]) -> Iterable[tuple[str, Filed]]:
        """The reports of the acts, each act's oldest first."""
        ...

    def links(self, acts: Collection[str]) -> Iterable[tuple[str, str, str]]:
        """The links held by the acts: act, the act it changes, when that was told."""
        ...


class Empty:
    """A shelf without acts: a reading from nothing."""

    def latest(self, block: int, count: int) -> Sequence[Told]:
        """No act."""
        return ()

    def reports(self, acts: Collection[str]) -> Iterable[tuple[str, Filed]]:
        """No report."""
        return ()

    def links(self, acts: Collection[str]) -> Iterable[tuple[str, str, str]]:
        """No link."""
        return ()


class Blocks:
    """The blocks: of those on the shelf and, told later, those put here."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._shelved: dict[int, Sequence[Told]] = {}
        self.told: dict[int, dict[str, str]] = defaultdict(dict)

    def put(self, number: int, told: str, act: str) -> None:
        """An act was told of a block; what is told comes in its order."""
        known = self.told[number]
        known.pop(act, None)
        known[act] = told

    def likely(self, numbers: Iterable[int]) -> list[str]:
        """The acts that share most of the blocks, of as many the last told first."""
        shared: Counter[str] = Counter()
        last: dict[str, str] = {}
        for number in numbers:
            for told, act in self._latest(number):
                shared[act] += 1
                last[act] = max(told, last.get(act, ""))
        return nlargest(LIKELY, shared, key=lambda act: (shared[act], last[act], act))

    def _latest(self, number: int) -> list[Told]:
        here = self.told.get(number, {})
        found = sorted(_last(here), reverse=True)[:CANDIDATES]
        if len(found) < CANDIDATES:
            if number not in self._shelved:
                self._shelved[number] = self._shelf.latest(number, CANDIDATES)
            before = (told for told in self._shelved[number] if told[1] not in here)
            found += islice(before, CANDIDATES - len(found))
        return found


def _last(known: dict[str, str]) -> Iterator[Told]:
    """The last told acts of a block, with all that were told together with the last of them."""
    end = ""
    for count, (act, told) in enumerate(reversed(known.items()), 1):
        if count > CANDIDATES and told != end:
            return
        end = told
        yield told, act


def blocks(root: str, family: int, keys: Iterable[str]) -> list[int]:
    """The numbers of the blocks of these keys."""
    return [_block(root, family, key) for key in keys]


@lru_cache(maxsize=500_000)
def _block(root: str, family: int, key: str) -> int:
    digest = hashlib.blake2b(f"{root}\n{family}\n{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def report_keys(seen: Features) -> list[str]:
    """What two reports of one act of one root and family share at least one of."""
    named = [seen.instrument.words] if seen.instrument else []
    day = [f"announced {seen.announced}"] if seen.announced and len(seen.announced) == len("2024-07-09") else []
    return day + _keys([seen.story] if seen.story else [], seen.entities, named, seen.target.telling)


def act_blocks(act: Open) -> Iterator[tuple[int, Filed]]:
    """The blocks of an act, each with the last report that told of it."""
    last = {key: item for item in act.reports for key in report_keys(features(item))}
    for key, item in last.items():
        yield _block(act.root, act.family, key), item


def act_keys(act: Open) -> list[str]:
    """The keys of all that was told of an act."""
    words = {word for known in act.targets for word in known.telling}
    return _keys(act.stories, act.entities, (i.words for i in act.instruments), words)


def _keys(
    stories: Iterable[str], entities: Iterable[str], instruments: Iterable[frozenset[str]], words: Iterable[str]
) -> list[str]:
    named = {"instrument " + " ".join(sorted(words)) for words in instruments}
    return sorted({f"story {s}" for s in stories} | {f"entity {e}" for e in entities} | named | set(words))
