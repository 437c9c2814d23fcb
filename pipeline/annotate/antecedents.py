"""What has been named so far in a text, and which of it a description or pronoun can stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.annotate.columns import starts, texts
from pipeline.records import Mention

MARKS = {"“", "”", '"', "``", "''"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
NAME_KINDS = (  # the kind an unlisted organisation's own name shows
    ("court", {"Court", "Tribunal"}),
    ("ministry", {"Ministry", "Department"}),
    ("embassy", {"Embassy", "Consulate"}),
    ("legislature", {"Parliament", "Senate", "Assembly", "Congress", "Council"}),
    ("regulator", {"Commission", "Authority", "Agency", "Bureau", "Regulator", "Office", "Administration", "Board"}),
    ("university", {"University", "Institute", "College", "Academy"}),
    ("association", {"Association", "Alliance", "Federation", "Union", "Society", "Coalition", "Council"}),
    ("international", {"Organization", "Organisation"}),
)
TYPE_KINDS = {"PERSON": "person", "GPE": "state", "LAW": "law", "PRODUCT": "app", "EVENT": "event"}
KIND_OF_KIND = {
    "treaty": "law",
    "province": "state",
    "government": "administration",
    "embassy": "ministry",
    "media": "media",
}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """One earlier mention: its sentence's number, its head token and whether it is a subject."""

    mention: Mention
    sentence: int
    head: int
    is_subject: bool


@dataclass(slots=True)
class Discourse:
    """Mentions in text order as far as read; ``sentences`` gives a token's sentence number."""

    doc: Doc
    sentences: tuple[int, ...]
    seen: list[Antecedent] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, mention: Mention, head: Token) -> None:
        """Take in the next mention."""
        subject = head.dep_ in SUBJECTS
        self.counts[mention.entity] += 1
        self.seen.append(Antecedent(mention, self.sentences[head.i], head.i, subject))

    def best(self, at: Token, fits: Callable[[Mention], float], reach: int) -> tuple[Mention, float] | None:
        """The likeliest antecedent within ``reach`` sentences; ``fits`` scores a mention, 0 rules it out."""
        here, found = self.sentences[at.i], None
        top = 0.0
        for a in reversed(self.seen):
            distance = here - a.sentence
            if distance > reach:
                break
            fit = fits(a.mention)
            if fit <= 0 or a.head == at.i:
                continue
            score = fit - 0.6 * distance + 1.2 * a.is_subject + 0.15 * min(self.counts[a.mention.entity], 6)
            if score > top:
                top, found = score, a.mention
        return (found, top) if found else None


def kind_of(mention: Mention) -> str:
    """The kind of actor a mention is, by vocabulary, by office, or by the words of its name."""
    if mention.type == "GPE" and mention.country == "EU":
        return "bloc"
    if actor := vocabulary.by_id().get(mention.entity):
        return KIND_OF_KIND.get(actor.kind, actor.kind)
    method = mention.method.partition(":")
    if method[0] == "role" and (role := vocabulary.roles().get(method[2])):
        return role.kind
    if mention.type in TYPE_KINDS:
        return TYPE_KINDS[mention.type]
    words = set(mention.canonical.split())
    return next((kind for kind, heads in NAME_KINDS if words & heads), "company")


@cache
def kinds_of_head(head: str) -> frozenset[str]:
    """The kinds of actor that a description with this head noun can stand for."""
    return frozenset(kind for kind, heads in vocabulary.descriptions().kinds.items() if head in heads)


@cache
def described() -> frozenset[str]:
    """All words that can be the head of a description."""
    words = vocabulary.descriptions()
    heads = (head for found in words.kinds.values() for head in found)
    return frozenset(heads) | frozenset(words.state_plurals) | frozenset(words.legislature_plurals)


@cache
def called(entity: str) -> frozenset[str]:
    """Descriptions listed for an entity, in lower case."""
    actor = vocabulary.by_id().get(entity)
    return frozenset(c.casefold() for c in actor.called) if actor else frozenset()


def sentence_numbers(doc: Doc) -> tuple[int, ...]:
    """The number of each token's sentence."""
    begins = starts(doc)
    begins[:1] = [True]
    return tuple(accumulate(begins[1:], initial=0)) if begins else ()


def quoted_tokens(doc: Doc) -> frozenset[int]:
    """Tokens inside quotation marks; a mark left open ends with its paragraph."""
    inside, found, words = False, [], texts(doc)
    if MARKS.isdisjoint(words):
        return frozenset()
    for i, word in enumerate(words):
        if word in MARKS:
            inside = word in {"“", "``"} or (word == '"' and not inside)
        elif inside:
            if "\n" in word:
                inside = False
            else:
                found.append(i)
    return frozenset(found)
