"""What a learned model sees of a policy act: features of a rule's act, and of a clause that could be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from spacy.tokens import Span, Token

from pipeline import vocabulary
from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import classes, nominal, readings
from pipeline.annotate.text import Text
from pipeline.records import ActionMention

REACH = 6  # sentences after an act in which its actor may still be the one who acts
SPEAKING = frozenset({"say", "announce", "state", "confirm", "add", "report"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with somebody who could act: the row it would make (without type), features, and words to embed."""

    row: dict[str, Any]
    features: tuple[str, ...]
    words: str
    silent: bool  # the rules find no act in its sentence


def of_act(act: ActionMention, acts: tuple[ActionMention, ...], text: Text) -> tuple[str, ...]:
    """A rule's act: rule, words, grammar, place, and what else the article tells of the actor."""
    span = text.doc.char_span(*act.trigger, alignment_mode="expand")
    if span is None:
        return (f"rule={act.method}", f"type={act.type}")
    trigger, sentence = span.root, span.sent
    noun = clause.acted_on(trigger) if trigger.pos_ in ("VERB", "AUX") else trigger
    title, target = _stems(text.article.title), _stems(act.target)
    others = {a.type for a in acts if a is not act and a.actor == act.actor}
    found = [
        f"rule={act.method}",
        f"type={act.type}",
        f"rule+type={act.method}+{act.type}",
        f"confidence={act.confidence:.1f}",
        f"kind={_kind(act)}",
        f"kind+type={_kind(act)}+{act.type}",
        f"place={min(act.start * 4 // (len(text.doc.text) + 1), 3)}",
        f"status={act.status}",
        f"length={min(len(sentence) // 10, 5)}",
        f"target_length={min(len(act.target.split()) // 3, 4)}",
        f"title_shared={min(len(title & target), 3)}",
        f"actor_in_title={bool(title & _stems(act.actor))}",
        f"dated={bool(act.announced_date or act.effective_date)}",
        f"instrument={act.instrument is not None}",
        f"acts={min(len(acts), 6)}",
        f"quoted={_quoted(trigger)}",
        *(f"other={kind}" for kind in others),
        *(f"issue+other={kind}" for kind in others if act.type == "issue"),
        *_grammar(trigger, noun, act.type),
    ]
    return tuple(found)


def clauses(text: Text, cast: Cast, acts: tuple[ActionMention, ...]) -> Iterator[Clause]:
    """Each verb outside quotation marks whose doer, speaker or last actor could act, with what it acts on."""
    last: tuple[int, Actor] | None = None
    by_start = {a.start: a for a in acts}
    triggers = {a.trigger[0] for a in acts}
    for number, sentence in enumerate(text.doc.sents):
        if sentence.end_char <= text.doc._.text_begins:
            continue
        silent = not any(sentence.start_char <= t < sentence.end_char for t in triggers)
        speaker = next((a for t in sentence if t.lemma_ in SPEAKING and (a := cast.actor(clause.doer(t)))), None)
        near = last[1] if last is not None and number - last[0] <= REACH else None
        for verb in sentence:
            if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ in SPEAKING or verb.dep_ in ("aux", "auxpass"):
                continue
            own = cast.actor(clause.doer(verb))
            if own is not None and (last is None or last[0] != number) and own.public:
                last = (number, own)
            actor, how = (own, "own") if own else (speaker, "speaker") if speaker else (near, "focus")
            if actor is not None and not _quoted(verb):
                yield _clause(verb, sentence, actor, how, silent, text)
        acting = by_start.get(sentence.start_char)
        if acting is not None and acting.jurisdiction:
            last = (number, Actor(acting.actor, acting.actor_entities, acting.jurisdiction, "told", True))


