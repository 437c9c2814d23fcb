"""Whose figure it is in a row: ``Japan with 3,409``, ``6,276 from the US``, ``Geely 19.9%``, ``respectively``.

In a row the verb and the counted noun are told once; what each figure is of stands right beside it.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

_JOINTS = frozenset({",", ";", "and", "while", "but", "—", "–"})
_BEHIND = frozenset({"from", "by", "on", "for"})
_ORIGIN = frozenset({"from", "by"})  # "6,276 from the United States"
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PART"})
_LONGEST = 6  # words of a member's name
_HEDGES = frozenset({"about", "around", "some", "nearly", "almost", "over", "just", "roughly", "more", "less", "than"})


def member_of(doc: Doc, first: Token, last: Token) -> str:
    """The member of the row that a figure from ``first`` to ``last`` belongs to; "" where it stands in no row."""
    return _respective(first) or _with(doc, first) or _behind(doc, last) or _beside(doc, first)


def _before(first: Token) -> Token | None:
    """The word before a figure, hedges and signs left out."""
    at = first.i - 1
    while at >= first.sent.start and (first.doc[at].lower_ in _HEDGES or first.doc[at].is_currency):
        at -= 1
    return first.doc[at] if at >= first.sent.start else None


def _with(doc: Doc, first: Token) -> str:
    """``followed by Japan with 3,409``; ``inventors in the United States, with 6,276``."""
    joint = _before(first)
    if joint is None or joint.lower_ != "with" or joint.i == joint.sent.start:
        return ""
    end = joint.i - (joint.nbor(-1).text == ",")
    name, before = _phrase_before(doc, end, first.sent.start)
    row = before is not None and (before.text in _JOINTS or before.lower_ in ("by", "in", "of"))
    return name if row and _has_figure(doc, first.sent.start, joint.i) else ""


def _behind(doc: Doc, last: Token) -> str:
    """``38,210 came from China, 6,276 from the United States``; ``17.4 percent on BYD, 19.9 percent on Geely``."""
    if last.i + 2 >= last.sent.end or (joint := last.nbor(1).lower_) not in _BEHIND:
        return ""
    figures = [t for t in last.sent if t.like_num and t.ent_type_ not in ("DATE", "TIME", "ORDINAL")]
    alike = sum(_joint_after(t) == joint for t in figures)
    if alike < 2 and not (joint in _ORIGIN and _has_figure(doc, last.sent.start, last.i - 1)):
        return ""
    words = []
    for token in doc[last.i + 2 : min(last.sent.end, last.i + 2 + _LONGEST)]:
        if not _is_inside(token) or token.ent_type_ in ("DATE", "TIME"):
            break
        words.append(token)
    return _text(words) if words and _is_noun(words[-1]) else ""


def _joint_after(number: Token) -> str:
    """The word behind a figure, its sign or unit left out."""
    at = number.i + 1
    while at < number.sent.end and number.doc[at].lower_ in ("%", "percent", "per", "cent", "percentage", "points"):
        at += 1
    return number.doc[at].lower_ if at < number.sent.end else ""


def _beside(doc: Doc, first: Token) -> str:
    """``BYD will be charged 17.4%, Geely 19.9% and SAIC 37.6%``; ``on solar cells to 50%``."""
    before = _before(first)
    if before is None or not _has_figure(doc, first.sent.start, before.i):
        return ""
    led = before.lower_ == "to"
    name, joint = _phrase_before(doc, before.i if led else before.i + 1, first.sent.start)
    if joint is None or not name:
        return ""
    if led:
        outer = joint.nbor(-1) if joint.i > first.sent.start else None
        row = joint.lower_ in ("on", "for") and outer is not None and outer.text in _JOINTS
        return name if row else ""
    return name if joint.text in _JOINTS else ""


def _respective(first: Token) -> str:
    """``A, B and C … with 2,074, 1,564 and 1,234 inventions respectively``: each name has its own."""
    sentence = first.sent
    if not any(t.lower_ == "respectively" for t in sentence[first.i - sentence.start :]):
        return ""
    numbers = [t for t in sentence if t.like_num and t.nbor(-1).lower_ not in ("in", "since")]
    if first not in numbers:
        return ""
    heads = [t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.i < numbers[0].i]
    names = [heads[-1], *heads[-1].conjuncts] if heads else []
    if len(names) != len(numbers):
        return ""
    name = sorted(names, key=lambda t: t.i)[numbers.index(first)]
    return _text([t for t in name.subtree if (t.i <= name.i and t.dep_ in ("compound", "amod", "nmod")) or t == name])


def _phrase_before(doc: Doc, end: int, start: int) -> tuple[str, Token | None]:
    """The noun phrase that ends before a place, and the word before it."""
    at = end - 1
    while at >= start and end - at <= _LONGEST and _is_inside(doc[at]):
        at -= 1
    words = list(doc[at + 1 : end])
    if not words or not _is_noun(words[-1]) or words[-1].ent_type_ in ("DATE", "TIME"):
        return "", None
    return _text(words), doc[at] if at >= start else None


def _is_inside(token: Token) -> bool:
    return not token.like_num and (token.pos_ in _INSIDE or _is_noun(token))


def _is_noun(token: Token) -> bool:
    """A noun, or a word with a capital that the tagger takes for something else ("Geely")."""
    capital = token.text[:1].isupper() and token.pos_ != "DET" and token.i > token.sent.start
    return capital or token.pos_ in ("NOUN", "PROPN")


def _has_figure(doc: Doc, start: int, end: int) -> bool:
    """Whether a figure that is no date stands before: the row's first."""
    return any(t.like_num and t.ent_type_ not in ("DATE", "TIME", "ORDINAL") for t in doc[start:end])


def _text(words: list[Token]) -> str:
    kept = [t for t in words if not (t.pos_ == "DET" or t.lower_ in ("the", "a", "an"))]
    return "".join(t.text_with_ws for t in kept).strip()
