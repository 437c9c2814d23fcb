"""Every word of the vocabulary is found again by its forms."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from pipeline.annotate.language import load
from pipeline.annotate.lemmas import nouns, plural, verbs


def lemma(form: str, pos: str) -> str:
    nlp = load()
    doc = Doc(nlp.vocab, words=[form], pos=[pos])
    return nlp.get_pipe("lemmatizer").rule_lemmatize(doc[0])[0]


@pytest.mark.parametrize(
    ("form", "word"),
    [("fined", "fine"), ("fines", "fine"), ("fining", "fine"), ("greenlighted", "greenlight"), ("barred", "bar")],
)
def test_a_verb_is_found_by_its_forms(form: str, word: str) -> None:
    assert lemma(form, "VERB") == word


def test_every_verb_is_found_in_the_third_person() -> None:
    assert {verb for verb in verbs() if lemma(plural(verb), "VERB") != verb} <= {"jointly"}


def test_every_noun_is_found_by_its_plural() -> None:
    singular = {noun for noun in nouns() if not noun.endswith("s")}
    assert {noun for noun in singular if lemma(plural(noun), "NOUN") != noun} == set()


def test_a_sentence_profits() -> None:
    (doc,) = load().pipe(["The regulator fined the bank and taxed its profits."])
    assert [t.lemma_ for t in doc if t.pos_ == "VERB"] == ["fine", "tax"]
