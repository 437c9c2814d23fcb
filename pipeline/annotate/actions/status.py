"""The latest status a passage reports for a measure, from the type of act, its force and its dates."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.effects import starts
from pipeline.records import Status

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
CHAMBER = re.compile(
    r"\b(?:Senate|House of (?:Representatives|Commons|Lords)|State Duma|Federation Council|Bundestag|Bundesrat"
    r"|(?:Lok|Rajya) Sabha|Chamber of Deputies|Assembly of Representatives)$"
)


def status_of(c: Candidate, effective: str | None, published: date) -> Status:
    """Status by type; what is still to start is adopted, what is only meant is announced."""
    measure = c.part_of or c
    kind, force = measure.type, measure.modality.force
    future = effective is not None and effective.split("/")[0] > published.isoformat()
    future = future or (effective is None and c.noun is not None and any(_is_to_start(t) for t in c.noun.children))
    if c.trigger.lemma_.lower() == "veto":
        return "rejected"
    if kind == "rule":  # a court's word holds at once, whatever it is about
        return "under_investigation" if preliminary(c.noun, c.trigger) else "in_force"
    if force == "intended" and kind not in ("propose", "investigate", "sue/challenge"):
        return "announced"
    if _is_vote_of_a_part(c) and effective is None:
        return "proposed"  # the other chamber, or the whole of it, is still to vote
    if kind == "ban/block" and _legislates(c) and c.part_of is None and _is_person(c):
        return "rejected"  # a nominee turned down
    if kind == "adopt" and c.trigger.lemma_.lower() == "confirm" and CHAMBER.search(c.actor.name):
        return "in_force"  # an office filled
    if kind == "enforce" and c.trigger.lemma_.lower() in ("charge", "indict"):
        return "under_investigation"
    if kind == "delay/extend" and c.noun is not None and c.noun.lemma_ == "deadline" and c.trigger.lemma_ == "extend":
        return "in_force"
    if kind in ("enact", "adopt") and effective is not None and not future:
        return "in_force"
    if kind == "withdraw" and not c.actor.public:
        return "adopted" if future else "in_force"  # a firm that pulls its own service
    if kind in DONE:
        return "adopted" if future and kind in ("lift/repeal", "withdraw") else DONE[kind]
    if force == "decided" and effective is None:
        return "announced" if _will(c.trigger) else "adopted"
    return "adopted" if future else "in_force"


def _legislates(c: Candidate) -> bool:
    return c.actor.kind in ("legislature", "committee") or bool(CHAMBER.search(c.actor.name))


def _is_person(c: Candidate) -> bool:
    """Whether the act is on somebody named for an office."""
    return c.noun is not None and any(t.lemma_.lower() in ("nominee", "nomination", "pick") for t in c.noun.subtree)


def _is_vote_of_a_part(c: Candidate) -> bool:
    """``the House passed the bill``, ``the committee approved the nominee``: one step on the way."""
    measure = c.part_of or c
    if ";" in c.actor.name:
        return False
    if measure.type == "enact" and CHAMBER.search(c.actor.name):
        return True
    return measure.type == "adopt" and bool(re.search(r"\b(?:Senate|House)\b.*\bCommittee$", c.actor.name))


def _is_to_start(verb: Token) -> bool:
    """``a lockdown that will come into force later this week``, ``rules which take effect 20 days after``."""
    if verb.dep_ != "relcl" or not starts(verb):
        return False
    ahead = verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in ("take", "come", "enter", "go")
    return ahead or any(t.dep_ == "aux" and t.lower_ == "will" for t in verb.children)


def _will(verb: Token) -> bool:
    """``said it will levy``: the word of one who has not yet done so."""
    told = verb.dep_ in ("ccomp", "conj", "parataxis") or verb.dep_ == "ROOT"
    return told and any(t.dep_ == "aux" and t.lower_ in ("will", "'ll") for t in verb.children)


def preliminary(noun: Token | None, trigger: Token) -> bool:
    """``preliminary findings``, ``a preliminary probe found``: nothing is settled yet."""
    if trigger.lemma_ == "approve":  # a preliminary approval is one
        return False
    if trigger.lemma_ == "charge" or (noun is not None and noun.lemma_ in ("objection", "statement")):
        return True  # a regulator's charges are its preliminary view
    near = [*(noun.children if noun is not None else ()), *trigger.children]
    near += [g for c in trigger.children if c.dep_ == "nsubj" for g in c.children]
    return any(t.lower_ in ("preliminary", "preliminarily", "provisionally") for t in near)
