"""Sub-provisions: what an adopted instrument obliges, forbids or allows, each with its own addressee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.instruments import addressees
from pipeline.annotate.actions.lexicon import classes, noun_lemma, readings
from pipeline.annotate.actions.polarity import conditional
from pipeline.records import ActionType

REACH = 6  # sentences after an instrument that still tell of it
FOUNDING = frozenset(
    ["issue", "enact", "adopt", "propose", "restrict", "permit/license", "agree/sign", "ban/block", "impose"]
)
OBLIGING = frozenset({"must", "shall"})
FREELY = frozenset({"now", "freely", "instead"})  # with these, "may" gives leave
FIRMS = frozenset({"company", "firm", "startup", "manufacturer", "operator"})
INSTRUMENT_CLASSES = frozenset({"rule", "law", "deal", "curb", "ban"})


@dataclass(frozen=True, slots=True)
class Focus:
    """The instrument a passage tells of: who made it, when it was last named."""

    actor: Actor
    sentence: int
    instrument: str | None
    proposed: bool
    act: Candidate


def focus_of(found: list[Candidate], number: int, old: Focus | None) -> Focus | None:
    """The instrument in focus after a sentence."""
    for c in found:
        if c.type in FOUNDING and c.actor.public:
            proposed = c.type == "propose" or c.modality.force in ("intended", "proposed")
            return Focus(c.actor, number, c.instrument, proposed, c)
    return old


def provisions(sentence: Span, number: int, cast: Cast, focus: Focus | None) -> Iterator[Candidate]:
    """``Providers must pass an assessment``; ``the rules require firms to …``; ``firms may now send …``."""
    if focus is None or focus.proposed or focus.act.rule == "listing" or number - focus.sentence > REACH:
        return
    for verb in sentence:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        if (read := _by_modal(verb, cast) or _by_instrument(verb, cast)) is not None:
            kind, target, rule = read
            if target and not conditional(verb) and not _by_firm(verb, cast):
                yield Candidate(
                    trigger=verb,
                    sentence=sentence,
                    actor=focus.actor,
                    type=kind,
                    target=target,
                    noun=None,
                    modality=modality.Modality("done"),
                    rule=rule,
                    instrument=focus.instrument,
                    confidence=0.6,
                    part_of=focus.act,
                )
                return


def _by_firm(verb: Token, cast: Cast) -> bool:
    """``the company says messages cannot be forwarded``: no provision of a body's."""
    saying = next((a for a in verb.ancestors if a.lemma_.lower() in modality.SAYING), None)
    speaker = clause.doer(saying) if saying is not None else None
    if speaker is None:
        return False
    actor = cast.actor(speaker)
    return speaker.lemma_.lower() in FIRMS or (actor is not None and actor.kind == "company")


