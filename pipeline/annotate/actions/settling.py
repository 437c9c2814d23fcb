"""Types that depend on who acts and on what: a court rules, a legislature enacts new law, other bodies adopt."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from pipeline.annotate.actions import clause
from pipeline.annotate.actions.actors import Actor
from pipeline.annotate.actions.lexicon import word_set
from pipeline.annotate.actions.triggers import LEAVE
from pipeline.records import ActionType

ENDORSING = frozenset({"approve", "endorse", "back", "pass", "adopt"})
PUNISHING = frozenset({"sanction", "countermeasure", "tariff", "duty", "levy"})
INTERPRETING = frozenset({"interpretation", "guideline", "guidance", "regulation", "measure", "provision"})
PROSECUTING = frozenset({"prosecutor", "attorney", "police", "justice", "customs"})
STOREKEEPERS = frozenset({"Apple", "Google", "Microsoft", "Amazon", "Huawei", "Xiaomi", "Samsung"})
ORDERING = frozenset({"order", "injunction", "opinion"})
LEGISLATORS = word_set("legislators")


def settled(kind: ActionType, verb: Token, actor: Actor, kinds: Set[str], noun: Token | None) -> ActionType:
    """A type that depends on who acts: a court rules, a legislature enacts new law, other bodies adopt."""
    if actor.kind == "court" and kind == "issue" and noun is not None and noun.lemma_ in INTERPRETING:
        return "issue"
    if kind == "issue" and actor.kind == "person" and noun is not None and noun.lemma_ in ORDERING and _by_judge(verb):
        return "rule"
    if verb.lemma_ == "sign" and (law := clause.pobj(verb, "into")) is not None and law.lemma_ == "law":
        return "enact"
    if kind == "enforce" and verb.lemma_ == "charge" and _by_regulator(verb, actor):
        return "rule"
    if actor.kind == "court" and kind not in ("require", "fine/penalise", "enforce", "investigate", "sue/challenge"):
        return "rule"
    if actor.kind in ("person", "leader") and kind == "agree/sign" and noun is not None and noun.lemma_ == "memorandum":
        return "issue"
    if kind == "agree/sign" and _undone(verb):
        return "withdraw"
    if kind == "adopt" and noun is not None and {noun.lemma_.lower(), _of_what(noun)} & PUNISHING:
        return "impose"
    if kind == "permit/license" and actor.kind == "legislature" and verb.lemma_ in ENDORSING:
        return "adopt"
    if kind == "agree/sign" and actor.kind == "legislature" and verb.lemma_ in ENDORSING:
        return "adopt"
    if kind in ("enact", "adopt") and noun is not None and _is_revision(noun):
        return "adopt"
    if kind in ("enact", "adopt") and _by_cabinet(verb) and kinds & {"draft"}:
        return "propose"
    if kind == "delay/extend" and verb.lemma_ in ("extend", "widen", "broaden", "expand") and _reaches_further(verb):
        return "ban/block" if "ban" in kinds else "impose" if "levy" in kinds else "restrict"
    if kind == "enact" and actor.kind in ("regulator", "ministry") and "law" not in kinds:
        return "adopt"
    if kind == "adopt" and actor.kind == "legislature" and verb.lemma_ in ("adopt", "pass", "approve"):
        return "enact" if "law" in kinds or (verb.lemma_ == "pass" and kinds & {"ban", "curb", "rule"}) else "adopt"
    if not actor.public and kind == "restrict" and verb.lemma_ == "cut" and clause.particles_fit(verb, ("off",)):
        return "ban/block"  # "cut off developers": access ends
    if not actor.public and kind == "ban/block" and verb.lemma_ in ("pull", "remove", "shut"):
        return "ban/block" if _from_own_store(verb, actor) else "withdraw"
    if kind == "require" and noun is not None and noun.lemma_.lower() in LEAVE:
        return "restrict"  # "will require permits for exports": a licensing duty
    if kind == "enact" and actor.kind not in LEGISLATORS:
        return "adopt"
    return kind


def _is_own(thing: Token) -> bool:
    """``its chatbot``; not ``the firm's app``."""
    return any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in thing.children)


def _by_judge(verb: Token) -> bool:
    return any(t.lemma_.lower() in ("judge", "justice") for t in verb.sent)


def _from_own_store(verb: Token, actor: Actor) -> bool:
    """``pulled the app from its store``: what a shop no longer carries is barred; one's own service is withdrawn."""
    for prep in verb.subtree:
        store = clause.child(prep, "pobj") if prep.dep_ == "prep" and prep.lower_ == "from" else None
        if store is not None and store.lemma_.lower() in ("store", "marketplace", "catalogue", "catalog"):
            own = any(c.dep_ == "poss" for c in store.children) or actor.name in STOREKEEPERS
            thing = clause.acted_on(verb)
            return own and not (thing is not None and _is_own(thing))
    return False


def _by_regulator(verb: Token, actor: Actor) -> bool:
    """``The Commission charged the firm with breaching antitrust rules``: a charge that is no prosecutor's."""
    if set(actor.name.casefold().split()) & {word for p in PROSECUTING for word in (p, f"{p}s")}:
        return False
    return actor.kind in ("commission", "regulator") or (actor.name == "European Union")


def _of_what(noun: Token) -> str:
    """``a package of sanctions``: what a quantity is of."""
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = clause.child(of, "pobj") if of is not None else None
    return inner.lemma_.lower() if inner is not None else ""


def _undone(verb: Token) -> bool:
    """``de-ratified the treaty``, ``the de-ratification of``."""
    return verb.i > 1 and verb.nbor(-1).text == "-" and verb.nbor(-2).lower_ == "de"


def _by_cabinet(verb: Token) -> bool:
    """A government's approval of a bill sends it to parliament."""
    doer = clause.doer(verb)
    return doer is not None and doer.lemma_.lower() in ("government", "cabinet")


def _reaches_further(verb: Token) -> bool:
    """``extended the licence duty to 40 more countries``; not ``to August 30``."""
    for to in verb.children:
        if to.dep_ in ("prep", "dative") and to.lower_ == "to":
            noun = clause.child(to, "pobj")
            return noun is not None and noun.ent_type_ not in ("DATE", "TIME") and not noun.like_num
    return False


def _is_revision(noun: Token) -> bool:
    """``a revision of the law``, ``the amended law``, ``a bill revising the law``."""
    near = [noun, *noun.children]
    if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "to"):
        near.append(noun.head.head)
    return any(t.lemma_.lower() in ("revision", "amendment", "revise", "amend", "revised", "amended") for t in near)
