"""On whose word a figure stands: the speaker, "according to", the owner of the data, the report that goes on."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline.annotate.attribution import Names, Speaker, phrase_start, speech
from pipeline.annotate.statistics.quantities import Quantity
from pipeline.records import Quote


@cache
def _according() -> re.Pattern[str]:
    phrases = "|".join(re.escape(p) for p in sorted(speech().according, key=len, reverse=True))
    return re.compile(rf"\b(?:{phrases})\s", re.IGNORECASE)


@cache
def _give() -> frozenset[str]:
    return frozenset(speech().give)


@cache
def _works() -> frozenset[str]:
    return frozenset(speech().works)


class Sources:
    """The sources named in one text, asked for by figure."""

    def __init__(self, doc: Doc, names: Names, quotes: tuple[Quote, ...]) -> None:
        self.doc, self.names, self.quotes = doc, names, quotes
        self._of_sentence: dict[int, str | None] = {}

    def of(self, quantity: Quantity, token: Token) -> str | None:
        """The source of a figure as the passage names it, or None."""
        for quote in self.quotes:
            if quote.direct and quote.start <= quantity.start < quote.end:
                return quote.speaker
        sentence = token.sent
        if found := self._in(sentence, token):
            return found
        for quote in self.quotes:
            if quote.start <= quantity.start < quote.end:
                return quote.speaker
        return self._carried(sentence)

    def _in(self, sentence: Span, token: Token | None) -> str | None:
        """The source named in the sentence; ``token`` is the figure, whose own clause comes first."""
        doc = self.doc
        for match in _according().finditer(sentence.text):
            span = doc.char_span(sentence.start_char + match.end(), sentence.end_char, alignment_mode="expand")
            if span is not None and (speaker := self.names.speaker(span.start, span.end)):
                return self._owner(speaker, span.start)
        verbs = [t for t in sentence if t.lemma_.lower() in _give() and t.pos_ == "VERB"]
        if token is not None:
            over = {a.i for a in token.ancestors}
            verbs.sort(key=lambda v: (v.i not in over, abs(v.i - token.i)))
        for verb in verbs:
            if source := self._giver(verb, token):
                return source
        return None

    def _giver(self, verb: Token, token: Token | None) -> str | None:
        """The subject of a verb that gives figures: a named body, a person who speaks, or somebody's data."""
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is None or (token is not None and (token.i == subject.i or subject.is_ancestor(token))):
            return None
        speaker = self.names.speaker(subject.left_edge.i, min(subject.right_edge.i + 1, verb.i if subject.i < verb.i else len(self.doc)))
        if speaker is None:
            return None
        work = subject.lemma_.lower() in _works() or subject.lower_ in _works()
        if work:
            return self._owner(speaker, subject.left_edge.i)
        saying = verb.lemma_.lower() in ("say", "tell", "announce", "note", "warn", "report", "estimate", "disclose", "state", "claim")
        clausal = any(c.dep_ in ("ccomp", "xcomp", "parataxis") for c in verb.children) or verb.dep_ in ("parataxis", "ccomp", "advcl")
        named = speaker.entity is not None
        return speaker.name if (named and (saying or clausal)) or (saying and clausal) else None

    def _owner(self, speaker: Speaker, at: int) -> str | None:
        """``a report by the ministry`` and ``Commerce Ministry data`` are the ministry's; ``official data`` is as printed."""
        if speaker.entity is not None:
            return speaker.name
        doc = self.doc
        stop = next((i for i in range(at, min(len(doc), at + 14)) if doc[i].text in ",.;()" or doc[i].is_space), min(len(doc), at + 14))
        noun = next((i for i in range(at, stop) if doc[i].lower_ in _works() or doc[i].lemma_.lower() in _works()), None)
        if noun is None:
            return speaker.name
        begin, end = doc[at].idx, doc[stop - 1].idx + len(doc[stop - 1])
        owner = next((m for m in self.names.mentions if begin <= m.start and m.end <= end and m.type in ("ORG", "PERSON", "GPE")), None)
        if owner is not None:
            return owner.canonical
        after = next((i for i in range(noun + 1, stop) if doc[i].lower_ in ("by", "from", "of")), None)
        named = self.names.speaker(after + 1, stop) if after is not None and after + 1 < stop else None
        return named.name if named else speaker.name

    def _carried(self, sentence: Span) -> str | None:
        """The source of the sentence before in the same paragraph, where the report goes on."""
        doc = self.doc
        for _ in range(3):
            at = sentence.start - 1
            if at < 0 or "\n" in doc[at].text or (sentence.start < len(doc) and doc[sentence.start].is_space):
                return None
            before = doc[at].sent
            if before.start not in self._of_sentence:
                self._of_sentence[before.start] = self._in(before, None)
            if found := self._of_sentence[before.start]:
                return found
            sentence = before
        return None


__all__ = ["Sources", "phrase_start"]
