"""Constructions of law-making: proposals, consultations, bills tabled, votes, a nod given."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import word_set
from pipeline.annotate.actions.objects import object_classes, told
from pipeline.records import ActionType

Told = tuple[ActionType, str]
PUT_TO_VOTE = frozenset({"law", "rule", "levy", "curb", "ban", "draft", "treaty"})
OPINIONS = frozenset(["opinion", "comment", "feedback", "view", "input"])


def proposed_to(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``proposed to postpone the duties``, ``proposed making providers verify``, ``proposed that``."""
    if not actor.public or (noun is not None and noun.head == verb):
        return None
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), None)
    return ("propose", targets.complement(verb, None, inner)) if inner is not None else None


def comment_sought(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``solicited opinions on a draft``, ``put out the draft for comment``, ``gave a bill its first reading``."""
    lemma = verb.lemma_.lower()
    if noun is None or not actor.public:
        return None
    if lemma in ("solicit", "seek", "invite", "collect", "request", "gather") and noun.lemma_.lower() in OPINIONS:
        inner = clause.pobj(noun, "on", "about", "for") or clause.pobj(verb, "on", "about", "for")
        return ("propose", targets.phrase(inner)) if inner is not None else None
    if lemma in ("give", "hold") and noun.lemma_.lower() == "reading":
        bill = clause.child(verb, "dative") or clause.pobj(noun, "of")
        return ("propose", targets.phrase(bill)) if bill is not None else None
    if lemma in ("put", "release", "publish", "open", "issue", "circulate") and (
        (aim := clause.pobj(verb, "for") or clause.pobj(noun, "for")) is not None
        and clause.child(aim, "poss") is None
        and (aim.lemma_.lower() in (*OPINIONS, "consultation") or any(t.lower_ == "comment" for t in aim.subtree))
    ):
        return "propose", targets.phrase(noun)
    return None


def tabled(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``two senators introduced legislation on data brokers``: members put a law forward."""
    if noun is None:
        return None
    if actor.kind not in ("group", "person", "legislature") or noun.lemma_.lower() not in word_set("bills"):
        return None
    return "propose", targets.phrase(noun)


def legislated(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``legislated against the app``, ``voted for the bill``."""
    against = clause.pobj(verb, "against", "on", "for", "to") or clause.pobj(verb, "in")
    if verb.lemma_.lower() == "legislate" and against is not None and actor.public:
        return "enact", f"legislation on {told(verb, against, cast) or against.text}"
    if (
        verb.lemma_.lower() == "vote"
        and actor.public
        and actor.kind != "person"
        and against is not None
        and noun is None
    ):
        for_it = clause.pobj(against, "of") if against.lower_ in ("favor", "favour") else None
        on = clause.child(verb, "prep")
        if for_it is None and (on is None or on.lower_ not in ("for", "on") or against.head != on):
            return None
        if object_classes(for_it or against, cast) & PUT_TO_VOTE:
            return "adopt", targets.phrase(for_it or against)
    return None


def exempted(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``cleared the way for sales``, ``gave the green light to the merger``, ``signed off on``."""
    lemma = verb.lemma_.lower()
    if not actor.public or noun is None:
        return None
    if lemma == "give" and noun.lower_ in ("approval", "nod", "assent", "blessing", "backing", "consent"):
        act = clause.pobj(verb, "to") or clause.pobj(noun, "to", "for") or clause.child(verb, "dative")
        if act is not None and act.lower_ == "which" and verb.dep_ == "relcl":
            act = verb.head  # "a pact to which it gave its approval"
        if act is not None and object_classes(act, cast) & {"law", "draft", "rule", "treaty"}:
            return ("enact" if object_classes(act, cast) & {"law", "draft"} else "adopt"), targets.phrase(act)
    if lemma in ("give", "clear", "pave") and noun.lower_ in ("light", "nod", "go-ahead", "blessing", "way", "consent"):
        inner = clause.pobj(verb, "for", "to") or clause.pobj(noun, "for", "to") or clause.child(verb, "dative")
        if inner is not None and (noun.lower_ != "way" or actor.kind not in ("group", "person")):
            return "permit/license", targets.phrase(inner)
    return None
