"""Whether the clause a date stands in looks back or ahead."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.dates.context import Tense

WILL = ("will", "wo", "'ll", "’ll", "shall", "ll")
MODALS = ("would", "might", "may", "should", "must", "can")
PERFECT = ("had", "was", "were", "did", "has", "have", "'d", "’d", "'ve", "’ve")
STATIVE = ("be", "have", "say", "show", "know", "remember", "date", "mark", "contain", "include", "remain", "tell",
           "note")  # fmt: skip
AHEAD = ("plan", "expect", "schedule", "set", "due", "slate", "intend", "aim", "prepare", "poise", "hope", "bind",
         "likely", "ready", "target", "project", "agree", "decide", "vow", "pledge", "promise", "threaten", "consider",
         "be", "have", "need")  # fmt: skip
PAPERS = ("filing", "statement", "report", "document", "release", "letter", "memo", "notice", "announcement", "post")
SCHEDULE = ("plan", "schedule", "slate", "expect")
SAME_IN_PAST = ("hurt", "put", "set", "cut", "let", "hit", "cost", "read", "spread", "shut", "beat", "quit", "split",
                "cast", "shed", "bid")  # fmt: skip
BY = ("by", "until", "till", "before", "within", "through", "to", "latest")


def governor(token: Token) -> Token:
    """The verb over a token, or the top of its sentence where there is none."""
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            break
    return token


def path_words(token: Token, top: Token) -> list[str]:
    """The prepositions and participles between a date and its governor, in lower case: ["since"]."""
    out = []
    while token.i != top.i and token.head.i != token.i:
        token = token.head
        if token.i != top.i:
            out.append(token.lower_)
    return out


def auxiliaries(verb: Token) -> list[str]:
    """Auxiliaries of a verb in lower case; a conjunct without any shares those of the verb before it."""
    own = [t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass")]
    if own or verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX") or verb.tag_ != verb.head.tag_:
        return own
    subject = any(t.dep_ in ("nsubj", "nsubjpass") for t in verb.children)
    return [] if subject else auxiliaries(verb.head)


def tense_of(verb: Token, depth: int = 0) -> Tense | None:
    """Tense of a clause from its verb and auxiliaries: "will take effect" future, "had met" past."""
    own = auxiliaries(verb)
    if any(a in WILL for a in own):
        return "future"
    if any(a in MODALS for a in own):
        return None if "have" in own else "future"
    if "to" in own or (verb.tag_ == "VB" and not own):
        return _infinitive(verb, depth)
    if any(a in PERFECT for a in own):
        return "past"
    if verb.tag_ == "VBD":
        return "past"
    if any(a in ("is", "are", "'s", "’s", "'re", "’re", "am") for a in own):
        return "present" if verb.tag_ == "VBG" else "past" if verb.tag_ == "VBN" and verb.lemma_ not in AHEAD else None
    if verb.tag_ in ("VBZ", "VBP"):
        if verb.dep_ == "advcl" and depth < 5 and tense_of(governor(verb), depth + 1) == "future":
            return "future"  # "will decide before her term ends in November"
        return None if verb.lemma_ in (*STATIVE, *SAME_IN_PAST) else "present"
    if verb.tag_ == "VBN":
        return "past"
    parent = governor(verb)
    if parent.i == verb.i or depth > 5 or parent.pos_ not in ("VERB", "AUX"):
        return None
    return tense_of(parent, depth + 1)


def _infinitive(verb: Token, depth: int) -> Tense | None:
    """ "is due to start", "plans to meet" look ahead; "ordered it to stop" leaves it open."""
    if "have" in auxiliaries(verb):
        return None
    if verb.head.lemma_.lower() in AHEAD:
        return "future"
    parent = governor(verb)
    if parent.i == verb.i or depth > 5 or parent.pos_ not in ("VERB", "AUX"):
        return "future"
    if tense_of(parent, depth + 1) != "past":
        return "future"
    return "past" if verb.dep_ in ("xcomp", "ccomp", "advcl") and "be" not in auxiliaries(verb) else None


def tense_at(first: Token, last: Token) -> Tense | None:
    """Tense at a date from ``first`` to ``last``. "since" looks back; "by", "from" and "the May rule" leave it open."""
    verb = governor(last)
    before = first.nbor(-1).lower_ if first.i else ""
    if before == "since" or "since" in path_words(last, verb):
        return "past"
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    tense = tense_of(verb)
    if _in_paper(first):
        return "past"
    if (
        modifies_noun(last)
        or any(t.tag_ == "POS" for t in last.children)
        or (before == "of" and first.nbor(-1).head.pos_ in ("NOUN", "PROPN"))
    ):
        return None
    perfect = any(a in ("had", "has", "have") for a in auxiliaries(verb))
    if tense == "past" and before in BY and not (perfect and before == "by"):
        return "present"
    if (
        tense == "past"
        and (before == "for" or verb.lemma_ in SCHEDULE)
        and verb.lemma_ in AHEAD
        and "had" not in auxiliaries(verb)
    ):
        return "future" if verb.lemma_ in SCHEDULE else None
    if before in ("from", "starting", "beginning", "effective") and not perfect and tense != "future":
        return None if tense == "past" and verb.tag_ == "VBD" else "present"
    if before == "of" and first.i > 1 and first.nbor(-2).lower_ == "as" and tense != "future" and not perfect:
        return None if tense == "past" else "present"
    return tense


def _in_paper(first: Token) -> bool:
    """ "according to court filings Friday", "according to a statement on Friday": what is cited is out."""
    before = [t.lower_ for t in first.doc[max(first.i - 8, 0) : first.i]]
    if "according" not in before:
        return False
    return any(t.lemma_.lower() in PAPERS for t in first.doc[max(first.i - 2, 0) : first.i])


def modifies_noun(token: Token) -> bool:
    """Whether a date stands before the noun it belongs to: "the January rule"."""
    return (
        token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN")
    )
