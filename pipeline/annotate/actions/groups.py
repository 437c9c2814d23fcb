"""Actors told of by a noun alone: ``Dutch regulators``, ``a federal judge``, ``several ministries``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from pipeline.annotate.actions.actor import Actor
from pipeline.annotate.actions.governments import state_meant, state_of_adjective
from pipeline.annotate.actions.lexicon import word_set, words
from pipeline.annotate.actions.offices import TITLES
from pipeline.annotate.antecedents import kind_of
from pipeline.records import Mention

if TYPE_CHECKING:
    from pipeline.annotate.actions.actors import Cast

GROUPS = word_set("groups")
UNNAMED = word_set("unnamed")  # too vague alone
COLLECTIVES = frozenset(
    {"group", "pair", "number", "majority", "dozen", "coalition", "trio", "handful", "quartet"}
)  # of those who act
PARTS = frozenset({"headquarters", "government", "administration", "office", "management", "spokesman"})
COURTS = frozenset({"court", "judge", "justice", "tribunal", "magistrate"})
FEDERAL = frozenset({"federal", "district", "circuit", "appeals", "bankruptcy"})
BODIES = frozenset({"board", "body", "arm", "bureau", "leader"})  # "Turkey's competition board"; not any firm's
MEMBERS = frozenset({"member", "state", "country", "government", "party"})
APART = frozenset({"relcl", "acl", "appos", "conj", "advcl"})  # below a noun, but not of its name


def described(noun: Token, cast: Cast) -> Actor | None:
    """``a group of senators``, ``Dutch regulators``: public by its head noun."""
    if noun.lemma_.lower() in COLLECTIVES:
        noun = _pobj(noun, "of") or noun
    lemma = noun.lemma_.lower()
    headed = lemma in ("house", "chamber") or (lemma in TITLES and noun.pos_ in ("NOUN", "PROPN"))
    if headed and (body := _body_below(noun, cast)) is not None:
        return body
    if lemma in PARTS:
        own = next((c for c in noun.children if c.dep_ in ("poss", "compound") and cast.mention(c)), None)
        if own is not None and (m := cast.mention(own)) is not None and m.type != "PERSON":
            return cast.one(own)
    if lemma == "administration":
        return _administration(noun, cast)
    if not (noun.pos_ == "NOUN" or (noun.pos_ == "PROPN" and noun.is_lower)) or lemma not in GROUPS:
        return None
    if lemma == "judge" and noun.tag_ != "NNS" and (judge := cast.judge_meant(noun)) is not None:
        return Actor(judge.canonical, (judge.entity,), judge.country or cast.home, "court", True)
    return _group(noun, lemma, cast)


def _group(noun: Token, lemma: str, cast: Cast) -> Actor | None:
    """A body without a name, by its noun, its adjective and the places named with it."""
    own = _own(noun)
    named = [m for t in own if (m := cast.mention(t)) and m.country]
    if not named and (state := state_meant(noun, cast.mentions)) is not None:
        return Actor(state[0], (state[1],), state[2], "state", True)
    if not named and lemma in UNNAMED:
        return None
    if lemma in BODIES and not any(m.type == "GPE" for m in named):
        return None
    if lemma in MEMBERS and (union := _union_of(noun, cast)) is not None:
        return union
    below = [m for t in noun.subtree if (m := cast.mention(t))]  # "a tribunal appointed by the federation"
    if any(body in m.canonical for m in below for body in words().not_actors):
        return None
    if (members := _members_told(noun, cast)) is not None:
        return members
    possessor = {t.i for c in noun.children if c.dep_ == "poss" for t in c.subtree}
    before = [t for t in own if t.i < noun.i and t.i not in possessor and t.dep_ not in ("det", "case", "punct")]
    name = _with_place(" ".join([*(t.text for t in before if not t.is_space), noun.text]), named)
    country = named[0].country if named else _country(noun, cast)
    return Actor(name, tuple(m.entity for m in named[:1]), country, "court" if lemma in COURTS else "group", True)


def _own(noun: Token) -> list[Token]:
    """The words of a noun phrase, without clauses and nouns that only follow it."""
    apart = {t.i for c in noun.children if c.dep_ in APART and c.i > noun.i for t in c.subtree}
    return [t for t in noun.subtree if t.i not in apart]


def _with_place(name: str, named: list[Mention]) -> str:
    if not named or named[0].canonical in name:
        return name
    where = named[0].canonical
    return f"{name} in {where}" if named[0].type == "ORG" else f"{name} ({where})"


def _country(noun: Token, cast: Cast) -> str | None:
    """The state of an unnamed body: by its adjective, by the state told of just before, else the report's own."""
    adjective = next((s for c in noun.children if (s := state_of_adjective(c)) is not None), None)
    if adjective is not None:
        return adjective[2]
    if noun.lemma_.lower() in MEMBERS and any(c.lower_ == "member" for c in noun.children):
        return "EU" if any(m.country == "EU" for m in cast.mentions.values()) else cast.home
    if (before := _told_before(noun, cast)) is not None:
        return before
    if noun.lemma_.lower() in COURTS | {"jury", "prosecutor"} and any(c.lower_ in FEDERAL for c in noun.children):
        return "US" if any(m.country == "US" for m in cast.mentions.values()) else cast.home
    return cast.home


