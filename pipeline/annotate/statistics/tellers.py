"""Who can give a figure: people, bodies, their writings and rules; not an improvement, nor a share."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.attribution import Names, Speaker
from pipeline.annotate.speech import words

_MUTE_TYPES = frozenset(("PRODUCT", "EVENT"))


@cache
def _tellers() -> frozenset[str]:
    """Nouns for those who can give a figure."""
    told = vocabulary.descriptions()
    kinds = (nouns for kind, nouns in told.kinds.items() if kind != "app")
    people = vocabulary.names().person_nouns | told.state_plurals | told.legislature_plurals
    rules = vocabulary.names().legal_nouns | vocabulary.names().government_words | {"guideline"}
    own = words("speakers") | words("works") | words("writings") | words("tellers")
    return own.union(people, rules, *kinds, *told.plural.values())


def can_tell(doc: Doc, names: Names, speaker: Speaker, stop: int) -> bool:
    """Whether the speaker, read from the tokens from its head up to ``stop``, is one who gives figures."""
    if speaker.entity is not None:
        return not any(m.entity == speaker.entity and m.type in _MUTE_TYPES for m in names.mentions)
    for token in doc[speaker.head : stop]:
        if token.pos_ == "ADP" and token.i > speaker.head:
            break
        if (token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME")) or {
            token.lower_,
            token.lemma_.lower(),
        } & _tellers():
            return True
    return False
