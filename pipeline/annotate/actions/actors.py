"""Who can be the actor of a policy act: public bodies, and companies where they grant or restrict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span, Token

from pipeline.annotate.actions.governments import state_meant, state_of_report
from pipeline.annotate.actions.lexicon import word_set, words
from pipeline.annotate.actions.offices import TITLES, is_official, judges, titled
from pipeline.annotate.actions.triggers import Triggers
from pipeline.annotate.antecedents import kind_of
from pipeline.annotate.text import Text
from pipeline.records import Mention

COURT = re.compile(r"\b(?:Court|Tribunal|Judge)\b")
LEGISLATURE = re.compile(
    r"\b(?:Parliament|Congress|Senate|House of (?:Representatives|Commons|Lords)|Knesset|Duma|Diet|Bundestag|Bundesrat"
    r"|National Assembly|Legislative Assembly|Legislative Council|Legislature|Rada|Riksdag|Storting|Sejm|Sabha)\b"
)
PUBLIC = word_set("public")
COMPANY = frozenset({"company", "app", "platform"})
# firms have them
GROUPS = word_set("groups")


UNNAMED = word_set("unnamed")  # too vague alone
COURTS = frozenset({"court", "judge", "justice", "tribunal", "magistrate"})

FEDERAL = frozenset({"federal", "district", "circuit", "appeals", "bankruptcy"})
BODIES = frozenset({"board", "body", "arm", "bureau", "leader"})  # "Turkey's competition board"; not any firm's
MEMBERS = frozenset({"member", "state", "country", "government", "party"})


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as the report names it. ``public``: a body of a state or an international one."""

    name: str
    entities: tuple[str, ...]
    country: str | None
    kind: str
    public: bool
    members: tuple[Actor, ...] = ()  # of a joint act of several states


