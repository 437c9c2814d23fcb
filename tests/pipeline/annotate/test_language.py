"""The model, made faster, gives every label that spaCy's own gives."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.language import Language

from pipeline.annotate.language import MODEL, load
from pipeline.annotate.lemmas import teach
from pipeline.annotate.vectors import Vectors, hasten, vectors_of

TEXT = (
    "There's a ban on chips.\n\nThe ministry said there is no plan; let's wait, it's gonna take years. Intel fell 3%."
)


def test_labels_are_those_of_the_plain_model() -> None:
    plain = spacy.load(MODEL)
    plain.add_pipe("news_layout", before="parser")
    teach(plain)

    def told(nlp: Language) -> list[tuple[object, ...]]:
        docs = nlp.pipe([TEXT, "", TEXT[::-1], "Fines rise"])
        return [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_)
            for doc in docs
            for t in doc
        ]

    assert told(load()) == told(plain)


def test_vectors_are_those_of_the_plain_model() -> None:
    plain = spacy.load(MODEL)
    model = plain.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    docs = [plain.make_doc(text) for text in (TEXT, "", "Fines rise", TEXT * 40)]
    for ours, theirs in zip(vectors_of(model)(docs), model.predict(docs), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_more_forms_than_are_kept_give_the_same_vectors() -> None:
    nlp = load()
    whole: Vectors = nlp.get_pipe("tok2vec").model.attrs["vectors"]  # type: ignore[attr-defined]
    small = Vectors(whole.columns, whole.hashed, whole.mixed, whole.layers, whole.pad, whole.table[:8].copy())
    docs = [nlp.make_doc(text) for text in ("Chips are banned.", "Fines rise in May.", TEXT)]
    for few, many in zip(small(docs), whole(docs), strict=True):
        np.testing.assert_allclose(few, many, atol=1e-5)
    assert len(small.rows) <= 8


def test_another_make_of_model_is_left_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": {"window_size": 2}})
    before = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    hasten(nlp)
    assert nlp.get_pipe("tok2vec").model is before  # type: ignore[attr-defined]
