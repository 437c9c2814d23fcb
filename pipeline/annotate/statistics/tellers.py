"""Who can give a figure: people, bodies and their writings; not a bill that will add to a debt, nor an improvement."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.attribution import Names, Speaker
from pipeline.annotate.noun_phrases import noun_of
from pipeline.annotate.speech import words

_MUTE_KINDS = frozenset(("app", "law"))
_MUTE_TYPES = frozenset(("LAW", "PRODUCT", "EVENT"))


@cache
def _tellers() -> frozenset[str]:
    """Nouns for those who can give a figure."""
    told = vocabulary.descriptions()
    kinds = (nouns for kind, nouns in told.kinds.items() if kind not in _MUTE_KINDS)
    people = vocabulary.names().person_nouns | told.state_plurals | told.legislature_plurals
    own = words("speakers") | words("works") | words("writings") | words("tellers")
    return own.union(people, vocabulary.names().government_words, *kinds, *told.plural.values())


def can_tell(doc: Doc, names: Names, speaker: Speaker, stop: int) -> bool:
    """Whether the speaker, read from the tokens from its head up to ``stop``, is one who gives figures."""
    if speaker.entity is not None:
        return not any(m.entity == speaker.entity and m.type in _MUTE_TYPES for m in names.mentions)
    noun = noun_of(doc, speaker.head, stop)
    if noun is None:
        return False
    return noun.pos_ == "PROPN" or noun.lower_ in _tellers() or noun.lemma_.lower() in _tellers()
