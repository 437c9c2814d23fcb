"""People who act by their office: judges, ministers, governors, as the text or the vocabulary knows them."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.annotate.actions.lexicon import word_set
from pipeline.records import Mention

TITLES = word_set("official_titles")
SHARED_TITLES = frozenset({"president", "director", "chairman", "chair", "representative", "attorney"})  # of firms too
JUDGES = frozenset({"judge", "justice", "magistrate"})
KINDS = frozenset({"official", "leader", "person", "politician", "judge"})
BEFORE = 5  # tokens up to a name in which its title may stand


def judges(doc: Doc, mentions: Mapping[int, Mention]) -> frozenset[str]:
    """Entities of people named right after ``Judge`` or ``Justice``."""
    titles = [t for t in doc[:-1] if t.lemma_.lower() in JUDGES]
    after = [m for t in titles for n in (t.i, t.i + 1) if (m := mentions.get(n)) and m.type == "PERSON"]
    return frozenset(m.entity for m in after if m.kind == "name")  # "the judge" may be anybody's


def titled(doc: Doc, mentions: Mapping[int, Mention]) -> frozenset[str]:
    """Entities of people who have an office beside their name, anywhere in the text."""
    return frozenset(
        mention.entity
        for i, mention in mentions.items()
        if mention.type == "PERSON" and mention.kind == "name" and _has_title(doc, i, TITLES - SHARED_TITLES)
    )


def is_official(token: Token, mention: Mention, known: frozenset[str]) -> bool:
    """A listed leader with a state, or somebody with an office beside the name, here or where the text names them."""
    if any(t.lemma_.lower() in ("founder", "ceo") for t in token.doc[max(0, token.i - 3) : token.i]):
        return False
    listed = vocabulary.by_id().get(mention.entity)
    if listed is not None:
        return listed.kind in KINDS and listed.by is None
    return mention.entity in known or _has_title(token.doc, token.i, TITLES)


def _has_title(doc: Doc, at: int, titles: frozenset[str]) -> bool:
    return any(t.lemma_.lower() in titles for t in doc[max(0, at - BEFORE) : at + 1])
