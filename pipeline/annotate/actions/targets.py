"""What is acted on, in words: the object's phrase without what merely hangs on it."""

from __future__ import annotations

import itertools
import re

from spacy.tokens import Span, Token

from pipeline.annotate.actions.lexicon import word_set
from pipeline.annotate.actions.mends import joined_subject

_NONE = re.compile(r"^(?:no|neither|none of the) ", re.IGNORECASE)
MAX_WORDS = 18
# What ends a phrase: clauses and asides tell more of the target, not what it is.
CUT = frozenset({"punct", "relcl", "advcl", "appos", "parataxis", "dep"})
PLACING = frozenset({"from", "to", "on", "against", "in", "for", "of"})
INQUIRIES = frozenset({"investigation", "probe", "inquiry", "enquiry", "review"})
JOINTS = frozenset({",", "-", "–", "/", "'", "’"})
KEEP_CLAUSES = frozenset({"acl"})
DATE_PREPOSITIONS = word_set("date_prepositions")


def phrase(noun: Token, *, without: frozenset[int] = frozenset()) -> str:
    """The noun with its modifiers and of-, on-, for-phrases: at most eighteen words."""
    tokens = sorted(_collect(noun, without), key=lambda t: t.i)
    return tidy(_as_written(_trim(tokens)[:MAX_WORDS]))


def _as_written(tokens: list[Token]) -> str:
    """The words as the text has them, "cross-border" in one piece; a space where words between were left out.

    A sentence's first word that is no name loses its capital.
    """
    written = "".join(f"{t.text}{_joint(t, n)}" for t, n in itertools.zip_longest(tokens, tokens[1:]))
    opens = tokens and tokens[0].is_sent_start and tokens[0].pos_ != "PROPN" and tokens[0].is_title
    return written[0].lower() + written[1:] if opens and not tokens[0].ent_type else written


def _joint(token: Token, following: Token | None) -> str:
    """What stands between two words: the text's own space, comma or hyphen; a space for words left out."""
    if following is None:
        return ""
    between = token.doc[token.i + 1 : following.i]
    if all(t.text in JOINTS for t in between):
        return f"{token.whitespace_}{between.text_with_ws if len(between) else ''}"
    return " "


def with_content(target: str, noun: Token | None) -> str:
    """``draft rules`` -> ``draft rules that would limit investment``: a bare name of an instrument says too little."""
    if noun is None or len(target.split()) > 2 or noun.pos_ == "PROPN":
        return target
    doc, end = noun.doc, noun.sent.end
    for i in range(noun.i + 1, min(end, noun.i + 7)):
        following = doc[i + 1] if i + 1 < end else noun
        opens = (doc[i].lower_ in ("that", "which") and following.pos_ in ("VERB", "AUX")) or (
            doc[i].lower_ == "to" and following.tag_ == "VB"
        )
        if doc[i].is_punct or doc[i].pos_ == "VERB":
            break
        if opens:
            stop = next((t.i for t in doc[i:end] if (t.is_punct and t.text != "-") or t.is_space), end)
            return tidy(f"{target} {doc[i : min(stop, i + MAX_WORDS)].text}")
    return target


def _collect(token: Token, without: frozenset[int]) -> list[Token]:
    found = [token]
    for c in token.children:
        if c.i in without or c.is_space or c.dep_ in CUT or joined_subject(c) is not None:
            continue
        if c.dep_ == "prep" and _is_date_phrase(c):
            continue
        if c.dep_ in ("cc", "conj") and (c.i < token.i or _opens_clause(c, token)):
            continue
        found += _collect(c, without)
    return found


def _opens_clause(joint: Token, token: Token) -> bool:
    """``the treaty and Samoa acceded``: what follows is a clause of its own."""
    return any(joined_subject(c) is not None for c in token.children if c.i > joint.i)


def _is_date_phrase(prep: Token) -> bool:
    noun = next((c for c in prep.children if c.dep_ == "pobj"), None)
    return prep.lower_ in DATE_PREPOSITIONS and noun is not None and noun.ent_type_ in ("DATE", "TIME")


def _trim(tokens: list[Token]) -> list[Token]:
    """Contiguous words around the head, without a leading article or a trailing joint."""
    out = [t for t in tokens if not t.is_space]
    while out and out[0].lower_ in ("the", "a", "an", "its", "their", "his", "her", ",", "and"):
        out = out[1:]
    while out and (out[-1].dep_ in ("cc", "prep", "punct", "mark") or out[-1].is_punct):
        out = out[:-1]
    return out


def complement(verb: Token, person: Token | None, infinitive: Token) -> str:
    """``Google to share its index``: whom, and what to do; ``firms must share`` is ``firms to share``."""
    stop = min(_end(infinitive), infinitive.i + MAX_WORDS)
    doc = verb.doc
    to = next((c.i for c in infinitive.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is not None:
        doing = doc[to:stop].text
    else:
        passive = next((c.i for c in infinitive.children if c.dep_ == "auxpass" and c.lower_ == "be"), infinitive.i)
        doing = (
            f"to {doc[min(passive, infinitive.i) : stop].text}" if verb is infinitive else doc[infinitive.i : stop].text
        )
    if person is None:
        return tidy(doing)
    whom = phrase(person, without=frozenset({infinitive.i}))
    return tidy(f"{_NONE.sub('', whom)} {doing}")


def _end(token: Token) -> int:
    """Where the words below a verb end, up to the first comma or clause that leaves it."""
    last = token.right_edge.i
    for t in token.doc[token.i : last + 1]:
        if t.text in (",", ";", ":", "--", "—") or (t.dep_ == "advcl" and t.i > token.i + 3):
            return t.i
    return last + 1


def joined(verb: Token, noun: Token | None) -> str:
    """Object of a banning verb with what it is kept from: ``TikTok from government devices``."""
    parts = [phrase(noun)] if noun is not None else []
    for prep in verb.children:
        inquiry = prep.lower_ == "into" and noun is not None and noun.lemma_.lower() in INQUIRIES
        if prep.dep_ in ("prep", "dative") and (inquiry or prep.lower_ in PLACING):
            if _is_date_phrase(prep):
                continue
            inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                parts.append(f"{prep.lower_} {phrase(inner)}")
    return tidy(" ".join(p for p in parts if p))


def tidy(text: str) -> str:
    """One line, joints closed: ``the U.S. 's`` -> ``the U.S.'s``."""
    text = re.sub(r"\s+", " ", text).strip(' ,;:-—"“”')
    text = re.sub(r"(?<=[a-z]{4})\.$", "", text)  # a sentence's full stop, not that of "Corp." or "U.S."
    return re.sub(r"\s+(['’]s|[,.;:%)])", r"\1", re.sub(r"([($€£])\s+", r"\1", text))


def span_of(noun: Token) -> Span:
    """The whole stretch below a noun."""
    return noun.doc[noun.left_edge.i : noun.right_edge.i + 1]
