"""Reports of acts -> acts. Reports are taken oldest first; a report joins the act that it agrees with best.

The state behind any report is a function of the reports before it, so that a day's new reports can be taken on top
of an old ledger with the result of a reading from nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from pipeline.ledger import link
from pipeline.ledger.blocks import Blocks, Empty, Shelf, act_keys, blocks, report_keys
from pipeline.ledger.close import close
from pipeline.ledger.match import THRESHOLD, Features, Filed, Open, features, score
from pipeline.records import Action


class Ledger:
    """Acts being gathered, found by what a further report would share with them; old ones come from the shelf."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Empty()
        self.acts: dict[str, Open] = {}
        self.blocks = Blocks(self._shelf)
        self._named: Counter[str] = Counter()
        self._article = ""
        self._here: dict[str, None] = {}  # the acts that the article at hand told

    def take(self, filed: Filed) -> Open:
        """Let a report join the act that it agrees with best, or open one; reports come oldest first."""
        if filed.report.article != self._article:
            self.finish()
            self._article = filed.report.article
        seen = features(filed)
        best, agreed = None, 0.0
        for act in self._candidates(seen):
            if (found := score(act, seen)) > agreed:
                best, agreed = act, found
        act = self._opened(filed, seen) if best is None or agreed < THRESHOLD else best
        act.take(filed, seen)
        self._here[act.id] = None
        for number in blocks(act.root, act.family, report_keys(seen)):
            self.blocks.put(number, filed.told, act.id)
        return act

    def finish(self) -> None:
        """Look for what the acts of the article at hand change, among all that is told by now."""
        here = [self.acts[name] for name in self._here]
        for act in here:
            if act.effects and (changed := self._changed(act, here)):
                act.links.setdefault(changed, act.reports[-1].told)
        self._here = {}

    def taken(self) -> set[str]:
        """The acts that reports were taken into."""
        return {act for acts in self.blocks.told.values() for act in acts}

    def fetch(self, names: Iterable[str]) -> None:
        """Bring acts from the shelf; one that the shelf does not hold is not told (yet)."""
        wanted = sorted({name for name in names if name not in self.acts})
        if not wanted:
            return
        for name, filed in self._shelf.reports(wanted):
            seen = features(filed)
            self.acts.setdefault(name, Open(name, seen.actor.root, seen.family)).take(filed, seen)
        for name, changed, told in self._shelf.links(wanted):
            self.acts[name].links[changed] = told

    def links(self, names: Iterable[str]) -> dict[str, str]:
        """The acts that these change, as far as they change one."""
        held = {name: link.held(self.acts[name], self.acts) for name in names if name in self.acts}
        return {name: changed for name, changed in held.items() if changed}

    def _candidates(self, seen: Features) -> Collection[Open]:
        """The acts that a report may belong to: those its article has told, then the likeliest."""
        names = self.blocks.likely(blocks(seen.actor.root, seen.family, report_keys(seen)))
        self.fetch(names)
        block = (seen.actor.root, seen.family)
        here = [name for name in reversed(self._here) if (self.acts[name].root, self.acts[name].family) == block]
        return [self.acts[name] for name in dict.fromkeys([*here, *names])]

    def _changed(self, act: Open, here: list[Open]) -> str | None:
        keys = act_keys(act)
        numbers = (blocks(root, family, keys) for root in link.roots(act, here) for family in link.changeable(act))
        names = self.blocks.likely(number for some in numbers for number in some)
        self.fetch(names)
        return link.changed(act, [*here, *(self.acts[name] for name in names)])

    def _opened(self, filed: Filed, seen: Features) -> Open:
        """A new act, named after the place where it was first told; of several of one sentence, by their number."""
        seed = place_of(filed, seen.family)
        number = self._named[seed]
        self._named[seed] += 1
        name = hashlib.sha256((f"{seed}\n{number}" if number else seed).encode()).hexdigest()[:12]
        return self.acts.setdefault(name, Open(name, seen.actor.root, seen.family))


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
    ledger.finish()
    day = today or date.today()  # noqa: DTZ011 - statuses turn at the reader's midnight
    return close(ledger.acts.values(), ledger.links(ledger.acts), kinds or {}, day)


def order(item: Filed) -> tuple[str, str, int, tuple[int, int], str, str]:
    """Oldest first; within an article by place."""
    mention = item.report.mention
    place = (item.report.reported_at, item.report.article, mention.start)
    return (*place, mention.trigger, mention.actor, mention.target)


def place_of(filed: Filed, number: int) -> str:
    """Where an act was first told: article, sentence and family, not names: a better vocabulary does not move it."""
    evidence = " ".join(filed.report.mention.evidence.split())
    return f"{filed.report.article}\n{evidence}\n{number}"
