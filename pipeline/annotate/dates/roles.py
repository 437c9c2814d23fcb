"""What a date is the date of: the word before it, the verb or noun it hangs on, and that verb's tense and subject."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from pipeline.annotate.dates.expressions import Expression, token_at
from pipeline.annotate.dates.tense import auxiliaries, governor, path_words, tense_of
from pipeline.annotate.dates.words import RoleCues, words
from pipeline.records import DateRole

UNTIL = ("until", "till", "through", "up to")
BY = ("by", "before", "no later than", "not later than")
COMPARED = (
    "rise",
    "fall",
    "climb",
    "grow",
    "increase",
    "decline",
    "drop",
    "up",
    "down",
    "date",
    "gain",
    "jump",
    "slide",
    "differ",
    "change",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a date stands: words before it, its governing verb and noun, and what hangs on the verb, as lemmas."""

    before: str  # up to four words before the date, lower case
    verb: Token | None
    noun: Token | None
    path: tuple[str, ...]  # words between the date and its verb
    clause: frozenset[str]  # "take effect", "come into force", and single lemmas of the verb's phrase
    around: frozenset[str]  # lemmas of the sentence within ten words
    precision: str | None = None


@cache
def cues(role: str) -> RoleCues:
    """The vocabulary of one role."""
    return words().roles[role]


def role_of(e: Expression, doc: Doc, precision: str | None) -> tuple[DateRole, str]:
    """Role of a date and the rule that gave it."""
    setting = setting_of(e, doc, precision)
    if setting is None:
        return "other", "no parse"
    for rule in (caption, expires, due, takes_effect, document_date, act_date):
        if (role := rule(setting)) is not None:
            return role, rule.__name__
    return "other", "default"


def setting_of(e: Expression, doc: Doc, precision: str | None) -> Setting | None:
    """Gather the syntax around a date."""
    first, last = token_at(doc, e.start), token_at(doc, e.end - 1)
    if first is None or last is None:
        return None
    top = last
    while top.head.i != top.i and first.i <= top.head.i <= last.i:
        top = top.head
    verb = governor(top)
    noun = noun_of(top)
    sent = first.sent
    before = " ".join(t.lower_ for t in doc[max(sent.start, first.i - 4) : first.i])
    around = frozenset(t.lemma_.lower() for t in doc[max(sent.start, first.i - 10) : min(sent.end, last.i + 6)])
    is_verb = verb.pos_ in ("VERB", "AUX")
    clause = phrases_of(verb) if is_verb else frozenset()
    path = tuple(path_words(top, verb))
    return Setting(before, verb if is_verb else None, noun, path, clause | phrases_near(first), around, precision)


def noun_of(top: Token) -> Token | None:
    """The noun a date hangs on: "the May 2023 order", "a notice of June 4", "an announcement on May 30"."""
    if top.head.i == top.i:
        return None
    head = top.head
    if head.pos_ in ("NOUN", "PROPN") and top.dep_ in (
        "compound",
        "nmod",
        "nummod",
        "amod",
        "poss",
        "npadvmod",
        "appos",
        "nmod",
    ):
        return head
    if head.pos_ == "ADP" and head.head.pos_ in ("NOUN", "PROPN"):
        return head.head
    if head.pos_ == "VERB" and head.lemma_ == "date" and head.head.pos_ == "NOUN":
        return head.head
    return None


def phrases_of(verb: Token) -> frozenset[str]:
    """Lemmas of a verb with object, particle, complement or preposition: "take effect", "come into force"."""
    lemma = verb.lemma_.lower()
    out = {lemma}
    for child in verb.children:
        word = child.lemma_.lower()
        if child.dep_ in ("dobj", "prt", "acomp", "attr", "oprd"):
            out.add(f"{lemma} {word}")
        elif child.dep_ == "prep":
            out |= {f"{lemma} {word} {p.lemma_.lower()}" for p in child.children if p.dep_ == "pobj"}
            out |= {f"{word} {p.lemma_.lower()}" for p in child.children if p.dep_ == "pobj"}
        elif child.dep_ == "advmod" and word in ("in", "out"):
            out.add(f"{lemma} {word}")
    return frozenset(out)


def phrases_near(first: Token) -> frozenset[str]:
    """Pairs of words just before a date: "in force (since ...)"."""
    doc = first.doc
    near = doc[max(first.sent.start, first.i - 4) : first.i]
    return frozenset(f"{a.lower_} {b.lower_}" for a, b in zip(near, near[1:], strict=False))


