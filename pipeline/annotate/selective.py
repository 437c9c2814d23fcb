"""The quick way of reading: only sentences that may tell an act are parsed and searched for names by the model.

Every word keeps its tag and lemma. The chosen sentences of a text are parsed as one document of their own, with the
token vectors of the whole; the result is put back in its place. A sentence left out is flat: each word hangs on the
first. Short texts, titles among them, are parsed whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    NORM,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)  # fmt: skip
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

from pipeline.annotate.columns import texts

SHORT = 60  # tokens
MOST = 0.8  # of a text: where more is chosen, to take it apart costs more than it saves
TOLD = [HEAD, DEP, TAG, POS, MORPH, LEMMA, ENT_TYPE, ENT_IOB]
OUTSIDE = 2  # as ENT_IOB
ROOT, FLAT = get_string_id("ROOT"), get_string_id("dep")
FULL_STOP, BLANK = get_string_id("."), get_string_id("_SP")
ENDS = [get_string_id(mark) for mark in (".", "!", "?")]
CLOSERS = [get_string_id(mark) for mark in ('"', "”", "’", "'", "''", ")", "]")]

Places = NDArray[np.int64]
Choose = Callable[[Doc, Places], NDArray[np.bool_]]

__all__ = ["read_promising", "stretches"]


def stretches(doc: Doc) -> Places:
    """Where a tagged text's sentences begin, by its marks alone: no later than the parser would begin one."""
    if not len(doc):
        return np.zeros(0, dtype="int64")
    words, tags, given, spaced = doc.to_array([ORTH, TAG, SENT_START, SPACY]).T
    ends = (tags == FULL_STOP) & np.isin(words, ENDS)
    joined = np.isin(words, CLOSERS) & ~np.roll(spaced, 1).astype(bool) | (tags == BLANK)
    begins = given == 1
    begins[0] = True
    for at in ends.nonzero()[0].tolist():
        after = at + 1
        while after < len(doc) and joined[after]:
            after += 1
        if after < len(doc):
            begins[after] = True
    found: Places = begins.nonzero()[0]
    return found


@dataclass(slots=True)
class Selective:
    """``selective(doc)`` in place of parser, attributes and names, for the sentences that ``choose`` lets through."""

    stages: tuple[Any, ...]
    choose: Choose

    def __call__(self, doc: Doc) -> Doc:
        """Annotate in place."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate a stream in place; those of a batch are parsed together."""
        stream = iter(docs)
        while group := list(islice(stream, batch_size)):
            chosen = [self._part(doc) for doc in group]
            parts = [part for part, _ in chosen if len(part)]
            for stage in self.stages:
                parts = list(stage.pipe(parts, batch_size=batch_size) if hasattr(stage, "pipe") else map(stage, parts))
            for doc, (part, places) in zip(group, chosen, strict=True):
                if part is not doc:
                    _put_back(doc, part, places)
            yield from group

    def _part(self, doc: Doc) -> tuple[Doc, Places]:
        """The chosen sentences as a document, and the place of each of its tokens in the whole."""
        everything = np.arange(len(doc))
        if len(doc) <= SHORT:
            return doc, everything
        begins = stretches(doc)
        lengths = np.diff(begins, append=len(doc))
        places = everything[np.repeat(self.choose(doc, begins), lengths)]
        if len(places) > MOST * len(doc):
            return doc, everything
        return _extract(doc, places), places


def _extract(doc: Doc, places: Places) -> Doc:
    """The tokens at these places as a document; a sentence begins wherever something was left out before."""
    words, spaces = texts(doc), doc.to_array(SPACY)[places].astype(bool).tolist()
    part = Doc(doc.vocab, words=[words[i] for i in places.tolist()], spaces=spaces)
    if not len(part):
        return part
    rows: Any = doc.to_array([NORM, TAG, SENT_START])[places]
    rows[1:, 2][np.diff(places) > 1] = 1
    part.from_array([NORM, TAG, SENT_START], rows)
    part.tensor = doc.tensor[places]
    return part


def _put_back(doc: Doc, part: Doc, places: Places) -> None:
    """Write what was read of a part into the whole; the rest is flat."""
    begins = stretches(doc)
    rows: Any = doc.to_array(TOLD)
    everything = np.arange(len(doc))
    heads = np.repeat(begins, np.diff(begins, append=len(doc)))
    rows[:, 1] = FLAT
    rows[begins, 1] = ROOT
    rows[:, 6:] = 0, OUTSIDE
    if len(part):
        told = part.to_array(TOLD)
        rows[places] = told
        heads[places] = places[np.arange(len(part)) + told[:, 0].astype("int64")]
    rows[:, 0] = (heads - everything).astype("uint64")
    doc.from_array(TOLD, rows)


@Language.factory("selective", assigns=["token.dep", "token.head", "doc.ents"])
def make_selective(nlp: Language, name: str) -> Selective:
    """The component for a pipeline that has parser, attributes and names."""
    from pipeline.annotate.actions.promising import promising

    return Selective(tuple(nlp.get_pipe(pipe) for pipe in ("parser", "attributes", "ner")), promising)


def read_promising(nlp: Language) -> None:
    """Put the one component in the place of parser and names; attributes come first, for the lemmas they give."""
    nlp.add_pipe("selective", last=True)
    for name in ("parser", "ner"):
        nlp.disable_pipe(name)
