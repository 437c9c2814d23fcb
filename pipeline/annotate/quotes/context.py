"""The speaker of a quotation that has no verb of saying beside it: a name line, the sentence before, who spoke last."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.annotate.attribution import Names, Speaker
from pipeline.annotate.plain import text_of
from pipeline.annotate.quotes.cues import DASHES, Cue, subject_of, token_range
from pipeline.annotate.quotes.marks import SINGLE, Part, word_count
from pipeline.annotate.speech import is_cue

_AFTER_CUE = 6  # tokens that may follow "said" in such a line
_SHORT = 8  # words of a heading in single marks
_NAME_LINE = 24  # tokens in a paragraph that only names somebody


def from_context(
    doc: Doc,
    names: Names,
    group: list[Part],
    paragraphs: list[tuple[int, int]],
    n: int,
    last: tuple[Speaker, int] | None,
) -> Cue | None:
    """The speaker of a quotation without a verb: a name line beside it, the sentence before, who spoke last."""
    begin, end = paragraphs[n]
    opened = next(i for i in range(n, -1, -1) if paragraphs[i][0] <= group[0].start)
    alone = group[0].start - paragraphs[opened][0] <= 2 and end - group[-1].end <= 2
    if alone:
        for near in (n + 1, opened - 1):
            if 0 <= near < len(paragraphs) and (cue := _name_line(doc, names, *paragraphs[near], below=near > n)):
                return cue
    if not alone and (cue := last_speaker(doc, names, begin, group[0].start - 1)):
        return Cue(cue.text, cue.speaker, "sentence before")
    if alone and text_of(doc)[group[0].start - 1] in SINGLE and word_count(_words(doc, group)) < _SHORT:
        return None  # a heading
    if last is not None and n - last[1] <= 1:
        return Cue("", last[0], "spoke last")
    return None


def _words(doc: Doc, group: list[Part]) -> str:
    return text_of(doc)[group[0].start : group[-1].end]


def _name_line(doc: Doc, names: Names, begin: int, end: int, below: bool) -> Cue | None:
    """A short paragraph that names somebody: ``Daren Tang, WIPO Director General``, ``said the delegate``."""
    first, stop = token_range(doc, begin, end)
    while first < stop and (doc[first].text in DASHES or doc[first].text == "From"):
        first += 1
    if stop <= first or stop - first > _NAME_LINE or any(t.is_quote for t in doc[first:stop]):
        return None
    if below and is_cue(doc[first]):
        speaker = names.speaker(first + 1, stop)
        return Cue(doc[first].lower_, speaker, "name line") if speaker else None
    cue = next((i for i in range(first, stop) if is_cue(doc[i])), None)
    if below and cue is not None and stop - cue > _AFTER_CUE:
        return None  # the next paragraph's own words, not the line of a name
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[first : cue or stop])
    if finite or (not below and doc[stop - 1].text != ":"):
        return None
    speaker = names.speaker(first, cue or stop)
    return Cue(doc[cue].lower_ if cue else "", speaker, "name line") if speaker else None


def last_speaker(doc: Doc, names: Names, begin: int, end: int) -> Cue | None:
    """The last verb of saying in the paragraph: its subject may be who is quoted next."""
    first, stop = token_range(doc, begin, end)
    for at in range(stop - 1, first - 1, -1):
        if is_cue(doc[at]) and doc[at].tag_ in ("VBD", "VBZ"):
            start = max(first, doc[at].sent.start)
            if speaker := subject_of(doc, names, doc[at], start):
                return Cue(doc[at].lower_, speaker, "speaker of the paragraph before")
    return None
