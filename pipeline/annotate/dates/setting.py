"""Where a date stands: the words around it, the verb and noun it hangs on, and what hangs on that verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from spacy.tokens import Doc, Token

from pipeline.annotate.columns import lemmas, lowers
from pipeline.annotate.dates.expression import Expression, sentence_at, token_at
from pipeline.annotate.dates.periods import Period
from pipeline.annotate.dates.tense import governor, path_words
from pipeline.annotate.dates.words import words
from pipeline.annotate.plain import text_of

CLOCK = re.compile(
    r"\b(?:about )?(?:\d{1,2}(?!\d| ?%| per ?cent)(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight)"
    r"(?: \(?[\w ]{1,20}\)?)?(?: [A-Z]\w+ time)? on$"
)
REACH = 14  # tokens before a date that are looked at
When = Literal["before", "now", "after"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings of a date, as lemmas in lower case where not said otherwise."""

    before: str  # the printed words before the date, lower case, a time of day left out
    after: str  # the word after it
    verb: Token | None
    noun: Token | None
    path: tuple[str, ...]  # words between the date and its verb
    clause: frozenset[str]  # "take effect", "come into force", and the pairs of words before the date
    around: frozenset[str]  # lemmas within ten words before and six after, in the sentence
    when: When  # before, on or after the day the report is written
    period: Period | None

    @property
    def subject(self) -> Token | None:
        """Who or what the verb is said of."""
        return subject_of(self.verb)

    @property
    def object(self) -> Token | None:
        """What the verb is done to."""
        return (
            next((t for t in self.verb.children if t.dep_ in ("dobj", "obj")), None) if self.verb is not None else None
        )

    def ends(self, options: tuple[str, ...]) -> str | None:
        """The option with which the words before the date end, longest first."""
        found = [o for o in options if self.before == o or self.before.endswith(" " + o)]
        return max(found, key=len, default=None)


def lemma(token: Token | None) -> str:
    """Lemma in lower case, "" for none."""
    if token is None:
        return ""
    word = token.lemma_.lower()
    return words().lemmas.get(word, word)


def setting_of(e: Expression, doc: Doc, period: Period | None, when: When) -> Setting | None:
    """Gather the syntax around a date; None without tokens."""
    first, last = token_at(doc, e.start), token_at(doc, e.end - 1)
    if first is None or last is None:
        return None
    top = last
    while top.head.i != top.i and first.i <= top.head.i <= last.i:
        top = top.head
    verb, (begin, stop) = governor(top), sentence_at(first)
    is_verb = verb.pos_ in ("VERB", "AUX") and verb.i != top.i
    pairs = {f"{a} {b}" for a, b in pairwise(lowers(doc)[max(begin, first.i - 4) : first.i])}
    known = words().lemmas
    around = (word.lower() for word in lemmas(doc)[max(begin, first.i - 10) : min(stop, last.i + 6)])
    return Setting(
        before=words_before(text_of(doc)[doc[max(begin, first.i - REACH)].idx : first.idx]),
        after=lowers(doc)[last.i + 1] if last.i + 1 < len(doc) else "",
        verb=verb if is_verb else None,
        noun=noun_of(top),
        path=tuple(path_words(top, verb)),
        clause=(phrases_of(verb) if is_verb else frozenset()) | pairs,
        around=frozenset(known.get(word, word) for word in around),
        when=when,
        period=period,
    )


def words_before(text: str) -> str:
    """The words before a date; of "from 1 p.m. on" only "from"."""
    return CLOCK.sub("", " ".join(text.split())).strip().lower()


def noun_of(top: Token) -> Token | None:
    """The noun a date hangs on: "the May 2023 order", "a notice of June 4", "an order dated May 30"."""
    head = top.head
    if head.i == top.i:
        return None
    if head.pos_ in ("NOUN", "PROPN"):
        return head
    if head.pos_ == "ADP" and head.head.pos_ in ("NOUN", "PROPN") and head.head.i != head.i:
        return head.head
    if head.lemma_ == "date" and head.head.pos_ == "NOUN":
        return head.head
    return None


def phrases_of(verb: Token) -> frozenset[str]:
    """A verb with its object, particle, complement or preposition: "take effect", "come into force"."""
    word = lemma(verb)
    out = {word}
    for child in verb.children:
        if child.dep_ in ("dobj", "prt", "acomp", "attr", "oprd"):
            out.add(f"{word} {lemma(child)}")
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    out |= {f"{word} {lemma(child)} {lemma(inner)}", f"{lemma(child)} {lemma(inner)}"}
        elif child.dep_ == "advmod" and child.lower_ in ("in", "out"):
            out.add(f"{word} {child.lower_}")
    return frozenset(out)


def subject_of(verb: Token | None) -> Token | None:
    """The subject of a verb, also of the verb it is joined to, or the noun a participle describes."""
    for _ in range(4):
        if verb is None:
            return None
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return verb.head if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        verb = verb.head if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX") else None
    return None


def misread_speaker(verb: Token) -> Token | None:
    """The speaker in "..., a spokesperson for the ministry said", which the parser takes for an apposition."""
    if any(t.dep_ in ("nsubj", "nsubjpass") for t in verb.children):
        return None
    for token in verb.doc[max(verb.i - 14, 0) : verb.i]:
        if token.dep_ == "appos" and token.pos_ in ("NOUN", "PROPN") and verb.i - 2 <= token.right_edge.i < verb.i:
            return token
    return None


def has_number(token: Token | None) -> bool:
    """Whether a noun is counted: "346 services"."""
    return token is not None and any(c.dep_ == "nummod" for c in token.children)
