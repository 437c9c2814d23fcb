"""Names the vocabulary lacks: what the statistical model found, cleaned, and the shapes of laws and events."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.gazetteer import Hit
from pipeline.annotate.known import mention
from pipeline.records import EntityType, Mention
from pipeline.vocabulary import slug

LABELS: dict[str, EntityType] = {"ORG": "ORG", "PERSON": "PERSON", "LAW": "LAW", "EVENT": "EVENT", "PRODUCT": "PRODUCT"}


def complete(doc: Doc, known: tuple[Mention, ...], hits: tuple[Hit, ...]) -> tuple[Mention, ...]:
    """``known`` and the model's further names, in text order."""
    words = vocabulary.names()
    taken = {i for h in hits for i in range(h.start, h.end)}
    found = list(known)
    for ent in doc.ents:
        kind = LABELS.get(ent.label_)
        if kind is None or taken & set(range(ent.start, ent.end)) or ent.text in words.not_names:
            continue
        found.append(mention(doc, ent.start, ent.end, ent.text, kind, slug(ent.text), "model", None))
    return tuple(sorted(found, key=lambda m: m.start))
