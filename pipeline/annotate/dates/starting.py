"""From which day a measure holds: rules in order of strength, each named for what it recognises."""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.annotate.dates.setting import Setting, has_number, lemma
from pipeline.annotate.dates.tense import auxiliaries, tense_of
from pipeline.annotate.dates.words import cues
from pipeline.records import DateRole

COMPARED = {
    "rise",
    "fall",
    "climb",
    "grow",
    "increase",
    "decline",
    "drop",
    "go up",
    "go down",
    "gain",
    "jump",
    "slide",
    "differ",
    "date",
}
SUPERLATIVE = re.compile(r"\b(?:\w{2,12}est|most|least|best|worst|first)\b(?: \w{1,20}){0,5} since$")
DUE = re.compile(r"\b(?:due|set|slated|scheduled) to (\w{3,12})(?: [\w%.-]{1,20}){0,6} (?:on|in)$")  # "set to end on"


def in_force(s: Setting) -> DateRole | None:
    """ "takes effect on", "new rules coming into force today"."""
    return "effective" if s.clause & set(cues("effective").phrases) else None


def takes_effect(s: Setting) -> DateRole | None:
    """ "from July 9", "starting Tuesday", "as of Nov. 10"."""
    cue, other = cues("effective"), cues("other")
    word = s.ends(cue.before)
    if word is None or s.clause & COMPARED or lemma(s.noun) in COMPARED or (s.period is not None and s.period.span):
        return None
    if word == "as of":
        told = (s.subject, s.object)
        if s.when != "after" and any(lemma(t) in ("number", "total") or has_number(t) for t in told):
            return "other"
        ahead = s.when == "after" or (s.verb is not None and tense_of(s.verb) == "future")
        acted = lemma(s.verb) in (*cues("announced").verbs, *cue.verbs) and "not" not in s.around
        return "effective" if ahead or acted else "other"
    if word == "from":
        if s.after in ("to", "until") and s.when != "after":
            return "other"
        if {lemma(s.object), lemma(s.subject), lemma(s.noun)} & set(other.meetings) or lemma(s.verb) in (
            "hold",
            "count",
            "preside",
        ):
            return None
    return "effective"


def starts(s: Setting) -> DateRole | None:
    """ "the duties start on Dec. 1", "were meant to begin on Aug. 1", "will double on Jan. 1"."""
    if s.verb is None or s.ends(("by", "before")):
        return None
    verb, subject, cue = lemma(s.verb), lemma(s.subject), cues("effective")
    policy = subject in cue.nouns
    due = DUE.search(s.before)
    if s.when == "after" and due is not None and due[1] in (*cue.starts, *cue.acts):
        return "effective"
    if s.period and s.period.precision not in ("day", "month"):
        return "effective" if verb == "apply" and policy and s.when == "after" and s.ends(("in",)) else None
    if s.ends(("for",)):
        return "effective" if policy and s.when == "after" else None
    if (
        s.noun is None
        and verb in ("start", "begin", "stop", "cease")
        and any(c.dep_ == "xcomp" and lemma(c) in cue.acts for c in s.verb.children)
    ):
        return "effective"
    if s.when == "after" and verb in cue.acts and "not" not in s.around and s.ends(("on", "after", "in")):
        return "effective"
    if verb not in cue.starts or (s.when != "after" and verb in ("follow", "rise", "run", "operate")):
        return None
    return "effective" if policy or (s.when == "after" and subject in ("it", "they", "that", "which")) else None


def stands_in_force(s: Setting) -> DateRole | None:
    """ "has been banned since July 2024": the day from which a measure holds."""
    if not ("since" in s.path or s.ends(("since",))):
        return None
    if SUPERLATIVE.search(s.before) or lemma(s.noun) in ("attempt", "time", "case", "meeting"):
        return "other"
    if s.period is not None and s.period.precision in ("year", "week"):
        held = s.period.precision == "year" and any(_holds(v) for v in _upward(s.verb))
        return "effective" if held else "other"
    told = {lemma(s.object), lemma(s.subject)} & {
        *cues("other").nouns,
        *cues("other").subjects,
        *cues("other").meetings,
    }
    policy = lemma(s.verb) in (*cues("effective").verbs, *cues("effective").modals, *cues("announced").verbs)
    return "effective" if policy and not told else "other"


def _upward(verb: Token | None) -> list[Token]:
    """A verb and those above it: of "has barred it from selling since 2019" also "barred"."""
    if verb is None:
        return []
    return [verb, *(a for a in verb.ancestors if a.pos_ == "VERB")][:2]


def _holds(verb: Token | None) -> bool:
    """ "has prohibited exports since 2019", "has not allowed them since 2018": a ban that lasts."""
    if verb is None or not {"has", "have"} & set(auxiliaries(verb)):
        return False
    negated = any(t.dep_ == "neg" for t in verb.children)
    return lemma(verb) in (("allow", "permit", "license", "grant") if negated else cues("effective").bans)
