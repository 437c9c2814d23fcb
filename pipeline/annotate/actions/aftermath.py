"""What became of a measure by another act of the same article: revoked, suspended, blocked, followed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.merge import telling_words
from pipeline.records import ActionMention, Status

MEASURES = frozenset({"impose", "ban/block", "restrict", "require", "issue", "enact", "adopt"})
FINDINGS = frozenset({"fine/penalise", "rule", "impose", "ban/block", "restrict", "require", "issue"})
PASSED = frozenset({"issue", "enact", "adopt", "restrict"})
STANDING = frozenset({"in_force", "adopted"})
NAMES = {  # what a later act calls a measure of the type
    "ban/block": ("ban", "block", "suspension", "prohibition"),
    "impose": ("tariff", "dutie", "levy", "levie", "sanction", "fee", "countermeasure", "surcharge"),
    "restrict": ("restriction", "curb", "control"),
    "enact": ("law",),
}
PROBE = frozenset({"investigation", "probe", "inquiry", "review", "proceeding", "anti", "dumping", "subsidy", "formal"})
DRAFT = frozenset({"draft", "first", "second", "version", "earlier", "opinion", "comment", "rule", "measure", "bill"})
BILLS = frozenset({"act", "bill", "law", "legislation", "measure", "tax"})
ENDS: dict[str, Status] = {"lift/repeal": "repealed", "withdraw": "repealed", "delay/extend": "suspended"}


def outcome_above(c: Candidate, found: Sequence[Candidate]) -> Status | None:
    """``suspended the order by which it had seized control``: what the act above leaves of the one in its object."""
    if c.type not in MEASURES:
        return None
    up = {a.i for a in c.trigger.ancestors}
    above = (b for b in found if b.type in ENDS and b.noun is not None and b.modality.force in ("done", "decided"))
    return next((ENDS[b.type] for b in above if b.noun is not None and b.noun.i in up and b.trigger.i in up), None)


def with_outcomes(acts: Sequence[ActionMention]) -> tuple[ActionMention, ...]:
    """The acts with the status that the latest act on the same measure leaves them in."""
    out = []
    for n, act in enumerate(acts):
        now = next((s for later in acts if later is not act and (s := _after(act, later)) is not None), None)
        out.append(replace(acts[n], status=now) if now is not None else act)
    return tuple(out)


def _after(act: ActionMention, later: ActionMention) -> Status | None:
    """The status of a measure after another act, or None where that leaves it alone."""
    if _day(later) < _day(act) or later.status in ("announced", "proposed", "rejected"):
        return None
    same_actor = bool(set(act.actor_entities) & set(later.actor_entities)) or act.actor == later.actor
    if act.type == "investigate" and act.factuality == "historical":
        done = later.type in FINDINGS and later.factuality != "historical" and later.status in STANDING
        return "in_force" if same_actor and done and _follows(act, later, PROBE) else None
    if act.type == "propose" and act.factuality == "historical":
        done = later.type in PASSED and later.status in STANDING and later.factuality != "historical"
        same_state = act.jurisdiction == later.jurisdiction
        return "adopted" if done and same_state and _follows(act, later, DRAFT) else None
    if act.type == later.type == "enact" and act.status == "proposed" and act.actor != later.actor:
        own = telling_words(act.target) - BILLS
        return "adopted" if own & telling_words(later.target) and act.jurisdiction == later.jurisdiction else None
    if act.type == "sue/challenge" and later.type == "withdraw":
        return "repealed" if same_actor and _shared(act, later) else None
    if act.type not in MEASURES or act.status not in STANDING or not _on(act, later):
        return None
    if later.type in ("lift/repeal", "withdraw") and later.status == "repealed" and same_actor:
        return "repealed"
    if later.type == "delay/extend" and later.status == "suspended" and same_actor:
        return "suspended"
    return None


def _day(act: ActionMention) -> str:
    return act.announced_date or act.effective_date or "9999"


def _follows(act: ActionMention, later: ActionMention, vague: frozenset[str]) -> bool:
    """Whether a later act is on the same matter, or the first names none of its own."""
    own = telling_words(act.target) - vague
    same = set(act.target_entities) & set(later.target_entities) or own & telling_words(later.target)
    return bool(same) or not own


def _shared(act: ActionMention, later: ActionMention) -> bool:
    return bool(
        set(act.target_entities) & set(later.target_entities) or telling_words(act.target) & telling_words(later.target)
    )


def _on(act: ActionMention, later: ActionMention) -> bool:
    """Whether a later act's object is the measure: "lifted the ban on X" after "banned X"."""
    words = telling_words(later.target)
    named = words & {*NAMES.get(act.type, ()), *telling_words(act.target)}
    rest = words - set(NAMES.get(act.type, ()))
    return bool(named) and (not rest or bool(rest & telling_words(act.target)) or _shared(act, later))
