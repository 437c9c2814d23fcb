"""On whose word an act is told: ``the ministry said``, ``according to the Financial Times``."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.antecedents import kind_of

UNNAMED = frozenset({"source", "people", "person", "insider", "report", "medium"})


def on_word_of(c: Candidate, cast: Cast) -> str | None:
    """The speaker an act is reported on, by canonical name or in the report's words; None where the outlet tells it."""
    speaker = _speaker(c)
    return _name(speaker, cast) if speaker is not None else None


def second_hand(c: Candidate, cast: Cast) -> bool:
    """Whether only another outlet or unnamed people vouch: ``the Financial Times reported``, ``sources said``."""
    speaker = _speaker(c)
    if speaker is None:
        return False
    mention = cast.mention(speaker)
    return kind_of(mention) == "media" if mention is not None else speaker.lemma_.lower() in UNNAMED


def _speaker(c: Candidate) -> Token | None:
    for saying in c.trigger.ancestors:
        if saying.lemma_.lower() in modality.SAYING and (speaker := clause.doer(saying)) is not None:
            return speaker
    for token in c.sentence:
        if token.lower_ == "according" and (to := clause.child(token, "prep")) is not None:
            return clause.child(to, "pobj")
        if token.lemma_.lower() in ("say", "report") and token.dep_ in ("ROOT", "parataxis", "ccomp"):
            speaker = clause.child(token, "nsubj")
            if speaker is not None and c.trigger in (*token.subtree, *token.head.subtree):
                return speaker
    return None


def _name(noun: Token, cast: Cast) -> str | None:
    mention = cast.mention(noun)
    if mention is not None:
        return mention.canonical
    words = targets.phrase(noun) if noun.pos_ in ("NOUN", "PROPN") else ""
    return words if len(words) > 2 else None  # "e" of "e-mails" is nobody
