"""Whether the words assert an act: negation, possibility, wish, condition, hearsay of plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from pipeline.annotate.actions.lexicon import word_set
from pipeline.annotate.actions.polarity import conditional, negated

Force = Literal["done", "decided", "intended", "proposed", "no"]

MAYBE = word_set("maybe")
# Verbs whose complement is not done: wishes, threats, deliberation, mere readiness.
UNREAL = word_set("unreal")
INTENT = word_set("intent")
SAYING = word_set("saying")
ACCUSING = word_set("accusing")
STOPPING = frozenset(
    {"stop", "cease", "halt", "quit", "discontinue", "postpone", "delay", "defer", "suspend", "pause", "avoid"}
)  # "ceased licensing": the contrary
ONGOING = frozenset({"go", "continue", "keep", "remain"})  # "goes on levying": no new act
# Verbs whose infinitive says what another is to do.
COMMANDING = word_set("commanding")
PUBLISHING = frozenset({"issue", "publish", "release", "propose", "draft"})
TENTATIVE = word_set("tentative")
RESOLVING = word_set("resolving")  # verbs whose infinitive of purpose is done with them: "voted to ban"
RESOLUTIONS = word_set("resolutions")  # nouns whose infinitive or gerund is done: "the decision to ban"
PERHAPS = frozenset({"likely", "probably", "possibly", "perhaps", "potentially", "maybe"})
AHEAD = frozenset({"near", "seek", "consider", "weigh", "mull", "want", "await", "discuss"})  # "nears a deal to"
HOLDING = frozenset({"include", "involve", "entail", "mean"})
OBJECTING = frozenset({"object", "oppose", "look", "return", "commit", "open"})  # with "to" and a gerund: not done
STANDING = frozenset({"long", "always", "traditionally", "routinely", "regularly", "often", "usually", "generally"})
USING = word_set("using")
POWERS = frozenset({"power", "authority", "law", "act", "right", "rule", "veto", "order"})
CHANCES = word_set("chances")
STEPS = frozenset({"step", "measure", "action", "move"})
RANKS = frozenset({"first", "second", "third", "latest", "last", "only"})
FACTUAL_PREPOSITIONS = frozenset({"by", "after", "since", "in", "through"})
UNREAL_PREPOSITIONS = frozenset(
    {"from", "without", "about", "of", "toward", "towards", "against", "into", "instead", "for"}
)  # "fined it for blocking", "draft rules for banning": never the deed of the one who fines or drafts


@dataclass(frozen=True, slots=True)
class Modality:
    """How firmly an act is told: done, decided for later, intended, part of a proposal, or not at all."""

    force: Force
    reported: bool = False


NO = Modality("no")


def of_verb(verb: Token) -> Modality:
    """Read the auxiliaries of a verb, then each verb that governs it, up to the sentence's root."""
    if negated(verb) or conditional(verb) or verb.dep_ in ("csubj", "csubjpass"):
        return NO  # "letting viewers choose would cost more"
    force = _own(verb)
    reported = False
    token = verb
    for _ in range(6):
        head = token.head
        if head == token or force == "no":
            break
        if (twin := _infinitive_beside(token, head)) is not None:
            token = twin
            continue
        if token.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "prep", "advcl", "dobj", "conj") and head.pos_ in (
            "VERB",
            "AUX",
            "ADJ",
            "NOUN",
        ):
            force, reported = _under(token, head, force, reported)
        if head.lemma_.lower() in CHANCES and token.dep_ in ("acl", "ccomp", "relcl") and not _has_relative(token):
            return NO  # "the chances that it will ban"
        if token.dep_ == "relcl" and _infinitive(token) and not is_headline_infinitive(token):
            return Modality(_noun_governor(head, force), reported)  # "mulls a law to ban fees"
        if token.dep_ == "relcl" or (token.dep_ == "prep" and token.lower_ in ("after", "since")):
            break
        if conditional(head):
            return NO
        token = head
    return Modality(force, reported)


def _has_relative(verb: Token) -> bool:
    """``proposals that were adopted``: the clause is about the noun, not what the noun is about."""
    own = any(c.lower_ in ("that", "which", "who") and c.dep_ != "mark" for c in verb.children)
    return own or (verb.dep_ == "relcl" and not _aux(verb) & {"will", "would", "could", "may", "might"})


