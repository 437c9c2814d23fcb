"""One act an article: mentions of one actor and type whose targets share their telling words become one."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.lexicon import word_set
from pipeline.records import ActionMention

STOP = word_set("stop")
COUNTED = re.compile(  # "11 Chinese companies", "several firms": a list not yet itemised
    r"(?:(?:\d+|[a-z-]+|Chinese|Russian) ){0,4}?(?:companies|firms|entities|organi[sz]ations|groups)\b[^:]{0,300}$"
)
ENOUGH = 0.5  # of the shorter target's words


def merged(acts: list[ActionMention]) -> tuple[ActionMention, ...]:
    """The acts in order, later mentions folded into the first: its dates are filled in from theirs."""
    kept: list[ActionMention] = []
    for act in acts:
        at = next((n for n, old in enumerate(kept) if same(old, act)), None)
        if at is None:
            kept.append(act)
        else:
            kept[at] = fold(kept[at], act)
    return tuple(kept)


GENERIC = word_set("generic")
FORMAL = frozenset({"issue", "enact", "adopt", "agree/sign"})


def without_echoes(acts: list[ActionMention]) -> list[ActionMention]:
    """Without mere mentions of an instrument ("the order was issued on") whose substance the text tells as an act."""
    return [a for n, a in enumerate(acts) if not (_is_echo(a) and any(_tells(b, a) for b in acts[:n]))]


COMING_TO: dict[str, tuple[str, ...]] = {
    "lift/repeal": ("lift/repeal", "permit/license"),
    "restrict": ("restrict", "ban/block"),
    "ban/block": ("ban/block", "restrict"),
    "delay/extend": ("delay/extend", "permit/license"),
}


def without_elaborations(here: list[Candidate]) -> list[Candidate]:
    """Without what a participle adds to an act of the same kind: ``delayed the rule, giving firms another year``."""
    by_verb = {c.trigger.i: c for c in here}
    return [
        c
        for c in here
        if c.trigger.tag_ != "VBG"
        or c.trigger.dep_ != "advcl"
        or (above := by_verb.get(c.trigger.head.i)) is None
        or above.actor.name != c.actor.name
        or c.type not in COMING_TO.get(above.type, (above.type,))
    ]


def _is_echo(act: ActionMention) -> bool:
    return act.type in FORMAL and act.target.casefold() in GENERIC


def _tells(act: ActionMention, echo: ActionMention) -> bool:
    same_actor = bool(set(act.actor_entities) & set(echo.actor_entities)) or act.actor == echo.actor
    return same_actor and act.type not in ("investigate", "propose", "sue/challenge") and not _is_echo(act)


def same(a: ActionMention, b: ActionMention) -> bool:
    """Whether two mentions tell one act."""
    if a.type != b.type or a.actor != b.actor:
        return False
    if a.trigger == b.trigger:
        return True
    if a.type == "fine/penalise" and a.start == b.start and re.search(r"\b(?:fine|penalt)", f"{a.target} {b.target}"):
        return True
    for name in ("announced_date", "effective_date"):
        left, right = getattr(a, name), getattr(b, name)
        if left and right and not (left.startswith(right) or right.startswith(left)):
            return False
    if (mine := _years(a)) and (theirs := _years(b)) and not mine & theirs:
        return False
    if a.start == b.start and re.match(r"(?:such|these|those|the same) ", b.target):
        return True
    if a.method == b.method == "listing" and COUNTED.match(a.target) and not COUNTED.match(b.target):
        return True  # "added several firms to the list. … It added Nokia and …": told, then itemised
    firm = a.legal_form == b.legal_form == "firm_policy" and a.type == "ban/block"
    if firm and set(a.target_entities) & set(b.target_entities):
        return True  # "blocks traffic from China", "cuts off developers in China"
    words, others = telling_words(a.target), telling_words(b.target)
    return len(words & others) >= ENOUGH * (min(len(words), len(others)) or 1)


def _years(act: ActionMention) -> set[str]:
    return {d[:4] for d in (act.announced_date, act.effective_date) if d}


def fold(first: ActionMention, later: ActionMention) -> ActionMention:
    """The first mention with what only the later one knows."""
    if first.method == later.method == "listing" and COUNTED.match(first.target) and not COUNTED.match(later.target):
        target = f"{first.target}: {later.target}"
        first = replace(first, target=target, target_entities=first.target_entities + later.target_entities)
    names = ("announced_date", "effective_date", "deadline_date", "expiry_date", "instrument", "on_word_of")
    filled = {n: getattr(first, n) or getattr(later, n) for n in names}
    return replace(first, **filled, confidence=max(first.confidence, later.confidence))


def telling_words(target: str) -> set[str]:
    """Its words in the singular, without the small ones."""
    return {w.rstrip("s") for w in re.findall(r"[a-z0-9]+", target.casefold())} - STOP
