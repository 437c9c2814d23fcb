"""Constructions of proceedings: cases brought, rulings, inquiries by letter, cases not heard, pacts left."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.cases import is_bench
from pipeline.annotate.actions.lexicon import word_set, words
from pipeline.annotate.actions.objects import object_classes, told_without
from pipeline.records import ActionType

Told = tuple[ActionType, str]
COURTS = word_set("courts")
FINDING = frozenset({"regulator", "commission", "international", "court"})
LEGAL = frozenset(
    {
        "constitution",
        "right",
        "power",
        "law",
        "rule",
        "regulation",
        "act",
        "code",
        "obligation",
        "agreement",
        "position",
        "condition",
        "term",
    }
)
IN = dict.fromkeys(("challenge", "contest", "fight", "appeal"), ("in",))  # "challenged it in court"
LETTERS = frozenset({"subpoena", "summons", "questionnaire"})
DECISIONS = frozenset({"ruling", "finding", "decision", "judgment", "judgement", "verdict", "opinion", "order"})


def inquired(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``sent a request for information to``, ``issued civil investigative demands to``, ``served a subpoena on``."""
    if noun is None or not actor.public:
        return None
    about = {t.lower_ for t in noun.subtree}
    asks = noun.lemma_ in ("request", "demand") and about & {"information", "documents", "data", "investigative"}
    if not asks and noun.lemma_ not in LETTERS:
        return None
    whom = clause.pobj(verb, "to", "on") or clause.pobj(noun, "to", "on") or clause.child(verb, "dative")
    return "investigate", targets.phrase(whom or noun)


