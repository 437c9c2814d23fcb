"""Quotations and their speakers: direct ones by their marks, indirect ones where "said that" makes them clear.

A quotation counts from four words on. Words in marks that name something (titles, scare quotes) are none. Parts of
one paragraph that are interrupted by "X said" are one quotation; a mark left open runs on into the next paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.annotate.attribution import Names, Speaker, cue_verbs, phrase_start, speech
from pipeline.annotate.text import Text
from pipeline.records import Mention, Quote

SHORTEST = 4  # words
_PARAGRAPH = re.compile(r"[^\n]+")
_OPEN = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’"}
_WORD = re.compile(r"[\w$€£%][\w.,'’%-]*")
_ENDS = tuple(",.!?—–…;-")
_DASHES = frozenset(("-", "–", "—", "―", "--"))


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch between marks: offsets of its words, marks left out; ``open`` where no closing mark follows."""

    start: int
    end: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying beside a part, and who says."""

    text: str
    speaker: Speaker
    method: str


def find_quotes(text: Text, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:
    """All quotations in the order of the text; ``direct`` tells words in marks from reported speech."""
    doc, names = text.doc, Names(text.doc, mentions)
    found: list[Quote] = []
    last: tuple[Speaker, int] | None = None  # who spoke last, and in which paragraph
    running: list[Part] = []  # parts of a quotation left open at a paragraph's end
    paragraphs = [m.span() for m in _PARAGRAPH.finditer(doc.text)]
    for n, (begin, end) in enumerate(paragraphs):
        parts = read_parts(doc.text, begin, end)
        if parts and parts[-1].open and _continues(doc.text, paragraphs, n):
            running.extend(parts)
            continue
        for group, cue in _groups(doc, names, [*running, *parts], begin, end):
            if cue is None:
                cue = _from_context(doc, names, group, paragraphs, n, last)
            if cue is not None and (quote := _quote(doc, group, cue)):
                found.append(quote)
                last = (cue.speaker, n)
        running = []
        if cue := _reported(doc, names, begin, end):
            last = (cue.speaker, n)
    return tuple(sorted([*found, *_indirect(doc, names, found)], key=lambda q: q.start))


def read_parts(text: str, begin: int, end: int) -> list[Part]:
    """The stretches between quotation marks of one paragraph, in order."""
    parts: list[Part] = []
    at = begin
    while at < end:
        mark = text[at]
        closing = _OPEN.get(mark)
        if closing is None or (mark == "‘" and not _is_single(text, at, end)):
            at += 1
            continue
        close = next((i for i in range(at + 1, end) if text[i] in closing and not _is_inches(text, i)), -1)
        if mark == "‘" and close > 0:
            close = _single_close(text, at, end)
        stop = close if close > 0 else end
        start, last = at + 1, stop
        while start < last and text[start].isspace():
            start += 1
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            parts.append(Part(start, last, open=close < 0))
        at = stop + 1
    return parts


def _is_inches(text: str, at: int) -> bool:
    return text[at] == '"' and text[at - 1].isdigit() and text[at + 1 : at + 2] not in (" ", "", ",", ".", "\n")


def _is_single(text: str, at: int, end: int) -> bool:
    """Whether a single mark opens a quotation of its own (British style), not one within another."""
    return (at == 0 or text[at - 1] in " \n(") and _single_close(text, at, end) > at


def _single_close(text: str, at: int, end: int) -> int:
    return next((i for i in range(at + 1, min(end, at + 900)) if text[i] == "’" and text[i - 1] in ".,!?"), -1)


def _continues(text: str, paragraphs: list[tuple[int, int]], n: int) -> bool:
    """Whether the next paragraph opens with a mark again, as quotations over several paragraphs do."""
    return n + 1 < len(paragraphs) and text[paragraphs[n + 1][0]] in _OPEN


def _groups(doc: Doc, names: Names, parts: list[Part], begin: int, end: int) -> list[tuple[list[Part], Cue | None]]:
    """Parts that are one quotation, with their cue; names and scare quotes left out."""
    groups: list[tuple[list[Part], Cue | None]] = []
    for n, part in enumerate(parts):
        after = parts[n + 1].start - 1 if n + 1 < len(parts) else max(end, part.end)
        before = parts[n - 1].end + 1 if n and parts[n - 1].end >= begin else min(begin, part.start)
        if part.start < begin:  # an earlier paragraph of the same quotation
            after = before = part.start
        whole = is_whole(doc.text, part)
        cue = _cue(doc, names, part, before, after, whole)
        if not whole and (cue is None or _is_name(doc.text, part)):
            continue
        if groups and whole and _joins(doc.text, groups[-1], part, cue):
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


def is_whole(text: str, part: Part) -> bool:
    """Whether the words between the marks stand as speech of their own, not as a part of the sentence around."""
    ends = (
        text[part.start : part.end].rstrip("'’\"”")[-1:] in _ENDS
        or text[part.end : part.end + 2] in ("”,", '",', "”.", '".')
        or part.open
    )
    behind = text[max(0, part.start - 3) : part.start - 1].rstrip()
    fresh = not behind or behind[-1] in '.,:;!?—–\n”"' or behind.endswith("--")
    return ends and fresh and len(_WORD.findall(text[part.start : part.end])) >= 2


def _is_name(text: str, part: Part) -> bool:
    """Whether the words in marks are a title, a name or a term."""
    words = _WORD.findall(text[part.start : part.end])
    if len(words) < SHORTEST:
        return True
    before = text[max(0, part.start - 30) : part.start - 1].lower().rstrip(" ,:")
    if before.endswith(speech().naming):
        return True
    long = [w for w in words if len(w) > 3]
    titled = bool(long) and sum(w[0].isupper() for w in long) >= 0.7 * len(long)
    return titled and text[part.end - 1] not in ".!?"


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Token indices of the stretch of text."""
    span = doc.char_span(start, end, alignment_mode="contract") if start < end else None
    return (span.start, span.end) if span is not None else (0, 0)


