"""What instruments hold (``rules that bar``, ``an order to sell``): whose act that is, and of what type."""

from __future__ import annotations

from collections.abc import Iterator, Set

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.lexicon import classes, readings, verb_lemma
from pipeline.annotate.actions.objects import object_classes
from pipeline.records import ActionType

SPEAKING_FOR = frozenset({"step", "move", "letter"})
SIGNING = frozenset({"sign", "issue", "ink", "publish", "release", "unveil", "adopt"})


PARTICIPLES = frozenset({"ban/block", "restrict", "require", "permit/license", "impose", "lift/repeal", "delay/extend"})


MAKING = frozenset({"issue", "enact", "adopt", "impose", "agree/sign", "propose"})


def is_instrument(noun: Token, cast: Cast) -> bool:
    """``the rules bar``, ``a notice which did away with``: what a body issues speaks for the body."""
    mention = cast.mention(noun)
    if mention is not None:
        return mention.type == "LAW"
    return bool(object_classes(noun, cast) & {"rule", "law", "order", "treaty"}) or noun.lemma_ in SPEAKING_FOR


def is_substance(verb: Token) -> bool:
    """``signed an order to ban the app``: told with the order."""
    order = verb.head
    if verb.dep_ not in ("acl", "relcl") or not clause.has_to(verb) or order.dep_ not in clause.OBJECT:
        return False
    return order.lemma_ in ("order", "decree", "proclamation", "rule", "directive") and order.head.lemma_ in SIGNING


def is_content(verb: Token, instrument: Token) -> bool:
    """``approved a bill that bans``: what a law in the making says is no act beside its making."""
    maker = instrument.head
    if verb.dep_ != "relcl" or verb.head != instrument or maker.pos_ != "VERB":
        return False
    kinds = {kind for reading in readings().get(verb_lemma(maker) or "", ()) for kind in reading.by.values()}
    return bool(kinds & {"enact", "adopt", "propose"}) and instrument.dep_ in ("dobj", "nsubjpass")


def makes(instrument: Token) -> bool:
    """``issued rules that bar``; not ``upheld a law that bars``, ``welcomed the rule barring``."""
    over = instrument.head
    if instrument.dep_ not in clause.OBJECT or over.pos_ != "VERB":
        return True
    kinds = {kind for reading in readings().get(verb_lemma(over) or "", ()) for kind in reading.by.values()}
    return bool(kinds & MAKING) or over.lemma_ in ("take", "make", "have", "put", "include", "insert", "send")


def _astray(noun: Token) -> Iterator[Token]:
    """``issued rules, due to start in May, that will block``; ``rules on Monday that bar``: clauses hung elsewhere."""
    for word in noun.doc[noun.i + 2 : noun.sent.end]:
        if word.tag_ == "WDT" and word.dep_ == "nsubj" and word.lower_ in clause.RELATIVE:
            verb, before = word.head, word.nbor(-1)
            dated = verb.dep_ == "relcl" and verb.head.ent_type_ in ("DATE", "TIME")
            content = verb.dep_ == "ccomp" and verb.head == noun.head and noun.tag_ == "NNS"
            if (
                dated
                or content
                or (verb.dep_ not in ("relcl", "acl") and before.text == "," and "will" in _helpers(verb))
            ):
                yield verb
            return


def _helpers(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ == "aux"}


def substance(noun: Token) -> tuple[ActionType, str] | None:
    """``an order barring exports``, ``an order to bar them``: what an instrument does beats that it was issued."""
    if noun.lemma_ == "order" and any(
        t.lower_ in ("cease", "desist", "stop", "withhold") for t in noun.subtree if t.i < noun.i
    ):
        return "ban/block", targets.phrase(noun)
    for c in (*noun.children, *_astray(noun)):
        own = clause.child(c, "nsubj") if c.dep_ == "relcl" or c.head != noun else None
        provides = own is not None and own.lower_ in clause.RELATIVE
        content = (c.dep_ == "acl" and (c.tag_ == "VBG" or clause.has_to(c))) or provides
        if content and c.lemma_ in readings():
            inner = clause.acted_on(c)
            if inner is not None and inner.lemma_ in ("extension", "reprieve") and c.lemma_ in ("grant", "give"):
                return "delay/extend", targets.joined(c, inner)
            kinds: Set[str] = set(classes().get(inner.lemma_.lower(), ())) if inner is not None else set()
            for reading in readings()[c.lemma_]:
                found = next((t for k, t in reading.by.items() if k in kinds), reading.by.get("any"))
                if found in PARTICIPLES and clause.particles_fit(c, reading.particles):
                    infinitive = next(iter(clause.complements(c)), None)
                    does = targets.complement(c, inner, infinitive) if infinitive else targets.joined(c, inner)
                    return found, does
    return None