def _by_modal(verb: Token, cast: Cast) -> tuple[ActionType, str, str] | None:
    """``Companies must …``, ``may not …``, ``have to …``, ``are required to …``, ``are allowed to …``."""
    subject = clause.child(verb, "nsubj", "nsubjpass")
    if subject is None or verb.dep_ not in ("ROOT", "ccomp", "conj", "parataxis"):
        return None
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    negative = any(c.dep_ == "neg" for c in verb.children)
    if verb.tag_ == "VBD" or subject.tag_ in ("WP", "WDT") or _is_person_or_act(subject, cast):
        return None
    told = targets.complement(verb, subject, verb)
    if _is_authority(subject, cast):
        return None
    none = any(c.lower_ in ("no", "neither") for c in subject.children)
    if none and helpers & {"may", "can", "shall"}:
        return "restrict", told, "prohibition"
    if _is_event(verb, subject, cast):
        return None
    if helpers & OBLIGING:
        return ("restrict" if negative else "require"), told, "obligation"
    if negative and helpers & {"may", "can"}:
        return "restrict", told, "prohibition"
    if "may" in helpers and any(c.lower_ in FREELY for c in verb.children):
        return "permit/license", told, "permission"
    infinitive = next((c for c in verb.children if c.dep_ == "xcomp" and clause.has_to(c)), None)
    if infinitive is None or helpers & {"would", "may", "might", "could"}:
        return None
    told = targets.complement(verb, subject, infinitive)
    no_longer = any(c.lower_ == "longer" for c in verb.children)
    if verb.lemma_ in ("have", "need"):
        if verb.lemma_ == "have" and infinitive.i > verb.i + 3:  # "has five days to prove": a term, no duty
            return None
        free = negative or no_longer  # "no longer has to file": may leave it undone
        return ("permit/license" if free else "require"), _left_undone(told) if free else told, "obligation"
    if verb.lemma_ == "be" and not negative and infinitive.i < verb.i + 5:
        return "require", told, "obligation"
    if verb.lemma_ in ("forbid", "prohibit", "ban", "bar") and clause.is_passive(verb) and not negative:
        return "restrict", told, "prohibition"
    if verb.lemma_ in ("tell", "instruct", "direct") and clause.is_passive(verb) and clause.agent(verb) is None:
        return "require", told, "obligation"
    if verb.lemma_ in ("require", "oblige") and clause.is_passive(verb) and clause.agent(verb) is None:
        return ("permit/license" if negative else "require"), _left_undone(told) if negative else told, "obligation"
    if verb.lemma_ in ("allow", "permit", "authorize", "authorise", "entitle") and clause.is_passive(verb):
        return ("restrict" if negative else "permit/license"), told, "permission"
    return None


def _is_authority(subject: Token, cast: Cast) -> bool:
    """``the Senate may not act``, ``Beijing must``: named states and bodies of states are no addressees."""
    mention = cast.mention(subject)
    if mention is None or mention.kind != "name":
        return False
    actor = cast.actor(subject)
    return mention.type == "GPE" or (actor is not None and actor.public)


def _is_event(verb: Token, subject: Token, cast: Cast) -> bool:
    """``a vote must come by November``: only those who can be told, or what is done to a thing, make a duty."""
    if clause.is_passive(verb) or subject.pos_ == "PRON":
        return False
    mention = cast.mention(subject)
    if mention is not None and mention.type in ("ORG", "GPE", "PRODUCT"):
        return False
    return noun_lemma(subject) not in addressees()


def _left_undone(told: str) -> str:
    """``firms to file a contract`` -> ``firms not to file a contract``."""
    return told.replace(" to ", " not to ", 1) if " to " in told else told


def _by_instrument(verb: Token, cast: Cast) -> tuple[ActionType, str, str] | None:
    """``The rules require platforms to …``: the instrument is the subject."""
    subject = clause.child(verb, "nsubj")
    if subject is None or verb.lemma_.lower() not in readings() or clause.is_passive(verb):
        return None
    mention = cast.mention(subject)
    is_law = mention is not None and mention.type == "LAW"
    if not is_law and not INSTRUMENT_CLASSES & set(classes().get(noun_lemma(subject), ())):
        return None
    if modality.of_verb(verb).force != "done":
        return None
    noun = clause.acted_on(verb)
    kinds: set[str] = set(classes().get(noun.lemma_.lower(), ())) if noun is not None else set()
    infinitive = next(iter(clause.complements(verb)), None)
    for reading in readings()[verb.lemma_.lower()]:
        found = next((t for k, t in reading.by.items() if k in kinds or (k == "to" and infinitive)), None)
        found = found or reading.by.get("any")
        if found in ("require", "restrict", "ban/block", "permit/license", "impose") and noun is not None:
            told = targets.complement(verb, noun, infinitive) if infinitive else targets.joined(verb, noun)
            return found, told, "instrument_provides"
    return None


def _is_person_or_act(subject: Token, cast: Cast) -> bool:
    mention = cast.mention(subject)
    return subject.lower_ in ("it", "this", "that", "there", "we", "i", "you") or (
        mention is not None and mention.type in ("PERSON", "EVENT") and mention.kind != "description"
    )
