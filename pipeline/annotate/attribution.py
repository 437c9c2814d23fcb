"""Who says so: the name of a speaker, as a reader would write it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline import vocabulary
from pipeline.annotate.authors import author
from pipeline.annotate.introductions import after_place, by_acronym, in_apposition, named_later
from pipeline.annotate.noun_phrases import is_irish, noun_of, phrase_end, phrase_start, quoted_tokens
from pipeline.annotate.speech import is_one_of, words
from pipeline.records import Mention

_PRONOUNS = frozenset(("he", "she", "they", "it", "who", "i", "we", "his", "her", "their", "its"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_ONE_OF = frozenset(("one", "another", "some"))
_NO_NAME = frozenset(("WP", "WDT", "WP$", "WRB", "TO", "IN"))
_STATES = frozenset(("NORP", "GPE"))  # "the Chinese embassy"
_ENDS = frozenset((".", "!", "?", ";", ":"))  # of a list of people
_LONGEST = 20  # tokens in a speaker's description
_FAR = 600  # tokens to look back for who was introduced


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whose words or figures are reported; ``head`` is the token the name was read from."""

    name: str
    entity: str | None
    head: int


def names_of(doc: Doc, mentions: tuple[Mention, ...]) -> Names:
    """``Names``, made once for a document and its mentions."""
    kept: Names | None = doc.user_data.get("names")
    if kept is None or kept.given is not mentions:
        kept = doc.user_data["names"] = Names(doc, mentions)
    return kept


