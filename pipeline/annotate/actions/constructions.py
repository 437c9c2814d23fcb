"""Constructions: acts told by more than a verb and its object ("put on the list", "take to the WTO", "stop serving").

Each function reads one construction and returns the type of act and the target in words, or None.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import nominal, word_set, words
from pipeline.annotate.actions.objects import object_classes, told
from pipeline.records import ActionType

Told = tuple[ActionType, str]
COURTS = word_set("courts")
TIME = word_set("time")
OPINIONS = frozenset(["opinion", "comment", "feedback", "view", "input"])
GRIP = frozenset(["control", "charge", "ownership", "custody", "stake"])


def listing(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``put the firm on the Entity List``, ``placed graphite under export control``; ``took it off the list``."""
    lemma = verb.lemma_.lower()
    if noun is None:
        return None
    if lemma in words().constructions["extend"] and "listing" in object_classes(noun, cast):
        to = _pobj(verb, "to") or _pobj(noun, "to")
        return ("restrict", targets.phrase(to)) if to is not None else None
    if lemma in words().constructions["list"]:
        for prep in dict.fromkeys((*_preps(verb), *_preps(noun), *_late_preps(verb))):
            inner = clause.child(prep, "pobj")
            if inner is None:
                continue
            kinds = object_classes(inner, cast)
            if prep.lower_ in ("on", "onto", "to", "in", "into") and ("listing" in kinds or _controlled(inner)):
                return "restrict", told_without(verb, noun, cast)
            if prep.lower_ in ("under", "to", "into") and inner.lemma_ in ("control", "licensing", "restriction"):
                return "restrict", told_without(verb, noun, cast)
    if lemma in words().constructions["delist"]:
        for prep in (*_preps(verb), *_preps(noun)):
            inner = clause.child(prep, "pobj")
            if prep.lower_ in ("from", "off") and inner is not None and "listing" in object_classes(inner, cast):
                return "lift/repeal", told_without(verb, noun, cast)
    return None


def _controlled(noun: Token) -> bool:
    return noun.lemma_ in ("item", "good", "product", "catalogue", "catalog") and any(
        t.lower_ in ("controlled", "restricted", "prohibited", "control") for t in noun.subtree
    )


