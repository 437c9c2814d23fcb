"""Apps and platforms: an organisation where they act, a product where something is only told on them."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.records import EntityType, Mention

CALLED = {"app", "platform"}
ON = {"on", "via", "through", "from", "over"}
APPS = {"app", "application", "platform", "game", "service"}
LISTING = {"including", "like", "as", "include"}


def settle_platforms(doc: Doc, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """``WhatsApp said`` makes an organisation of the app; ``wrote on Twitter``, ``apps like TikTok`` a product."""
    heads: dict[str, list[Token]] = {}
    firms: set[int] = set()
    for m in found:
        actor = vocabulary.by_id().get(m.entity)
        if actor is None:
            continue
        span = doc.char_span(m.start, m.end)
        if span is None:
            continue
        if actor.type == "PRODUCT" or CALLED & set(actor.called):
            heads.setdefault(m.entity, []).append(span.root)
        elif actor.kind == "company":
            firms.add(span.root.i)
    kinds = {entity: kind for entity, tokens in heads.items() if (kind := _kind(entity, tokens, firms))}
    return tuple(replace(m, type=kinds[m.entity]) if m.entity in kinds else m for m in found) if kinds else found


def _kind(entity: str, tokens: list[Token], firms: set[int]) -> EntityType | None:
    """The type that one document gives a platform; None where the vocabulary's stands."""
    if vocabulary.by_id()[entity].type == "PRODUCT":
        return "ORG" if any(_speaks(t) or _is_listed(t, firms) for t in tokens) else None
    return "PRODUCT" if all(_is_place(t) or _is_app(t) for t in tokens) else None


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in vocabulary.descriptions().company_verbs


def _is_listed(token: Token, firms: set[int]) -> bool:
    """``Shares of Amazon, Facebook and Alphabet``: one of a list of firms."""
    return token.dep_ == "conj" and token.head.i in firms


def _is_place(token: Token) -> bool:
    """``wrote on Twitter``."""
    return token.dep_ == "pobj" and token.head.lower_ in ON


def _is_app(token: Token) -> bool:
    """``apps including TikTok``, ``the app TikTok``."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in LISTING:
        token = token.head
        return token.head.lemma_ in APPS
    return token.dep_ == "appos" and token.head.lemma_ in APPS
