"""Quotations and their speakers: direct ones by their marks, indirect ones where "said that" makes them clear.

A quotation counts from four words on. Words in marks that name something (titles, scare quotes) are none. Parts of
one paragraph that are interrupted by "X said" are one quotation; where a mark left open runs on into the next
paragraph, each paragraph is a quotation of the same speaker.
"""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipeline.annotate.attribution import Names, Speaker, names_of
from pipeline.annotate.columns import lemmas, tags
from pipeline.annotate.plain import text_of
from pipeline.annotate.quotes.context import from_context, last_speaker
from pipeline.annotate.quotes.cues import Cue, find_cue, subject_of
from pipeline.annotate.quotes.marks import SHORTEST, Part, is_name, is_whole, opens, read_parts, word_count
from pipeline.annotate.text import Text
from pipeline.records import Mention, Quote

__all__ = ["find_quotes", "read_parts"]

_PLAIN_CUES = frozenset(("say", "tell", "add", "announce", "note", "explain"))
_LONGEST_CLAUSE = 80  # tokens
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"”’']?\s+(?=[A-Z\"“‘'])")
_COORDINATED = re.compile(r"[”\"’'],? (?:and|or|but|as well as) (?:that )?[“\"‘']")  # "slow” and “costly for all"


def find_quotes(text: Text, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
    """All quotations in the order of the text; ``direct`` tells words in marks from reported speech."""
    doc, printed, names = text.doc, text_of(text.doc), names_of(text.doc, mentions)
    found: list[Quote] = []
    last: tuple[Speaker, int] | None = None  # who spoke last, and in which paragraph
    running: list[Part] = []  # parts of a quotation left open at a paragraph's end
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(printed)]
    for n, (begin, end) in enumerate(paragraphs):
        follows = n + 1 < len(paragraphs) and opens(printed, paragraphs[n + 1][0])
        parts = read_parts(printed, begin, end)
        if parts and parts[-1].open and follows:
            running.extend(parts)
            continue
        for group, cue in _groups(doc, names, [*running, *parts], begin, end):
            cue = cue or from_context(doc, names, group, paragraphs, n, last)
            if cue is not None and (said := _quotes(doc, group, cue)):
                found += said
                last = (cue.speaker, n)
        running = []
        if follows and (cue := last_speaker(doc, names, begin, end)):
            last = (cue.speaker, n)
    return tuple(sorted([*found, *_indirect(doc, names, found)], key=lambda q: q.start))


def _groups(doc: Doc, names: Names, parts: list[Part], begin: int, end: int) -> list[tuple[list[Part], Cue | None]]:
    """Parts that are one quotation, with their cue; names and scare quotes left out."""
    groups: list[tuple[list[Part], Cue | None]] = []
    for n, part in enumerate(parts):
        after = parts[n + 1].start - 1 if n + 1 < len(parts) else max(end, part.end)
        before = parts[n - 1].end + 1 if n and parts[n - 1].end >= begin else min(begin, part.start)
        if part.start < begin:  # an earlier paragraph of the same quotation
            after = part.start
            before = text_of(doc).rfind("\n", 0, part.start) + 1
        whole = is_whole(text_of(doc), part)
        cue = find_cue(doc, names, part, before, after, whole)
        goes_on = bool(groups) and _is_coordinated(text_of(doc), groups[-1][0][-1], part)
        if not whole and not goes_on and (cue is None or is_name(text_of(doc), part)):
            continue
        if groups and _joins(text_of(doc), groups[-1], part, cue, whole):
            groups[-1] = ([*groups[-1][0], part], groups[-1][1] or cue)
        else:
            groups.append(([part], cue))
    return groups


def _joins(text: str, group: tuple[list[Part], Cue | None], part: Part, cue: Cue | None, whole: bool) -> bool:
    """Whether the part goes on with the quotation before it: neither other words nor speakers in between."""
    parts, known = group
    if not whole or not is_whole(text, parts[-1]):
        return _is_coordinated(text, parts[-1], part)
    between = text[parts[-1].end : part.start]
    if len(between) <= 3:
        return True
    if len(_SENTENCE_END.findall(between)) > (known is not None):  # more than the sentence that ends in "X said."
        return False
    return cue is None or known is None or cue.speaker.name == known.speaker.name


def _is_coordinated(text: str, before: Part, part: Part) -> bool:
    return bool(_COORDINATED.fullmatch(text[before.end : part.start]))


def _quotes(doc: Doc, group: list[Part], cue: Cue) -> list[Quote]:
    """The quotation of each paragraph of the group."""
    text = text_of(doc)
    begins = [n for n, part in enumerate(group) if n == 0 or "\n" in text[group[n - 1].end : part.start]]
    said = (_quote(doc, group[a:b], cue) for a, b in pairwise([*begins, len(group)]))
    return [quote for quote in said if quote is not None]


def _quote(doc: Doc, group: list[Part], cue: Cue) -> Quote | None:
    words = " ".join(text_of(doc)[p.start : p.end] for p in group).rstrip(",")
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
    quoted = bytearray(len(text_of(doc)) + 1)
    for quote in direct:
        quoted[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
    tagged = tags(doc)
    verbs = [i for i, lemma in enumerate(lemmas(doc)) if lemma in _PLAIN_CUES and tagged[i] in ("VBD", "VBZ", "VBP")]
    return [clause for i in verbs if (clause := _clause(doc, names, doc[i], quoted))]


def _clause(doc: Doc, names: Names, verb: Token, quoted: bytearray) -> Quote | None:
    """The clause that a verb of saying governs, as a quotation; None where it is none or is quoted."""
    clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    if clause is None:
        return None
    first, last = clause.left_edge, clause.right_edge
    if (clause.i < verb.i < last.i) or last.i - first.i > _LONGEST_CLAUSE:
        return None
    span = doc[first.i : last.i + 1]
    words = span.text.strip(' ,.\n"“”')
    start = span.start_char + span.text.index(words)
    if word_count(words) < SHORTEST or "\n" in words or any(quoted[start : start + len(words)]):
        return None
    speaker = subject_of(doc, names, verb, verb.sent.start)
    if speaker is None:
        return None
    return Quote(
        start=start,
        end=start + len(words),
        text=words,
        speaker=speaker.name,
        speaker_entity=speaker.entity,
        cue=verb.lower_,
        method="reported clause",
        direct=False,
        confidence=0.7,
    )
