"""The body whose report or results a text is about: whose figures it gives where nobody else is named."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Doc, Token

from pipeline.annotate.speech import is_one_of, verbs_in
from pipeline.annotate.statistics.works import Works

_LEAD = 4  # sentences in which a report names the body it reports on
_KINDS = ("report", "index", "survey", "landscape")


def reporter(doc: Doc, works: Works, begins: int) -> str | None:
    """The body, as the first sentences after the offset ``begins`` say; None where they name none."""
    for sentence in islice((s for s in doc.sents if s.end_char > begins), _LEAD):
        releases = verbs_in(sentence, "release")
        for token in sentence:
            if token in releases and (name := _releases(token, works)):
                return name
            if token.lower_ in _KINDS and token.pos_ in ("NOUN", "PROPN"):
                owner = works.owner(token) if _is_told(token) else None
                if owner and works.mention(sentence.start_char, sentence.end_char):
                    return owner
    return None


def _is_told(report: Token) -> bool:
    """Whether the text brings a report: it shows, is published, is cited; not ``confirmed a report by``."""
    verb = report.head
    if report.dep_ == "dobj":
        return is_one_of(verb, "release")
    return report.dep_ in ("nsubj", "nsubjpass", "pobj")


def _releases(verb: Token, works: Works) -> str | None:
    """``The bureau published its survey``, ``The firm reported a profit of 3 million``."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    things = [t for c in verb.children if c.dep_ in ("dobj", "ccomp") for t in c.subtree]
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    brings = any(is_one_of(t, "results") for t in things) or any(is_one_of(t, "works") for t in objects)
    reports = verb.lemma_ == "report" and any(t.like_num for t in verb.sent)
    mention = works.mention(subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))
    return mention.canonical if mention and mention.type == "ORG" and (brings or reports) else None
