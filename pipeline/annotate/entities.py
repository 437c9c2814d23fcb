"""Names in an article: vocabulary first, then shapes, then what the statistical model adds."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.annotate.countries import place_country
from pipeline.annotate.known import read_hits
from pipeline.annotate.places import place_codes, read_places
from pipeline.annotate.salience import indexed, indexed_titles
from pipeline.annotate.text import Text
from pipeline.annotate.unknown import complete
from pipeline.records import Mention

CREDITS = ("Photo", "Reporting by", "Editing by", "Additional reporting", "Writing by", "File photo", "With assistance")

OPENING = re.compile(
    r"\s*(?P<place>[A-Z][A-Z'’.]+(?:[ /][A-Z][A-Z'’.]+){0,3})(?:, ?[A-Z][a-z]+\.?)?"
    r"(?P<told>,? ?[A-Z][a-z]{2,8}\.? \d{1,2}|,? ?\([\w .]{2,30}\))* ?(?:--?|[–—:])\s"
)

__all__ = ["export_entities", "find_entities", "find_title_entities"]


def is_apart(line: str) -> bool:
    """Whether a line is a credit or a heading in capitals: ``(Reporting by …)``, ``… Photo: VCG``, ``WHO PAYS``."""
    head = line.lstrip("(—-– ")
    return head.startswith(CREDITS) or " Photo: " in line or (line.isupper() and " " in line.strip())


def opening(text: str) -> int:
    """Where the report begins behind a head of another make: ``AP - ``, ``DAKAR (CBS.MW) -- ``, ``ACCRA, Oct 23: ``."""
    head = OPENING.match(text[:120])
    if not head or not (head["told"] or head["place"] in ("AP", "AFP") or place_country(head["place"])):
        return 0
    return head.end()


def in_report(text: Text, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without what stands in the dateline, in a credit line or in a heading in capitals."""
    apart, start = [], 0
    for line in text.article.text.splitlines(keepends=True):
        if is_apart(line):
            apart.append((start, start + len(line)))
        start += len(line)
    begins = text.article.dateline.end if text.article.dateline else opening(text.article.text)
    return tuple(m for m in found if m.start >= begins and not any(a <= m.start < b for a, b in apart))


@lru_cache(maxsize=8)
def find_entities(text: Text) -> tuple[Mention, ...]:
    """All names in the text, in order, each with its entity."""
    hits, _, cues = read_places(text)
    known = in_report(text, tuple(read_hits(text.doc, hits, cues)))
    return in_report(text, complete(text.doc, known, place_codes(text)))


def find_title_entities(text: Text) -> tuple[Mention, ...]:
    """All names in the title, in order; offsets into the title. Unlisted names are those that the text knows."""
    _, hits, cues = read_places(text)
    known = tuple(read_hits(text.title, hits, cues))
    title, taken = text.article.title, {i for m in known for i in range(m.start, m.end)}
    more: dict[int, Mention] = {}
    for m in find_entities(text):
        at = title.find(m.text)
        if m.method not in {"vocabulary", "capital"} and at >= 0 and taken.isdisjoint(range(at, at + len(m.text))):
            more.setdefault(at, replace(m, start=at, end=at + len(m.text)))
    return tuple(sorted((*known, *more.values()), key=lambda m: m.start))


def export_entities(text: Text, mentions: tuple[Mention, ...]) -> list[dict[str, str]]:
    """The guide's entities: each once, in its first surface form, only what an analyst indexes."""
    titles = find_title_entities(text)
    kept = list(indexed(text, mentions, frozenset(m.entity for m in titles)))
    found = {m.entity: m for m in (*indexed_titles(text, titles), *kept)}
    return [{"text": m.text, "type": m.type, "canonical": m.canonical} for m in found.values()]
