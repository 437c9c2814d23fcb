"""Whose a report, a survey or a set of data is."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from pipeline.annotate.attribution import Names
from pipeline.annotate.noun_phrases import phrase_start
from pipeline.annotate.speech import is_one_of
from pipeline.records import Mention

_POLLS = frozenset(("poll", "survey", "study", "census", "report"))


def _is_figure(token: Token) -> bool:
    """``a poll of 1,499 adults``, ``a survey from May``: what follows names no owner."""
    return token.like_num or token.ent_type_ in ("DATE", "TIME", "CARDINAL", "PERCENT")


class Works:
    """The works that one text cites, asked for by their noun."""

    def __init__(self, doc: Doc, names: Names) -> None:
        self.doc, self.names = doc, names

    def owner(self, work: Token) -> str | None:
        """Whose a work is: ``Commerce Ministry data``, ``a report by the bank``; or named before."""
        doc = self.doc
        if not is_one_of(work, "works"):
            return None
        first = min(work.left_edge.i, phrase_start(doc, work.i))
        right = next(
            (i for i in range(work.i + 1, min(len(doc), work.i + 16)) if doc[i].text in ",.;()"),
            min(len(doc), work.i + 16),
        )
        begin, end = doc[first].idx, doc[min(right, len(doc)) - 1].idx + len(doc[min(right, len(doc)) - 1])
        owner = self.mention(begin, work.idx + len(work)) or self.mention(begin, end)
        if owner is not None:
            return owner.canonical
        possessor = next((c for c in work.children if c.dep_ == "poss"), None)
        if possessor is not None:
            speaker = self.names.speaker(possessor.left_edge.i, possessor.i + 1)
            return speaker.name if speaker else None
        by = next((t for t in doc[work.i + 1 : right] if t.lower_ in ("by", "from", "of")), None)
        if by is not None and by.i + 1 < len(doc) and not _is_figure(by.nbor(1)):
            speaker = self.names.speaker(by.i + 1, right)
            return speaker.name if speaker else None
        if doc[first].lower_ in ("the", "that", "this", "these", "those"):
            return self._named_before(work)
        return None

    def poll_in(self, sentence: Span) -> str | None:
        """Whose poll a sentence's figures stand in: ``led by six points in a CBS News poll``."""
        for noun in sentence:
            if noun.lower_ in _POLLS and noun.dep_ == "pobj" and noun.head.lower_ == "in":
                owner = self.mention(noun.left_edge.idx, noun.idx)
                return owner.canonical if owner else None
        return None

    def _named_before(self, work: Token) -> str | None:
        for other in reversed(self.doc[max(0, work.i - 600) : work.i]):
            if other.lemma_ == work.lemma_ and other.i < work.i:
                first = min(other.left_edge.i, phrase_start(self.doc, other.i))
                stop = min(len(self.doc), other.i + 8)
                owner = self.mention(self.doc[first].idx, self.doc[stop - 1].idx)
                if owner is not None:
                    return owner.canonical
        return None

    def mention(self, begin: int, end: int) -> Mention | None:
        """The first body or person named in the stretch of text."""
        inside = (m for m in self.names.mentions if begin <= m.start and m.end <= end)
        return next((m for m in inside if m.type in ("ORG", "PERSON")), None)