def _told_before(noun: Token, cast: Cast) -> str | None:
    """The state whose body acts earlier in the sentence: ``Sweden's regulator …, which an appeals court confirmed``."""
    for t in reversed(noun.doc[noun.sent.start : noun.i]):
        mention = cast.mention(t)
        if mention is not None and t.dep_ == "poss" and t.head.lemma_.lower() in GROUPS and mention.type == "GPE":
            return mention.country
        if mention is not None and t.dep_ in ("nsubj", "nsubjpass") and kind_of(mention) in word_set("public"):
            return mention.country
    return None


def _last_administration(noun: Token, cast: Cast) -> Actor | None:
    """``the administration``: the one named last before."""
    before = [m for i, m in cast.mentions.items() if i < noun.i and m.canonical.endswith(" administration")]
    if not before or noun.left_edge.lower_ != "the":
        return None
    last = max(before, key=lambda m: m.start)
    return Actor(last.canonical, (last.entity,), last.country or cast.home, "administration", True)


def _administration(noun: Token, cast: Cast) -> Actor | None:
    """``the Trump administration``, ``the administration of President X``."""
    leader = next((m for t in noun.subtree if (m := cast.mention(t)) and m.type == "PERSON"), None)
    if leader is None:
        return _last_administration(noun, cast)
    name = f"{leader.canonical.split()[-1]} administration"
    return Actor(name, (leader.entity,), leader.country or cast.home, "administration", True)


def _members_told(noun: Token, cast: Cast) -> Actor | None:
    """``seven departments including the internet regulator``: those of them that are named."""
    if noun.tag_ != "NNS":
        return None
    named = _pobj(noun, "including")
    found = cast.actor(named) if named is not None and cast.mention(named) is not None else None
    return found if found is not None and found.public else None


def _body_below(noun: Token, cast: Cast) -> Actor | None:
    """``both houses of the parliament``: the body that the part is of."""
    body = _pobj(noun, "of", "at")
    found = cast.one(body) if body is not None and cast.mention(body) is not None else None
    return found if found is not None and found.public else None


def _union_of(noun: Token, cast: Cast) -> Actor | None:
    """``member states of the organization``: an international body acts through its members."""
    for t in noun.subtree:
        mention = cast.mention(t)
        if mention is not None and mention.type == "ORG" and kind_of(mention) == "international":
            return Actor(mention.canonical, (mention.entity,), mention.country or "INT", "international", True)
    return None


def _pobj(noun: Token, *prepositions: str) -> Token | None:
    """The noun after the first of the prepositions."""
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in prepositions), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