def to_court(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``took the quota to the WTO``, ``brought the tariff before a panel``."""
    if noun is None:
        return None
    if verb.lemma_ in ("request", "ask") and noun.lemma_.lower() in COURTS:  # "requested the WTO to set up a panel"
        wanted = next(iter(clause.complements(verb)), None)
        return ("sue/challenge", targets.complement(verb, None, wanted)) if wanted is not None else None
    if verb.lemma_.lower() not in words().constructions["bring"]:
        return None
    for prep in _preps(verb):
        inner = clause.child(prep, "pobj")
        if prep.lower_ in ("to", "before", "at") and inner is not None and inner.lemma_.lower() in COURTS:
            return "sue/challenge", told_without(verb, noun, cast)
    return None


def announced_act(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``announced the rescission of the rule``, ``ordered the closure of``, ``decided on the repeal of``."""
    if verb.lemma_.lower() not in words().constructions["announce"]:
        return None
    if noun is None or noun.ent_type_ in ("DATE", "TIME"):
        noun = _pobj(verb, "on", "for")
    if noun is None:
        return None
    if noun.lemma_.lower() == "decision":
        return None
    kind = nominal().get(noun.lemma_.lower()) or nominal().get(noun.lower_)
    if kind is None and verb.lemma_.lower() == "decide" and object_classes(noun, cast) & {"levy"}:
        return "impose", targets.phrase(noun)
    if verb.lemma_.lower() == "order":
        kind = words().ordered_type(noun.lemma_.lower()) or kind
    if kind is None or noun.lower_ in ("approval", "approvals", "waiver", "exemption"):
        return None
    inner = _pobj(noun, "of", "on", "in", "to", "for", "into", "against")
    compound = " ".join(c.text for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i)
    return kind, targets.phrase(inner) if inner is not None else compound or targets.phrase(noun)


def stopped_doing(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``will stop serving clients in two states``, ``ceased licensing drones``."""
    if verb.lemma_.lower() not in words().constructions["stop"]:
        return None
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "pcomp", "advcl") and c.tag_ == "VBG"), None)
    if inner is None:
        return None
    lemma = inner.lemma_.lower()
    if not actor.public and lemma not in words().constructions["serve"] + words().constructions["supply"]:
        return None
    thing = clause.acted_on(inner)
    kind: ActionType = "restrict" if lemma in words().constructions["supply"] else "ban/block"
    if actor.public and lemma in ("levy", "collect", "impose", "charge", "enforce", "apply", "require"):
        kind = "lift/repeal"
    return kind, told(inner, thing, cast) or inner.text


def more_time(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``gave mills another six weeks``, ``granted a 90-day extension``."""
    if verb.lemma_.lower() not in ("give", "grant", "allow") or noun is None or not actor.public:
        return None
    if noun.lemma_.lower() not in TIME or not _is_extra(noun):
        return None
    infinitive = next((t for t in verb.subtree if t.tag_ == "VB" and clause.has_to(t)), None)
    whom = clause.child(verb, "dative")
    if infinitive is not None:
        return "delay/extend", targets.complement(verb, whom, infinitive)
    of = _pobj(noun, "of", "for", "to")
    return "delay/extend", targets.phrase(of or whom or noun)


def _is_extra(noun: Token) -> bool:
    if noun.lemma_.lower() in ("extension", "reprieve", "grace", "respite"):
        return True
    return any(t.lower_ in ("extra", "another", "more", "additional", "further") for t in noun.subtree)


def told_to(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``told banks to drop the software``, ``gave the firm 90 days to sell``: a body's orders."""
    if verb.lemma_.lower() not in words().constructions["tell"] or not actor.public or noun is None:
        return None
    infinitive = next(iter(clause.complements(verb)), None)
    if infinitive is None or noun.lower_ in ("reporters", "journalists", "me", "us"):
        return None
    negative = any(c.dep_ == "neg" for c in infinitive.children)
    kind: ActionType = "ban/block" if negative or infinitive.lemma_ in words().constructions["stop"] else "require"
    if negative and infinitive.lemma_ in ("enforce", "apply", "implement", "collect"):
        kind = "delay/extend"
    elif infinitive.lemma_ in ("block", "ban", "bar", "suspend"):
        kind = "ban/block"
    elif infinitive.lemma_ in words().constructions["stop"] and _supplies(infinitive):
        kind = "restrict"
    if infinitive.lemma_ == "pay" and "money" in _below(infinitive, cast):
        kind = "fine/penalise"
    if infinitive.lemma_ in ("delete", "remove", "uninstall") and _below(infinitive, cast) & {"app", "flow"}:
        kind = "ban/block"
    return kind, targets.complement(verb, None if noun.pos_ == "PRON" else noun, infinitive)


def _supplies(verb: Token) -> bool:
    """``stop shipping chips``: what is stopped is a supply."""
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "pcomp", "advcl", "dobj")), None)
    return inner is not None and inner.lemma_.lower() in words().constructions["supply"]


def _below(verb: Token, cast: Cast) -> set[str]:
    noun = clause.acted_on(verb)
    return object_classes(noun, cast) if noun is not None else set()


