"""Who acts: one actor by different names, and a body for its state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline import vocabulary
from pipeline.ledger.words import ledger_words
from pipeline.records import ActionMention

APART = frozenset({"court", "province"})
COURT_WORDS = frozenset({"court", "courts", "judge", "judges", "justices", "tribunal"})
SAME, STATE_FOR_BODY, SISTERS, OTHERS = 1.0, 0.9, 0.7, 0.0


@dataclass(frozen=True, slots=True)
class Actor:
    """``root``: the state (or states) a public actor acts for, else the actor itself; acts of two roots never
    merge. ``ids``: entities or words. ``state``: it is the state as a whole. ``apart``: a court or a province, whose
    acts are not its state's."""

    root: str
    ids: frozenset[str]
    state: bool
    public: bool
    apart: bool


def actor_of(mention: ActionMention) -> Actor:
    """The actor of a mention."""
    return _actor(mention.actor, mention.actor_entities, mention.jurisdiction)


@lru_cache(maxsize=50_000)
def _actor(name: str, entities: tuple[str, ...], jurisdiction: str | None) -> Actor:
    known = [vocabulary.by_id()[e] for e in entities if e in vocabulary.by_id()]
    words = set(re.findall(r"[a-z]+", name.casefold()))
    kinds = {actor.kind for actor in known}
    public = bool(kinds & ledger_words().public) if known else bool(words & ledger_words().public_words)
    codes = {actor.country for actor in known if actor.country and actor.kind != "company"}
    if public and jurisdiction not in (None, "INT") and len(codes) < 2:
        codes = {jurisdiction}
    ids = frozenset(entities) or frozenset({" ".join(sorted(words))})
    root = "+".join(sorted(code for code in codes if code)) if public else ""
    return Actor(
        root=root or "|".join(sorted(ids)),
        ids=ids,
        state=bool(kinds) and kinds <= {"state", "government"},
        public=public,
        apart=bool(kinds & APART) or bool(words & COURT_WORDS),
    )


def root_of(entity: str) -> str | None:
    """The root of an actor of the vocabulary."""
    known = vocabulary.by_id().get(entity)
    if known is None:
        return None
    return known.country if known.kind in ledger_words().public and known.country else entity


def compatible(a: Actor, b: Actor) -> float:
    """How well two actors of one root can be one: the same, a state and its body, two bodies of a state."""
    if a.ids & b.ids:
        return SAME
    if not (a.public and b.public) or a.apart or b.apart:
        return OTHERS
    if a.state or b.state:
        return STATE_FOR_BODY
    return SISTERS