class Cast:
    """The mentions of a text by token, and the actors they make."""

    def __init__(self, text: Text, mentions: tuple[Mention, ...]) -> None:
        self.text = text
        self.classes: dict[int, frozenset[str]] = {}  # of objects already looked at, by token
        self._by_token: dict[int, Mention] = {}
        for mention in mentions:
            span = text.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                old = self._by_token.get(token.i)
                if old is None or mention.end - mention.start > old.end - old.start:
                    self._by_token[token.i] = mention

    @cached_property
    def triggers(self) -> Triggers:
        """Where the text may tell acts."""
        return Triggers(self.text.doc)

    @cached_property
    def home(self) -> str | None:
        """The state most named: whose "lawmakers" are meant without a word."""
        seen: dict[str, int] = {}
        for mention in self._by_token.values():
            if mention.country and mention.type in ("GPE", "ORG"):
                seen[mention.country] = seen.get(mention.country, 0) + 1
        return max(seen, key=lambda c: seen[c], default=None)

    @cached_property
    def state(self) -> Actor | None:
        """The state that a report is about, whose acts are told without a doer."""
        found = state_of_report(self._by_token)
        return Actor(found[0], (found[1],), found[2], "state", public=True) if found is not None else None

    def is_judge(self, mention: Mention) -> bool:
        """Whether the text calls a person a judge, anywhere."""
        return mention.entity in self._judges

    @cached_property
    def _judges(self) -> frozenset[str]:
        return judges(self.text.doc, self._by_token)

    @cached_property
    def _officials(self) -> frozenset[str]:
        return titled(self.text.doc, self._by_token)

    def _judge_meant(self, noun: Token) -> Mention | None:
        """``A federal judge ruled``: the one judge that the text names after; ``the judge``: the one it named."""
        if len(self._judges) != 1:
            return None
        named = next((m for m in self._by_token.values() if m.entity in self._judges and m.kind == "name"), None)
        known = any(c.lower_ == "the" for c in noun.children)
        return named if named is not None and (known or noun.idx < named.start) else None

    def mention(self, token: Token) -> Mention | None:
        """The mention a token stands in."""
        return self._by_token.get(token.i)

    def within(self, span: Span) -> tuple[str, ...]:
        """Entities named in a stretch of text, in order."""
        return tuple(dict.fromkeys(m.entity for t in span if (m := self.mention(t))))

    def actor(self, token: Token | None) -> Actor | None:
        """The actor a noun or pronoun stands for, with those coordinated to it, or None where it can be none."""
        if token is None:
            return None
        if token.lower_ in ("it", "they", "he", "she") and (subject := self._centre(token)) is not None:
            return self.actor(subject)
        first = self._one(token)
        if first is None:
            return None
        others = [self._one(t) for t in token.conjuncts if t.i > token.i and t.head.i >= token.i]
        together = [first, *(o for o in others if o and o.public == first.public and o.name != first.name)]
        if len(together) == 1:
            return first
        countries = {a.country for a in together}
        states = all(a.kind == "state" for a in together)
        return Actor(
            name="; ".join(dict.fromkeys(a.name for a in together)),
            entities=tuple(e for a in together for e in a.entities),
            country="INT" if states and len(countries) > 1 else first.country,
            kind=first.kind,
            public=first.public,
            members=tuple(together) if len(countries) > 1 else (),
        )

    def _centre(self, pronoun: Token) -> Token | None:
        """``The ministry said it would``, ``when it …, the ministry said``: the subject of the clause above."""
        head = pronoun.head
        for _ in range(3):
            if head.dep_ not in ("ccomp", "conj", "advcl") or head.head == head:
                return None
            inside, head = head, head.head
            fronted = inside.dep_ == "advcl" and inside.left_edge.i == pronoun.sent.start
            subject = next((c for c in head.children if c.dep_ == "nsubj" and (c.i < pronoun.i or fronted)), None)
            if subject is None or subject == pronoun or (inside.i < head.i and not fronted):
                continue
            if subject.lower_ in ("it", "they", "he", "she"):
                continue
            if pronoun.lower_ in ("he", "she") and not ((m := self.mention(subject)) and m.type == "PERSON"):
                return None
            if pronoun.lower_ != "they" and subject.tag_ in ("NNS", "NNPS") and self.mention(subject) is None:
                return None
            return subject
        return None

    def _one(self, token: Token) -> Actor | None:
        mention = self.mention(token)
        if mention is None:
            return self._described(token)
        if any(name in mention.canonical for name in words().not_actors) or mention.type in ("EVENT", "LAW", "PRODUCT"):
            return None
        kind = "court" if COURT.search(mention.canonical) else kind_of(mention)
        if kind in PUBLIC and LEGISLATURE.search(mention.canonical):
            kind = "legislature"
        if mention.type == "PERSON":
            if (body := self._body_of(token)) is not None:
                return body
            public = is_official(token, mention, self._officials)
            return Actor(mention.canonical, (mention.entity,), mention.country, "person", public) if public else None
        if kind in PUBLIC or mention.type == "GPE":
            return Actor(mention.canonical, (mention.entity,), mention.country, kind, True)
        if kind in ("media", "association"):
            return Actor(mention.canonical, (mention.entity,), mention.country, "association", False)
        if kind in COMPANY or (mention.type == "ORG" and kind not in ("media", "university", "association")):
            return Actor(mention.canonical, (mention.entity,), mention.country, "company", False)
        return None

    def _body_of(self, token: Token) -> Actor | None:
        """``Pan, governor of the central bank``, ``Ohio Governor Mike DeWine``: who acts through the person."""
        for c in token.children:
            if c.dep_ == "appos" and c.lemma_.lower() in TITLES:
                of = next((p for p in c.children if p.dep_ == "prep" and p.lower_ == "of"), None)
                noun = next((p for p in of.children if p.dep_ == "pobj"), None) if of is not None else None
                mention = self.mention(noun) if noun is not None else None
                if mention is not None and mention.type == "ORG" and kind_of(mention) in PUBLIC:
                    return self._one(noun) if noun is not None else None
        before = [c for c in token.subtree if c.i < token.i]
        if any(c.lemma_.lower() == "governor" for c in before):
            state = next((c for c in before if (m := self.mention(c)) and m.type == "GPE"), None)
            return self._one(state) if state is not None else None
        return None

    def _described(self, token: Token) -> Actor | None:
        """``a group of senators``, ``Dutch regulators``: public by its head noun."""
        noun = token
        if noun.lemma_.lower() in (
            "group",
            "pair",
            "number",
            "majority",
            "dozen",
            "coalition",
            "trio",
            "handful",
            "quartet",
        ):
            of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            noun = next((c for c in of.children if c.dep_ == "pobj"), noun) if of is not None else noun
        if noun.lemma_.lower() in ("house", "chamber") and (body := self._body_below(noun)) is not None:
            return body
        titled = noun.lemma_.lower() in TITLES and noun.pos_ in ("NOUN", "PROPN")
        if titled and (body := self._body_below(noun)) is not None:
            return body
        if noun.lemma_.lower() in ("headquarters", "government", "administration", "office", "management", "spokesman"):
            own = next((c for c in noun.children if c.dep_ in ("poss", "compound") and self.mention(c)), None)
            if own is not None and (m := self.mention(own)) is not None and m.type != "PERSON":
                return self._one(own)
        if noun.lemma_.lower() == "administration":
            return self._administration(noun)
        lemma = noun.lemma_.lower()
        if not (noun.pos_ == "NOUN" or (noun.pos_ == "PROPN" and noun.is_lower)) or lemma not in GROUPS:
            return None
        if lemma == "judge" and noun.tag_ != "NNS" and (judge := self._judge_meant(noun)) is not None:
            return Actor(judge.canonical, (judge.entity,), judge.country or self.home, "court", True)
        named = [m for t in noun.subtree if (m := self.mention(t)) and m.country]
        if not named and (state := state_meant(noun, self._by_token)) is not None:
            return Actor(state[0], (state[1],), state[2], "state", True)
        if not named and lemma in UNNAMED:
            return None
        if lemma in BODIES and not any(m.type == "GPE" for m in named):
            return None
        if lemma in MEMBERS and (union := self._union_of(noun)) is not None:
            return union
        if any(body in m.canonical for m in named for body in words().not_actors):
            return None
        if (members := self._members_told(noun)) is not None:
            return members
        country = named[0].country if named else self._state_of_judges(noun)
        before = [t for t in noun.subtree if t.i < noun.i and t.dep_ not in ("det", "poss", "case", "punct")]
        name = " ".join([*(t.text for t in before if not t.is_space), noun.text])
        if named and named[0].canonical not in name:
            name = f"{name} ({named[0].canonical})" if named[0].type == "GPE" else f"{name} in {named[0].canonical}"
        return Actor(name, tuple(m.entity for m in named[:1]), country, "court" if lemma in COURTS else "group", True)

    def _last_administration(self, noun: Token) -> Actor | None:
        """``the administration``: the one named last before."""
        before = [m for i, m in self._by_token.items() if i < noun.i and m.canonical.endswith(" administration")]
        if not before or noun.left_edge.lower_ != "the":
            return None
        last = max(before, key=lambda m: m.start)
        return Actor(last.canonical, (last.entity,), last.country or self.home, "administration", True)

    def _members_told(self, noun: Token) -> Actor | None:
        """``seven departments including the internet regulator``: those of them that are named."""
        if noun.tag_ != "NNS":
            return None
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.lower_ == "including":
                named = next((c for c in prep.children if c.dep_ == "pobj" and self.mention(c) is not None), None)
                found = self.actor(named) if named is not None else None
                return found if found is not None and found.public else None
        return None

    def _state_of_judges(self, noun: Token) -> str | None:
        """``a federal judge``: one of a federation that the text names, before the state named most."""
        if noun.lemma_.lower() not in COURTS or not any(c.lower_ in FEDERAL for c in noun.children):
            return self.home
        named = {m.country for m in self._by_token.values()}
        return "US" if "US" in named else self.home

    def _body_below(self, noun: Token) -> Actor | None:
        """``both houses of the parliament``: the body that the part is of."""
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "at")), None)
        body = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        found = self._one(body) if body is not None and self.mention(body) is not None else None
        return found if found is not None and found.public else None

    def _union_of(self, noun: Token) -> Actor | None:
        """``member states of the organization``: an international body acts through its members."""
        for t in noun.subtree:
            mention = self.mention(t)
            if mention is not None and mention.type == "ORG" and kind_of(mention) == "international":
                return Actor(mention.canonical, (mention.entity,), mention.country or "INT", "international", True)
        return None

    def _administration(self, noun: Token) -> Actor | None:
        """``the Trump administration``, ``the administration of President X``."""
        leader = next((t for t in noun.subtree if (m := self.mention(t)) and m.type == "PERSON"), None)
        mention = self.mention(leader) if leader is not None else None
        if mention is None:
            return self._last_administration(noun)
        surname = mention.canonical.split()[-1]
        return Actor(
            f"{surname} administration", (mention.entity,), mention.country or self.home, "administration", True
        )
