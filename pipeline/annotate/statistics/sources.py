"""On whose word a figure stands: the speaker, "according to", the owner of the data, the report that goes on."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property

from spacy.tokens import Doc, Span, Token

from pipeline.annotate.attribution import Names, Speaker
from pipeline.annotate.noun_phrases import ends_sentence, noun_of, phrase_start
from pipeline.annotate.plain import text_of
from pipeline.annotate.speech import is_one_of, is_told_after, speech, verbs_in, words
from pipeline.annotate.statistics.quantities import Quantity
from pipeline.annotate.statistics.reporters import reporter
from pipeline.annotate.statistics.tellers import can_tell
from pipeline.annotate.statistics.works import Works
from pipeline.records import Quote

_SAY = frozenset(("say", "tell", "announce", "note", "warn", "report", "estimate", "disclose", "state", "claim", "add"))
_FOUND = ("identified", "estimated", "detected", "recorded", "counted", "verified")  # what is so found are figures
_NEAR = 60  # characters from a figure to the phrase that names its source
_REACH = 120  # tokens of a sentence before and after a figure
_REASON = 6  # tokens of what is cited
_CLAUSES = ("ccomp", "xcomp", "parataxis")


@dataclass(frozen=True, slots=True)
class Source:
    """A source as named; ``data``: it gives figures (a report, results), rather than only having spoken."""

    name: str
    data: bool


@cache
def _according() -> re.Pattern[str]:
    phrases = "|".join(re.escape(p) for p in sorted(speech().according, key=len, reverse=True))
    return re.compile(rf"\b(?:{phrases})\s", re.IGNORECASE)


def _is_empty(name: str) -> bool:
    """Whether the words name nobody: ``data``, ``73 percent``, ``most of whom``."""
    first = name.split()[0].lower() if name.split() else ""
    bare = name.lower().removeprefix("one ").removeprefix("recent ") in words("works")
    alone = first in ("some", "several") and " " not in name
    return bare or alone or first in ("most", "many", "all", "which", "others") or first[:1].isdigit()


def _says(verb: Token) -> bool:
    """Whether a verb tells: not a bill that ``will add $5 billion to the debt``."""
    adds = verb.lemma_ == "add" and any(c.dep_ == "dobj" for c in verb.children)
    return verb.lemma_.lower() in _SAY and not adds


class Sources:
    """The sources named in one text, asked for by figure."""

    def __init__(self, doc: Doc, names: Names, quotes: tuple[Quote, ...], begins: int = 0) -> None:
        self.doc, self.names = doc, names
        self.quotes = [q for q in quotes if q.direct]
        self._of_sentence: dict[int, Source | None] = {}
        self._works = Works(doc, names)
        self._begins = begins
        self._named: list[tuple[int, int, str]] | None = None

    def of(self, quantity: Quantity, token: Token) -> str | None:
        """The source of a figure as the passage names it, or None."""
        for quote in self.quotes:
            if quote.start <= quantity.start < quote.end:
                return quote.speaker
        source = self._in(self._around(token), token) or self._carried(token.sent) or self._told_after(token.sent)
        if source is not None and not _is_empty(source.name):
            return source.name
        if self._reporter and not self._of_the_market(token):
            return self._reporter
        return None

    def _around(self, token: Token) -> Span:
        """The token's sentence, of an endless one only what stands near; one that the parser broke is whole."""
        sentence, doc = token.sent, self.doc
        start, end = sentence.start, sentence.end
        while start > max(token.i - _REACH, 0) and not ends_sentence(doc[start - 1]):
            start = doc[start - 1].sent.start
        while end < min(len(doc), token.i + _REACH) and not ends_sentence(doc[end - 1]):
            end = doc[end].sent.end
        return doc[max(start, token.i - _REACH, 0) : min(end, token.i + _REACH)]

    def _in(self, sentence: Span, token: Token | None) -> Source | None:
        """The source named in the sentence; ``token`` is the figure, whose own clause comes first."""
        over = {a.i for a in token.ancestors} if token is not None else set()
        verbs = verbs_in(sentence, "give")
        at = token.i if token is not None else sentence.start
        verbs.sort(key=lambda v: (v.i not in over, abs(v.i - at)))
        above = [v for v in verbs if v.i in over]
        if token is not None and (source := self._after_phrase(sentence, token.idx, token.idx + _NEAR)):
            return source
        for verb in above:
            if source := self._giver(verb, token):
                return source
        return (
            self._after_phrase(sentence)
            or next((s for v in verbs if v not in above and (s := self._giver(v, token))), None)
            or self._after_phrase(sentence, citing=True)
            or ((poll := self._works.poll_in(sentence)) and Source(poll, data=True))
            or None
        )

    def _phrases(self, sentence: Span) -> list[tuple[int, int, str]]:
        """Where the sentence names a source by a phrase: "according to", "data from"; sought once a text."""
        if self._named is None:
            found = _according().finditer(text_of(self.doc))
            self._named = [(m.start(), m.end(), m[0]) for m in found]
        first = bisect_left(self._named, (sentence.start_char,))
        stop = bisect_left(self._named, (sentence.end_char,))
        return self._named[first:stop]

    def _after_phrase(
        self, sentence: Span, begin: int = 0, end: int | None = None, citing: bool = False
    ) -> Source | None:
        """``according to the ministry``, ``data from Wiseapp``; with ``begin``, ``end`` only one that starts there.

        ``citing``: whom somebody cites, who is asked for where nobody else says so.
        """
        for at, stop, phrase in self._phrases(sentence):
            if phrase.lower().startswith("citing") != citing:
                continue
            span = self.doc.char_span(stop, sentence.end_char, alignment_mode="expand")
            if span is None or not len(span) or at < begin or (end is not None and at > end):
                continue
            agent = phrase.lower()
            if agent.endswith("ed by ") and not agent.startswith(_FOUND) and not self._is_work_before(span.start):
                continue  # rules "issued by" somebody are no figures
            if span[0].tag_ == "WDT":
                noun = next((t for t in reversed(self.doc[sentence.start : span.start]) if t.pos_ == "NOUN"), None)
                name = self._works.owner(noun) if noun is not None else None
            else:
                name = self._phrase(span.start, span.end)
            if name and not self._is_reason(phrase, span.start):
                return Source(name, data=True)
        return None

    def _is_reason(self, phrase: str, first: int) -> bool:
        """``citing national security concerns``: what is cited is why, not who says."""
        noun = noun_of(self.doc, first, min(len(self.doc), first + _REASON))
        return phrase.lower().startswith("citing") and noun is not None and is_one_of(noun, "reasons")

    def _is_work_before(self, at: int) -> bool:
        return any(is_one_of(t, "works") or is_one_of(t, "results") for t in self.doc[max(0, at - 6) : at])

    def _phrase(self, first: int, stop: int) -> str | None:
        """The source a noun phrase names: its speaker, or the owner of the work in it."""
        speaker = self.names.speaker(first, stop)
        if speaker is None or speaker.entity is not None:
            return speaker.name if speaker and can_tell(self.doc, self.names, speaker, stop) else None
        phrase = list(self.doc[first : min(stop, first + 12)])
        end = next((i for i, t in enumerate(phrase) if t.text in ",.;()" or t.is_space), len(phrase))
        noun = next((t for t in phrase[:end] if is_one_of(t, "works")), None)
        owner = self._works.owner(noun) if noun is not None else None
        return owner or (speaker.name if can_tell(self.doc, self.names, speaker, stop) else None)

    def _giver(self, verb: Token, token: Token | None) -> Source | None:
        """The subject of a verb that gives figures: a named body, a person who speaks, or somebody's data."""
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        if not subjects:
            return self._inverted(verb)
        before = [c for c in subjects if c.i < verb.i]  # of two, the nearer: the other is a slip of the parser
        subject = (subjects if is_told_after(verb) or not before else before)[-1]
        if token is not None and (token.i == subject.i or subject.is_ancestor(token)):
            return None
        if subject.tag_ in ("WP", "WDT"):
            return self._relative(verb)
        first = subject.left_edge.i
        stop = min(subject.right_edge.i + 1, verb.i) if subject.i < verb.i else subject.right_edge.i + 1
        if is_one_of(subject, "works"):
            name = self._works.owner(subject) or self._phrase(first, stop)
            return Source(name, data=True) if name else None
        speaker = self.names.speaker(first, stop)
        if speaker is None or not can_tell(self.doc, self.names, speaker, stop):
            return None
        reckons = is_one_of(verb, "reckon") and token is not None and verb.is_ancestor(token)
        if verb.lemma_ == "put" and token is not None and not any(t.lower_ == "at" for t in self.doc[verb.i : token.i]):
            reckons = False  # "put 14 companies on a list"
        return Source(speaker.name, data=reckons) if reckons or self._speaks(verb, speaker) else None

    def _inverted(self, verb: Token) -> Source | None:
        """``..., said Lena Vogt, head of the office.``"""
        after = verb.i + 1
        if after >= len(self.doc) or not is_told_after(verb):
            return None
        speaker = self.names.speaker(after, verb.sent.end)
        named = speaker is not None and can_tell(self.doc, self.names, speaker, verb.sent.end)
        return Source(speaker.name, data=False) if speaker and named else None

    def _speaks(self, verb: Token, speaker: Speaker) -> bool:
        says = _says(verb)
        clausal = any(c.dep_ in _CLAUSES for c in verb.children) or verb.dep_ in ("parataxis", "ccomp", "advcl")
        return (says and clausal) or (speaker.entity is not None and (says or clausal))

    def _relative(self, verb: Token) -> Source | None:
        """``Trump, who suggested that``, ``the company, which says``."""
        if verb.dep_ != "relcl" or not (_says(verb) or any(c.dep_ in _CLAUSES for c in verb.children)):
            return None
        stop = verb.head.i + 1
        speaker = self.names.speaker(phrase_start(self.doc, verb.head.i), stop)
        return Source(speaker.name, data=False) if speaker and can_tell(self.doc, self.names, speaker, stop) else None

    def _carried(self, sentence: Span) -> Source | None:
        """The source of the sentence before in the same paragraph, where the report goes on with its figures."""
        doc = self.doc
        for _ in range(3):
            at = sentence.start - 1
            if at < 0 or "\n" in doc[at].text:
                return None
            before = self._around(doc[at])
            if before.start not in self._of_sentence:
                self._of_sentence[before.start] = self._in(before, None)
            source = self._of_sentence[before.start]
            figures = any(t.like_num for t in before)
            if source is not None:
                goes_on = (source.data and figures) or any(is_one_of(t, "hearsay") for t in sentence)
                return source if goes_on else None
            if not figures:
                return None
            sentence = before
        return None

    def _told_after(self, sentence: Span) -> Source | None:
        """The speaker with whose name the next sentence of the paragraph ends: ``..., Vogt said.``"""
        if sentence.end >= len(self.doc) or "\n" in self.doc[sentence.end - 1].text:
            return None
        after = self.doc[sentence.end].sent
        for verb in self.doc[(after.start + after.end) // 2 : after.end]:
            if verb.lemma_ == "say" and verb.dep_ in ("ROOT", "parataxis") and verb.i > after.start + 1:
                return self._giver(verb, None) if any(t.like_num for t in after) else None
        return None

    @cached_property
    def _reporter(self) -> str | None:
        return reporter(self.doc, self._works, self._begins)

    def _of_the_market(self, token: Token) -> bool:
        """Whether the sentence tells of share prices, which no report gives."""
        return any(is_one_of(t, "market") and t.dep_ in ("nsubj", "nsubjpass") for t in token.sent)
