"""Headlines: ``EU fines Apple over streaming``, ``Trump signs order``: telegram style that the model misreads.

A verb in -s right after the one who acts is its predicate, whatever the tagger makes of it; the phrase after it is the
object. Only for titles and reports of which nothing but the headline could be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.annotate.actions import modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.exclusions import no_policy
from pipeline.annotate.actions.fitting import fitting
from pipeline.annotate.actions.lexicon import verb_lemma
from pipeline.annotate.actions.verbs import verbal_acts
from pipeline.annotate.text import Text
from pipeline.records import Mention

REACH = 6  # words between the name that opens a headline and its verb
LEAD = 4  # sentences of the body among which the one that says what the title says is sought
SHARED = 0.5  # of the title's words
LONGEST = 12  # words of an object
STOPS = frozenset({"ADP", "SCONJ", "CCONJ", "AUX", "PUNCT", "PART"})


def headline_acts(sentence: Span, cast: Cast) -> Iterator[Candidate]:
    """The act of one headline, or nothing."""
    if any(t.lower_ in modality.MAYBE or t.lower_ in ("if", "not", "?", "n't") for t in sentence):
        return
    for verb in sentence[1:]:
        if not verb.lower_.endswith("s") or verb.ent_type_ == "MONEY" or verb_lemma(verb) is None:
            continue
        if any(t.pos_ == "VERB" for t in sentence.doc[sentence.start : verb.i]):
            return  # "defends sanctions": the predicate stands before
        if cast.mention(verb) is not None or (actor := _before(verb, sentence, cast)) is None:
            continue
        noun = _object(verb, sentence, cast)
        kind = fitting(verb, noun, actor, cast) if noun is not None else None
        if kind is None or noun is None or no_policy(kind, verb, noun, actor, cast):
            continue
        yield Candidate(
            trigger=verb,
            sentence=sentence,
            actor=actor,
            type=kind,
            target=_words(verb, noun),
            noun=noun,
            modality=modality.Modality("done"),
            rule="headline",
            confidence=0.6,
        )
        return


def _before(verb: Token, sentence: Span, cast: Cast) -> Actor | None:
    """Who stands before the verb: the last name or body, with nothing but nouns between."""
    for i in range(verb.i - 1, max(sentence.start, verb.i - REACH) - 1, -1):
        token = verb.doc[i]
        if token.pos_ in ("ADP", "VERB", "AUX", "SCONJ") and token.tag_ != "POS":
            return None
        if (actor := cast.actor(token)) is not None:
            return actor
    return None


def _object(verb: Token, sentence: Span, cast: Cast) -> Token | None:
    """The last noun, or the name, of the phrase after the verb."""
    found = None
    for token in verb.doc[verb.i + 1 : min(sentence.end, verb.i + LONGEST)]:
        if (token.pos_ in STOPS and token.text not in ("-", "'s", "’s")) or (found is not None and token.like_num):
            break
        if token.tag_ == "VBG" and found is not None:
            break
        mention = cast.mention(token)
        if found is not None and mention is not None and cast.mention(found) is None and found.i + 1 < token.i:
            break
        if token.pos_ in ("NOUN", "PROPN", "VERB") or mention is not None:
            found = token
    return found


def _words(verb: Token, noun: Token) -> str:
    end = noun.i + 1
    for token in noun.doc[noun.i + 1 : noun.i + LONGEST]:
        if token.is_punct or token.is_space:
            break
        end = token.i + 1
    return targets.tidy(noun.doc[verb.i + 1 : end].text)


def title_acts(text: Text, title_mentions: tuple[Mention, ...], found: Sequence[Candidate]) -> list[Candidate]:
    """Acts that the title tells and the body was not understood to tell, at the sentence that says the same."""
    titled = Cast(replace(text, doc=text.title), title_mentions)
    told: list[Candidate] = []
    for sentence in text.title.sents:
        here = list(verbal_acts(sentence, titled)) or list(headline_acts(sentence, titled))
        told += [replace(c, actor=_with_other(c, titled)) for c in here if c.actor.kind != "group"]
    added = []
    for c in told:
        lead = _same_sentence(c, text)
        if lead is None or any(old.sentence == lead[0] or _is_same(old, c) for old in found):
            continue
        noun = next((t for t in lead[0] if c.noun is not None and t.lemma_.lower() == c.noun.lemma_.lower()), None)
        added.append(replace(c, sentence=lead[0], trigger=lead[1], noun=noun, rule="title", confidence=0.6))
    return added


def _with_other(c: Candidate, cast: Cast) -> Actor:
    """``China, U.S. extend truce``: in a headline a comma joins two states that act."""
    before = [t for t in c.sentence if t.i < c.trigger.i]
    comma = next((n for n, t in enumerate(before) if t.text == ","), None)
    if comma is None or comma + 1 >= len(before) or len(before) > comma + 4:
        return c.actor
    two = [a for a in (cast.actor(before[comma - 1]), cast.actor(before[-1])) if a is not None and a.kind == "state"]
    if len(two) < 2 or two[0].name == two[1].name or c.actor.name not in (two[0].name, two[1].name):
        return c.actor
    name = f"{two[0].name}; {two[1].name}"
    return replace(c.actor, name=name, entities=two[0].entities + two[1].entities, country="INT")


def _is_same(old: Candidate, c: Candidate) -> bool:
    return old.type == c.type and old.actor.name == c.actor.name


def _same_sentence(c: Candidate, text: Text) -> tuple[Span, Token] | None:
    """The sentence among the first of the body that has most of the title's words, and its word for the act."""
    wanted = _content(c.sentence)
    begins = [s for s in text.doc.sents if s.end_char > text.doc._.text_begins][:LEAD]
    best = max(begins, key=lambda s: len(wanted & _content(s)), default=None)
    if best is None or len(wanted & _content(best)) < SHARED * len(wanted):
        return None
    trigger = next((t for t in best if t.lemma_.lower() == c.trigger.lemma_.lower()), best.root)
    return best, trigger


def _content(sentence: Span) -> set[str]:
    return {t.lemma_.lower() for t in sentence if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and t.is_alpha}
