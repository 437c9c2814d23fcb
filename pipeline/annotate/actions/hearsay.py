"""On whose word an act is told: ``the ministry said``, ``according to the Financial Times``."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions import clause, modality, targets
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.candidate import Candidate


def on_word_of(c: Candidate, cast: Cast) -> str | None:
    """The speaker an act is reported on, by canonical name or in the report's words; None where the outlet tells it."""
    for saying in c.trigger.ancestors:
        if saying.lemma_.lower() in modality.SAYING and (speaker := clause.doer(saying)) is not None:
            return _name(speaker, cast)
    for token in c.sentence:
        if token.lower_ == "according" and (to := clause.child(token, "prep")) is not None:
            noun = clause.child(to, "pobj")
            return _name(noun, cast) if noun is not None else None
        if token.lemma_.lower() in ("say", "report") and token.dep_ in ("ROOT", "parataxis", "ccomp"):
            speaker = clause.child(token, "nsubj")
            if speaker is not None and c.trigger in (*token.subtree, *token.head.subtree):
                return _name(speaker, cast)
    return None


def _name(noun: Token, cast: Cast) -> str | None:
    mention = cast.mention(noun)
    if mention is not None:
        return mention.canonical
    words = targets.phrase(noun) if noun.pos_ in ("NOUN", "PROPN") else ""
    return words if len(words) > 2 else None  # "e" of "e-mails" is nobody
