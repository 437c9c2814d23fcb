"""Parts of speech, morphology and lemmas, kept by word, tag and dependency: they follow from these three.

spaCy's attribute ruler and lemmatizer ask the same of every token anew. Here each is asked once for each kind of token,
a document's new kinds together. Where a rule over several tokens matches, they are asked about these words anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

GIVEN = [ORTH, TAG, DEP]
MADE = [TAG, POS, MORPH, LEMMA, DEP]
MOST = 200_000  # kinds of tokens kept
REACH = 1  # tokens beside a match that another match can share with it: the rules span two

Key = tuple[int, int, int]

__all__ = ["remember"]


@dataclass(slots=True)
class Attributes:
    """The two components as one: ``attributes(doc)`` is ``lemmatizer(ruler(doc))``."""

    ruler: AttributeRuler
    single: AttributeRuler  # its patterns over one token: beside each other words of different texts stay apart
    lemmatizer: Lemmatizer
    several: Matcher  # the ruler's patterns over more than one token
    known: dict[Key, tuple[int, ...]] = field(default_factory=dict)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate in place."""
        if not len(doc):
            return doc
        keys = list(zip(*doc.to_array(GIVEN).T.tolist(), strict=True))
        known = self.known
        new = {key: i for i, key in enumerate(keys) if key not in known}
        if len(known) + len(new) > MOST:
            known.clear()
            new = {key: i for i, key in enumerate(keys)}
        if new:
            known.update(zip(new, self._ask(self.single, doc, list(new.values())), strict=True))
        rows = [known[key] for key in keys]
        for span in self.several(doc, allow_missing=True, as_spans=True):
            start, end = max(span.start - REACH, 0), min(span.end + REACH, len(doc))
            asked = self._ask(self.ruler, doc, range(start, end))
            rows[span.start : span.end] = asked[span.start - start : span.end - start]
        made: Any = np.array(rows, dtype="uint64")
        return doc.from_array(MADE, made)

    def _ask(self, ruler: AttributeRuler, doc: Doc, places: Sequence[int]) -> list[tuple[int, ...]]:
        tokens = [doc[i] for i in places]
        alone = Doc(
            doc.vocab,
            words=[t.text for t in tokens],
            tags=[t.tag_ for t in tokens],
            heads=list(range(len(tokens))),
            deps=[t.dep_ for t in tokens],
        )
        rows: list[list[int]] = self.lemmatizer(ruler(alone)).to_array(MADE).tolist()
        return [tuple(row) for row in rows]


@Language.factory("attributes", assigns=["token.pos", "token.morph", "token.lemma"])
def make_attributes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component for a pipeline that has both others."""
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    single, several = AttributeRuler(nlp.vocab), Matcher(nlp.vocab)
    for number, rule in enumerate(ruler.patterns):
        if patterns := [pattern for pattern in rule["patterns"] if len(pattern) == 1]:
            single.add_patterns([{**rule, "patterns": patterns}])
        if patterns := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
            several.add(str(number), patterns)
    return Attributes(ruler, single, lemmatizer, several)


def remember(nlp: Language) -> None:
    """Put the one component in the place of the two, where a pipeline has both side by side."""
    at = {name: place for place, name in enumerate(nlp.pipe_names)}
    if at.get("lemmatizer", 0) - at.get("attribute_ruler", 0) != 1 or "attribute_ruler" not in at:
        return
    nlp.add_pipe("attributes", before="attribute_ruler")
    nlp.disable_pipe("attribute_ruler")
    nlp.disable_pipe("lemmatizer")
