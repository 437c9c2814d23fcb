"""Whose act a verb tells of, where its doer is not named beside it, and whose word is none of a maker's."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.annotate.actions import clause, modality
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.governments import state_of_adjective, state_of_code
from pipeline.annotate.actions.lexicon import verb_lemma, word_set, words
from pipeline.annotate.actions.objects import object_classes

SPEAKING = word_set("speaking")
TERMS = frozenset({"period", "deadline"})  # of a measure told before


def signed_for(verb: Token, noun: Token | None, cast: Cast) -> Actor | None:
    """``The premier signed a State Council decree``: whose instrument it is that a person signs."""
    if verb.lemma_ != "sign" or noun is None:
        return None
    for t in noun.children:
        if t.dep_ in ("compound", "nmod", "poss") and (mention := cast.mention(t)) and mention.type == "ORG":
            return cast.actor(t)
    return None


def maker(noun: Token, cast: Cast) -> Actor | None:
    """``the EU's duties``, ``duties imposed by the EU``, ``U.S. tariffs``, ``the AI Act``: whose the thing is."""
    if noun.dep_ not in clause.OBJECT and (own := cast.actor(clause.owner(noun))) is not None:
        return own
    for t in noun.subtree:
        if t.dep_ == "pobj" and t.head.dep_ == "agent" and (by := cast.actor(t)) is not None:
            return by
    law = cast.mention(noun)
    for t in noun.children:
        if t.dep_ in ("compound", "amod", "nmod") and (part := cast.mention(t)) is not None and part != law:
            return cast.actor(t)
        if t.dep_ == "amod" and (state := state_of_adjective(t)) is not None:  # "Norwegian tariffs"
            return Actor(state[0], (state[1],), state[2], "state", public=True)
    return lawgiver(noun, cast) if law is not None and law.kind == "name" else None


def lawgiver(noun: Token, cast: Cast) -> Actor | None:
    """``the Patent Law``, ``the act``: the state whose law it is."""
    law = cast.mention(noun)
    if law is None or law.type != "LAW":
        return None
    state = state_of_code(law.country or "")
    return Actor(state[0], (state[1],), state[2], "state", public=True) if state is not None else None


def granted_by(verb: Token, cast: Cast) -> tuple[Actor, Token] | None:
    """``won EU approval for the deal``, ``got a licence from the ministry``: the body that gives leave, and it."""
    if verb.lemma_ not in words().constructions["win"] or clause.is_passive(verb):
        return None
    noun = next((c for c in verb.children if c.dep_ == "dobj" and "permit" in object_classes(c, cast)), None)
    if noun is None:
        return None
    for giver in (*(clause.child(p, "pobj") for at in (noun, verb) for p in at.children if p.lower_ == "from"),):
        if giver is not None and (body := cast.actor(giver)) is not None and body.public:
            return body, noun
    if (owner := cast.actor(clause.child(noun, "poss"))) is not None and owner.public:
        return owner, noun
    for t in noun.doc[verb.i + 1 : noun.i]:
        body = cast.actor(t) if cast.mention(t) is not None else None
        if body is not None and body.public:
            return body, noun
    return None


def hearsay(verb: Token, actor: Actor, cast: Cast) -> bool:
    """``The rule would bar sales, the agency reported``: an outlet or analyst tells what a draft holds."""
    if clause.is_passive(verb):
        return False
    saying = next((a for a in verb.ancestors if a.lemma_.lower() in modality.SAYING), None)
    speaker = clause.doer(saying) if saying is not None else None
    mention = cast.mention(speaker) if speaker is not None else None
    if mention is not None and mention.canonical.removesuffix(" News Agency") in word_set("state_media"):
        return False
    if mention is None or set(actor.entities) & {mention.entity}:
        return False
    told_by = cast.actor(speaker)
    return told_by is None or not told_by.public


def speaker_of(verb: Token, cast: Cast) -> Actor | None:
    """``The regulator said the firm broke the law and opened a probe``: the second verb may be the speaker's."""
    if verb.dep_ != "conj" or clause.child(verb, "nsubj") or verb.head.dep_ != "ccomp":
        return None
    saying = verb.head.head
    found = cast.actor(clause.doer(saying)) if saying.lemma_ in SPEAKING else None
    return found if found is not None and found.public else None


def _is_standing(verb: Token) -> bool:
    """``fees are set in francs``: a rule of long standing, no act."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return [c.lower_ for c in helpers] in (["is"], ["are"]) and verb.dep_ in ("ROOT", "conj", "relcl", "advcl")


def _according_to(sentence: Span, cast: Cast) -> Actor | None:
    """``were put on the list, according to the ministry's announcement``: the body on whose word it is."""
    for token in sentence:
        near = token.doc[token.i + 2 : token.i + 5] if token.lower_ == "according" else ()
        for source in near:
            body = cast.actor(source) if cast.mention(source) is not None else None
            if body is not None and body.public and body.kind not in ("group", "person"):
                return body
    return None


def responsible(verb: Token, noun: Token | None, sentence: Span, cast: Cast, focus: Actor | None) -> Actor | None:
    """Whose act a passive without agent is: who announces it, the body at whose meeting it happens, who speaks."""
    if _is_standing(verb):
        return None
    head = verb
    while head.dep_ in ("ccomp", "xcomp", "conj", "advcl") and head.head != head:
        head = head.head
        if head.lemma_ in SPEAKING and (speaker := cast.actor(clause.doer(head))) and speaker.public:
            return speaker
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("at", "in", "with", "from"):
            for token in prep.subtree:
                body = cast.actor(token) if cast.mention(token) else None
                place = prep.lower_ == "in" and body is not None and body.kind == "court"  # "a suit filed in court"
                if body is not None and not place and body.kind in ("legislature", "court", "commission"):
                    return body
    for token in sentence:
        if token.dep_ == "nsubj" and token.head.lemma_ in SPEAKING and token.head != verb:
            actor = cast.actor(token)
            if actor is not None and actor.public:
                return actor
    if (body := _according_to(sentence, cast)) is not None:
        return body
    if verb_lemma(verb) in ("charge", "indict"):
        return Actor("prosecutors", (), cast.home, "group", public=True)
    kinds = object_classes(noun, cast) if noun is not None else set()
    if (
        noun is not None
        and kinds & {"levy", "curb", "ban", "law", "rule", "treaty"}
        and (own := maker(noun, cast)) is not None
    ):
        return own if own.public else None
    if verb_lemma(verb) in ("fine", "penalise", "penalize"):
        return focus
    if kinds & {"rule", "law", "draft", "levy", "curb", "ban", "permit"} or (noun and noun.lemma_ in TERMS):
        return focus or (cast.state if kinds & {"law", "draft", "levy", "curb", "ban"} else None)
    return None