def ends(before: str, options: tuple[str, ...]) -> str | None:
    """The option with which the words before a date end."""
    return next((o for o in options if before == o or before.endswith(" " + o)), None)


def lemma(token: Token | None) -> str:
    return token.lemma_.lower() if token is not None else ""


def subject_of(verb: Token | None) -> Token | None:
    """The subject of a verb, also of the verb it is joined to, or the noun a participle describes."""
    for _ in range(4):
        if verb is None:
            return None
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    return verb.head
                return child
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        verb = verb.head if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX") else None
    return None


def caption(s: Setting) -> DateRole | None:
    """Photo captions date a picture."""
    return "other" if s.around & {"photo", "caption", "photograph"} and not s.verb else None


def expires(s: Setting) -> DateRole | None:
    """ "expires on Oct. 31", "suspended until Nov. 10"."""
    cue = cues("expiry")
    if s.clause & set(cue.phrases) or lemma(s.noun) in cue.nouns:
        return "expiry"
    if lemma(s.verb) in ("expire", "lapse"):
        return "expiry"
    if ends(s.before, UNTIL) and not s.around & set(cues("deadline").nouns) and s.around & set(cue.modals):
        return (
            "deadline"
            if "have until" in s.clause or lemma(s.verb) in ("have", "give") and not s.around & {"suspend"}
            else "expiry"
        )
    return None


def due(s: Setting) -> DateRole | None:
    """ "comments are due by Aug. 4", "must comply by 2026", "a deadline of Sept. 10"."""
    cue = cues("deadline")
    if lemma(s.noun) in ("deadline", "ultimatum") or "deadline" in s.before.split()[-2:]:
        return "deadline"
    if ends(s.before, ("due", "due by", "due on", "due in", "due before")):
        return "deadline"
    if ends(s.before, UNTIL):
        return "deadline" if s.around & set(cue.modals) or s.around & set(cue.nouns) else None
    if ends(s.before, BY) or ends(s.before, ("by the",)):
        modal = s.verb is not None and bool(set(auxiliaries(s.verb)) & {"must", "should", "shall", "to"})
        return (
            "deadline"
            if (modal and not s.around & {"expect", "promise", "plan"})
            or s.around & {"must", "require", "order", "oblige", "deadline", "aim", "comply"}
            else None
        )
    return None


def takes_effect(s: Setting) -> DateRole | None:
    """ "takes effect on", "apply from", "in force since", "starting Tuesday"."""
    cue = cues("effective")
    if s.clause & set(cue.phrases):
        return "effective"
    word = ends(s.before, tuple(sorted(cue.before, key=len, reverse=True)))
    if word is not None and not s.clause & set(COMPARED):
        if word == "as of":
            ahead = s.verb is not None and tense_of(s.verb) in ("future", "present")
            return "effective" if ahead or lemma(s.verb) in cues("announced").verbs else None
        if word != "from" or lemma(s.verb) not in cues("other").verbs:
            return "effective"
    policy = lemma(s.verb) in (*cue.verbs, *cues("announced").verbs)
    subject = lemma(subject_of(s.verb))
    if ("since" in s.path or ends(s.before, ("since",))) and policy and subject not in cues("other").subjects:
        return "effective"
    if lemma(s.verb) in ("start", "begin", "apply", "commence", "kick", "double") and subject in cues(
        "announced"
    ).nouns + ("duty", "control", "fee", "obligation", "requirement", "levy"):
        return "effective"
    return None


def document_date(s: Setting) -> DateRole | None:
    """ "the order of Jan. 23", "an announcement on May 30": the day of the document; a year alone is part of its name."""
    noun = lemma(s.noun)
    if noun in cues("other").nouns:
        return "other"
    if noun in cues("announced").nouns and not (s.verb is not None and lemma(s.verb) in ("start", "take")):
        return "other" if s.precision == "year" else "announced"
    return None


def act_date(s: Setting) -> DateRole | None:
    """ "the ministry issued rules on Friday": an act told in the past, by one who can act."""
    if s.verb is None:
        return None
    verb, subject = lemma(s.verb), subject_of(s.verb)
    who = lemma(subject)
    cue, other = cues("announced"), cues("other")
    if who in other.subjects or tense_of(s.verb) == "future" or "as of" in s.before or "since" in s.path:
        return None
    if verb in cue.modals:
        return None if who in other.speakers or subject is None or subject.pos_ == "PRON" else "announced"
    return "announced" if verb in cue.verbs else None
