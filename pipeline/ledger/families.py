"""Families of types: a careful reader may call one act by any type of its family; others never merge."""

from __future__ import annotations

from pipeline.ledger.actors import actor_of
from pipeline.ledger.words import ledger_words
from pipeline.records import ActionMention, ActionType

FAMILIES: tuple[frozenset[ActionType], ...] = (
    frozenset({"restrict", "ban/block", "impose", "enforce", "require"}),
    frozenset({"issue", "adopt", "enact", "agree/sign"}),
    frozenset({"propose"}),
    frozenset({"lift/repeal", "withdraw"}),
    frozenset({"permit/license"}),
    frozenset({"delay/extend"}),
    frozenset({"investigate"}),
    frozenset({"sue/challenge"}),
    frozenset({"rule"}),
    frozenset({"fine/penalise"}),
    frozenset({"fund/subsidise"}),
)


def number(kind: ActionType) -> int:
    """The number of a type's family."""
    return next(n for n, members in enumerate(FAMILIES) if kind in members)


def family(mention: ActionMention) -> int:
    """The number of the type's family; a rule still in draft is of the proposals, and a company that withdraws its
    service restricts it."""
    kind = mention.type
    words = set(mention.target.casefold().split())
    if kind in ("issue", "adopt", "enact") and (mention.status == "proposed" or words & ledger_words().drafts):
        kind = "propose"
    if kind == "withdraw" and not words & ledger_words().suits and not actor_of(mention).public:
        kind = "restrict"
    return number(kind)
