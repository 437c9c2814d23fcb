"""The model's token vectors, computed faster: what the word alone decides is kept by word.

spaCy's small models read a token by hashed features of the word, then four times by its neighbours. The first step is
the same for every token of one form and is asked once a form. The others run over a few documents at a time, in buffers
that the processor's cache holds, with the pieces of a maxout side by side so that NumPy compares whole rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, SPACY  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

KEY = [ORTH, NORM, SPACY]  # what every feature of a token follows from
MOST = 50_000  # forms kept
TOKENS = 1_000  # tokens that are read at once
EPSILON = 1e-8  # added to the variance, as in thinc

EMBED = "extract_features>>list2ragged>>with_array(ints-getitem>>hashembed"
LAYER = "expand_window>>maxout>>layernorm>>dropout"

Floats = NDArray[np.float32]
Key = tuple[int, ...]

__all__ = ["hasten"]


@dataclass(frozen=True, slots=True)
class Layer:
    """One maxout over a token and its neighbours: weights (inputs, pieces * outputs), their bias, and the norm's."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats


@dataclass(slots=True)
class Vectors:
    """``vectors(docs)``: one array (tokens, width) a document, as the model's own layers give it."""

    columns: list[Any]
    hashed: Model[Any, Any]
    mixed: Model[Any, Any]
    layers: tuple[Layer, ...]
    pad: int
    table: Floats
    rows: dict[Key, int] = field(default_factory=dict)

    def __call__(self, docs: list[Doc]) -> list[Floats]:
        """The vectors, document by document."""
        return [found for group in groups(docs) for found in self._read([self._embed(doc) for doc in group])]

    def _embed(self, doc: Doc) -> Floats:
        """The words' own vectors, those of new forms asked together."""
        keys = list(zip(*doc.to_array(KEY).T.tolist(), strict=True))
        new = {key: i for i, key in enumerate(keys) if key not in self.rows}
        if len(self.rows) + len(new) > len(self.table):
            self.rows.clear()
            new = {key: i for i, key in enumerate(keys)}
        if len(new) > len(self.table):
            return self._ask(doc.to_array(self.columns))
        if new:
            begin = len(self.rows)
            asked = doc.to_array(self.columns)[list(new.values())]
            self.table[begin : begin + len(new)] = self._ask(asked)
            self.rows.update(zip(new, count(begin)))
        found: Floats = self.table[[self.rows[key] for key in keys]]
        return found

    def _ask(self, features: NDArray[Any]) -> Floats:
        found: Floats = self.mixed.predict(self.hashed.predict(np.ascontiguousarray(features)))
        return found

    def _read(self, words: list[Floats]) -> list[Floats]:
        """The vectors after every layer; rows of zeros keep the documents apart, as in the model."""
        width, size = self.table.shape[1], sum(map(len, words)) + self.pad * (len(words) + 1)
        framed = np.zeros((size + 2, width), dtype="float32")  # a row of zeros more at either end
        places, at = [], 1 + self.pad
        for found in words:
            framed[at : at + len(found)] = found
            places.append(slice(at, at + len(found)))
            at += len(found) + self.pad
        around = np.empty((size, 3 * width), dtype="float32")
        pieces = np.empty((size, self.layers[0].weights.shape[1]), dtype="float32")
        for layer in self.layers:
            for side in range(3):
                around[:, side * width : (side + 1) * width] = framed[side : side + size]
            np.dot(around, layer.weights, out=pieces)
            framed[1:-1] += normal(best(pieces, layer, width), layer)
        return [framed[place] for place in places]


def best(pieces: Floats, layer: Layer, width: int) -> Floats:
    """The greatest piece of each output, in the first columns of ``pieces``."""
    pieces += layer.bias
    top = pieces[:, :width]
    for begin in range(width, pieces.shape[1], width):
        np.maximum(top, pieces[:, begin : begin + width], out=top)
    return top


def normal(rows: Floats, layer: Layer) -> Floats:
    """Each row with mean 0 and variance 1, then scaled and shifted; in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(rows.shape[1])
    rows *= (variance + np.float32(EPSILON)) ** np.float32(-0.5)
    rows *= layer.scale
    rows += layer.shift
    return rows


def groups(docs: list[Doc]) -> Iterator[list[Doc]]:
    """Neighbouring documents, together about TOKENS long."""
    group: list[Doc] = []
    size = 0
    for doc in docs:
        if group and size + len(doc) > TOKENS:
            yield group
            group, size = [], 0
        group.append(doc)
        size += len(doc)
    if group:
        yield group


def layer_of(residual: Model[Any, Any]) -> Layer:
    """The weights of one layer, the pieces of its maxout put side by side."""
    maxout, norm = (next(n for n in residual.walk() if n.name == name) for name in ("maxout", "layernorm"))
    held = ((maxout, "W"), (maxout, "b"), (norm, "G"), (norm, "b"))
    weights, bias, scale, shift = (np.asarray(node.get_param(name), dtype="float32") for node, name in held)
    side_by_side = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])  # from outputs, pieces, inputs
    return Layer(np.ascontiguousarray(side_by_side.T), bias.T.reshape(-1), scale, shift)


def is_known(model: Model[Any, Any]) -> bool:
    """Whether a model is the make that is computed here: hashed features, then layers over three tokens each."""
    if len(model.layers) != 2 or not model.layers[0].name.startswith(EMBED) or len(model.layers[0].layers) != 5:
        return False
    encode = model.layers[1]
    layers = [layer.name for layer in encode.layers[0].layers] if encode.name.startswith("with_array(") else []
    windows = {node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"}
    return bool(layers) and set(layers) == {f"residual({LAYER})"} and windows == {1}


def vectors_of(model: Model[Any, Any]) -> Vectors:
    """The same vectors from a known model's weights."""
    extract, _, hashed, mixed, _ = model.layers[0].layers
    encode = model.layers[1]
    layers = tuple(layer_of(layer) for layer in encode.layers[0].layers)
    table = np.empty((MOST, model.get_dim("nO")), dtype="float32")
    return Vectors(list(extract.attrs["columns"]), hashed, mixed, layers, encode.attrs["pad"], table)


def forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:
    """The layer's step for thinc; it reads and does not learn."""
    if is_train:
        raise NotImplementedError("the quick token vectors are for reading; train spaCy's own model")
    return model.attrs["vectors"](docs), lambda gradient: gradient


def quick(model: Model[Any, Any]) -> Model[Any, Any]:
    """A model that gives what ``model`` gives."""
    return Model("token_vectors", forward, dims={"nO": model.get_dim("nO")}, attrs={"vectors": vectors_of(model)})


def hasten(nlp: Language) -> None:
    """Put the quick vectors in the place of every known model, of the pipeline's own and of those within components."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if not isinstance(model, Model):
            continue
        if is_known(model):
            component.model = quick(model)  # type: ignore[attr-defined]
            continue
        for node in [node for node in model.walk() if is_known(node)]:
            model.replace_node(node, quick(node))
