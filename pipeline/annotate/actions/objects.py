"""What is acted on: the classes of an object by its head noun, the kind of its name, or its pronoun's referent."""

from __future__ import annotations

import re
from collections.abc import Set

from spacy.tokens import Token

from pipeline.annotate.actions import targets
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.lexicon import classes, noun_lemma, word_set

PRONOUNS = word_set("objects_pronouns")
LISTS = word_set("lists")
REGIMES = frozenset({"requirement", "regime", "system", "duty", "obligation"})
CARRIERS = frozenset({"measure", "rule", "regulation", "regime", "policy", "order", "system"})
REMEDIES = frozenset({"dumping", "antidumping", "subsidy", "antisubsidy", "safeguard", "countervailing"})
LEAVES = frozenset(
    {"license", "licence", "licensing", "permit", "permitting", "registration", "approval", "authorization"}
)
LISTED = 7  # tokens before a bare "list" in which firms make it a list of firms
FIRMS = frozenset({"company", "entity", "firm", "vessel", "ship"})
ENTITIES = frozenset(
    {"entities", "companies", "firms", "ships", "vessels", "organizations", "organisations", "individuals"}
)
AMOUNT = re.compile(r"\D{0,3}\d[\d.,]*(?:bn|mn|tn|m|k)")  # "R4bn", "€20m"
MEASURES = frozenset({"ban", "levy", "curb", "rule", "law", "draft", "treaty"})
NEAR = 8  # tokens around a head noun that tell its class
TREATY = ("treaty", "convention", "agreement", "protocol", "accord", "pact")


def object_classes(noun: Token, cast: Cast) -> Set[str]:
    """Classes of an object by its head noun, its compounds and the kind of name it is."""
    found = cast.classes.get(noun.i)
    if found is None:
        found = cast.classes[noun.i] = frozenset(_classes(noun, cast))
    return found


def _classes(noun: Token, cast: Cast) -> Set[str]:
    if noun.lower_ in PRONOUNS and (other := referent(noun, cast)) is not None:
        return object_classes(other, cast) if other.lower_ not in PRONOUNS else {"flow"}
    found = set(classes().get(noun_lemma(noun), ())) | set(classes().get(noun.lower_, ()))
    mention = cast.mention(noun)
    if mention is not None:
        legal = set() if noun.pos_ == "NOUN" and found & {"rule", "treaty", "draft", "order"} else {"law"}
        found |= {"LAW": legal, "PRODUCT": {"flow", "app"}, "ORG": {"flow", "firm"}}.get(mention.type, set())
        if mention.type == "LAW" and mention.text.lower().endswith("list"):
            found.add("listing")
        if mention.type == "LAW" and any(word in mention.canonical.lower() for word in TREATY):
            found = (found - {"law"}) | {"treaty"}
    first, last = max(noun.left_edge.i, noun.i - NEAR + 1), min(noun.right_edge.i + 1, noun.i + NEAR)
    around = noun.doc[first:last]
    words = {t.lemma_.lower() for t in around}
    if (
        noun.lemma_.lower() == "list" and (words & (LISTS | FIRMS) or _lists_firms(noun))
    ) or noun.lemma_.lower() == "blacklist":
        found.add("listing")
    if noun.lemma_.lower() in REGIMES and words & LEAVES:
        return {"curb"}
    if noun.lemma_.lower() in CARRIERS:  # "export control measures", "anti-dumping measures"
        for c in noun.children:
            if c.dep_ in ("compound", "amod", "nmod"):
                found |= {"curb", "levy", "ban"} & set(classes().get(c.lemma_.lower(), ()))
        if noun.lemma_.lower() == "measure" and words & REMEDIES:  # "anti-dumping measures"
            found |= {"levy"}
    if noun.lemma_.lower() in CHANGES:  # "tariff increases", "a revision to the law"
        for c in noun.children:
            if c.dep_ in ("compound", "nmod"):
                found |= {"levy", "rate"} & set(classes().get(c.lemma_.lower(), ()))
            if c.dep_ == "prep" and c.lower_ in ("of", "to", "in"):
                for inner in c.children:
                    found |= object_classes(inner, cast) & CHANGED if inner.dep_ == "pobj" else set()
    if noun.text.endswith("ing"):  # "issued guidance warning that": the noun before is what was issued
        for c in noun.children:
            if c.dep_ == "compound":
                found |= {"rule", "law"} & set(classes().get(c.lemma_.lower(), ()))
    if noun.lower_ == "document":  # what Chinese bodies issue; documents in the plural are mere papers
        found.add("rule")
    if "executive" in words and "order" in words:
        found.add("order")
    found |= words & {"dispute", "consultation"}
    if "panel" in words and noun.lemma_.lower() in ("panel", "establishment"):  # "requested a WTO panel"
        found.add("dispute")
    if any(t.lower_ in ("fine", "penalty") for t in noun.children if t.i == noun.i + 1):  # "an 18 million yuan fine on"
        found.add("penalty")
    is_sum = noun.lemma_.lower() in CURRENCIES or AMOUNT.fullmatch(noun.text)
    if (is_sum or any(t.ent_type_ == "MONEY" for t in around)) and "merger" not in found:  # "a $3 billion takeover"
        found.add("money")
    if found & {"rule", "law"} and _is_draft(noun):
        return {"draft"}
    if noun.lemma_.lower() in QUANTITIES:  # "tens of thousands of licences", "a series of rules", "a revision of"
        for of in noun.children:
            if of.dep_ == "prep" and of.lower_ == "of":
                for inner in of.children:
                    if inner.dep_ == "pobj":
                        found |= object_classes(inner, cast)
    return found


