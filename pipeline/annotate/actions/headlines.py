"""Headlines: ``EU fines Apple over streaming``, ``Trump signs order``: telegram style that the model misreads.

A verb in -s right after the one who acts is its predicate, whatever the tagger makes of it; the phrase after it is the
object. Only for titles and reports of which nothing but the headline could be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.annotate.actions import modality, targets
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.lexicon import verb_lemma
from pipeline.annotate.actions.verbs import fitting

REACH = 6  # words between the name that opens a headline and its verb
LONGEST = 12  # words of an object
STOPS = frozenset({"ADP", "SCONJ", "CCONJ", "AUX", "PUNCT", "PART"})


def headline_acts(sentence: Span, cast: Cast) -> Iterator[Candidate]:
    """The act of one headline, or nothing."""
    if any(t.lower_ in modality.MAYBE or t.lower_ in ("if", "not", "?", "n't") for t in sentence):
        return
    for verb in sentence[1:]:
        if not verb.lower_.endswith("s") or verb.ent_type_ == "MONEY" or verb_lemma(verb) is None:
            continue
        if cast.mention(verb) is not None or (actor := _before(verb, sentence, cast)) is None:
            continue
        noun = _object(verb, sentence, cast)
        kind = fitting(verb, noun, actor, cast) if noun is not None else None
        if kind is None or noun is None:
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