def found_in_decision(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``said in preliminary findings that the firm broke the law``, ``said in a ruling``."""
    if actor.kind in ("state", "person", "company"):
        return None
    decision = clause.pobj(verb, "in")
    that = clause.child(verb, "ccomp")
    if not actor.public or decision is None or decision.lemma_ not in DECISIONS or that is None:
        return None
    own = clause.child(that, "nsubj", "nsubjpass")
    return "rule", targets.tidy(f"{targets.phrase(own)} {targets.complement(verb, None, that)}" if own else that.text)


def wrong_found(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``said the firm had violated the law``, ``concluded that the terms breach the rules``: a regulator's finding."""
    if actor.kind not in FINDING:
        return None
    that = clause.child(verb, "ccomp")
    if that is None or that.lemma_.lower() not in word_set("breaches") or modality.of_verb(that).force != "done":
        return None
    past = that.tag_ in ("VBD", "VBN") or verb.lemma_ in ("conclude", "determine", "find")
    own = clause.child(that, "nsubj")
    on = clause.child(that, "dobj")
    named = own is not None and (cast.mention(own) is not None or own.pos_ == "NOUN")
    legal = on is not None and any(t.lemma_.lower() in LEGAL or cast.mention(t) is not None for t in on.subtree)
    if not past or not named or not legal or own is None:
        return None
    return "rule", targets.tidy(f"{targets.phrase(own)} {targets.complement(verb, None, that)}")


def objected(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``sent a statement of objections to the firm``: a preliminary finding."""
    if noun is None or not actor.public:
        return None
    about = {t.lemma_.lower() for t in noun.subtree}
    if not (about >= {"statement", "objection"} or about >= {"charge", "sheet"}):
        return None
    whom = clause.pobj(verb, "to", "against") or clause.pobj(noun, "to", "against") or clause.child(verb, "dative")
    return "rule", targets.phrase(whom or noun)


def deposited(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``deposited its instrument of accession to the treaty``: joins it."""
    if noun is None or noun.lemma_ != "instrument":
        return None
    of = clause.pobj(noun, "of")
    pact = (clause.pobj(of, "to", "of") if of is not None else None) or clause.pobj(verb, "to")
    return ("agree/sign", targets.phrase(pact or noun)) if actor.public else None


def not_heard(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``declined to hear the appeal``: a court's refusal is a ruling."""
    if noun is None or actor.kind != "court":
        return None
    refused = verb.dep_ == "xcomp" and verb.head.lemma_ in ("refuse", "decline")
    return ("rule", targets.phrase(noun)) if refused else None


def left(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``withdrew from the treaty``, ``pulled the country out of the agreement``."""
    if not actor.public:
        return None
    pact = clause.pobj(verb, "from", "of") or (clause.pobj(noun, "from") if noun is not None else None)
    pact = pact or next((t for t in verb.subtree if t.dep_ == "pobj" and t.head.lower_ == "of"), None)
    if pact is None or not object_classes(pact, cast) & {"treaty", "deal"}:
        return None
    return "withdraw", targets.phrase(pact)


def to_court(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``took the quota to the WTO``, ``brought the tariff before a panel``."""
    if noun is None:
        return None
    asked = verb.lemma_ in ("request", "ask") and noun.lemma_.lower() in COURTS
    if asked and not is_bench(noun, cast):  # "requested the WTO to set up a panel"
        wanted = next(iter(clause.complements(verb)), None)
        return ("sue/challenge", targets.complement(verb, None, wanted)) if wanted is not None else None
    if verb.lemma_.lower() not in words().constructions["bring"]:
        return None
    for prep in (*clause.preps(verb), *(p for p in clause.preps(noun) if p.lower_ in ("in", "at"))):
        inner = clause.child(prep, "pobj")
        if (
            prep.lower_ in ("to", "before", "at", *IN.get(verb.lemma_, ()))
            and inner is not None
            and inner.lemma_.lower() in COURTS
        ):
            return "sue/challenge", told_without(verb, noun, cast)
    return None


def asked_for(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``requested information on how data are used``, ``demanded documents from the firm``: an inquiry."""
    if noun is None or not actor.public:
        return None
    if noun.lemma_.lower() not in ("information", "document", "explanation", "detail", "record", "clarification"):
        return None
    whom = clause.pobj(verb, "from") or clause.pobj(noun, "from", "on", "about") or noun
    return "investigate", targets.phrase(whom)


def ruled_that(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``ruled that the measures breached global rules``, ``found that the firm favours its own services``."""
    is_judge = actor.kind == "person" and actor.entities and _is_judge(verb, cast)
    if not actor.public:
        return None
    if actor.kind == "person" and not is_judge:
        return None
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":  # "struck it down, holding that": the reason of a ruling
        return None
    if verb.lemma_ == "decide" and _is_question(verb):
        return None
    loose = verb.lemma_ != "rule" and actor.kind != "court" and not is_judge and not _is_wrong(verb)
    if (of := clause.child(verb, "ccomp")) is None or loose:
        against = clause.pobj(verb, "against", "for")
        return ("rule", targets.phrase(against)) if verb.lemma_ == "rule" and against is not None else None
    own = clause.child(of, "nsubj", "nsubjpass")
    return "rule", targets.tidy(f"{targets.phrase(own)} {targets.complement(verb, None, of)}" if own else of.text)


def _is_question(verb: Token) -> bool:
    """``will decide whether the law applies``: nothing is ruled yet."""
    of = clause.child(verb, "ccomp")
    return of is not None and any(t.lower_ in ("whether", "if", "which", "who") for t in verb.doc[verb.i + 1 : of.i])


def _is_wrong(verb: Token) -> bool:
    """Whether what is found is a wrong, not a fact: ``found that imports were dumped``, ``found it in breach``."""
    of = clause.child(verb, "ccomp")
    below = () if of is None else tuple(of.subtree)[:20]
    if of is not None and of.lemma_.lower() in word_set("breaches"):
        return True
    return any(t.lower_ in word_set("wrongs") for t in below)


def _is_judge(verb: Token, cast: Cast) -> bool:
    """Whether the doer is called a judge in the text, or the sentence has a judge."""
    doer = clause.doer(verb)
    mention = cast.mention(doer) if doer is not None else None
    return mention is not None and cast.is_judge(mention)
