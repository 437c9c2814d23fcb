"""Where the small model's parse goes astray in ways that news English invites, and how arguments are found anyway."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions.lexicon import word_set

INTERRUPTION = 9  # tokens an aside between verb and object may have
OPENERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
SLUG_ENDS = frozenset({"-", "--", "–", "—", ":"})
ADVERBS = word_set("adverbs")
INSIDE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV", "PUNCT", "SYM"})


def postponed_object(verb: Token) -> Token | None:
    """``adopted, by consensus, a treaty``; ``cut from 20 to 10 percent the tariff``: an object after an aside.

    The head of the first noun phrase with a determiner that follows a comma or prepositional phrase of amounts and
    dates, which itself follows the verb at once.
    """
    doc, end = verb.doc, verb.sent.end
    at = verb.i + 1
    if at < end and doc[at].dep_ == "prt":
        at += 1
    if at >= end or not (doc[at].pos_ in ("ADP", "SCONJ") or doc[at].text == ","):
        return None
    for i in range(at + 1, min(end, at + INTERRUPTION)):
        token = doc[i]
        if token.pos_ in ("VERB", "AUX") or token.text in (".", ";", ":"):
            return None
        opens = token.pos_ == "DET" or token.tag_ == "PRP$"
        if opens and doc[i - 1].pos_ not in ("ADP", "SCONJ", "ADJ", "DET") and token.lower_ not in ("that", "which"):
            return _head(token)
    return None


def _head(opener: Token) -> Token | None:
    """The last noun of the phrase a determiner opens."""
    found = None
    for token in opener.doc[opener.i + 1 : opener.sent.end]:
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
        elif found is not None or token.pos_ not in INSIDE:
            break
    return found


def fronted_noun(verb: Token) -> Token | None:
    """``Signed by the president in April, it set …``: what a participle before the subject is about."""
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i < verb.head.i:
        if any(c.dep_ in ("nsubj", "nsubjpass", "mark") for c in verb.children):
            return None
        return next((c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > verb.i), None)
    return None


def finite_participle(verb: Token) -> Token | None:
    """``China, for its part, requested consultations``: the subject of a verb taken for an attribute of its object."""
    if verb.tag_ not in ("VBN", "VBD") or verb.dep_ != "amod" or verb.i == verb.sent.start:
        return None
    before = verb.doc[verb.i - 1]
    dated = before.like_num and verb.i > verb.sent.start + 2 and verb.nbor(-2).lower_ == "in"  # "China in 2023 barred"
    if verb.i > verb.head.i or not (before.text == "," or before.lower_ in ADVERBS or dated):
        return None
    top = verb.sent.root
    if top.pos_ in ("VERB", "AUX"):
        return None
    if top != verb.head and top.i < verb.i:
        return top
    return next((t for t in verb.sent if t.pos_ in ("NOUN", "PROPN") and t.i < verb.i and t.dep_ != "compound"), None)


def last_subject(verb: Token) -> Token | None:
    """The subject next to the verb: in ``AP - The ministry said`` the agency's slug is taken for one too."""
    own = None
    for c in verb.children:
        if c.dep_ == "nsubj" and (own is None or c.i < verb.i):
            own = c
    if own is None or own.i != own.sent.start or own.i + 1 >= own.sent.end or own.nbor().text not in SLUG_ENDS:
        return own
    return next((c for c in own.children if c.dep_ == "appos"), own)


def compound_subject(verb: Token) -> Token | None:
    """``EU delays law``: a name before a verb in -s, taken for part of a compound."""
    if verb.tag_ != "VBZ" or verb.pos_ != "VERB":
        return None
    return next(
        (c for c in verb.children if c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" and c.i < verb.i), None
    )


def joined_subject(verb: Token) -> Token | None:
    """``ratified the treaty and Samoa acceded``: the second clause's subject, taken for a further object."""
    if verb.tag_ != "VBD" or verb.dep_ not in ("acl", "relcl") or verb.i == verb.sent.start:
        return None
    before = verb.nbor(-1)
    return before if before.pos_ == "PROPN" and before.dep_ == "conj" and before.head == verb.head else None


PREPOSITIONS = {
    "look": ("into",),
    "inquire": ("into",),
    "enquire": ("into",),
    "crack": ("on",),
    "clamp": ("on",),
    "do": ("with",),
    "accede": ("to",),
    "agree": ("on", "to"),
    "appeal": ("against",),
}
AMOUNTS = frozenset(
    {"over", "around", "about", "under", "than", "to"}
)  # "added over two dozen firms", "up to 3 billion"


def _amount(prep: Token) -> Token | None:
    """``over two dozen firms``: what is counted after a preposition that is none."""
    noun = next((c for c in prep.children if c.dep_ == "pobj"), None)
    before = prep.doc[prep.i + 1]
    if noun is None or not (before.like_num or before.is_currency) or noun.ent_type_ in ("DATE", "TIME"):
        return None
    return noun if prep.lower_ != "to" or prep.nbor(-1).lower_ == "up" else None


def prepositional_object(verb: Token) -> Token | None:
    """``looking into the merger``, ``clamped down on sales``: the object of a verb with a preposition."""
    wanted = PREPOSITIONS.get(verb.lemma_.lower(), ())
    for prep in verb.children:
        if prep.i <= verb.i + 2 and prep.lower_ in AMOUNTS and (amount := _amount(prep)) is not None:
            return amount
        if prep.dep_ == "prep" and prep.lower_ in wanted:
            for c in prep.children:
                if c.dep_ == "pobj":
                    return c
                if c.dep_ == "pcomp":
                    return next((g for g in c.children if g.dep_ in ("dobj", "nsubj") and g.pos_ != "PRON"), None)
    return None
