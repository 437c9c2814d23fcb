"""Who can be the actor of a policy act: public bodies, and companies where they grant or restrict."""

from __future__ import annotations

import re
from functools import cached_property

from spacy.tokens import Span, Token

from pipeline.annotate.actions.actor import Actor
from pipeline.annotate.actions.governments import state_of_report
from pipeline.annotate.actions.groups import described
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

__all__ = ["Actor", "Cast"]


class Cast:
    """The mentions of a text by token, and the actors they make."""

    def __init__(self, text: Text, mentions: tuple[Mention, ...]) -> None:
        self.text = text
        self.classes: dict[int, frozenset[str]] = {}  # of objects already looked at, by token
        self.mentions: dict[int, Mention] = {}
        for mention in mentions:
            span = text.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                old = self.mentions.get(token.i)
                if old is None or mention.end - mention.start > old.end - old.start:
                    self.mentions[token.i] = mention

    @cached_property
    def triggers(self) -> Triggers:
        """Where the text may tell acts."""
        return Triggers(self.text.doc)

    @cached_property
    def home(self) -> str | None:
        """The state most named: whose "lawmakers" are meant without a word."""
        seen: dict[str, int] = {}
        for mention in self.mentions.values():
            if mention.country and mention.type in ("GPE", "ORG"):
                seen[mention.country] = seen.get(mention.country, 0) + 1
        return max(seen, key=lambda c: seen[c], default=None)

    @cached_property
    def state(self) -> Actor | None:
        """The state that a report is about, whose acts are told without a doer."""
        found = state_of_report(self.mentions)
        return Actor(found[0], (found[1],), found[2], "state", public=True) if found is not None else None

    def is_judge(self, mention: Mention) -> bool:
        """Whether the text calls a person a judge, anywhere."""
        return mention.entity in self._judges

    @cached_property
    def _judges(self) -> frozenset[str]:
        return judges(self.text.doc, self.mentions)

    @cached_property
    def _officials(self) -> frozenset[str]:
        return titled(self.text.doc, self.mentions)

    def judge_meant(self, noun: Token) -> Mention | None:
        """``A federal judge ruled``: the one judge that the text names after; ``the judge``: the one it named."""
        if len(self._judges) != 1:
            return None
        named = next((m for m in self.mentions.values() if m.entity in self._judges and m.kind == "name"), None)
        known = any(c.lower_ == "the" for c in noun.children)
        return named if named is not None and (known or noun.idx < named.start) else None

    def mention(self, token: Token) -> Mention | None:
        """The mention a token stands in."""
        return self.mentions.get(token.i)

    def within(self, span: Span) -> tuple[str, ...]:
        """Entities named in a stretch of text, in order."""
        return tuple(dict.fromkeys(m.entity for t in span if (m := self.mention(t))))

    def actor(self, token: Token | None) -> Actor | None:
        """The actor a noun or pronoun stands for, with those coordinated to it, or None where it can be none."""
        if token is None:
            return None
        if token.lower_ in ("it", "they", "he", "she") and (subject := self._centre(token)) is not None:
            return self.actor(subject)
        first = self.one(token)
        if first is None:
            return None
        others = [self.one(t) for t in token.conjuncts if t.i > token.i and t.head.i >= token.i]
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

    def one(self, token: Token) -> Actor | None:
        """The actor of one noun, without those coordinated to it."""
        mention = self.mention(token)
        if mention is None:
            return described(token, self)
        if any(name in mention.canonical for name in words().not_actors) or mention.type in ("EVENT", "LAW", "PRODUCT"):
            return None
        kind = "court" if COURT.search(mention.canonical) else kind_of(mention)
        if kind in PUBLIC and LEGISLATURE.search(mention.canonical):
            kind = "legislature"
        if mention.type == "PERSON":
            if (body := self._body_of(token)) is not None:
                return body
            public = is_official(token, mention, self._officials)
            country = mention.country or self.home
            return Actor(mention.canonical, (mention.entity,), country, "person", public) if public else None
        if (own := self._of_a_part(token, mention, kind)) is not None:
            return own
        if kind in PUBLIC or mention.type == "GPE":
            return Actor(mention.canonical, (mention.entity,), mention.country or self.home, kind, True)
        if kind in ("media", "association"):
            return Actor(mention.canonical, (mention.entity,), mention.country, "association", False)
        if kind in COMPANY or (mention.type == "ORG" and kind not in ("media", "university", "association")):
            return Actor(mention.canonical, (mention.entity,), mention.country, "company", False)
        return None

    def _of_a_part(self, token: Token, mention: Mention, kind: str) -> Actor | None:
        """``Minnesota's Supreme Court``: a part's body, where the short name alone means the whole state's."""
        if kind not in ("court", "legislature"):
            return None
        at = next((m for c in token.children if c.dep_ == "poss" and (m := self.mention(c)) is not None), None)
        if at is None or at.type != "GPE" or at.country != mention.country or at.canonical in mention.canonical:
            return None
        if kind_of(at) == "state":
            return None
        name = self.text.article.text[mention.start : mention.end]
        return Actor(f"{name} ({at.canonical})", (at.entity,), at.country, kind, True)

    def _body_of(self, token: Token) -> Actor | None:
        """``Pan, governor of the central bank``, ``Ohio Governor Mike DeWine``: who acts through the person."""
        for c in token.children:
            if c.dep_ == "appos" and c.lemma_.lower() in TITLES:
                of = next((p for p in c.children if p.dep_ == "prep" and p.lower_ == "of"), None)
                noun = next((p for p in of.children if p.dep_ == "pobj"), None) if of is not None else None
                mention = self.mention(noun) if noun is not None else None
                if mention is not None and mention.type == "ORG" and kind_of(mention) in PUBLIC:
                    return self.one(noun) if noun is not None else None
        before = [c for c in token.subtree if c.i < token.i]
        if any(c.lemma_.lower() == "governor" for c in before):
            state = next((c for c in before if (m := self.mention(c)) and m.type == "GPE"), None)
            return self.one(state) if state is not None else None
        return None
