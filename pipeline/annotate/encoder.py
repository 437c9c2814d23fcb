"""The model's word vectors, computed faster: the same layers and weights, each word's own part kept.

spaCy's tok2vec hashes and mixes a word's features anew wherever it stands, then looks at its neighbours in layers of
convolution. What depends on the word alone is kept here by word. The layers run over some 1,500 tokens at a time,
which fit a core's cache, and their products go through NumPy, whose matrix library is faster than the wheel's BLIS.
Sums are taken in another order: vectors differ in the seventh digit. ``benchmarks/nlp.py`` counts differing labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, SPACY  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

BLOCK = 1_500  # tokens a pass
MOST = 50_000  # words kept, 400 bytes each
RESIDUAL = "residual(expand_window>>maxout>>layernorm>>dropout)"

Floats = NDArray[np.float32]
Ints = NDArray[np.uint64]
Node = Model[Any, Any]

__all__ = ["quicken"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A maxout and its normalisation; the last row of ``weights`` (inputs + 1, pieces x width) is the bias."""

    weights: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, node: Node) -> Layer:
        """The layer whose parameters stand under ``node``."""
        nodes: dict[str, Any] = {inner.name: inner for inner in node.walk()}
        maxout, norm = nodes["maxout"], nodes["layernorm"]
        whole = np.concatenate([maxout.get_param("W"), maxout.get_param("b")[:, :, None]], axis=2)
        by_piece = whole.transpose(2, 1, 0)  # inputs + 1, pieces, width
        return cls(np.ascontiguousarray(by_piece.reshape(len(by_piece), -1)), norm.get_param("G"), norm.get_param("b"))

    def __call__(self, inputs: Floats) -> Floats:
        """(tokens, inputs + 1), the last column ones -> (tokens, width)."""
        width = len(self.scale)
        pieces = inputs @ self.weights
        best = pieces[:, :width].copy()
        for start in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, start : start + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-8)
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self.scale
        best += self.shift
        return best


@dataclass(slots=True)
class Lexicon:
    """Vectors of words before their neighbours are looked at; a word is its form, its norm and the space behind it."""

    columns: list[int | str]
    mix: tuple[Node, ...]  # spaCy's own layers, features -> vectors, for words not met before
    vectors: Floats
    rows: dict[int, int] = field(default_factory=dict)

    def vectors_of(self, docs: list[Doc]) -> Floats:
        """(tokens of all docs, width)."""
        keys = word_keys(docs)
        if new := {key: n for n, key in enumerate(keys) if key not in self.rows}:
            if len(self.rows) + len(new) > MOST:
                self.rows.clear()
                new = {key: n for n, key in enumerate(keys)}
            self._learn(docs, new)
        rows = self.rows
        return self.vectors[[rows[key] for key in keys]]

    def _learn(self, docs: list[Doc], new: dict[int, int]) -> None:
        made: Any = columns_of(docs, self.columns)[list(new.values())]
        for layer in self.mix:
            made = layer.predict(made)
        begin, end = len(self.rows), len(self.rows) + len(new)
        if end > len(self.vectors):
            room = np.zeros((max(end, 2 * len(self.vectors)), made.shape[1]), np.float32)
            room[:begin] = self.vectors[:begin]
            self.vectors = room
        self.vectors[begin:end] = made
        self.rows.update(zip(new, range(begin, end), strict=True))


def columns_of(docs: list[Doc], columns: list[int | str]) -> Ints:
    """(tokens of all docs, columns)."""
    return np.concatenate([doc.to_array(columns) for doc in docs])


def word_keys(docs: list[Doc]) -> list[int]:
    """A number a token, equal where form, norm and following space are."""
    form, norm, space = columns_of(docs, [ORTH, NORM, SPACY]).T
    odd = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio's digits: spreads what is nearly equal
    keys: list[int] = (form ^ ((norm ^ (space + np.uint64(1)) * odd) * odd)).tolist()
    return keys


@dataclass(slots=True)
class Encoder:
    """Docs -> their vectors, as spaCy's tok2vec node makes them."""

    lexicon: Lexicon
    layers: tuple[Layer, ...]
    pad: int  # rows of zeros between two docs
    width: int

    @classmethod
    def of(cls, node: Node) -> Encoder:
        """The encoder with a tok2vec node's weights."""
        features, _, *mix, _ = node.get_ref("embed").layers
        encode = node.get_ref("encode")
        width = node.get_dim("nO")
        lexicon = Lexicon(features.attrs["columns"], tuple(mix), np.zeros((1024, width), np.float32))
        return cls(lexicon, tuple(Layer.of(n) for n in encode.layers[0].layers), encode.attrs["pad"], width)

    def __call__(self, node: Node, docs: list[Doc], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:
        """The forward pass of a thinc node; there is no way back."""
        if is_train:
            raise NotImplementedError("the quickened model only predicts")
        return [vectors for block in blocks(docs) for vectors in self._encode(block)], lambda gradient: gradient

    def _encode(self, docs: list[Doc]) -> list[Floats]:
        lengths = [len(doc) for doc in docs]
        ends = np.cumsum([n + self.pad for n in lengths])
        places = [slice(end - n, end) for end, n in zip(ends.tolist(), lengths, strict=True)]
        x = np.zeros((ends[-1] + self.pad, self.width), np.float32)
        x[np.concatenate([np.arange(p.start, p.stop) for p in places])] = self.lexicon.vectors_of(docs)
        w = self.width
        window = np.zeros((len(x), 3 * w + 1), np.float32)  # before, itself, after, one
        window[:, -1] = 1
        for layer in self.layers:
            window[1:, :w], window[:, w : 2 * w], window[:-1, 2 * w : 3 * w] = x[:-1], x, x[1:]
            x += layer(window)
        return [x[place] for place in places]


def blocks(docs: list[Doc]) -> Iterator[list[Doc]]:
    """Docs together until they hold ``BLOCK`` tokens; a longer one alone."""
    block: list[Doc] = []
    size = 0
    for doc in docs:
        if block and size + len(doc) > BLOCK:
            yield block
            block, size = [], 0
        block.append(doc)
        size += len(doc)
    if block:
        yield block


def is_known(node: Node) -> bool:
    """Whether a node is a tok2vec of the make that ``Encoder`` follows: hashed words, windows of three."""
    if not (node.has_ref("embed") and node.has_ref("encode")):
        return False
    names = [layer.name for layer in node.get_ref("embed").layers]
    encode = node.get_ref("encode")
    return (
        len(names) == 5
        and names[:2] == ["extract_features", "list2ragged"]
        and names[4] == "ragged2list"
        and "pad" in encode.attrs
        and all(layer.name == RESIDUAL for layer in encode.layers[0].layers)
        and all(n.attrs["window_size"] == 1 for n in encode.walk() if n.name == "expand_window")
    )


def quicken(nlp: Language) -> None:
    """Put encoders in place of the pipeline's tok2vec nodes; what is of another make stays as it is."""
    ops = NumpyOps(use_blis=False)
    pipes: list[Any] = [pipe for _, pipe in nlp.pipeline]
    for pipe in pipes:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model):
            continue
        for node in model.walk():
            node.ops = ops
        for old in [node for node in model.walk() if is_known(node)]:
            encoder = Encoder.of(old)
            new: Node = Model("quick_tok2vec", encoder, dims={"nO": encoder.width})
            if old is model:
                pipe.model = new
            else:
                model.replace_node(old, new)
