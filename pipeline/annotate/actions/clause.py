"""Who does what in a clause: subject, object and complements of a verb, read off the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.annotate.actions import mends
from pipeline.annotate.actions.lexicon import word_set

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECT = frozenset({"dobj", "obj", "attr", "oprd"})
COMPLEMENT = frozenset({"xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl"})
KEEPING = word_set("using") | {"plan", "promise", "vow"}  # whose own subject does what the infinitive says
MANNER = word_set("manner")
RELATIVE = frozenset({"who", "which", "that"})
FORCED = frozenset({"force", "compel"})  # "was forced to withdraw its app": the subject did
GIVING = frozenset({"grant", "give", "award", "deny", "refuse", "offer", "hand"})  # with two objects


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of the dependencies."""
    for c in token.children:  # a plain loop: asked tens of times a sentence
        if c.dep_ in deps:
            return c
    return None


def is_passive(verb: Token) -> bool:
    """``was fined``, ``rules issued by``: the doer is not the subject."""
    if verb.tag_ in ("VB", "VBZ", "VBP", "VBG"):  # no form of a passive, whatever hangs on it
        return child(verb, "auxpass") is not None
    if mends.finite_participle(verb) is not None:
        return False
    if child(verb, "nsubjpass", "auxpass"):
        return True
    if verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
        return not child(verb, "nsubj")
    return agent(verb) is not None and not child(verb, "nsubj")


def agent(verb: Token) -> Token | None:
    """``fined by the watchdog``: the noun of the by-phrase."""
    told = child(verb, "dobj", "xcomp") if child(verb, "nsubjpass") else None  # "was ordered to pay 3 million euros by"
    hung = [g for p in verb.children if p.dep_ == "prep" for n in p.children if n.dep_ == "pobj" for g in n.children]
    for by in (*verb.children, *(told.children if told is not None else ()), *hung):  # "put on a list by the state"
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by"):
            noun = child(by, "pobj")
            if noun is not None and noun.lemma_.lower() not in MANNER and not _is_measure(noun):
                return noun
    return None


def _is_measure(noun: Token) -> bool:
    """``by 16 months``, ``by July``, ``by half``: how far or until when, not by whom."""
    return noun.ent_type_ in ("DATE", "TIME", "PERCENT", "CARDINAL", "QUANTITY") or noun.like_num


def doer(verb: Token) -> Token | None:
    """The one who acts: subject of an active verb, agent of a passive one; also through control and conjunction."""
    if is_passive(verb):
        return agent(verb)
    return subject(verb)


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject of a verb, its own or the one that governs it ("plans to lift", "met and agreed")."""
    if depth > 5:
        return None
    own = mends.last_subject(verb) or mends.finite_participle(verb) or mends.compound_subject(verb)
    own = own or mends.joined_subject(verb)
    if own is not None:
        return antecedent(own, verb)
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return doer_or_subject(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX"):
        governed = child(head, "dobj")
        if verb.dep_ == "xcomp" and governed is not None and head.lemma_ not in KEEPING:
            return governed
        return doer_or_subject(head, depth + 1)
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        up = head.head
        return doer_or_subject(up, depth + 1) if up.pos_ in ("VERB", "AUX") else owner(up, depth + 1)
    if verb.dep_ == "advcl" and head.pos_ in ("VERB", "AUX"):
        return doer_or_subject(head, depth + 1)
    if verb.dep_ in ("acl", "relcl"):
        if verb.tag_ in ("VB", "VBP") and has_to(verb):  # "a decision to suspend"
            if head.dep_ == "ROOT" and head.pos_ == "PROPN":  # "EU to impose duties"
                return head
            return owner(head, depth + 1)
        return head
    return None


def doer_or_subject(verb: Token, depth: int) -> Token | None:
    """The doer of a governing verb; of a passive without agent, nobody."""
    if is_passive(verb):
        return child(verb, "nsubjpass") if verb.lemma_ in FORCED else agent(verb)
    return subject(verb, depth)


def antecedent(own: Token, verb: Token) -> Token:
    """``the ministry, which lifted``: the noun that a relative pronoun stands for."""
    if own.lower_ in RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return own


def owner(noun: Token, depth: int = 0) -> Token | None:
    """``the ministry's decision``, ``a decision by the ministry``, ``took a decision``: whose noun it is."""
    if depth > 5:
        return None
    if (of := child(noun, "poss")) is not None:
        return of
    for prep in noun.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ == "by" and (by := child(prep, "pobj")) is not None:
            return by
    head = noun.head
    if noun.dep_ in OBJECT and head.pos_ == "VERB":
        return doer_or_subject(head, depth + 1)
    return None