def _clause(verb: Token, sentence: Span, actor: Actor, how: str, silent: bool, text: Text) -> Clause:
    noun = clause.acted_on(verb)
    infinitive = next(iter(clause.complements(verb)), None)
    target = targets.complement(verb, noun, infinitive) if infinitive is not None else targets.joined(verb, noun)
    begin = sentence.start
    while begin < sentence.end - 1 and (
        sentence.doc[begin].is_space or sentence.doc[begin].idx < text.doc._.text_begins
    ):
        begin += 1
    evidence = sentence.doc[begin : sentence.end].text.strip()
    row = {"actor": actor.name, "target": target, "evidence": evidence, "jurisdiction": actor.country}
    lemmas = ["#" if t.like_num else t.ent_type_ or t.lemma_.lower() for t in sentence if not t.is_space]
    found = [
        f"who={how}",
        f"public={actor.public}",
        f"kind={actor.kind}",
        f"who+kind={how}+{actor.kind}",
        f"force={modality.of_verb(verb).force}",
        *(f"w={w}" for w in lemmas),
        *(f"w2={a}_{b}" for a, b in pairwise(lemmas)),
        *(f"c={g}" for g in _characters(verb.lemma_)),
        *_grammar(verb, noun, how),
    ]
    return Clause(row, tuple(found), f"{actor.name} {verb.text} {target}. {evidence}", silent)


def _grammar(trigger: Token, noun: Token | None, kind: str) -> list[str]:
    """Dependency n-grams about the trigger: its helpers, object, object's modifiers, prepositions, governor."""
    lemma = trigger.lemma_.lower()
    found = [
        f"t={lemma}",
        f"t+kind={lemma}+{kind}",
        f"dep={trigger.dep_}",
        f"tag={trigger.tag_}",
        f"known={lemma in readings()}",
        f"head={trigger.head.lemma_.lower()}",
        f"dep+head={trigger.dep_}+{trigger.head.lemma_.lower()}",
        f"passive={clause.is_passive(trigger)}",
        *(f"aux={c.lower_}" for c in trigger.children if c.dep_ in ("aux", "auxpass", "neg", "mark")),
    ]
    for prep in trigger.children:
        if prep.dep_ in ("prep", "dative", "agent"):
            inner = clause.child(prep, "pobj")
            found += [f"prep={prep.lower_}", f"t+prep={lemma}+{prep.lower_}"]
            found += [f"prep+noun={prep.lower_}+{inner.ent_type_ or inner.lemma_.lower()}"] if inner is not None else []
        elif prep.dep_ in ("xcomp", "ccomp", "acomp", "conj"):
            found += [f"{prep.dep_}={prep.lemma_.lower()}", f"t+{prep.dep_}={lemma}+{prep.lemma_.lower()}"]
    if noun is not None:
        head = noun.ent_type_ or noun.lemma_.lower()
        found += [f"o={head}", f"t+o={lemma}+{head}", f"o_dep={noun.dep_}"]
        found += [f"o_class={c}" for c in classes().get(noun.lemma_.lower(), ("none",))]
        found += [f"t+o_class={lemma}+{c}" for c in classes().get(noun.lemma_.lower(), ())]
        found += [f"o_act={nominal().get(noun.lemma_.lower())}", f"o_det={_determiner(noun)}"]
        found += [f"o_mod={c.lemma_.lower()}" for c in noun.children if c.dep_ in ("amod", "compound", "nmod")]
    return found


def _kind(act: ActionMention) -> str:
    listed = [k.kind for e in act.actor_entities if (k := vocabulary.by_id().get(e))]
    return listed[0] if listed else "unlisted"


def _determiner(noun: Token) -> str:
    return next((c.lower_ for c in noun.children if c.dep_ in ("det", "poss", "nummod")), "none")


def _characters(word: str) -> list[str]:
    """Three and four letters of a word with its edges."""
    edged = f"<{word.lower()}>"
    return [edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1)]


def _quoted(token: Token) -> bool:
    """Whether quotation marks are open before the token in its paragraph."""
    before = token.doc[max(0, token.i - 120) : token.i].text.rpartition("\n")[2]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _stems(text: str) -> set[str]:
    return {w[:5] for w in re.findall(r"[a-z0-9]+", text.casefold()) if len(w) > 2}
