"""Negation and condition: ``has not lifted``, ``no ban was imposed``, ``if it bans``, ``until it is lifted``."""

from __future__ import annotations

from spacy.tokens import Token

NOT = frozenset({"not", "n't", "never", "no", "neither", "nor"})


CONDITIONS = frozenset({"if", "unless", "whether", "whenever", "lest"})

AHEAD = frozenset({"will", "would", "shall", "could", "should", "can", "may", "might", "'ll", "’ll"})


def negated(token: Token) -> bool:
    """``has not lifted``, ``no ban was imposed``, ``neither``."""
    children = list(token.children)
    if any(c.dep_ == "neg" or (c.dep_ in ("advmod", "preconj") and c.lower_ in NOT) for c in children):
        return True
    if any(c.lower_ in ("none", "nobody", "neither") and c.dep_ in ("nsubj", "nsubjpass") for c in children):
        return True
    for c in children:
        if c.dep_ in ("dobj", "nsubj", "nsubjpass") and any(
            d.lower_ in ("no", "neither", "few") and d.dep_ in ("det", "neg", "amod") for d in c.children
        ):
            return True
    return False


def conditional(verb: Token) -> bool:
    """``if it bans``, ``unless``, ``whether to ban``; ``will ban it if talks fail``."""
    children = list(verb.children)
    marks = {c.lower_ for c in children if c.dep_ in ("mark", "advmod")}
    if marks & CONDITIONS:
        return True
    if marks & {"once", "when"} and any(c.dep_ == "aux" and c.lower_ in AHEAD for c in verb.head.children):
        return True  # "will take effect once it approves the rule"
    if marks & {"until", "before"}:
        return not any(t.tag_ == "VBD" or (t.tag_ == "VBN" and t.dep_ != "auxpass") for t in (verb, *children))
    if any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "'ll", "’ll") for c in children):
        clauses = [c for c in children if c.dep_ == "advcl"]
        return any(m.dep_ == "mark" and m.lower_ == "if" for c in clauses for m in c.children)
    return False
