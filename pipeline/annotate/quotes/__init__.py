"""Quotations and their speakers: direct ones by their marks, indirect ones where "said that" makes them clear.

A quotation counts from four words on. Words in marks that name something (titles, scare quotes) are none. Parts of
one paragraph that are interrupted by "X said" are one quotation; a mark left open runs on into the next paragraph.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from pipeline.annotate.attribution import Names, Speaker
from pipeline.annotate.plain import text_of
from pipeline.annotate.quotes.context import from_context, last_speaker
from pipeline.annotate.quotes.cues import Cue, find_cue, subject_of
from pipeline.annotate.quotes.marks import SHORTEST, Part, is_name, is_whole, opens, read_parts, word_count
from pipeline.annotate.text import Text
from pipeline.records import Mention, Quote

__all__ = ["find_quotes", "read_parts"]

_PARAGRAPH = re.compile(r"[^\n]+")


def find_quotes(text: Text, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
    """All quotations in the order of the text; ``direct`` tells words in marks from reported speech."""
    doc, names = text.doc, Names(text.doc, mentions)
    found: list[Quote] = []
    last: tuple[Speaker, int] | None = None  # who spoke last, and in which paragraph
    running: list[Part] = []  # parts of a quotation left open at a paragraph's end
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(text_of(doc))]
    for n, (begin, end) in enumerate(paragraphs):
        parts = read_parts(text_of(doc), begin, end)
        if parts and parts[-1].open and _continues(text_of(doc), paragraphs, n):
            running.extend(parts)
            continue
        for group, cue in _groups(doc, names, [*running, *parts], begin, end):
            if cue is None:
                cue = from_context(doc, names, group, paragraphs, n, last)
            if cue is not None and (quote := _quote(doc, group, cue)):
                found.append(quote)
                last = (cue.speaker, n)
        running = []
        if cue := last_speaker(doc, names, begin, end):
            last = (cue.speaker, n)
    return tuple(sorted([*found, *_indirect(doc, names, found)], key=lambda q: q.start))


def _continues(text: str, paragraphs: list[tuple[int, int]], n: int) -> bool:
    """Whether the next paragraph opens with a mark again, as quotations over several paragraphs do."""
    return n + 1 < len(paragraphs) and opens(text, paragraphs[n + 1][0])


def _groups(doc: Doc, names: Names, parts: list[Part], begin: int, end: int) -> list[tuple[list[Part], Cue | None]]:
    """Parts that are one quotation, with their cue; names and scare quotes left out."""
    groups: list[tuple[list[Part], Cue | None]] = []
    for n, part in enumerate(parts):
        after = parts[n + 1].start - 1 if n + 1 < len(parts) else max(end, part.end)
        before = parts[n - 1].end + 1 if n and parts[n - 1].end >= begin else min(begin, part.start)
        if part.start < begin:  # an earlier paragraph of the same quotation
            after = before = part.start
        whole = is_whole(text_of(doc), part)
        cue = find_cue(doc, names, part, before, after, whole)
        if not whole and (cue is None or is_name(text_of(doc), part)):
            continue
        if groups and whole and _joins(text_of(doc), groups[-1], part, cue):
            groups[-1] = ([*groups[-1][0], part], groups[-1][1] or cue)
        else:
            groups.append(([part], cue))
    return groups


def _joins(text: str, group: tuple[list[Part], Cue | None], part: Part, cue: Cue | None) -> bool:
    """Whether the part goes on with the quotation before it: nobody else speaks in between."""
    parts, known = group
    if not is_whole(text, parts[-1]):
        return False
    if cue is None or known is None or part.start - parts[-1].end <= 3:
        return True
    return cue.speaker.name == known.speaker.name


def _quote(doc: Doc, group: list[Part], cue: Cue) -> Quote | None:
    words = " ".join(text_of(doc)[p.start : p.end].replace("\n", " ") for p in group).rstrip(",")
    if word_count(words) < SHORTEST:
        return None
    return Quote(
        start=group[0].start,
        end=group[-1].end,
        text=words,
        speaker=cue.speaker.name,
        speaker_entity=cue.speaker.entity,
        cue=cue.text or None,
        method=cue.method,
        confidence=0.6 if cue.method in ("spoke last", "sentence before") else 0.9,
    )


def _indirect(doc: Doc, names: Names, direct: list[Quote]) -> list[Quote]:
    """``The ministry said the ban would stay``: the clause a verb of saying governs, where no marks stand in it."""
    taken = [(q.start, q.end) for q in direct]
    found: list[Quote] = []
    for token in doc:
        if token.lemma_ not in ("say", "tell", "add", "announce", "note", "explain") or token.tag_ not in (
            "VBD",
            "VBZ",
            "VBP",
        ):
            continue
        clause = next((c for c in token.children if c.dep_ == "ccomp"), None)
        if clause is None:
            continue
        begin, stop = clause.left_edge, clause.right_edge
        start, end = begin.idx, stop.idx + len(stop)
        if (clause.i < token.i and stop.i > token.i) or any(s <= end and start <= e for s, e in taken):
            continue
        words = text_of(doc)[start:end].strip(' ,.\n"“”')
        speaker = subject_of(doc, names, token, token.sent.start)
        if speaker and word_count(words) >= SHORTEST and "\n" not in words:
            start = text_of(doc).index(words, start)
            found.append(
                Quote(
                    start,
                    start + len(words),
                    words,
                    speaker.name,
                    speaker.entity,
                    token.lower_,
                    "reported clause",
                    False,
                    0.7,
                )
            )
    return found