class Names:
    """The mentions of one article, looked up by place; ``Names.speaker`` names a noun phrase."""

    def __init__(self, doc: Doc, mentions: tuple[Mention, ...]) -> None:
        self.doc, self.given = doc, mentions
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
        self._over: dict[int, Mention] = {}  # token -> the mention that covers it
        for mention in self.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for i in range(span.start, span.end) if span is not None else ():
                self._over.setdefault(i, mention)
        self._quoted = quoted_tokens(doc)
        self._topic = Counter(m.canonical for m in mentions if m.type == "ORG" and m.kind == "name").most_common(1)

    def speaker(self, first: int, stop: int, known: bool = False) -> Speaker | None:
        """The speaker named by the tokens from ``first`` up to ``stop``; None where they name nobody.

        ``known``: the phrase introduces somebody, so nobody is looked for before it.
        """
        first, stop = self._trim(first, stop)
        that = first + 1 < stop and self.doc[first].lower_ == "that"
        if first >= stop or (self.doc[first].tag_ in _NO_NAME and not that):
            return None
        if not any(
            t.pos_ in ("NOUN", "PROPN", "PRON", "DET", "NUM") or t.i in self._over or is_irish(t)
            for t in self.doc[first:stop]
        ):
            return None
        if self.doc[first].lower_ in _PRONOUNS:
            return None if known else self._pronoun(first)
        core = self._core(first, stop)
        person = next((m for m in self._within(first, core) if m.type == "PERSON" and m.kind == "name"), None)
        person = person or self._by_name(first, stop)
        if person is not None:
            return Speaker(person.canonical, person.entity, first)
        if not known and (introduced := self._introduced(first, stop)):
            return introduced
        if (work := self._work(first, core) or by_acronym(self.doc, first, stop, self._over)) is not None:
            return Speaker(work.canonical, work.entity, first)
        if not known and (written := self._author(first, stop)):
            return written
        last = self._over.get(core - 1)
        if last is not None and self._is_whole(first, core, last):
            plural = last.method == "state plural"  # "American lawmakers" are not Congress
            return Speaker(self.doc[first:core].text if plural else last.canonical, last.entity, first)
        if not known and (described := self._described(first, stop)):
            return described
        return Speaker(self._printed(first, stop), None, first)

    def _by_name(self, first: int, stop: int) -> Mention | None:
        """The person a description of a speaker is, named beside it or further on."""
        head = noun_of(self.doc, first, stop)
        if head is None or head.lemma_.lower() not in words("speakers"):
            return None
        return (
            in_apposition(self.doc, stop, self._over)
            or after_place(self.doc, first, stop, self._over)
            or named_later(self.doc, head, self._over)
        )

    def _work(self, first: int, core: int) -> Mention | None:
        """``the WIPO statement``: the body whose writing speaks."""
        if core - first < 2 or not is_one_of(self.doc[core - 1], "works"):
            return None
        return next(
            (m for m in self._within(first, core - 1) if m.type in ("ORG", "PERSON") and m.kind == "name"), None
        )

    def _author(self, first: int, stop: int) -> Speaker | None:
        """``the letter``: who wrote it; all who signed it, joined."""
        noun = noun_of(self.doc, first, stop)
        name = author(self.doc, noun, self._named) if noun is not None else None
        entity = next((m.entity for m in self.mentions if m.canonical == name), None)
        return Speaker(name, entity, first) if name else None

    def _named(self, first: int, stop: int) -> str | None:
        """The name of a phrase; of a list of people all their names."""
        begun = next((i for i in range(first, stop) if i in self._over), stop)
        stop = next((t.i for t in self.doc[begun:stop] if t.text in _ENDS or t.is_space), stop)
        people = list(dict.fromkeys(m.canonical for m in self._within(first, stop) if m.type == "PERSON"))
        listed = self._over.get(first)
        if len(people) > 1 and (listed is None or listed.type == "PERSON"):
            return "; ".join(people)
        speaker = self.speaker(first, stop, known=True)
        return speaker.name if speaker else None

    def _trim(self, first: int, stop: int) -> tuple[int, int]:
        """Without leading marks, adverbs and conjunctions, and without what is not the name at the end."""
        doc = self.doc
        while first < stop and (
            doc[first].is_space
            or doc[first].is_punct
            or (doc[first].pos_ in ("CCONJ", "SCONJ", "ADV", "INTJ") and not is_irish(doc[first]))
        ):
            first += 1
        return first, phrase_end(doc, first, min(stop, first + _LONGEST))

    def _core(self, first: int, stop: int) -> int:
        """Where the phrase's own noun ends: before the first preposition or relative pronoun outside a name."""
        for at in range(first, stop):
            token, over = self.doc[at], self._over.get(at)
            if over is not None and over.start < token.idx:
                continue
            if token.pos_ in ("ADP", "SCONJ") or (at > first and token.tag_ in ("WP", "WDT", "VBG", "VBN")):
                return max(at, first + 1)
        return stop

    def _within(self, first: int, stop: int) -> list[Mention]:
        """The mentions that lie in the stretch of tokens, each once."""
        return list(dict.fromkeys(m for at in range(first, stop) if (m := self._over.get(at)) is not None))

    def _is_whole(self, first: int, core: int, mention: Mention) -> bool:
        """Whether the mention is the phrase itself, but for an article."""
        end = self.doc[core - 1].idx + len(self.doc[core - 1])
        office = mention.method == "embassy" or mention.method.startswith("role:")
        before = [t for t in self.doc[first:core] if t.idx < mention.start]
        return mention.end >= end and all(t.pos_ == "DET" or (office and t.ent_type_ in _STATES) for t in before)

    def _pronoun(self, at: int) -> Speaker | None:
        """Who "he", "they", "it" are: as resolved, else the nearest subject of that kind outside quotations."""
        token, over = self.doc[at], self._over.get(at)
        if over is not None and over.kind != "name":
            return Speaker(over.canonical, over.entity, at)
        if token.lower_ in ("i", "we", "who"):
            return None
        for i in range(at - 1, max(-1, at - 400), -1):
            other = self.doc[i]
            if self._quoted[i] or other.dep_ not in ("nsubj", "nsubjpass") or other.pos_ not in ("NOUN", "PROPN"):
                continue
            if named := self._antecedent(other, token.lower_):
                return named
        return None

    def _antecedent(self, noun: Token, pronoun: str) -> Speaker | None:
        """The subject before, where it is of the pronoun's kind: a person for "he", a body for "it"."""
        thing, plural = pronoun in ("it", "its"), pronoun in ("they", "their")
        over = self._over.get(noun.i)
        if over is not None and over.type in (("ORG", "GPE") if thing else ("PERSON",)):
            return Speaker(over.canonical, over.entity, noun.i)
        if not thing and noun.lemma_.lower() in words("speakers") and plural == (noun.tag_ in ("NNS", "NNPS")):
            return self.speaker(phrase_start(self.doc, noun.i), noun.right_edge.i + 1, known=True)
        return None

    def _introduced(self, first: int, stop: int) -> Speaker | None:
        """``the lawyer`` is the lawyer introduced before: the nearest fuller phrase with the same noun."""
        doc, head = self.doc, noun_of(self.doc, first, stop)
        if head is None or not self._refers_back(first, stop, head):
            return None
        for at in range(first - 1, max(-1, first - _FAR), -1):
            token = doc[at]
            if token.lemma_ != head.lemma_ or token.pos_ not in ("NOUN", "PROPN") or doc[at + 1].tag_ == "POS":
                continue
            begin, end = phrase_start(doc, at), phrase_end(doc, at, min(len(doc), at + _LONGEST))
            if end - begin > 1 and not self._refers_back(begin, end, token):
                return self.speaker(begin, end, known=True)
        return None

    def _refers_back(self, first: int, stop: int, head: Token) -> bool:
        """``the official``, ``one of the people``, ``the two officials``: nobody new is named."""
        doc = self.doc
        if head.lemma_.lower() not in words("speakers") or stop - 1 > head.i:
            return False
        one_of = stop - first > 2 and doc[first].lower_ in _ONE_OF and doc[first + 1].lower_ == "of"
        plain = all(t.pos_ == "NUM" for t in doc[first + 1 : head.i])
        return one_of or (doc[first].lower_ in _DEFINITE and plain) or head.i == first

    def _described(self, first: int, stop: int) -> Speaker | None:
        """``the company`` where nobody resolved it: the body of that kind named last before."""
        doc, head = self.doc, noun_of(self.doc, first, stop)
        if head is None or stop - 1 > head.i or head.i - first > 2 or doc[first].lower_ not in _DEFINITE:
            return None
        noun = head.lemma_.lower()
        kinds = [kind for kind, nouns in vocabulary.descriptions().kinds.items() if noun in nouns]
        for m in reversed(self.mentions):
            if m.end > doc[first].idx or m.kind != "name" or m.type == "PERSON" or not kinds:
                continue
            actor = vocabulary.by_id().get(m.entity)
            if actor.kind in kinds if actor else (m.type == "ORG" and "company" in kinds):
                return Speaker(m.canonical, m.entity, first)
        return None

    def _printed(self, first: int, stop: int) -> str:
        """The phrase as printed, its article left out and a description inside it replaced by its name."""
        doc = self.doc
        while first < stop - 1 and doc[first].lower_ in ("a", "an", "the"):
            first += 1
        out, names = "", {m.entity for m in self._within(first, stop) if m.kind == "name"}
        for token in doc[first:stop]:
            over = self._over.get(token.i)
            if over is not None and over.kind != "name" and over.entity in names:
                continue  # "the newspaper" beside its name
            if over is None or over.kind == "name":
                generic = token.i == first < stop - 1 and token.lower_ in ("company", "firm")
                out += (self._company(token) if generic else token.text) + token.whitespace_
            elif token.idx + len(token) >= over.end:
                out += over.canonical + token.whitespace_
        return " ".join(out.split())

    def _company(self, token: Token) -> str:
        """Whose "a company spokesperson" is: of the body named before in the sentence, else of the text's topic."""
        near = [m for m in self._within(token.sent.start, token.i) if m.type == "ORG"]
        if near:
            return near[0].canonical
        return self._topic[0][0] if self._topic else token.text
