"""The model, made faster, gives every label that spaCy's own gives."""

from __future__ import annotations

import spacy

from pipeline.annotate.language import MODEL, load
from pipeline.annotate.lemmas import teach

TEXT = (
    "There's a ban on chips.\n\nThe ministry said there is no plan; let's wait, it's gonna take years. Intel fell 3%."
)


def test_labels_are_those_of_the_plain_model() -> None:
    plain = spacy.load(MODEL)
    plain.add_pipe("news_layout", before="parser")
    teach(plain)

    def told(nlp: spacy.Language) -> list[tuple[object, ...]]:
        docs = nlp.pipe([TEXT, "", TEXT[::-1], "Fines rise"])
        return [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
            for doc in docs
            for t in doc
        ]

    assert told(load()) == told(plain)
