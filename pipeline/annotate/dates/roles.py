"""What a date is the date of: rules in order of strength, each named for what it recognises."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Doc, Token

from pipeline.annotate.dates.expression import Expression
from pipeline.annotate.dates.periods import Period
from pipeline.annotate.dates.setting import Setting, When, has_number, lemma, misread_speaker, setting_of, subject_of
from pipeline.annotate.dates.starting import in_force, stands_in_force, starts, takes_effect
from pipeline.annotate.dates.tense import auxiliaries, tense_of
from pipeline.annotate.dates.terms import due, expires, moved
from pipeline.annotate.dates.words import cues
from pipeline.records import DateRole

NUMBERED = re.compile(r"\bnos?\. ?\d{1,6} of$")  # "Announcement No. 46 of 2024"
AFTER = re.compile(r"\bafter (?:[\w’'-]{1,20} ){1,6}(?:on|in|of)$")  # "blocked it, after a warning on"
CITED = ("statement", "filing", "notice", "announcement", "document", "email", "memo")
LONG = ("half", "quarter", "season", "decade")  # periods in which things are counted, not done


def role_of(e: Expression, doc: Doc, period: Period | None, anchor: date) -> tuple[DateRole, str]:
    """Role of a date and the rule that gave it."""
    when: When = "now"
    if period is not None:
        when = "before" if period.end < anchor else "after" if period.start > anchor else "now"
    setting = setting_of(e, doc, period, when)
    if setting is None:
        return "other", "no parse"
    for rule in _RULES:
        if (role := rule(setting)) is not None:
            return role, rule.__name__
    return "other", "default"


def caption(s: Setting) -> DateRole | None:
    """ "Photo: a stand in Shanghai on July 5, 2024": the day of a picture."""
    return "other" if "photo caption" in s.before or s.around & {"photo", "photograph"} else None


def counted(s: Setting) -> DateRole | None:
    """ "31,654 firms were set up in the first seven months": the period of a figure or a plan."""
    if s.period is None:
        return "other"
    if s.period.precision in LONG and s.when == "after" and due(s) == "deadline":
        return "deadline"
    if s.period.span and s.period.precision != "day":
        return "other"
    if s.period.precision in LONG and not s.clause & set(cues("effective").phrases):
        done = s.period.precision == "season" and s.when == "before" and lemma(s.verb) in cues("announced").verbs
        return "announced" if done and not has_number(s.object) else "other"
    if s.period.precision != "year" or s.when == "after":
        return None
    return "other" if has_number(s.subject) or has_number(s.object) else None


def document_date(s: Setting) -> DateRole | None:
    """ "the order of Jan. 23", "an announcement on May 30": its day. A year alone is part of a name."""
    noun, act = lemma(s.noun), lemma(s.verb) in cues("announced").verbs
    if NUMBERED.search(s.before):
        return "other"
    if noun in cues("announced").nouns:
        if noun == "statement" and "of" not in s.before.split()[-1:]:
            return None
        named = s.period is not None and s.period.precision == "year" and not act
        if s.when == "after":
            return None
        if (
            s.period is not None
            and s.period.precision == "year"
            and s.ends(("act of", "law of", "treaty of", "code of"))
        ):
            return "other"
        return "other" if named else "announced"
    return "other" if noun in cues("other").nouns and not act else None


def act_date(s: Setting) -> DateRole | None:
    """ "the ministry issued rules on Friday": an act told in the past, by one who can act."""
    if s.verb is None or s.when == "after" or s.ends(("as of", "by")) or "since" in s.path:
        return None
    if (told := AFTER.search(s.before)) and s.verb.lower_ not in told[0].split():
        return "other"
    if s.verb.lower_ == "according":
        return "announced" if lemma(s.noun) in CITED else None
    acting = _ordering(s.verb)
    verb = lemma(acting)
    subject = (misread_speaker(acting) if verb in cues("announced").modals else None) or subject_of(acting)
    who, cue, other = lemma(subject), cues("announced"), cues("other")
    if who in (*other.subjects, *other.nouns, *other.meetings) or lemma(s.object) in other.meetings:
        return "other"
    tense = tense_of(acting)
    if tense == "future" or (tense == "present" and s.period is not None and s.period.precision != "day"):
        return None
    if verb in cue.modals:
        to_press = s.verb is not None and any(lemma(t) in other.press for t in s.verb.children)
        if lemma(s.noun) in other.nouns or who in other.speakers or subject is None or to_press:
            return "other"
        return "announced"
    if verb in cues("effective").verbs or (verb == "implement" and who in cues("effective").nouns):
        return "effective"
    if verb == "use" and any(t.dep_ == "xcomp" and lemma(t) in cue.verbs for t in acting.children):
        return "announced"  # "used its powers last April to order"
    if verb in cue.light and subject is not None and not _able(acting, subject):
        return None
    came = verb in cue.starts and who in cue.nouns
    return "announced" if came or verb in cue.verbs or s.clause & set(cue.phrases) else None


def _able(verb: Token, subject: Token) -> bool:
    """Whether the doer can decide something, or in the passive what is done is a measure."""
    if verb.dep_ == "acl" or (verb.dep_ == "relcl" and verb.tag_ == "VBN"):
        return True
    agents = [t for by in verb.children if by.dep_ == "agent" for t in by.children if t.dep_ == "pobj"]
    if not agents and any(t.dep_ == "nsubjpass" for t in verb.children):
        return subject.pos_ == "PRON" or lemma(subject) in (*cues("announced").nouns, *cues("effective").nouns)
    doer = agents[0] if agents else subject
    named = doer.ent_type_ in ("ORG", "GPE", "NORP", "PERSON") or doer.pos_ in ("PRON", "PROPN")
    return named or lemma(doer) in cues("announced").able


def _ordering(verb: Token) -> Token:
    """ "ordered Apple to pay back taxes in August", "stopped sending wafers": the date is that of the first verb."""
    above = verb.head
    bare = "to" in auxiliaries(verb) or verb.tag_ == "VBG" or above.lemma_ == "let"
    led = verb.dep_ in ("xcomp", "ccomp") and bare and above.pos_ == "VERB"
    acts = (*cues("announced").verbs, *cues("effective").verbs)
    return above if led and tense_of(above) == "past" and lemma(above) in acts else verb


_RULES = (
    caption,
    counted,
    expires,
    moved,
    due,
    in_force,
    takes_effect,
    stands_in_force,
    starts,
    document_date,
    act_date,
)