def has_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with ``to``."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def acted_on(verb: Token) -> Token | None:
    """The object of an active verb, the subject of a passive one, the noun a passive participle hangs on."""
    if is_passive(verb):
        if verb.lemma_ in GIVING and (given := child(verb, "dobj")) is not None:
            return given  # "was granted a waiver"
        own = child(verb, "nsubjpass", "nsubj")
        if own is not None:
            return antecedent(own, verb)
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if (fronted := mends.fronted_noun(verb)) is not None:
            return fronted
        if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            return acted_on(verb.head)
        return child(verb, "dobj")
    if mends.finite_participle(verb) is not None:
        return verb.head
    own = child(verb, "dobj", "obj", "oprd", "attr")
    if own is None or own.i > verb.i + 4:
        late = mends.postponed_object(verb)
        own = late if late is not None and (own is None or late.i < own.i) else own
    own = own or mends.prepositional_object(verb)
    if own is not None:
        if own.lower_ in RELATIVE and verb.dep_ == "relcl":
            return verb.head
        return own
    if verb.dep_ == "relcl" and child(verb, "nsubj") is not None and verb.head.pos_ in ("NOUN", "PROPN"):
        subj = child(verb, "nsubj")
        if subj is not None and subj.lower_ not in RELATIVE:  # "rules (that) it issued in May"
            return verb.head
    if verb.lemma_ in ("let", "make") and (inner := child(verb, "ccomp")) is not None and inner.tag_ == "VB":
        return child(inner, "nsubj")  # "let insurers put": the one let is the subject below
    if (gap := relative_gap(verb)) is not None:
        return gap
    joined = verb.i + 1 < verb.sent.end and verb.nbor(1).dep_ == "cc"  # "seized and inspected a vessel"
    if joined or (verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.head.i < verb.i):
        return shared_object(verb)
    return None


def governors(verb: Token, noun: Token | None) -> Iterator[Token | None]:
    """``a tariff on cranes which it announced``: the noun, then those above it that a clause may really belong to."""
    yield noun
    if noun is None or verb.dep_ not in ("acl", "relcl") or noun != verb.head:
        return
    for _ in range(2):
        if noun.dep_ != "pobj" or noun.head.head.pos_ not in ("NOUN", "PROPN"):
            return
        noun = noun.head.head
        yield noun


def relative_gap(verb: Token) -> Token | None:
    """``the tariff that the state has started to levy``: the object of a verb down a relative clause."""
    top = verb
    while top.dep_ == "xcomp" and top.head.pos_ in ("VERB", "AUX"):
        top = top.head
    if top == verb or top.dep_ not in ("relcl", "acl") or top.head.pos_ not in ("NOUN", "PROPN"):
        return None
    own = child(top, "nsubj")
    return top.head if own is not None and own.lower_ not in RELATIVE and own.i > top.head.i else None


def shared_object(verb: Token) -> Token | None:
    """``drafted and issued rules``: an object that follows the last of coordinated verbs belongs to all."""
    return next((o for v in coordinated(verb) if v.i > verb.i and (o := child(v, "dobj")) is not None), None)


def coordinated(token: Token) -> Iterator[Token]:
    """The conjuncts below a token, itself first."""
    yield token
    for c in token.children:
        if c.dep_ == "conj":
            yield from coordinated(c)


def complements(verb: Token) -> Iterator[Token]:
    """``ordered Google to share``: infinitives governed by the verb or hanging on its object."""
    for c in verb.children:
        if (c.dep_ in ("xcomp", "ccomp", "advcl") and has_to(c)) or (
            verb.lemma_ in ("let", "make") and c.dep_ in ("ccomp", "xcomp") and c.tag_ == "VB"
        ):
            yield c
        elif c.dep_ in ("dobj", "nsubjpass"):
            yield from (g for g in c.children if g.dep_ in ("acl", "relcl") and has_to(g))


def particles_fit(verb: Token, particles: tuple[str, ...]) -> bool:
    """Whether the verb has the particles of its reading, next to it or hanging on it."""
    if not particles:
        return True
    near = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 1 + len(particles)]]
    if near == list(particles):
        return True
    hanging = {c.lower_ for c in verb.children if c.dep_ in ("prt", "prep", "advmod")}
    return set(particles) <= hanging | {g.lower_ for c in verb.children if c.dep_ == "prep" for g in c.children}


def preps(token: Token) -> list[Token]:
    """The prepositions that hang on a word."""
    return [c for c in token.children if c.dep_ in ("prep", "dative") and c.pos_ in ("ADP", "PART", "SCONJ")]


def pobj(token: Token, *prepositions: str) -> Token | None:
    """The noun after one of the prepositions, unless it is a date."""
    for prep in preps(token):
        noun = child(prep, "pobj") if prep.lower_ in prepositions else None
        if noun is not None and noun.ent_type_ not in ("DATE", "TIME"):
            return noun
    return None
