"""The latest status a passage reports for a measure, from the type of act, its force and its dates."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Token

from pipeline.annotate.actions.modality import Modality
from pipeline.records import ActionType, Status

DONE: dict[str, Status] = {
    "propose": "proposed",
    "investigate": "under_investigation",
    "sue/challenge": "under_investigation",
    "lift/repeal": "repealed",
    "withdraw": "repealed",
    "delay/extend": "suspended",
    "enact": "adopted",
    "adopt": "adopted",
    "agree/sign": "adopted",
}


def preliminary(noun: Token | None, trigger: Token) -> bool:
    """``preliminary findings``, ``a preliminary probe found``: nothing is settled yet."""
    if trigger.lemma_ == "approve":  # a preliminary approval is one
        return False
    if trigger.lemma_ == "charge" or (noun is not None and noun.lemma_ in ("objection", "statement")):
        return True  # a regulator's charges are its preliminary view
    near = [*(noun.children if noun is not None else ()), *trigger.children]
    near += [g for c in trigger.children if c.dep_ == "nsubj" for g in c.children]
    return any(t.lower_ in ("preliminary", "preliminarily", "provisionally") for t in near)


def status_of(kind: ActionType, modality: Modality, effective: str | None, published: date) -> Status:
    """Status by type; what is still to start is adopted, what is only meant is announced."""
    future = effective is not None and effective.split("/")[0] > published.isoformat()
    if modality.force == "intended" and kind not in ("propose", "investigate", "sue/challenge"):
        return "announced"
    if kind in ("enact", "adopt") and effective is not None and not future:
        return "in_force"
    if kind in DONE:
        return "adopted" if future and kind in ("lift/repeal", "withdraw") else DONE[kind]
    if future or (modality.force == "decided" and effective is None):
        return "adopted"
    return "in_force"
