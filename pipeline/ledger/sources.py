"""Who a report has it from: reprints and attribution chains folded, so that sources counted are independent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline import vocabulary
from pipeline.ledger.match import Filed
from pipeline.ledger.words import ledger_words


def origins(filed: Iterable[Filed]) -> tuple[str, ...]:
    """For each report of one act, in order, whom it has it from in the end: an outlet, or other media by name.

    An article that credits an agency, or tells the act on the word of another outlet, has it from there; where that
    outlet's own reports all rest on others ("state media said"), from those. An outlet with one report of its own,
    or on the word of a person or body, is a source.
    """
    told = list(filed)
    first = [_origin(item) for item in told]
    rests: dict[str, str] = {}
    for item, origin in zip(told, first, strict=True):
        source = item.report.source
        if origin == source or rests.get(source) == source:
            rests[source] = source
        else:
            rests.setdefault(source, origin)
    return tuple(
        _end(rests.get(origin, origin) if origin == item.report.source else origin, rests)
        for item, origin in zip(told, first, strict=True)
    )


def _origin(item: Filed) -> str:
    source = item.report.source
    if item.agency and (agency := medium(item.agency)):
        return agency
    on_word_of = item.report.mention.on_word_of
    return (medium(on_word_of) if on_word_of else None) or source


def _end(origin: str, rests: dict[str, str]) -> str:
    seen: set[str] = set()
    while origin in rests and rests[origin] != origin and origin not in seen:
        seen.add(origin)
        origin = rests[origin]
    return origin


def medium(name: str) -> str | None:
    """The key of a news organisation named as a source ("Reuters" -> reuters), or of media as a kind; else None."""
    plain = name.casefold().strip()
    if known := _media().get(plain):
        return known
    words = set(re.findall(r"[a-z]+", plain))
    return re.sub(r"[^a-z]+", "_", plain).strip("_") if words & ledger_words().media else None


@cache
def _media() -> dict[str, str]:
    agencies = vocabulary.read("agencies.yml", list[list[str]])
    found = {name.casefold(): re.sub(r"\W+", "_", group[0].casefold()) for group in agencies for name in group}
    for actor in vocabulary.actors():
        if actor.kind == "media":
            key = re.sub(r"\W+", "_", actor.name.casefold().removeprefix("the ").strip())
            found |= {name.casefold(): found.get(name.casefold(), key) for name in (actor.name, *actor.aliases)}
    return found