def _lists_firms(noun: Token) -> bool:
    """``27 entities were added to the list``: a bare list is one of firms where firms stand before it."""
    return any(t.lower_ in ENTITIES for t in noun.doc[max(noun.sent.start, noun.i - LISTED) : noun.i])


QUANTITIES = word_set("quantities") | word_set("inceptions")
CURRENCIES = word_set("currencies")
CHANGES = word_set("changes")
CHANGED = frozenset({"law", "rule", "treaty", "draft", "levy", "curb"})


def _is_draft(noun: Token) -> bool:
    """``a draft law``, ``the draft of the rules``; not ``rules drafted by``."""
    return any(c.lower_ in ("draft", "proposed") and c.dep_ in ("amod", "compound", "nmod") for c in noun.children)


def referent(pronoun: Token, cast: Cast) -> Token | None:
    """The noun an object pronoun stands for: the last object or named thing before it that is not its own subject."""
    if pronoun.lower_ in ("one", "ones", "those") and pronoun.dep_ == "conj" and pronoun.head.pos_ == "NOUN":
        return pronoun.head
    if (before := _shared_before(pronoun)) is not None:
        return before
    own = cast.mention(pronoun)
    subjects = {m.entity for c in pronoun.head.children if c.dep_ == "nsubj" and (m := cast.mention(c))}
    doc = pronoun.doc
    for i in range(pronoun.i - 1, max(-1, pronoun.i - 80), -1):
        token = doc[i]
        if token.head == pronoun or token.pos_ not in ("NOUN", "PROPN"):
            continue
        mention = cast.mention(token)
        if own is not None:
            if mention is not None and mention.entity == own.entity and mention.kind == "name" and token.head != token:
                return _head(token, cast)
            continue
        if mention is not None and (mention.entity in subjects or mention.type in ("GPE", "PERSON", "EVENT")):
            continue
        if token.dep_ in ("dobj", "nsubjpass", "pobj", "nsubj", "appos", "conj") and token.ent_type_ not in (
            "DATE",
            "TIME",
            "MONEY",
        ):
            here = token.i >= pronoun.sent.start or token.head.dep_ == "ROOT"
            if mention is not None or (
                here and token.dep_ in ("dobj", "nsubjpass") and classes().get(token.lemma_.lower())
            ):
                return token
    return None


def _shared_before(pronoun: Token) -> Token | None:
    """``imposed a ban on the app and lifted it``: the object of the verb that this one is joined to."""
    verb = pronoun.head
    if pronoun.dep_ != "dobj" or verb.dep_ != "conj" or verb.head.pos_ != "VERB" or verb.head.i > verb.i:
        return None
    noun = next((c for c in verb.head.children if c.dep_ == "dobj"), None)
    acted = noun is not None and set(classes().get(noun_lemma(noun), ())) & MEASURES
    return noun if acted else None


def _head(token: Token, cast: Cast) -> Token:
    """The head word of the name a token stands in."""
    while token.head != token and cast.mention(token.head) is cast.mention(token):
        token = token.head
    return token


def told(verb: Token, noun: Token | None, cast: Cast) -> str:
    """The target in words; a pronoun is replaced by what it stands for."""
    if noun is None or noun.lower_ not in PRONOUNS:
        return targets.joined(verb, noun)
    mention = cast.mention(noun)
    other = referent(noun, cast)
    name = mention.canonical if mention is not None else targets.phrase(other) if other is not None else ""
    return targets.tidy(f"{name} {targets.joined(verb, None)}") if name else ""


def told_without(verb: Token, noun: Token, cast: Cast) -> str:
    """The object alone, without where it is put."""
    if noun.pos_ == "PRON":
        return told(verb, noun, cast) or noun.text
    inside = frozenset(c.i for c in noun.children if c.dep_ == "prep" and c.lower_ in ("on", "onto", "to", "under"))
    return targets.phrase(noun, without=inside)