def _own(verb: Token) -> Force:
    auxiliaries = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in STANDING for c in verb.children if c.dep_ == "advmod"):
        return "no"
    if any(c.lower_ in PERHAPS for c in verb.children if c.dep_ == "advmod"):
        return "no"
    if "to" in auxiliaries and is_headline_infinitive(verb):
        return "decided"
    if MAYBE & set(auxiliaries):
        return "no"
    if "must" in auxiliaries:  # a duty is told, not a deed
        return "no"
    if "would" in auxiliaries or "'d" in auxiliaries:
        return "proposed"
    if "will" in auxiliaries or "shall" in auxiliaries or "'ll" in auxiliaries:
        return "decided"
    if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        return "decided"  # "is adding them to the list": not yet over
    return "done"


def _under(token: Token, head: Token, force: Force, reported: bool) -> tuple[Force, bool]:
    lemma = head.lemma_.lower()
    if token.dep_ in ("advcl", "xcomp") and lemma in PUBLISHING and _infinitive(token) and token.i > head.i:
        return "no", reported  # "issued rules to limit": what for, not a further act
    if _is_purpose(token, head) or _is_gerund_of(token, head):
        return "no", reported
    if lemma in HOLDING and token.dep_ in ("xcomp", "dobj", "ccomp", "pcomp") and token.tag_ == "VBG":
        return "no", reported  # "other measures include revoking permits": what rules hold
    if lemma in ACCUSING or (token.dep_ == "xcomp" and token.tag_ == "VBG" and lemma in STOPPING):
        return "no", reported
    if lemma == "have" and token.dep_ == "xcomp" and _infinitive(token) and head.tag_ == "VB" and _aux(head):
        return "no", reported  # "said it would have to suspend them"
    if lemma in ("have", "be") and token.dep_ == "xcomp" and any(c.lower_ in ("yet", "unable") for c in head.children):
        return "no", reported  # "has yet to rule"
    if lemma in ONGOING and (token.lower_ == "on" or (token.dep_ in ("xcomp", "advcl") and token.tag_ != "VBN")):
        return "no", reported
    if token.dep_ == "conj":
        if head.pos_ in ("VERB", "AUX") and not any(c.dep_ in ("aux", "nsubj") for c in token.children):
            own = _own(head)  # "will lift the ban and open": the auxiliary holds for both
            return (own if force == "done" and token.tag_ in ("VB", "VBN") else force), reported
        return force, reported
    if token.dep_ in ("advcl", "prep") or (head.pos_ == "NOUN" and token.dep_ not in ("acl", "ccomp")):
        if token.dep_ == "advcl" and not any(c.dep_ == "mark" for c in token.children):
            own = _own(head)  # "would bar them, requiring": what hangs on a proposal is part of it
            return (own if own in ("no", "proposed") and force == "done" else force), reported
        return force, reported
    if lemma in COMMANDING and token.dep_ in ("xcomp", "ccomp", "advcl") and _infinitive(token):
        return "no", reported  # "ordered the firm to block": the firm's act is the order's content
    if lemma in SAYING:
        if negated(head):
            return "no", reported
        # "said it would lift": what was future then is decided; a report of it is an announcement
        return ("intended" if force == "proposed" else force), True
    if lemma in INTENT and token.dep_ in ("xcomp", "acl"):
        return ("no" if negated(head) or MAYBE & _aux(head) else "intended"), reported
    if head.pos_ == "NOUN" and token.dep_ in ("acl", "ccomp"):
        return _noun_governor(head, force), reported
    if (lemma in UNREAL and token.dep_ in ("xcomp", "ccomp")) or (lemma in AHEAD and token.dep_ == "dobj"):
        return "no", reported
    if (token.dep_ == "xcomp" or lemma == "get") and (negated(head) or MAYBE & _aux(head)):
        return "no", reported
    if token.dep_ == "xcomp" and force == "done":
        return _own(head), reported
    return force, reported


