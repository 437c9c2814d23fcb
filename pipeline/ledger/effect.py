"""What an act does to another: it delays it, lifts it, amends it, answers it; a key of ``lifecycle.CHANGED``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ledger.families import family, number
from pipeline.ledger.words import ledger_words
from pipeline.records import ActionMention

DRAFT, MEASURE, RULES = number("propose"), number("restrict"), number("issue")
LASTING = frozenset(
    number(kind) for kind in ("restrict", "issue", "permit/license", "fine/penalise", "investigate", "fund/subsidise")
)
REVIEWED = frozenset({MEASURE, RULES, number("fine/penalise")})
# What is done to an act -> the families of acts that it can be done to.
DONE_TO: dict[str, frozenset[int]] = {
    "delayed": LASTING | {DRAFT},
    "paused": LASTING | {DRAFT},
    "extended": LASTING | {DRAFT},
    "lifted": LASTING | {DRAFT},
    "withdrawn": frozenset({number("investigate"), DRAFT, number("sue/challenge")}),
    "stayed": REVIEWED,
    "struck down": REVIEWED,
    "upheld": REVIEWED,
    "challenged": REVIEWED,
    "made final": frozenset({DRAFT}),
    "amended": frozenset({MEASURE, RULES}),
    "implemented": frozenset({RULES}),
    "eased": frozenset({MEASURE}),
    "answered": LASTING,
}
FOREIGN = frozenset({"stayed", "struck down", "upheld", "challenged", "answered"})  # may be done by any actor
ANSWERING = frozenset({MEASURE, number("investigate"), number("sue/challenge"), number("fine/penalise")})
RULED = (("upheld", "upholds"), ("struck down", "quashes"), ("stayed", "stays"))


def effects(mention: ActionMention) -> Iterator[str]:
    """What an act as told can do to another, the most special first; nothing for a ruling that says neither."""
    words = set(re.findall(r"[a-z]+", f"{mention.target} {mention.evidence}".casefold()))
    kind = family(mention)
    if kind in ANSWERING and words & ledger_words().answers:
        yield "answered"
    if kind in (MEASURE, RULES):
        if _trigger(mention) in ledger_words().amends:
            yield "amended"
        yield "made final"
    if kind in (RULES, DRAFT) and words & ledger_words().implements:
        yield "implemented"
    if kind not in (MEASURE, RULES, DRAFT):
        yield from _plain(mention.type, words)


def _plain(kind: str, words: set[str]) -> Iterator[str]:
    """What types of acts do that are about another act by their nature."""
    match kind:
        case "rule":
            yield from (done for done, marks in RULED if words & getattr(ledger_words(), marks))
        case "sue/challenge":
            yield "challenged"
        case "delay/extend" if words & ledger_words().extends:
            yield "extended"
        case "delay/extend":
            yield "paused" if words & ledger_words().pauses else "delayed"
        case "lift/repeal":
            yield "lifted"
        case "withdraw":
            yield "withdrawn"
        case "permit/license":
            yield "eased"


def _trigger(mention: ActionMention) -> str:
    """The word that tells the act."""
    begin, end = mention.trigger
    return mention.evidence[begin - mention.start : end - mention.start].casefold()
