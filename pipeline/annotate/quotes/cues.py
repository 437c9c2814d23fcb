"""The verb of saying that belongs to a quotation, and who says it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.annotate.attribution import Names, Speaker
from pipeline.annotate.noun_phrases import is_irish, phrase_start
from pipeline.annotate.plain import text_of
from pipeline.annotate.quotes.marks import Part
from pipeline.annotate.speech import is_cue

DASHES = frozenset(("-", "–", "—", "―", "--"))
_NO_SPEAKER = frozenset(("and", "but", "that", "which", "or", "in", "as", "per"))
_SHORT = 8  # tokens of who speaks at the end
_FAR = 40  # tokens from a quotation to its verb


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying beside a part, and who says."""

    text: str
    speaker: Speaker
    method: str


def token_range(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Token indices of the stretch of text."""
    span = doc.char_span(start, end, alignment_mode="contract") if start < end else None
    return (span.start, span.end) if span is not None else (0, 0)


def find_cue(doc: Doc, names: Names, part: Part, before: int, after: int, whole: bool) -> Cue | None:
    """The verb of saying beside the part: after it, before it, or (for a fragment) governing it."""
    first, stop = token_range(doc, part.end, after)
    if text_end := _sentence_end(doc, first, stop):
        stop = text_end
    begins, ends = token_range(doc, before, part.start)
    begins = _sentence_start(doc, begins, ends)
    closed = _is_closed(doc, part, first)
    if cue := (None if closed else _quoted_as(doc, names, first, stop)) or _quoted_as(doc, names, begins, ends):
        return cue
    if whole and not closed and (cue := _cue_after(doc, names, first, stop)):
        return cue
    if text_of(doc)[part.end - 1] == "," and (cue := _said_at_end(doc, names, first, stop)):
        return cue
    if cue := _cue_before(doc, names, begins, ends):
        return cue
    dash = text_of(doc)[part.end + 1 : part.end + 3].strip()[:1] in DASHES
    return None if whole or (closed and not dash) else _cue_after(doc, names, first, stop)


def _quoted_as(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``RIA quoted the embassy as saying``, ``the envoy was quoted as saying``: whom somebody else quotes."""
    at = next((i for i in range(first + 2, stop) if doc[i].lower_ == "saying" and doc[i - 1].lower_ == "as"), None)
    if at is None:
        return None
    verb = next((doc[i] for i in range(at - 2, first - 1, -1) if doc[i].lemma_ in ("quote", "cite")), None)
    if verb is None:
        return None
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    speaker = names.speaker(passive.left_edge.i, verb.i) if passive else names.speaker(verb.i + 1, at - 1)
    return Cue("saying", speaker, "quoted as saying") if speaker else None


def _said_at_end(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``He does not expect that they "will stay," a spokesman said.``: who speaks at the sentence's end."""
    while first < stop and (doc[first].is_punct or doc[first].is_space):
        first += 1
    at = next((i for i in range(first, min(stop, first + _SHORT)) if is_cue(doc[i])), None)
    if at is None or at == first or any(c.dep_ in ("ccomp", "dobj") and c.i > at for c in doc[at].children):
        return None
    if doc[first].lower_ in _NO_SPEAKER or doc[first].pos_ not in ("DET", "NOUN", "PROPN", "PRON", "ADJ"):
        return None
    speaker = names.speaker(first, at)
    return Cue(doc[at].lower_, speaker, "said at the end") if speaker else None


def _is_closed(doc: Doc, part: Part, after: int) -> bool:
    """Whether the part ends its sentence, so that what follows says something else: ``"... better." Neither state``."""
    mark = text_of(doc)[part.end - 1]
    if "\n" in text_of(doc)[part.end : part.end + 2]:
        return True
    follows = next((t for t in doc[after : after + 3] if not (t.is_punct or t.is_space)), None)
    return mark == "." and (follows is None or not (follows.is_lower or is_cue(follows)))


def _sentence_end(doc: Doc, first: int, stop: int) -> int:
    for at in range(first, stop):
        if doc[at].text in (".", "!", "?", ";") and at > first:
            return at
    return stop


def _sentence_start(doc: Doc, first: int, stop: int) -> int:
    for at in range(stop - 2, first, -1):
        if doc[at].text in (".", "!", "?") or "\n" in doc[at].text:
            return at + 1
    return first


def _in_relative(verb: Token) -> bool:
    """``a broker, who asked not to be named, said``: the relative clause's verb brings no words."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "WP" for c in verb.children)


def _cue_after(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``" said an analyst`` and ``" the ministry said``."""
    dash = False
    while first < stop and (doc[first].is_punct or doc[first].is_space or doc[first].text in DASHES):
        dash, first = dash or doc[first].text in DASHES, first + 1
    if dash and stop - first <= 8 and all(t.text[:1].isupper() for t in doc[first:stop] if t.is_alpha):
        speaker = names.speaker(first, stop)
        return Cue("—", speaker, "name after a dash") if speaker else None
    at = next((i for i in range(first, min(stop, first + _FAR)) if is_cue(doc[i]) and not _in_relative(doc[i])), None)
    if at is None or doc[first].lower_ in _NO_SPEAKER or doc[first].tag_ in ("VBG", "VBN"):
        return _according(doc, names, first, stop)
    if at - first <= 1 and (at == first or (doc[first].pos_ == "ADV" and not is_irish(doc[first]))):
        speaker, method = names.speaker(at + 1, stop), "inverted"
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
    """``according to the ministry``, ``per the order``, ``as one of them put it``."""
    if stop - first > 2 and doc[first].lower_ == "according" and (speaker := names.speaker(first + 2, stop)):
        return Cue("according to", speaker, "according to")
    if stop - first > 1 and doc[first].lower_ == "per" and (speaker := names.speaker(first + 1, stop)):
        return Cue("per", speaker, "according to")
    if 2 < stop - first < 12 and doc[first].lower_ == "as" and doc[stop - 2].lower_ == "put":
        speaker = names.speaker(first + 1, stop - 2)  # as one of them put it
        return Cue("put it", speaker, "as somebody put it") if speaker else None
    return None


def _cue_before(doc: Doc, names: Names, first: int, stop: int) -> Cue | None:
    """``The ministry said: "`` and ``he called it "``: the last verb of saying before the mark, and its subject."""
    at = next((i for i in range(stop - 1, first - 1, -1) if is_cue(doc[i])), None)
    if at is None:
        return _according(doc, names, first, stop) or _label(doc, names, first, stop)
    verb = _outermost(doc[at])
    joined = verb.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in verb.children)  # "... and said it was"
    speaker = subject_of(doc, names, verb, first if verb.i >= first and not joined else verb.sent.start)
    return Cue(verb.lower_, speaker, "verb before") if speaker else None


def _outermost(verb: Token) -> Token:
    """``She said the firm asked``, ``said it was late, arguing that``: the words are hers."""
    while verb.dep_ == "ccomp" or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        above = next((t for t in verb.ancestors if is_cue(t)), None)
        if above is None or not any(c.dep_ == "nsubj" for c in above.children):
            break
        verb = above
    return verb


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