def proposed_to(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``proposed to postpone the duties``, ``proposed making providers verify``, ``proposed that``."""
    if verb.lemma_.lower() != "propose" or not actor.public or (noun is not None and noun.head == verb):
        return None
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), None)
    return ("propose", targets.complement(verb, None, inner)) if inner is not None else None


def comment_sought(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``solicited opinions on a draft``, ``put out the draft for comment``, ``gave a bill its first reading``."""
    lemma = verb.lemma_.lower()
    if noun is None or not actor.public:
        return None
    if lemma in ("solicit", "seek", "invite", "collect", "request", "gather") and noun.lemma_.lower() in OPINIONS:
        inner = _pobj(noun, "on", "about", "for") or _pobj(verb, "on", "about", "for")
        return ("propose", targets.phrase(inner)) if inner is not None else None
    if lemma in ("give", "hold") and noun.lemma_.lower() == "reading":
        bill = clause.child(verb, "dative") or _pobj(noun, "of")
        return ("propose", targets.phrase(bill)) if bill is not None else None
    if lemma in ("put", "release", "publish", "open", "issue", "circulate") and (
        (aim := _pobj(verb, "for") or _pobj(noun, "for")) is not None
        and (aim.lemma_.lower() in (*OPINIONS, "consultation") or any(t.lower_ == "comment" for t in aim.subtree))
    ):
        return "propose", targets.phrase(noun)
    return None


def tabled(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``two senators introduced legislation on data brokers``: members put a law forward."""
    if verb.lemma_.lower() not in words().constructions["table"] or noun is None:
        return None
    if actor.kind not in ("group", "person", "legislature") or noun.lemma_.lower() not in word_set("bills"):
        return None
    return "propose", targets.phrase(noun)


def taken_over(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``took control of the chipmaker``: a state lays hands on a firm."""
    if verb.lemma_.lower() not in ("take", "seize", "assume") or noun is None or not actor.public:
        return None
    if noun.lemma_.lower() not in GRIP or actor.kind in ("person", "group"):
        return None
    of = _pobj(noun, "of", "in", "over")
    return ("impose", f"state {noun.lower_} of {targets.phrase(of)}") if of is not None else None


def legislated(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``legislated against the app``, ``voted for the bill``."""
    against = _pobj(verb, "against", "on", "for", "to")
    if verb.lemma_.lower() == "legislate" and against is not None and actor.public:
        return "enact", f"legislation on {told(verb, against, cast) or against.text}"
    if verb.lemma_.lower() == "vote" and actor.public and against is not None and noun is None:
        on = clause.child(verb, "prep")
        kinds = object_classes(against, cast)
        if on is not None and on.lower_ in ("for", "on") and kinds & {"law", "rule", "levy", "curb", "ban", "draft"}:
            return "adopt", targets.phrase(against)
    return None


def exempted(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``cleared the way for sales``, ``gave the green light to the merger``, ``signed off on``."""
    lemma = verb.lemma_.lower()
    if not actor.public or noun is None:
        return None
    if lemma == "give" and noun.lower_ in ("approval", "nod", "assent", "blessing", "backing", "consent"):
        act = _pobj(verb, "to") or _pobj(noun, "to", "for") or clause.child(verb, "dative")
        if act is not None and object_classes(act, cast) & {"law", "draft", "rule", "treaty"}:
            return ("enact" if object_classes(act, cast) & {"law", "draft"} else "adopt"), targets.phrase(act)
    if lemma in ("give", "clear", "pave") and noun.lower_ in ("light", "nod", "go-ahead", "blessing", "way", "consent"):
        inner = _pobj(verb, "for", "to") or _pobj(noun, "for", "to") or clause.child(verb, "dative")
        if inner is not None and (noun.lower_ != "way" or actor.kind not in ("group", "person")):
            return "permit/license", targets.phrase(inner)
    return None


def asked_for(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``requested information on how data are used``, ``demanded documents from the firm``: an inquiry."""
    if verb.lemma_.lower() not in ("request", "demand", "seek") or noun is None or not actor.public:
        return None
    if noun.lemma_.lower() not in ("information", "document", "explanation", "detail", "record", "clarification"):
        return None
    whom = _pobj(verb, "from") or _pobj(noun, "from", "on", "about") or noun
    return "investigate", targets.phrase(whom)


def charged(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``cheese was charged a further 7 percent``: a levy told by its rate."""
    if verb.lemma_.lower() not in ("charge", "levy", "tax") or noun is None or actor.kind in ("court", "company"):
        return None
    rated = [t for t in verb.subtree if t.ent_type_ in ("PERCENT", "MONEY") and not t.is_punct]
    goods = noun if noun not in rated else _pobj(verb, "on") or _pobj(noun, "on")
    return ("impose", f"levy on {targets.phrase(goods)}") if rated and goods is not None else None


def ruled_that(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``ruled that the measures breached global rules``, ``found that the firm favours its own services``."""
    is_judge = actor.kind == "person" and actor.entities and _is_judge(verb, cast)
    if verb.lemma_.lower() not in ("rule", "find", "hold") or not actor.public:
        return None
    if actor.kind == "person" and not is_judge:
        return None
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":  # "struck it down, holding that": the reason of a ruling
        return None
    loose = verb.lemma_ in ("find", "hold") and actor.kind in ("state", "group")
    if (of := clause.child(verb, "ccomp")) is None or loose:
        against = _pobj(verb, "against", "for")
        return ("rule", targets.phrase(against)) if verb.lemma_ == "rule" and against is not None else None
    own = clause.child(of, "nsubj", "nsubjpass")
    return "rule", targets.tidy(f"{targets.phrase(own)} {targets.complement(verb, None, of)}" if own else of.text)


def _is_judge(verb: Token, cast: Cast) -> bool:
    """Whether the doer is called a judge in the text, or the sentence has a judge."""
    doer = clause.doer(verb)
    mention = cast.mention(doer) if doer is not None else None
    return mention is not None and cast.is_judge(mention)


def no_longer(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``will no longer accept parcels``, ``no longer offers the service``: what was given is stopped."""
    if not any(c.lower_ == "longer" for c in verb.children) or noun is None:
        return None
    lemma = verb.lemma_.lower()
    if lemma in words().constructions["serve"]:
        return "ban/block", told(verb, noun, cast)
    if lemma in words().constructions["supply"]:
        return "restrict", told(verb, noun, cast)
    if lemma in ("require", "need", "impose", "levy", "collect", "charge") and actor.public:
        return "lift/repeal", told(verb, noun, cast)
    return None


def hit_with(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``hit cars with a duty of 20 percent``, ``was slapped with a fine``."""
    if verb.lemma_.lower() not in words().constructions["hit"] or noun is None or not actor.public:
        return None
    means = _pobj(verb, "with") or (clause.child(by, "pobj") if (by := clause.child(verb, "agent")) else None)
    kinds = object_classes(means, cast) if means is not None else set()
    kind: ActionType | None = "fine/penalise" if "penalty" in kinds else "impose" if "levy" in kinds else None
    if kind is None and "curb" in kinds:
        kind = "restrict"
    return (kind, targets.tidy(f"{targets.phrase(means)} on {targets.phrase(noun)}")) if kind and means else None


CONSTRUCTIONS: tuple[Callable[[Token, Token | None, Actor, Cast], Told | None], ...] = (
    no_longer, hit_with, listing, to_court, announced_act, stopped_doing, more_time, told_to, proposed_to,
    comment_sought, tabled, taken_over, legislated, exempted, asked_for, charged, ruled_that,
)  # fmt: skip


def construction(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> tuple[ActionType, str, str] | None:
    """The first construction that fits: type, target, and the rule's name."""
    if verb.lemma_.lower() not in words().heads:
        return None
    for rule in CONSTRUCTIONS:
        if (found := rule(verb, noun, actor, cast)) is not None and found[1]:
            return (*found, rule.__name__)
    return None


def told_without(verb: Token, noun: Token, cast: Cast) -> str:
    """The object alone, without where it is put."""
    if noun.pos_ == "PRON":
        return told(verb, noun, cast) or noun.text
    inside = frozenset(c.i for c in noun.children if c.dep_ == "prep" and c.lower_ in ("on", "onto", "to", "under"))
    return targets.phrase(noun, without=inside)


def _preps(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ in ("prep", "dative") and c.pos_ in ("ADP", "PART", "SCONJ")]


def _late_preps(verb: Token) -> list[Token]:
    """``added 40 firms, most of them makers of tools, to its list``: prepositions lost in an aside."""
    return [t for t in verb.subtree if t.lower_ in ("to", "on") and t.dep_ == "prep" and t.i > verb.i]


def _pobj(token: Token, *prepositions: str) -> Token | None:
    for prep in _preps(token):
        noun = clause.child(prep, "pobj") if prep.lower_ in prepositions else None
        if noun is not None and noun.ent_type_ not in ("DATE", "TIME"):
            return noun
    return None
