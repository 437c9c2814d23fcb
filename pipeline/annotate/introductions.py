"""The name of a speaker who is only described where he speaks: told in an apposition, or further on in the report."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipeline.annotate.speech import is_cue, is_one_of, words
from pipeline.records import Mention

_AHEAD = 500  # tokens in which a report tells the name of somebody it has described
_NEXT = 250  # the same for "an official" of its first sentence
_SPOKES = ("spokesman", "spokeswoman", "spokesperson")
_VAGUE = ("official", "officer", "minister", "executive", "regulator")


def in_apposition(doc: Doc, stop: int, over: Mapping[int, Mention]) -> Mention | None:
    """``the spokesman, Lena Vogt, said``: the name after the comma at ``stop``, closed by another mark or a verb."""
    if stop + 1 >= len(doc) or doc[stop].text != ",":
        return None
    named = over.get(stop + 1)
    if named is None or named.kind != "name" or named.type not in ("PERSON", "ORG") or named.start != doc[stop + 1].idx:
        return None
    end = stop + 1
    while end < len(doc) and over.get(end) is named:
        end += 1
    closed = end >= len(doc) or doc[end].text in (",", ".") or is_cue(doc[end])
    return named if closed and (named.type == "PERSON" or end - stop > 2) else None


def after_place(doc: Doc, first: int, stop: int, over: Mapping[int, Mention]) -> Mention | None:
    """``the envoy to Britain Lena Vogt``: the person at the phrase's end, right behind another name."""
    person = over.get(stop - 1)
    if person is None or person.type != "PERSON" or person.kind != "name":
        return None
    start = stop - 1
    while start > first and over.get(start - 1) is person:
        start -= 1
    place = over.get(start - 1) if start > first else None
    return person if place is not None and place.type in ("GPE", "ORG") else None


def by_acronym(doc: Doc, first: int, stop: int, over: Mapping[int, Mention]) -> Mention | None:
    """``the disaster agency (AFAD)``: the body whose acronym follows in brackets."""
    if [t.text for t in doc[stop : stop + 3]][::2] != ["(", ")"]:
        return None
    named = over.get(stop + 1)
    body = named is not None and named.type == "ORG" and doc[stop + 1].is_upper
    return named if body and not any(is_one_of(t, "speakers") for t in doc[first:stop]) else None


def named_later(doc: Doc, head: Token, over: Mapping[int, Mention]) -> Mention | None:
    """Who "a ministry spokeswoman" is: ``the spokeswoman, Lena Vogt`` below; in the first sentence, who speaks next."""
    if head.tag_ != "NN" or not _is_new(head):
        return None
    lemma = head.lemma_.lower()
    kin = _SPOKES if lemma in _SPOKES else (lemma,)
    for i in range(head.i + 1, min(len(doc) - 2, head.i + _AHEAD)):
        if doc[i].lower_ in kin and doc[i - 1].lower_ == "the" and (named := in_apposition(doc, i + 1, over)):
            return named
    return _next_to_speak(doc, head, over) if lemma in _VAGUE and _is_lead(head) else None


def _is_new(head: Token) -> bool:
    """``a trade official``: somebody not yet told of."""
    return any(t.lower_ in ("a", "an") for t in head.lefts)


def _is_lead(head: Token) -> bool:
    """Whether the word stands in the first paragraph."""
    return not any("\n" in t.text for t in head.doc[: head.i])


def _next_to_speak(doc: Doc, head: Token, over: Mapping[int, Mention]) -> Mention | None:
    """The first to speak after the first paragraph, where a person is named."""
    for token in doc[head.sent.end : head.i + _NEXT]:
        if not is_cue(token):
            continue
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        if subject is None:
            continue
        named = over.get(subject.i)
        official = named is not None and named.type == "PERSON" and named.kind == "name" and _holds_office(subject)
        return named if official else None
    return None


def _holds_office(name: Token) -> bool:
    """``Lena Vogt, head of the patent office``, ``deputy director Lena Vogt``."""
    near = [t for t in name.subtree if t.i != name.i]
    return any(t.lemma_.lower() in words("speakers") for t in near)
