"""Who says so: the verbs and phrases of saying, and the name of a speaker as a reader would write it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.records import Mention
from pipeline.vocabulary import Part, read


class Speech(Part, frozen=True, kw_only=True):
    """The words of ``speech.yml``."""

    say: tuple[str, ...]
    words_of: tuple[str, ...]
    give: tuple[str, ...]
    works: tuple[str, ...]
    according: tuple[str, ...]
    continuing: tuple[str, ...]
    occasions: tuple[str, ...]
    anonymity: tuple[str, ...]
    naming: tuple[str, ...]
    speakers: tuple[str, ...]
    release: tuple[str, ...]
    results: tuple[str, ...]
    reckon: tuple[str, ...]
    market: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whose words or figures are reported; ``head`` is the token the name was read from."""

    name: str
    entity: str | None
    head: int


@cache
def speech() -> Speech:
    """The vocabulary, read once."""
    return read("speech.yml", Speech)


@cache
def cue_verbs() -> frozenset[str]:
    """Lemmas of verbs of saying."""
    return frozenset(speech().say)


@cache
def _occasions() -> frozenset[str]:
    return frozenset(speech().occasions)


@cache
def _anonymity() -> frozenset[str]:
    return frozenset(speech().anonymity)


@cache
def _speakers() -> frozenset[str]:
    return frozenset(speech().speakers)


