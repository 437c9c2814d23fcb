"""Days that set a term: when a measure ends, when it was moved to, by when something must be done."""

from __future__ import annotations

from pipeline.annotate.dates.setting import Setting, lemma
from pipeline.annotate.dates.tense import auxiliaries
from pipeline.annotate.dates.words import cues
from pipeline.records import DateRole

UNTIL = ("until", "till", "through", "up to")
POSTPONE = ("postpone", "delay", "defer", "push", "move")


def expires(s: Setting) -> DateRole | None:
    """ "expires on Oct. 31", "suspended until Nov. 10", "the truce runs through Nov. 10"."""
    cue = cues("expiry")
    if lemma(s.subject) in cues("other").meetings:
        return None
    if s.clause & set(cue.phrases) or lemma(s.verb) in ("expire", "lapse") or lemma(s.noun) in ("expiry", "expiration"):
        return "expiry"
    if lemma(s.verb) in cue.verbs and s.when == "after" and lemma(s.subject) in cue.nouns:
        return "expiry"
    if s.ends(UNTIL) and not s.around & set(cues("deadline").nouns):
        if s.around & set(cue.nouns):
            return "expiry"
        if lemma(s.verb) not in ("have", "give") and s.around & set(cue.modals):
            return "expiry"
    return None


def moved(s: Setting) -> DateRole | None:
    """ "extended the waiver to the end of 2025", "postponed the start to December 2027": the new day."""
    if not s.ends(("to",)) or s.when != "after" or "deadline" in s.around:
        return None
    if s.around & {"extend", "prolong", "lengthen"}:
        return "expiry"
    return "effective" if s.around & set(POSTPONE) else None


def due(s: Setting) -> DateRole | None:
    """ "comments are due by Aug. 4", "must comply by 2026", "have until Sept. 10 to", "a deadline of June 1"."""
    cue = cues("deadline")
    if s.when == "after" and _is_goal(s):
        return "deadline"
    if lemma(s.noun) in ("deadline", "ultimatum") or "deadline" in s.before.split()[-3:]:
        return "deadline"
    if s.ends(("due by", "due before", "no later than", "not later than")):
        return "deadline"
    if s.ends(("due", "due on", "due in")):
        return "deadline" if lemma(s.subject) in cue.nouns else None
    if s.ends(UNTIL):
        return "deadline" if s.around & {"have", "give", "deadline", *cue.nouns} else None
    if (
        s.ends(("to", "from"))
        and s.around & {"deadline", "comment", "feedback"}
        and s.around & {"deadline", "from", "to"}
    ):
        return "deadline" if "deadline" in s.around or s.before.endswith(" to") else "other"
    if s.ends(("by", "before", "by the")) and s.when != "before" and not s.clause & set(cues("effective").phrases):
        return _must_be_done(s)
    return None


def _is_goal(s: Setting) -> bool:
    """ "the 2030 emissions target", "aims to build 40 by the end of 2030": what somebody set himself."""
    cue, token = cues("deadline"), s.noun if s.noun is not None else s.verb
    if lemma(s.noun) in cue.goals and "by" not in s.before.split()[-1:]:
        return s.period is not None and s.period.precision in ("year", "decade")
    if token is None or not s.ends(("by", "by the")):
        return False
    told = {lemma(t) for t in token.sent}
    return bool(told & set(cue.goals)) and not told & set(cue.guesses)


def _must_be_done(s: Setting) -> DateRole | None:
    """ "will be removed by the end of 2026", "must sell by Jan. 19"; not "expects a third plant by 2030"."""
    if s.verb is None:
        return None
    own = set(auxiliaries(s.verb))
    if own & {"had", "has", "have"}:
        return None
    if own & {"must", "should", "shall"} or s.around & set(cues("deadline").modals):
        return "deadline"
    if (
        "by" in s.before.split()[-2:]
        and own & {"will", "to"}
        and not s.around & {"expect", "promise", "plan", "could", "may"}
    ):
        return "deadline" if ("be" in own and s.verb.tag_ == "VBN") or "to" in own else None
    return None