def _cue(doc: Doc, names: Names, part: Part, before: int, after: int, whole: bool) -> Cue | None:
    """The verb of saying beside the part: after it, before it, or (for a fragment) governing it."""
    first, stop = _tokens(doc, part.end, after)
    if text_end := _sentence_end(doc, first, stop):
        stop = text_end
    begins, ends = _tokens(doc, before, part.start)
    begins = _sentence_start(doc, begins, ends)
    if whole and not _is_closed(doc, part, first) and (cue := _cue_after(doc, names, first, stop)):
        return cue
    if cue := _cue_before(doc, names, begins, ends):
        return cue
    return None if whole else _cue_after(doc, names, first, stop)


def _is_closed(doc: Doc, part: Part, after: int) -> bool:
    """Whether the part ends its sentence, so that what follows says something else: ``"... better." Neither state``."""
    mark = doc.text[part.end - 1]
    follows = next((t for t in doc[after : after + 3] if not (t.is_punct or t.is_space)), None)
    return mark == "." and (follows is None or not (follows.is_lower or _is_cue(follows)))


def _sentence_end(doc: Doc, first: int, stop: int) -> int:
    for at in range(first, stop):
        if doc[at].text in (".", "!", "?", ";") and at > first:
            return at
    return stop


def _sentence_start(doc: Doc, first: int, stop: int) -> int:
    for at in range(stop - 2, first, -1):
        if doc[at].text in (".", "!", "?") or doc[at].is_space:
            return at + 1
    return first


def _is_cue(token: Token) -> bool:
    return token.lemma_.lower() in cue_verbs() and (
        token.pos_ in ("VERB", "AUX") or token.lower_ in ("said", "says", "told")
    )


def _in_relative(verb: Token) -> bool:
    """``a broker, who asked not to be named, said``: the relative clause's verb brings no words."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "WP" for c in verb.children)


def _cue_after(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``" said an analyst`` and ``" the ministry said``."""
    dash = False
    while first < stop and (doc[first].is_punct or doc[first].is_space or doc[first].text in _DASHES):
        dash, first = dash or doc[first].text in _DASHES, first + 1
    if dash and stop - first <= 8 and doc[first:stop].text.istitle():
        speaker = names.speaker(first, stop)
        return Cue("—", speaker, "name after a dash") if speaker else None
    at = next((i for i in range(first, min(stop, first + 40)) if _is_cue(doc[i]) and not _in_relative(doc[i])), None)
    if at is None or doc[first].lower_ in ("and", "but", "that", "which", "or", "in", "as"):
        return _according(doc, names, first, stop)
    if at - first <= 1 and (at == first or doc[first].pos_ == "ADV"):
        begin = at + 1
        speaker = names.speaker(begin, stop)
        method = "inverted"
    else:
        speaker, method = _subject_between(doc, names, first, at), "subject before the verb"
    return Cue(doc[at].lower_, speaker, method) if speaker else None


def _subject_between(doc: Doc, names: Names, first: int, at: int) -> Speaker | None:
    """``" a broker, who asked not to be named, said``; ``"like candy", Warren said``."""
    subject = next((c for c in doc[at].children if c.dep_ == "nsubj" and first <= c.i < at), None)
    if subject is not None:
        return names.speaker(max(first, subject.left_edge.i), at)
    return names.speaker(first, at)


