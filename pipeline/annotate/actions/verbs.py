"""Verbal acts: a verb of the lexicon whose object fits one of its readings and whose doer can be an actor."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.constructions import construction
from pipeline.annotate.actions.contents import is_content, is_instrument, is_substance, makes, substance
from pipeline.annotate.actions.duties import needs_leave
from pipeline.annotate.actions.exclusions import no_policy
from pipeline.annotate.actions.fitting import fitting
from pipeline.annotate.actions.given import given
from pipeline.annotate.actions.lexicon import verb_lemma, word_set
from pipeline.annotate.actions.makers import hearsay, responsible, signed_for, speaker_of
from pipeline.annotate.actions.objects import object_classes, told
from pipeline.annotate.actions.orders import kept_back, not_let
from pipeline.annotate.actions.settling import settled
from pipeline.records import ActionType

PERMISSIVE = frozenset({"permit/license", "require"})
STOPPING = word_set("stopping")
SEVERAL = frozenset(
    {"impose", "ban/block", "restrict", "fine/penalise", "investigate", "require", "enact", "sue/challenge"}
)


SUING = frozenset({"sue", "appeal", "challenge", "contest", "fight"})
PROVIDED = frozenset({"require", "restrict", "ban/block", "permit/license", "lift/repeal", "impose"})


def verbal_acts(sentence: Span, cast: Cast, focus: Actor | None = None) -> Iterator[Candidate]:
    """``The ministry banned the app``; ``exports were halted by the ministry``; ``rules issued by it``."""
    for token in cast.triggers.of("verbs", sentence):
        if _is_verb(token):
            yield from read_verb(token, sentence, cast, focus)


def _is_verb(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return True
    if token.tag_ in ("VBN", "VBD", "VBG") and token.pos_ != "NOUN":
        return True
    return token.pos_ == "ADJ" and clause.has_to(token)  # "its decision to fine the bank"


def read_verb(verb: Token, sentence: Span, cast: Cast, focus: Actor | None = None) -> Iterator[Candidate]:
    """All that one trigger verb tells; nothing where no reading fits or nobody acts."""
    if is_substance(verb):
        return
    if (of_giver := given(verb, sentence, cast)) is not None:
        yield from of_giver
        return
    passive = clause.is_passive(verb)
    doer = clause.agent(verb) if passive else clause.subject(verb)
    actor = cast.actor(doer)
    if actor is None and not passive and (doer is None or not is_instrument(doer, cast)):
        return
    if actor is not None and (kept := kept_back(verb, actor, cast)) is not None:
        yield Candidate(verb, sentence, actor, "restrict", kept[1], kept[0], modality.Modality("decided"), "kept_back")
        return
    if actor is not None and (refused := not_let(verb, actor)) is not None:
        yield Candidate(verb, sentence, actor, "restrict", refused, None, modality.Modality("done"), "not_let")
        return
    force = modality.of_verb(verb)
    if actor is not None and actor.kind == "court" and modality.refused(verb):
        force = modality.Modality("done")
    if force.force in ("no", "proposed"):
        return
    noun = clause.acted_on(verb) or (None if passive else _name_after(verb, cast))
    by_instrument = actor is None and not passive
    actor = _acting(verb, noun, actor, doer, sentence, cast, focus)
    if actor is None or (doer is not None and noun == doer) or _is_only_told(verb, force, actor, cast):
        return
    for one in clause.governors(verb, noun):
        if (read := construction(verb, one, actor, cast)) is not None:
            kind, target, rule = read
            if not no_policy(kind, verb, one, actor, cast):
                kind = settled(kind, verb, actor, frozenset(), one)
                yield Candidate(verb, sentence, actor, kind, target, one, force, rule)
            return
        if (found := fitting(verb, one, actor, cast)) is not None:
            if (not by_instrument or found in PROVIDED) and not no_policy(found, verb, one, actor, cast):
                yield from _candidates(verb, one, found, actor, force, sentence, cast)
            return


def _is_given_to(actor: Actor, verb: Token, cast: Cast) -> bool:
    """``Seoul said it had been granted a waiver``: who tells of it is the one it was given."""
    given_to = cast.actor(clause.child(verb, "nsubjpass"))
    return given_to is not None and given_to.name == actor.name


def _is_mandate(verb: Token, focus: Actor | None) -> bool:
    """``a part of the law, which requires people to``: a standing duty named in passing is no new act."""
    if focus is None or verb.dep_ != "relcl" or verb.tag_ not in ("VBZ", "VBP"):
        return False
    return focus.kind == "person" or verb.head.dep_ == "pobj"


def _acting(
    verb: Token,
    noun: Token | None,
    actor: Actor | None,
    doer: Token | None,
    sentence: Span,
    cast: Cast,
    focus: Actor | None,
) -> Actor | None:
    """Whose act it is: the doer's, the maker's of an instrument, the one's that answers for a passive."""
    if actor is None and clause.is_passive(verb):
        if doer is not None and doer.pos_ in ("NOUN", "PROPN") and not is_instrument(doer, cast):
            return None  # "a suit brought by a citizen": the doer is told, and is no actor
        actor = responsible(verb, noun, sentence, cast, focus)
        if actor is not None and verb.lemma_ in clause.GIVING and _is_given_to(actor, verb, cast):
            return None
    elif actor is None and doer is not None:
        if is_content(verb, doer) or not makes(doer):
            return None
        actor = cast.actor(clause.owner(doer)) or (None if _is_mandate(verb, focus) else focus)
    elif actor is not None and not actor.public:
        actor = speaker_of(verb, cast) or actor
    signer = signed_for(verb, noun, cast)
    return signer if signer is not None and signer.kind not in ("party", "company", "association") else actor