def _infinitive_beside(token: Token, head: Token) -> Token | None:
    """``urged it to obey and cease exports``: a bare verb coordinated to a finite one belongs to its infinitive."""
    if token.dep_ != "conj" or token.tag_ != "VB" or head.tag_ not in ("VBD", "VBZ", "VBN") or _aux(token):
        return None
    return next((c for c in head.children if c.dep_ in ("xcomp", "ccomp") and _infinitive(c) and c.i < token.i), None)


def _is_purpose(token: Token, head: Token) -> bool:
    """``sent parts to allow a test``, ``aiming to lift barriers``: what something is done for is not done by it."""
    if token.dep_ != "advcl" or not _infinitive(token) or is_headline_infinitive(token):
        return False
    if any(c.lower_ == "only" for c in token.children):  # "only to approve it": what came of it
        return False
    if any(g.lower_ in RANKS for c in head.children if c.dep_ == "attr" for g in c.subtree):
        return False  # "became the first state to ban"
    if head.lemma_ in USING and any(
        c.dep_ == "dobj" and (c.lemma_.lower() in POWERS or c.pos_ == "PROPN") for c in head.children
    ):
        return False  # "used its powers to block the sale": blocked it
    if head.lemma_ == "take" and any(c.dep_ == "dobj" and c.lemma_ in STEPS for c in head.children):
        return False  # "will take steps to block it": blocks it
    return head.pos_ not in ("VERB", "AUX") or head.lemma_.lower() not in RESOLVING


def _is_gerund_of(token: Token, head: Token) -> bool:
    """``the importance of removing barriers``, ``barred from exporting``; not ``by banning``."""
    if token.dep_ != "prep" or not any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in token.children):
        return False
    if head.lemma_ == "hold" and any(c.dep_ == "prt" and c.lower_ == "off" for c in head.children):
        return True  # "held off on approving"
    if head.pos_ in ("NOUN", "PROPN"):
        return token.lower_ not in FACTUAL_PREPOSITIONS and head.lemma_.lower() not in RESOLUTIONS
    return token.lower_ in UNREAL_PREPOSITIONS or head.lemma_.lower() in OBJECTING


def is_headline_infinitive(verb: Token) -> bool:
    """``EU to impose duties``: the future of headlines."""
    if verb.dep_ == "ROOT":
        return True
    return (
        verb.dep_ in ("acl", "relcl")
        and not any(c.lemma_.lower() in UNREAL for c in verb.head.lefts)  # "Chiefs press Congress to renew law"
        and verb.head.dep_ == "ROOT"
        and verb.head.i < verb.i
        and verb.head.pos_ == "PROPN"
    )


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _noun_governor(noun: Token, force: Force) -> Force:
    lemma = noun.lemma_.lower()
    if lemma in POWERS and noun.dep_ == "dobj" and noun.head.lemma_ in USING:
        return force  # "used its powers to block the sale"
    if lemma in ("plan", "intention", "pledge", "promise", "vow"):
        return "intended"
    if lemma in ("rule", "draft", "bill", "regulation", "legislation", "proposal"):
        return "no"  # "draft rules to limit": the content of what is told by its own verb
    if lemma in ("finding", "allegation", "accusation", "claim", "complaint", "suspicion", "argument", "charge"):
        return "no"
    if lemma in ("proposal", "threat", "call", "bid", "effort", "attempt", "power", "right", "ability", "request"):
        return "no"
    if lemma in RESOLUTIONS or any(c.lower_ in RANKS for c in noun.children):
        return force  # "its decision to lift", "the first state to ban"
    return "no" if _infinitive_below(noun) else force


def _infinitive_below(noun: Token) -> bool:
    return any(c.dep_ in ("acl", "relcl") and _infinitive(c) for c in noun.children)


def _aux(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ == "aux"}


def refused(verb: Token) -> bool:
    """``the court refused to strike down the law``: for a court, that too is a ruling."""
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("refuse", "decline") and not negated(verb.head)


def of_noun(noun: Token) -> Modality:
    """A nominal act is asserted unless it is called possible, or negated."""
    if any(c.lower_ in TENTATIVE or c.lower_ in ("no", "any") for c in noun.children):
        return NO
    if noun.head.pos_ == "VERB" and noun.dep_ in ("dobj", "attr", "pobj"):
        return of_verb(noun.head) if noun.head.lemma_ not in UNREAL else NO
    return Modality("done")