def _according(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    if stop - first > 2 and doc[first].lower_ == "according" and (speaker := names.speaker(first + 2, stop)):
        return Cue("according to", speaker, "according to")
    if 2 < stop - first < 12 and doc[first].lower_ == "as" and doc[stop - 2].lower_ == "put":
        speaker = names.speaker(first + 1, stop - 2)  # as one of them put it
        return Cue("put it", speaker, "as somebody put it") if speaker else None
    return None


def _cue_before(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``The ministry said: "`` and ``he called it "``: the last verb of saying before the mark, and its subject."""
    at = next((i for i in range(stop - 1, first - 1, -1) if _is_cue(doc[i])), None)
    if at is None:
        if stop - first > 2 and doc[first].lower_ == "according":
            return _according(doc, names, first, stop)
        return _label(doc, names, first, stop)
    speaker = subject_of(doc, names, doc[at], first)
    return Cue(doc[at].lower_, speaker, "verb before") if speaker else None


def _label(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``Director General Daren Tang: "``: a name and a colon."""
    while stop > first and doc[stop - 1].text in ('"', "“", "‘"):
        stop -= 1
    if stop - first < 2 or stop - first > 14 or doc[stop - 1].text != ":":
        return None
    speaker = names.speaker(first, stop - 1)
    return Cue(":", speaker, "name and colon") if speaker else None


def subject_of(doc: Doc, names: Names, verb: Token, first: int) -> Speaker | None:
    """Who does the saying: the verb's subject, that of the verb it is joined to, or the noun phrase before it."""
    governor: Token | None = verb
    for _ in range(4):
        if governor is None or governor.i < first:
            break
        subject = next((c for c in governor.children if c.dep_ in ("nsubj", "nsubjpass") and c.i >= first), None)
        if subject is not None:
            if subject.tag_ in ("WP", "WDT") and governor.dep_ == "relcl":
                return names.speaker(phrase_start(doc, governor.head.i), min(governor.head.i + 1, governor.i))
            begin, stop = (
                max(first, subject.left_edge.i),
                min(subject.right_edge.i + 1, verb.i if subject.i < verb.i else len(doc)),
            )
            return names.speaker(begin, stop)
        if governor.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "acl"):
            break
        governor = governor.head
    return names.speaker(first, verb.i) if verb.i - first <= 12 and verb.tag_ in ("VBD", "VBZ", "VBP") else None


def _reported(doc: Doc, names: Names, begin: int, end: int) -> Cue | None:
    """The last verb of saying in the paragraph: its subject may be who is quoted next."""
    first, stop = _tokens(doc, begin, end)
    for at in range(stop - 1, first - 1, -1):
        if _is_cue(doc[at]) and doc[at].tag_ in ("VBD", "VBZ"):
            start = max(first, doc[at].sent.start)
            if speaker := subject_of(doc, names, doc[at], start):
                return Cue(doc[at].lower_, speaker, "speaker of the paragraph before")
    return None


def _from_context(
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
    if not alone and (cue := _reported(doc, names, begin, group[0].start - 1)):
        return Cue(cue.text, cue.speaker, "sentence before")
    if last is not None and n - last[1] <= 1:
        return Cue("", last[0], "spoke last")
    return None


def _name_line(doc: Doc, names: Names, begin: int, end: int, below: bool) -> Cue | None:
    """A short paragraph that names somebody: ``Daren Tang, WIPO Director General``, ``said the delegate``."""
    first, stop = _tokens(doc, begin, end)
    while first < stop and doc[first].text in ("-", "–", "—", "--"):
        first += 1
    if stop <= first or stop - first > 24 or any(t.is_quote for t in doc[first:stop]):
        return None
    if below and _is_cue(doc[first]):
        speaker = names.speaker(first + 1, stop)
        return Cue(doc[first].lower_, speaker, "name line") if speaker else None
    cue = next((i for i in range(first, stop) if _is_cue(doc[i])), None)
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[first : cue or stop])
    if finite or (not below and doc[stop - 1].text != ":"):
        return None
    speaker = names.speaker(first, cue or stop)
    return Cue(doc[cue].lower_ if cue else "", speaker, "name line") if speaker else None


def _quote(doc: Doc, group: list[Part], cue: Cue) -> Quote | None:
    words = " ".join(doc.text[p.start : p.end].replace("\n", " ") for p in group).rstrip(",")
    if len(_WORD.findall(words)) < SHORTEST:
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
        words = doc.text[start:end].strip(' ,.\n"“”')
        speaker = subject_of(doc, names, token, token.sent.start)
        if speaker and len(_WORD.findall(words)) >= SHORTEST and "\n" not in words:
            start = doc.text.index(words, start)
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
