"""Constructions of orders and of leaving off: ``told banks to``, ``stopped serving``, ``gave more time``."""

from __future__ import annotations

from collections.abc import Set

from spacy.tokens import Token

from pipeline.annotate.actions import clause, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import word_set, words
from pipeline.annotate.actions.objects import object_classes, told
from pipeline.annotate.antecedents import kind_of
from pipeline.records import ActionType

Told = tuple[ActionType, str]


DELAYING = frozenset({"postpone", "delay", "defer"})


LEVYING = frozenset({"levy", "collect", "impose", "charge", "enforce", "apply", "require", "implement", "introduce"})


INFORMING = frozenset({"provide", "submit", "supply", "share", "produce", "disclose", "hand", "furnish"})


TIME = word_set("time")
LETTING = frozenset({"allow", "permit", "let"})


def stopped_doing(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``will stop serving clients in two states``, ``ceased licensing drones``."""
    if actor.kind == "person":
        return None
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "pcomp", "advcl") and c.tag_ == "VBG"), None)
    if inner is None or (inner.dep_ == "advcl" and inner.i > verb.i + 2) or clause.child(verb, "prt") is not None:
        return None
    lemma = inner.lemma_.lower()
    if verb.lemma_ in DELAYING:
        levied = actor.public and (lemma in LEVYING or "levy" in _below(inner, cast))
        return ("delay/extend", told(inner, clause.acted_on(inner), cast) or inner.text) if levied else None
    if not actor.public and lemma not in words().constructions["serve"] + words().constructions["supply"]:
        return None
    thing = clause.acted_on(inner)
    if thing is not None and thing.lemma_ in word_set("attention"):
        return None
    supplied = lemma in words().constructions["supply"] and not (thing is not None and thing.lemma_ == "service")
    kind: ActionType = "restrict" if supplied else "ban/block"
    if actor.public and lemma in LEVYING:
        kind = "lift/repeal"
    return kind, told(inner, thing, cast) or inner.text


def more_time(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``gave mills another six weeks``, ``granted a 90-day extension``."""
    if noun is None or not actor.public:
        return None
    if noun.lemma_.lower() not in TIME or not _is_extra(noun):
        return None
    infinitive = next((t for t in verb.subtree if t.tag_ == "VB" and clause.has_to(t)), None)
    whom = clause.child(verb, "dative")
    if infinitive is not None:
        return "delay/extend", targets.complement(verb, whom, infinitive)
    of = clause.pobj(noun, "of", "for", "to")
    return "delay/extend", targets.phrase(of or whom or noun)


def _is_extra(noun: Token) -> bool:
    if noun.lemma_.lower() in ("extension", "reprieve", "grace", "respite"):
        return True
    return any(t.lower_ in ("extra", "another", "more", "additional", "further") for t in noun.subtree)


def told_to(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``told banks to drop the software``, ``gave the firm 90 days to sell``: a body's orders."""
    if not actor.public or noun is None or _is_between_persons(actor, noun, cast):
        return None
    infinitive = next(iter(clause.complements(verb)), None)
    if infinitive is None or noun.lower_ in ("reporters", "journalists", "me", "us"):
        return None
    if any(c.lower_ in ("how", "what", "when", "where") for c in infinitive.children):
        return None
    if (heard := cast.mention(noun)) is not None and kind_of(heard) == "media":
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
    thing = clause.acted_on(infinitive)
    if infinitive.lemma_ in INFORMING and thing is not None and thing.lemma_ in ("information", "document", "detail"):
        kind = "investigate"
    if infinitive.lemma_ in ("delete", "remove", "uninstall") and _below(infinitive, cast) & {"app", "flow"}:
        kind = "ban/block"
    return kind, targets.complement(verb, None if noun.pos_ == "PRON" else noun, infinitive)


def _is_between_persons(actor: Actor, noun: Token, cast: Cast) -> bool:
    """``The president told the senator to``: talk, no order of a body."""
    mention = cast.mention(noun)
    return actor.kind in ("person", "group") and mention is not None and mention.type == "PERSON"


def _supplies(verb: Token) -> bool:
    """``stop shipping chips``: what is stopped is a supply."""
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "pcomp", "advcl", "dobj")), None)
    return inner is not None and inner.lemma_.lower() in words().constructions["supply"]


def _below(verb: Token, cast: Cast) -> Set[str]:
    noun = clause.acted_on(verb)
    return object_classes(noun, cast) if noun is not None else set()


def kept_back(verb: Token, actor: Actor, cast: Cast) -> tuple[Token, str] | None:
    """``said it will not release its models in the bloc``: a company keeps what it has from a market."""
    if actor.public or verb.lemma_ not in words().constructions["withhold"]:
        return None
    helpers = {c.lemma_.lower() for c in verb.children if c.dep_ == "aux"}
    if not helpers & {"will", "wo", "would"} or clause.child(verb, "neg") is None:
        return None
    thing = clause.acted_on(verb)
    if thing is None or not object_classes(thing, cast) & {"flow", "app"}:
        return None
    at = [t for t in verb.subtree if t.dep_ == "pobj" and t.head.lower_ in ("in", "to")]
    placed = any((m := cast.mention(t)) is not None and m.type == "GPE" for t in at)
    return (thing, told(verb, thing, cast)) if placed else None


def mandated(verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> Told | None:
    """``will mandate that platforms label videos``: what is required, told in a clause."""
    that = clause.child(verb, "ccomp")
    if (
        not actor.public
        or actor.kind in ("court", "person")
        or that is None
        or that.tag_ not in ("VB", "VBP")
        or verb.tag_ == "VBG"
    ):
        return None
    own = clause.child(that, "nsubj", "nsubjpass")
    marked = clause.child(that, "mark") is not None
    return ("require", targets.complement(verb, own, that)) if marked and own is not None else None


def not_let(verb: Token, actor: Actor) -> str | None:
    """``has not allowed the firm to ship its machines``, ``will not let carriers buy``: leave that is refused."""
    if verb.lemma_ not in LETTING or not actor.public or actor.kind in ("person", "group", "court"):
        return None
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if clause.child(verb, "neg") is None or not helpers & {"did", "has", "have", "had", "will", "wo"}:
        return None
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i), None)
    whom = clause.child(inner, "nsubj") if inner is not None else None
    if inner is not None:
        return targets.complement(verb, whom or clause.child(verb, "dobj"), inner)
    thing = clause.child(verb, "dobj")
    return targets.joined(verb, thing) if thing is not None else None


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