QUOTE_MARKS = frozenset('"“”„«»')
_STOPS = frozenset(",.;:!?—–―-()[]/<>") | QUOTE_MARKS | {"--"}
_PRONOUNS = frozenset(("he", "she", "they", "it", "who", "i", "we", "his", "her", "their", "its"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_LONGEST = 16  # tokens in a speaker's description


class Names:
    """The mentions of one article, looked up by place; ``Names.speaker`` names a noun phrase."""

    def __init__(self, doc: Doc, mentions: tuple[Mention, ...]) -> None:
        self.doc = doc
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
        self._quoted = quoted_tokens(doc)
        self._topic = Counter(m.canonical for m in mentions if m.type == "ORG" and m.kind == "name").most_common(1)

    def speaker(self, first: int, stop: int) -> Speaker | None:
        """The speaker named by the tokens from ``first`` up to ``stop``; None where they name nobody."""
        doc = self.doc
        first, stop = self._trim(first, stop)
        if first >= stop:
            return None
        if doc[first].tag_ in ("WP", "WDT", "WP$", "WRB", "TO", "IN") and doc[first].lower_ != "that":
            return None
        if doc[first].lower_ in _PRONOUNS:
            return self._pronoun(first)
        within = [
            m for m in self.mentions if doc[first].idx <= m.start and m.end <= doc[stop - 1].idx + len(doc[stop - 1])
        ]
        core = self._core_end(first, stop)
        person = next((m for m in within if m.type == "PERSON" and m.kind == "name" and m.start < core), None)
        if person:
            return Speaker(person.canonical, person.entity, first)
        introduced = self._earlier(first, stop)
        if introduced is not None:
            return introduced
        whole = next(
            (m for m in within if m.end >= core and m.start <= doc[first].idx + len(doc[first]) and m.start < core),
            None,
        )
        if whole and whole.end == core and (whole.start == doc[first].idx or self._only_determiner(first, whole.start)):
            return Speaker(whole.canonical, whole.entity, first)
        if described := self._described(first, stop):
            return described
        return Speaker(self._printed(first, stop, within), None, first)

    def _trim(self, first: int, stop: int) -> tuple[int, int]:
        """Without leading punctuation, adverbs and conjunctions, and what is not the name at the end."""
        doc = self.doc
        while first < stop and (
            doc[first].is_space or doc[first].is_punct or doc[first].pos_ in ("CCONJ", "SCONJ", "ADV", "INTJ")
        ):
            first += 1
        return first, phrase_end(doc, first, min(stop, first + _LONGEST + 4))

    def _core_end(self, first: int, stop: int) -> int:
        """Offset where the phrase's own noun ends: before the first preposition or relative pronoun."""
        doc = self.doc
        at = first
        while at < stop and not (
            doc[at].pos_ in ("ADP", "SCONJ") or (doc[at].tag_ in ("WP", "WDT", "VBG", "VBN") and at > first)
        ):
            if any(m.start <= doc[at].idx < m.end for m in self.mentions):
                end = next(m.end for m in self.mentions if m.start <= doc[at].idx < m.end)
                while at + 1 < stop and doc[at + 1].idx < end:
                    at += 1
            at += 1
        return doc[at - 1].idx + len(doc[at - 1]) if at > first else doc[first].idx

    def _only_determiner(self, first: int, start: int) -> bool:
        return all(t.pos_ == "DET" for t in self.doc[first : first + 2] if t.idx < start)

    def _pronoun(self, at: int) -> Speaker | None:
        token = self.doc[at]
        for m in self.mentions:
            if m.start == token.idx and m.kind != "name":
                return Speaker(m.canonical, m.entity, at)
        if token.lower_ in ("i", "we", "who"):
            return None
        thing = token.lower_ in ("it", "its")
        plural = token.lower_ in ("they", "their")
        for i in range(at - 1, max(-1, at - 400), -1):
            other = self.doc[i]
            if not self._quoted[i] and other.dep_ in ("nsubj", "nsubjpass") and other.pos_ in ("NOUN", "PROPN"):
                if named := self._antecedent(other, thing, plural):
                    return named
        return None

    def _antecedent(self, noun: Token, thing: bool, plural: bool) -> Speaker | None:
        """The subject before, where it is of the pronoun's kind: a person for "he", a body for "it"."""
        kinds = ("ORG", "GPE") if thing else ("PERSON",)
        named = next((m for m in self.mentions if m.start <= noun.idx < m.end and m.type in kinds), None)
        if named is not None:
            return Speaker(named.canonical, named.entity, noun.i)
        if not thing and noun.lemma_.lower() in _speakers() and plural == (noun.tag_ in ("NNS", "NNPS")):
            return self.speaker(phrase_start(self.doc, noun.i), noun.right_edge.i + 1)
        return None

    def _earlier(self, first: int, stop: int) -> Speaker | None:
        """``the lawyer`` is the lawyer introduced before: the nearest fuller phrase with the same noun."""
        doc = self.doc
        head = noun_of(doc, first, stop)
        if head is None or not self._is_back_reference(first, stop, head):
            return None
        for at in range(first - 1, -1, -1):
            token = doc[at]
            if token.lemma_ != head.lemma_ or token.pos_ not in ("NOUN", "PROPN"):
                continue
            begin, end = phrase_start(doc, at), phrase_end(doc, at, min(len(doc), at + _LONGEST))
            if not self._is_back_reference(begin, end, token) and end - begin > 1:
                return self.speaker(begin, end)
        return None

    def _described(self, first: int, stop: int) -> Speaker | None:
        """``the company`` where nobody resolved it: the body of that kind named last before, outside quotations."""
        doc = self.doc
        head = noun_of(doc, first, stop)
        if head is None or stop - 1 > head.i or head.i - first > 2 or doc[first].lower_ not in _DEFINITE:
            return None
        kinds = [kind for kind, nouns in vocabulary.descriptions().kinds.items() if head.lemma_.lower() in nouns]
        for m in reversed(self.mentions):
            if m.end > doc[first].idx or m.kind != "name" or m.type == "PERSON":
                continue
            actor = vocabulary.by_id().get(m.entity)
            if kinds and (actor.kind in kinds if actor else m.type == "ORG" and "company" in kinds):
                return Speaker(m.canonical, m.entity, first)
        return None

    def _is_back_reference(self, first: int, stop: int, head: Token) -> bool:
        """``the official``, ``the senior official``, ``one of the people``, ``the two officials``."""
        doc = self.doc
        words = [t for t in doc[first:stop] if t.pos_ not in ("NUM",)]
        one_of = len(words) > 2 and doc[first].lower_ in ("one", "another", "some") and doc[first + 1].lower_ == "of"
        if head.lemma_.lower() not in _speakers() or stop - 1 > head.i:
            return False
        return one_of or (doc[first].lower_ in _DEFINITE and head.i - first <= 1) or head.i == first

    def _company(self, token: Token) -> str:
        """The company in "a company spokesperson": the one named before in the sentence, else the text's topic."""
        near = [m for m in self.mentions if token.sent.start_char <= m.start and m.end <= token.idx and m.type == "ORG"]
        return near[0].canonical if near else (self._topic[0][0] if self._topic else "")

    def _printed(self, first: int, stop: int, within: list[Mention]) -> str:
        """The phrase as printed, its article left out and a description inside it replaced by its name."""
        doc = self.doc
        while first < stop - 1 and doc[first].lower_ in ("a", "an", "the"):
            first += 1
        out = ""
        for token in doc[first:stop]:
            inside = next((m for m in within if m.kind != "name" and m.start <= token.idx < m.end), None)
            if inside is None:
                generic = (
                    token.lower_ in ("company", "firm")
                    and token.i == first
                    and token.i + 1 < stop
                    and bool(self._topic)
                )
                out += (self._topic[0][0] if generic else token.text) + token.whitespace_
            elif token.idx + len(token) >= inside.end:
                out += inside.canonical + token.whitespace_
        return " ".join(out.split())


def quoted_tokens(doc: Doc) -> list[bool]:
    """For each token whether it stands within quotation marks."""
    inside, out = False, []
    for token in doc:
        if token.is_space and "\n" in token.text:
            inside = False
        if token.text in ("“", "”", '"'):
            inside = token.text == "“" or (token.text == '"' and not inside)
        out.append(inside)
    return out


def noun_of(doc: Doc, first: int, stop: int) -> Token | None:
    """The noun of the phrase: the last of its first run of nouns; after "one of" the noun of the whole."""
    if stop - first > 2 and doc[first].lower_ in ("one", "another", "some") and doc[first + 1].lower_ == "of":
        first += 2
    noun = None
    for token in doc[first:stop]:
        if token.pos_ in ("NOUN", "PROPN"):
            noun = token
        elif noun is not None and token.text != "-":
            break
    return noun


def phrase_start(doc: Doc, at: int) -> int:
    """The first token of the noun phrase whose noun stands at ``at``."""
    while at > 0 and (
        doc[at - 1].pos_ in ("ADJ", "NOUN", "PROPN", "DET", "NUM") or doc[at - 1].tag_ in ("POS", "VBN", "HYPH")
    ):
        at -= 1
    return at


def phrase_end(doc: Doc, first: int, stop: int) -> int:
    """Where the phrase ends: at punctuation, a finite verb, a day, or the occasion ("in an interview")."""
    at = first
    while at < stop:
        token = doc[at]
        joined = token.text in "-–" and at > first and doc[at - 1].whitespace_ == "" and token.whitespace_ == ""
        if token.is_space or (token.text in _STOPS and not joined) or _is_closing(doc, at, stop, first):
            break
        at += 1
    while at > first + 1 and doc[at - 1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "ADV"):
        at -= 1
    return at


def _is_closing(doc: Doc, at: int, stop: int, first: int) -> bool:
    token = doc[at]
    if at == first:
        return False
    ahead = doc[at + 1 : min(len(doc), at + 6)]
    if token.lower_ == "who":
        return any(t.lemma_ in _anonymity() for t in doc[at + 1 : min(len(doc), at + 6)] if t.pos_ in ("VERB", "AUX"))
    if token.pos_ == "ADP" and ahead:
        nouns = [t for t in ahead if t.pos_ in ("NOUN", "PROPN")][:2]
        if ahead[0].ent_type_ in ("DATE", "TIME") or (
            nouns and (nouns[0].lower_ in _occasions() or nouns[-1].lower_ in _occasions())
        ):
            return not (nouns and nouns[0].i > at + 4)
    if (
        token.ent_type_ in ("DATE", "TIME")
        and token.pos_ in ("PROPN", "NOUN", "ADJ")
        and token.lower_ not in ("former",)
    ):
        return token.text in _DAYS or token.lower_ in ("last", "this", "earlier", "yesterday", "today")
    finite = token.tag_ in ("VBD", "VBZ", "VBP", "MD") and not _in_relative(doc, first, at)
    return finite or token.lower_ in (
        "while",
        "when",
        "after",
        "before",
        "as",
        "but",
        "because",
        "adding",
        "referring",
        "speaking",
    )


def _in_relative(doc: Doc, first: int, at: int) -> bool:
    return any(t.lower_ in ("who", "that", "which", "whose") for t in doc[first:at])


_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
