"""A parse as columns: one plain list an attribute, made once a document; a loop over tokens costs half as much."""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.strings import StringStore
from spacy.tokens import Doc

__all__ = ["deps", "lemmas", "lowers", "offsets", "pos", "starts", "tags", "texts"]


class Names(dict[int, str]):
    """The strings behind their ids, each looked up once a process."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> str:
        name = self[key] = self._strings[key]
        return name


@cache
def names_of(strings: StringStore) -> Names:
    """The strings of one pipeline."""
    return Names(strings)


def strings_of(doc: Doc, attribute: str) -> list[str]:
    """The attribute of every token, as text."""
    kept = f"column {attribute}"
    found: list[str] | None = doc.user_data.get(kept)
    if found is None:
        names = names_of(doc.vocab.strings)
        found = doc.user_data[kept] = list(map(names.__getitem__, doc.to_array(attribute).tolist()))
    return found


def numbers_of(doc: Doc, attribute: str) -> list[Any]:
    """The attribute of every token, as a number."""
    kept = f"column {attribute}"
    found: list[Any] | None = doc.user_data.get(kept)
    if found is None:
        found = doc.user_data[kept] = doc.to_array(attribute).tolist()
    return found


def texts(doc: Doc) -> list[str]:
    """The printed form of every token."""
    return strings_of(doc, "ORTH")


def lowers(doc: Doc) -> list[str]:
    """The forms in lower case."""
    return strings_of(doc, "LOWER")


def lemmas(doc: Doc) -> list[str]:
    """The lemmas."""
    return strings_of(doc, "LEMMA")


def pos(doc: Doc) -> list[str]:
    """The universal parts of speech."""
    return strings_of(doc, "POS")


def tags(doc: Doc) -> list[str]:
    """The fine tags."""
    return strings_of(doc, "TAG")


def deps(doc: Doc) -> list[str]:
    """The dependency labels."""
    return strings_of(doc, "DEP")


def offsets(doc: Doc) -> list[int]:
    """Where each token begins in the text."""
    return numbers_of(doc, "IDX")


def starts(doc: Doc) -> list[bool]:
    """Whether each token begins a sentence."""
    return [mark == 1 for mark in numbers_of(doc, "SENT_START")]
