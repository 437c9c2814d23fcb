"""Dates of an act: the calendar expressions that hang on its trigger, or that later tell when its measure starts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from pipeline.annotate.actions import clause
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.effects import starts
from pipeline.annotate.actions.instruments import effects
from pipeline.annotate.actions.lexicon import classes, noun_lemma, word_set, words
from pipeline.records import DateMention

FIELDS = {
    "announced": "announced_date",
    "effective": "effective_date",
    "deadline": "deadline_date",
    "expiry": "expiry_date",
}
REACH = 150  # tokens after an act in which its start may be told
DIRECT = 2  # steps from a date to the verb whose adverbial it is
PRONOUNS = word_set("pronouns")
SPEAKING = word_set("speaking")
VOICES = frozenset({"spokesperson", "spokesman", "spokeswoman"})
_OUT = r"(?:promulgation|release|publication|issuance|issue|announcement)"
IMMEDIATE = re.compile(
    r"immediate effect|effective immediately|(?:take|took|takes|taking) effect (?:immediately|at once)"
    rf"|(?:effective|(?:take|took|takes|taking) effect) (?:as of|as from|from|on|upon) "
    rf"(?:(?:the |its |their )?(?:date|day) of )?(?:its |their )?{_OUT}\b"
)
STEPS = frozenset(words().objects["step"])  # "a step it disclosed in May": the act itself
MEASURES = frozenset({"rule", "law", "curb", "levy", "ban"})
NO_MEASURE = frozenset({"investigate", "sue/challenge", "propose", "fine/penalise", "rule", "enforce"})


def attach(doc: Doc, found: Sequence[Candidate], dates: Iterable[DateMention]) -> list[dict[str, str]]:
    """For each candidate its dates by field, from the dates of its sentence that lie nearest to it in the parse."""
    out: list[dict[str, str]] = [{} for _ in found]
    direct: list[tuple[int, str]] = []
    for mention in dates:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or mention.value is None:
            continue
        field = "effective_date" if _from_when(span, doc) else FIELDS.get(mention.role)
        if field is None:
            acts = (*_adverbial_of(span.root, found), *_told_on(span.root, found)) if mention.role == "other" else ()
            direct += [(n, mention.value) for n in acts]
            continue
        told = _referred(span.root, found) if field == "effective_date" else []
        for n in (*_glossed(span, found), *(told or _governed(span.root, found, field))):
            out[n].setdefault(field, mention.value)
    for n, value in direct:  # a date without a role of its own, told as when the act was done
        if not out[n].get("effective_date"):
            out[n].setdefault("announced_date", value)
    _same_day(found, out)
    _same_clause(found, out)
    _at_once(found, out)
    return out


def _from_when(date: Span, doc: Doc) -> bool:
    """Whether a date says from when a measure holds: by the words before it, or by the verb it hangs on."""
    if _as_of(date.start, doc):
        return True
    up = [a for _, a in zip(range(DIRECT), date.root.ancestors, strict=False) if a.pos_ in ("VERB", "AUX")]
    return any(starts(a) and a.i < date.start and _of_measure(a) for a in up)


def _of_measure(verb: Token) -> bool:
    """Whether what starts is a measure: "the rules take effect", "before it could start"; not "the season begins"."""
    subject = clause.subject(verb)
    if subject is None:
        return False
    lemma = noun_lemma(subject)
    return lemma in PRONOUNS or lemma in effects() or bool(MEASURES & set(classes().get(lemma, ())))


def _glossed(date: Span, found: Sequence[Candidate]) -> list[int]:
    """``on Oct. 14, the day the office imposed charges``: the act that a date is explained by."""
    after = date.doc[date.end : date.end + 3]
    if [t.lower_ for t in after[:-1]] != [",", "the"] or after[-1].lower_ != "day":
        return []
    below = {t.i for t in after[-1].subtree}
    return [n for n, c in enumerate(found) if c.trigger.i in below][:1]


def _as_of(start: int, doc: Doc) -> bool:
    """``as of Monday``, ``starting Tuesday``, ``effective May 1``: the day from which."""
    before = [t.lower_ for t in doc[max(0, start - 2) : start]]
    return before == ["as", "of"] or before[-1:] in (["starting"], ["beginning"], ["effective"])


def _at_once(found: Sequence[Candidate], out: list[dict[str, str]]) -> None:
    """``with immediate effect``, ``effective upon release``: from the day the act was told."""
    if not found or IMMEDIATE.search(found[0].sentence.doc.text.lower()) is None:
        return
    for n, c in enumerate(found):
        if c.type in NO_MEASURE or "announced_date" not in out[n]:
            continue
        if IMMEDIATE.search(c.sentence.text.lower()) or _said_after(c):
            out[n].setdefault("effective_date", out[n]["announced_date"])


def _said_after(c: Candidate) -> bool:
    """``issued provisions …. The provisions, effective as of promulgation, …``: told of the measure further on."""
    for sentence in c.sentence.doc.sents:
        near = 0 <= sentence.start - c.sentence.end < REACH
        if near and c.noun is not None and IMMEDIATE.search(sentence.text.lower()):
            subject = clause.child(sentence.root, "nsubj", "nsubjpass")
            return subject is not None and subject.lemma_ == c.noun.lemma_
    return False


def _adverbial_of(date: Token, found: Sequence[Candidate]) -> list[int]:
    """The past act whose adverbial of time a date is: ``when he signed it in February``."""
    up = [a.i for _, a in zip(range(DIRECT), date.ancestors, strict=False)]
    return [n for n, c in enumerate(found) if c.trigger.i in up and c.modality.force == "done" and c.part_of is None]


def _told_on(date: Token, found: Sequence[Candidate]) -> list[int]:
    """``is curbing access, a spokesperson said on Tuesday``: the day on which the maker's voice tells of its act."""
    verb = next((a for _, a in zip(range(DIRECT), date.ancestors, strict=False) if a.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in SPEAKING:
        return []
    voice = clause.child(verb, "nsubj")
    if voice is None or voice.lemma_.lower() not in VOICES:
        return []
    here = [n for n in _here(date, found) if found[n].trigger != verb and found[n].part_of is None]
    below = {t.i for t in (*verb.subtree, *verb.head.subtree)}
    return [n for n in here if found[n].trigger.i in below and found[n].trigger.i < date.i]


def _same_day(found: Sequence[Candidate], out: list[dict[str, str]]) -> None:
    """``the same day``: the day of the act told before."""
    for n, c in enumerate(found):
        before = out[n - 1] if n else {}
        one = n > 0 and found[n - 1].sentence == c.sentence
        field = "effective_date" if one and "announced_date" not in before else "announced_date"
        if field in before:
            near = c.sentence.doc[max(c.sentence.start, c.trigger.i - 12) : c.trigger.i + 15]
            if any(t.lower_ == "same" and t.head.lower_ in ("day", "time") for t in near):
                out[n].setdefault(field, before[field])


def _same_clause(found: Sequence[Candidate], out: list[dict[str, str]]) -> None:
    """``opened a probe in July and ordered them to stop``: coordinated acts of one doer share their day."""
    for n, c in enumerate(found):
        verb = c.trigger
        if verb.dep_ != "conj" or clause.child(verb, "nsubj", "nsubjpass") or out[n].get("announced_date"):
            continue
        own = next((k for k, other in enumerate(found) if other.trigger == verb.head and other.actor == c.actor), None)
        if own is None or verb.head.pos_ != "VERB":
            continue
        for field in ("announced_date",) if out[n].get("effective_date") else ("announced_date", "effective_date"):
            if field in out[own] and not _has_date(verb):
                out[n][field] = out[own][field]


def _has_date(verb: Token) -> bool:
    return any(t.ent_type_ == "DATE" and t.i > verb.i for t in verb.subtree)


def _referred(date: Token, found: Sequence[Candidate]) -> list[int]:
    """The act told before whose measure a clause says to start: ``They take effect on May 1``."""
    verb = next((a for a in date.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return []
    subject = clause.child(verb, "nsubj", "nsubjpass")
    while subject is None and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
        subject = clause.child(verb, "nsubj", "nsubjpass")
    if subject is None or verb.dep_ == "relcl" or any(c.trigger.i in (verb.i, date.head.i) for c in found):
        return []
    lemma = noun_lemma(subject)
    before = [
        n
        for n, c in enumerate(found)
        if 0 < date.i - c.trigger.i < REACH and c.type not in NO_MEASURE and not c.part_of
    ]
    named = [n for n in before if (noun := found[n].noun) is not None and noun.lemma_.lower() == lemma]
    if named and subject.pos_ != "PRON":
        return named[-1:]
    if subject.pos_ == "PRON":
        before = [n for n in before if _agrees(subject, found[n].noun)]
    told = lemma in effects() or MEASURES & set(classes().get(lemma, ()))
    loose = subject.lower_ in PRONOUNS or (told and starts(verb))
    return before[-1:] if loose and (starts(verb) or not _here(date, found)) else []


def _agrees(pronoun: Token, noun: Token | None) -> bool:
    """``it`` for one thing, ``they`` for several."""
    if noun is None or noun.pos_ == "PRON" or pronoun.lower_ not in ("it", "they"):
        return True
    return (noun.tag_ in ("NNS", "NNPS") or any(True for _ in noun.conjuncts)) == (pronoun.lower_ == "they")


def _here(date: Token, found: Sequence[Candidate]) -> list[int]:
    return [n for n, c in enumerate(found) if c.sentence.start <= date.i < c.sentence.end]


def _governed(date: Token, found: Sequence[Candidate], field: str) -> list[int]:
    """The candidates a date belongs to: those whose trigger is nearest above it, else the nearest in the sentence."""
    here = _here(date, found)
    if field == "announced_date" and (own := _relative(date)) is not None:
        here = [n for n in here if found[n].trigger.i in {t.i for t in own.subtree}]  # "the survey it opened in May"
    if not here:
        return []
    path = {date.i: 0} | {a.i: d for d, a in enumerate(date.ancestors, 1)}
    near = {n: _distance(found[n].trigger, path) for n in here}
    best = min(near.values())
    return [n for n in here if near[n] == best]


def _relative(date: Token) -> Token | None:
    """The verb of the relative clause about another thing's past in which a date stands."""
    for a in date.ancestors:
        if a.pos_ in ("VERB", "AUX"):
            other = a.dep_ == "relcl" and a.tag_ in ("VBD", "VBN") and clause.subject(a) != a.head
            other = other and not (
                a.tag_ == "VBD" and a.doc[a.left_edge.i - 1].text == ","
            )  # ", which they adopted in"
            return a if other and a.head.lemma_ not in STEPS else None
    return None


def _distance(trigger: Token, path: dict[int, int]) -> float:
    """Steps up from the date to the lowest token that also lies above the trigger, plus steps down to it."""
    if trigger.i in path:
        return path[trigger.i]
    for down, token in enumerate(trigger.ancestors, 1):
        if token.i in path:
            return path[token.i] + 1.5 * down
    return 99.0