def _is_only_told(verb: Token, force: modality.Modality, actor: Actor, cast: Cast) -> bool:
    """A suit still to be brought (``said it would appeal``), or what others say that a body means to do."""
    if force.force in ("intended", "decided") and not actor.public and verb_lemma(verb) in SUING:
        return verb.tag_ != "VBG"  # "is suing": has sued
    return force.force == "intended" and hearsay(verb, actor, cast)


def _name_after(verb: Token, cast: Cast) -> Token | None:
    """``will fine Google 40 billion won``: a name right after the verb is its object, whatever the parse says."""
    if verb.i + 1 >= verb.sent.end:
        return None
    after = verb.doc[verb.i + 1]
    mention = cast.mention(after)
    named = mention is not None and mention.kind == "name" and after.head != verb and after.pos_ == "PROPN"
    return after if named and not any(c.i > verb.i for c in verb.children if c.dep_ in ("prt", "prep")) else None


def _inner_classes(verb: Token, cast: Cast) -> Set[str]:
    noun = clause.acted_on(verb)
    return object_classes(noun, cast) if noun is not None else set()


def _candidates(
    verb: Token,
    noun: Token | None,
    kind: ActionType,
    actor: Actor,
    force: modality.Modality,
    sentence: Span,
    cast: Cast,
) -> Iterator[Candidate]:
    infinitives = list(clause.complements(verb))
    target = told(verb, noun, cast) or ("lawsuit" if kind == "sue/challenge" else "")
    if kind in PERMISSIVE and infinitives:
        first = infinitives[0]
        if kind == "require" and first.lemma_ in STOPPING:
            kind = "ban/block"
        elif kind == "require" and needs_leave(first):
            kind = "restrict"
        elif kind == "require" and first.lemma_ == "pay" and "money" in _inner_classes(first, cast):
            kind = "fine/penalise"
        target = targets.complement(verb, noun if noun is not None and noun.pos_ != "PRON" else None, first)
    if _is_elaboration(verb, noun):
        return
    base = Candidate(
        trigger=verb,
        sentence=sentence,
        actor=actor,
        type=kind,
        target=target,
        noun=noun,
        modality=force,
        rule="passive_act" if clause.is_passive(verb) else "active_act",
        instrument=_instrument(noun, verb, cast),
    )
    if kind == "issue" and noun is not None and (inner := substance(noun)):
        kind_inside, inside = inner
        yield replace(base, type=kind_inside, target=inside, rule="substance_of_order", confidence=0.75)
        return
    if target:
        yield from (replace(base, actor=one) for one in _apart(actor, kind))


def _apart(actor: Actor, kind: ActionType) -> tuple[Actor, ...]:
    """``The US and the EU imposed sanctions``: each has an act of its own; an agreement is one act of both."""
    return actor.members if actor.members and kind in SEVERAL else (actor,)


def _is_elaboration(verb: Token, noun: Token | None) -> bool:
    """``added firms to the list, restricting them from buying``: what an act told before comes to."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or noun is None or verb.i < verb.head.i:
        return False
    return noun.lower_ in ("them", "it", "him", "her") and verb_lemma(verb.head) is not None


def _instrument(noun: Token | None, verb: Token, cast: Cast) -> str | None:
    """``under the Digital Markets Act``, or the named law acted on."""
    for token in verb.subtree:
        mention = cast.mention(token)
        if mention is not None and mention.type == "LAW":
            return mention.canonical
    mention = cast.mention(noun) if noun is not None else None
    return mention.canonical if mention is not None and mention.type == "LAW" else None
