"""Reports of acts -> acts. Reports are taken oldest first; a report joins the act that it agrees with best.

The state behind any report is a function of the reports before it, so that a day's new reports can be taken on top
of an old ledger with the result of a reading from nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pipeline.ledger.close import close
from pipeline.ledger.link import linked
from pipeline.ledger.match import THRESHOLD, Features, Filed, Open, features, score
from pipeline.records import Action

CANDIDATES = 40  # acts of one key that a report is compared with, the last told first


class Ledger:
    """Acts being gathered, found by what a further report would share with them."""

    def __init__(self) -> None:
        self.acts: dict[str, Open] = {}
        self._index: dict[tuple[str, int, str], dict[str, None]] = defaultdict(dict)
        self._named: Counter[str] = Counter()

    def take(self, filed: Filed) -> Open:
        """Let a report join the act that it agrees with best, or open one; reports come oldest first."""
        seen = features(filed)
        best, agreed = None, 0.0
        for act in self._candidates(seen):
            if (found := score(act, seen)) > agreed:
                best, agreed = act, found
        return self._put(self._opened(filed, seen) if best is None or agreed < THRESHOLD else best, filed, seen)

    def place(self, filed: Filed, act: str) -> Open:
        """Put a report where an earlier reading of the same reports put it."""
        seen = features(filed)
        if act not in self.acts:
            self._opened(filed, seen)
        return self._put(self.acts[act], filed, seen)

    def _opened(self, filed: Filed, seen: Features) -> Open:
        """A new act, named after the place where it was first told; of several of one sentence, by their number."""
        seed = place_of(filed, seen.family)
        number = self._named[seed]
        self._named[seed] += 1
        name = hashlib.sha256((f"{seed}\n{number}" if number else seed).encode()).hexdigest()[:12]
        return self.acts.setdefault(name, Open(name, seen.actor.root, seen.family))

    def _put(self, act: Open, filed: Filed, seen: Features) -> Open:
        act.take(filed, seen)
        for key in keys(seen):
            known = self._index[(act.root, act.family, key)]
            known.pop(act.id, None)
            known[act.id] = None  # the last told stands last
        return act

    def _candidates(self, seen: Features) -> Iterator[Open]:
        given: set[str] = set()
        for key in keys(seen):
            known = self._index.get((seen.actor.root, seen.family, key), {})
            for name, _ in zip(reversed(known), range(CANDIDATES), strict=False):
                if name not in given:
                    given.add(name)
                    yield self.acts[name]


def merge(
    filed: Iterable[Filed], *, kinds: Mapping[str, str] | None = None, today: date | None = None
) -> tuple[Action, ...]:
    """All acts told by the reports, in the order of their first report.

    ``kinds``: source id -> official | agency | newspaper, for whose date is held where reports disagree.
    ``today``: the day on which the statuses are true (default: now).
    """
    ledger = Ledger()
    for item in sorted(filed, key=order):
        ledger.take(item)
    day = today or date.today()  # noqa: DTZ011 - statuses turn at the reader's midnight
    changes = linked(ledger.acts.values())
    return close(ledger.acts.values(), changes, kinds or {}, day)


def order(item: Filed) -> tuple[str, str, int, tuple[int, int], str, str]:
    """Oldest first; within an article by place."""
    mention = item.report.mention
    place = (item.report.reported_at, item.report.article, mention.start)
    return (*place, mention.trigger, mention.actor, mention.target)


def keys(seen: Features) -> Iterator[str]:
    """What two reports of one act of one root and family share at least one of."""
    if seen.story:
        yield f"story {seen.story}"
    for entity in sorted(seen.entities):
        yield f"entity {entity}"
    if seen.instrument:
        yield "instrument " + " ".join(sorted(seen.instrument.words))
    yield from sorted(seen.target.telling)


def place_of(filed: Filed, number: int) -> str:
    """Where an act was first told: article, sentence and family, not names: a better vocabulary does not move it."""
    evidence = " ".join(filed.report.mention.evidence.split())
    return f"{filed.report.article}\n{evidence}\n{number}"
