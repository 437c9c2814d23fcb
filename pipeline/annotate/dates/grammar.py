"""The shapes of calendar expressions. Every repetition is bounded, so the time is linear in the text.

Patterns are written with plain blanks (one or two, never a line break) and ``{PIECES}``. Named groups are read by
``resolve``: month day year, yref (a year told by reference), month2 day2 year2, weekday weekday2, part (early, the end
of), ref (last, this, next, that), unit, nth, count, season, holiday, deictic, decade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.annotate.dates.words import words

FLAGS = re.IGNORECASE
BLANK = r"(?:[ \u00a0]{1,2})"
REACH = 64  # characters around a trigger in which its expression stands
PART_REACH = 40  # characters before an expression in which "the end of" stands


@dataclass(frozen=True, slots=True)
class Rule:
    """``trigger`` names the kind of word without which the rule cannot match."""

    name: str
    trigger: str
    pattern: re.Pattern[str]


def any_of(names: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(re.escape(name).replace("\\ ", " ") for name in sorted(names, key=len, reverse=True))


def _cased(names: Iterable[str]) -> str:
    """Names with a capital first or all in capitals, never in lower case."""
    return f"(?-i:{any_of({form for name in names for form in (name, name.upper())})})"


def _full(names: tuple[tuple[str, ...], ...]) -> str:
    return _cased(row[0] for row in names)


def _short(names: tuple[tuple[str, ...], ...]) -> str:
    return _cased(name for row in names for name in row[1:])


def _pieces() -> dict[str, str]:
    w = words()
    month = rf"(?:{_full(w.months)}|{_short(w.months)}\.?)"
    weekday = rf"(?:{_full(w.weekdays)}\b|{_short(w.weekdays)}\b\.?)"
    day = r"0?[1-9]|[12]\d|3[01]"
    year = r"(?:1[6-9]\d\d|20\d\d|2100)"
    seasons = _cased_or_lower(w.seasons)
    pieces = {
        "MONTH": rf"(?P<month>{month})(?![\w’'])",
        "MONTH2": rf"(?P<month2>{month})(?![\w’'])",
        "WEEKDAY": rf"(?P<weekday>{weekday})",
        "WEEKDAY2": rf"(?P<weekday2>{weekday})",
        "DAY": rf"(?P<day>{day})(?:st|nd|rd|th)?",
        "DAY2": rf"(?P<day2>{day})(?:st|nd|rd|th)?",
        "DAYEND": (
            r"(?![\w%]|[.,:/]\d|[-–](?:year|month|week|day|hour)| ?(?:percent|per cent|million|billion|trillion)\b)"
        ),
        "YEAR": rf"(?P<year>{year})(?![\w%]|[.,:/]\d)",
        "YEAR2": rf"(?P<year2>{year})(?![\w%]|[.,:/]\d)",
        "YREF": (
            r"(?P<yref>(?:"
            r"(?:last|this|next|that same|that|the (?:same|previous|preceding|following|coming|current)) year"
            r"|the year (?:before|after)|a year (?:earlier|later|before|ago))\b)"
        ),
        "REF": (
            r"(?P<ref>this (?:past|coming)|that same"
            r"|the (?:same|previous|preceding|following|coming|next|last|past|current)"
            r"|last|this|next|that|current|past|previous|coming|following|upcoming|the)"
        ),
        "TO": r"(?: ?[-–—] ?| (?:to|through|thru|until) )",
        "DAYPART": r"(?:(?:early|late) )?(?:morning|afternoon|evening|night|overnight)",
        "ORDINAL": rf"(?P<nth>{any_of(w.ordinals)})",
        "SEASON": rf"(?P<season>{seasons})",
        "HOLIDAY": rf"(?P<holiday>(?-i:{any_of([*w.holidays, *w.moving_holidays])}))",
        "START": (
            r"(?:(?<![\w$€£.,:/#&+–-])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-)|(?<=\bend-)|(?<=\bpost-)|(?<=\bpre-))"
        ),
        "NOT_IN_NUMBER": r"(?<![\w$€£.,:/-])",
        "PART": (
            r"(?:the )?(?:very )?(?:(?:end|beginning|start|middle|close|turn|rest|remainder|outset|eve|dawn"
            r"|(?:early|latter|last) part|(?:early|late|latter|last|first|final) (?:days|weeks|months|half|part)) of "
            r"|(?:mid|late|early|end)(?:-| )|(?:earlier|later|sometime|late|early) (?:in )?)"
        ),
    }
    pieces["TAIL"] = rf"(?:(?:, ?| (?:of |in )?){pieces['YEAR']}|(?:, ?| (?:of |in )?){pieces['YREF']})"
    pieces["OF_YEAR"] = (
        rf"(?: (?:of|in) (?P<part2>{pieces['PART']})?|,? )"
        rf"(?:(?:(?:fiscal|calendar|financial) (?:year )?)?{pieces['YEAR']}"
        rf"|{pieces['YREF']}|(?P<theyear>(?:the|this|its) (?:(?P<fiscal2>fiscal|financial|business) )?year)\b)"
    )
    return pieces


def _cased_or_lower(names: Iterable[str]) -> str:
    return f"(?-i:{any_of({form for name in names for form in (name, name.capitalize())})})"


_RULES = (
    ("iso", "year", r"(?<![\w./-])(?P<year>1[6-9]\d\d|20\d\d)(?P<sep>[-/.])(?P<nmonth>0?[1-9]|1[0-2])(?P=sep)"
                    r"(?P<day>0?[1-9]|[12]\d|3[01])(?![\w]|[-/.]\d)"),
    ("iso_month", "year", r"(?<![\w./-])(?P<year>19\d\d|20\d\d)-(?P<nmonth>0[1-9]|1[0-2])(?![\w]|[-/.]\d)"),
    ("slashed", "slash", r"(?<![\w./-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<sep>[/.])(?P<second>0?[1-9]|[12]\d|3[01])"
                         r"(?P=sep)(?P<year>(?:19|20)?\d\d)(?![\w]|[-/.]\d)"),
    ("days_md", "month", r"\b{MONTH} ?{DAY}(?:{TO}| and | ?/ ?){DAY2}{DAYEND}{TAIL}?"),
    ("days_dm", "month", r"(?<![\w$€£.,:-]){DAY}(?:{TO}| and ){DAY2} {MONTH}{TAIL}?"),
    ("day_md", "month", r"(?:\b{WEEKDAY},? (?:the )?)?\b{MONTH} ?(?:the )?{DAY}{DAYEND}{TAIL}?"),
    ("day_dm", "month", r"(?:\b{WEEKDAY},? (?:the )?)?(?<![\w$€£.,:-]){DAY} (?:of )?{MONTH}{TAIL}?"),
    ("months", "month", r"\b(?P<between>(?:between|from) )?{MONTH}(?:{TO}| and ){MONTH2}(?! ?\d\d?\b){TAIL}?"),
    ("month", "month", r"(?:\b{REF} (?:month of )?)?{START}(?<!Long\x20){MONTH}(?!-\d)"
                       r"(?:,? (?:of )?'(?P<yy>\d\d)\b|{TAIL}|(?! \d\d?\b))"),
    ("years", "year", r"{NOT_IN_NUMBER}(?P<between>(?:between|from) )?{YEAR}(?:{TO}| and |/)"
                      r"(?P<year2>1[6-9]\d\d|20\d\d|\d\d)(?![\w%]|[.,:/-]\d)"),
    ("fiscal", "fiscal", r"\b(?:the )?(?:(?P<fiscal>fiscal|financial|calendar|FY)(?: year)? ?|FY)"
                         r"(?:'?(?P<yy>\d\d)\b|{YEAR})"),
    ("nth", "unit", r"\b(?:(?:the|its|{REF}) )?{ORDINAL}"
                    r"(?: (?P<count>two|three|six|seven|eight|nine|ten|eleven|\d\d?))?[- ]"
                    r"(?P<fiscal>fiscal[- ])?(?P<unit>half|quarter|week|month|day|decade|semester)s?\b"
                    r"(?:{OF_YEAR}| (?:of|in) (?:(?P<ref2>last|this|next) )?{MONTH}(?:,? {YEAR2})?)?"),
    ("q", "code", r"\b(?:(?P<year2>20\d\d) ?)?(?P<code>Q[1-4]|H[12]|[1-4]Q|[12]H)"
                  r"(?: ?(?:of )?{YEAR}|['’]?(?P<yy>\d\d)\b|(?: of | ){YREF})?(?!\w)"),
    ("unit", "unit", r"\b{REF} (?P<fiscal>(?:fiscal|financial|business|calendar) )?"
                     r"(?P<unit>day|week|weekend|month|quarter|half|year|decade|century)(?:[- ]end)?"
                     r"(?: (?:before|after) (?P<beyond>last|next))?(?![-\w])"),
    ("bare_unit", "unit", r"\b(?P<part>mid|year|month)-(?P<unit>year|month|week|decade|end|century)\b"),
    ("weekend", "unit", r"\b(?:(?P<ref>last|this past|this|next|the) )?(?P<unit>weekend)\b"),
    ("weekdays", "weekday", r"\b{WEEKDAY}{TO}{WEEKDAY2}"),
    ("weekday", "weekday", r"\b(?:(?P<part>late|early|earlier)(?: on)? )?(?:{REF} )?{WEEKDAY}(?: {DAYPART}\b)?"
                           r"(?:,? (?P<wref>last|next) week\b)?(?!-)"),
    ("deictic", "deictic", r"\b(?:(?P<part>late|early|earlier|later) )?(?P<deictic>the day before yesterday"
                           r"|the day after tomorrow|today|tomorrow|yesterday|tonight|last night"
                           r"|this (?:early )?(?:morning|afternoon|evening)|overnight)(?: {DAYPART}\b)?"),
    ("season", "season", r"\b(?:(?:{REF}|in|by|since|until|before|after|during) )?{SEASON}(?![-\w]){TAIL}?"),
    ("holiday", "holiday", r"\b(?:{REF} )?{HOLIDAY}(?![\w’'])(?:,? {YEAR})?"),
    ("decade", "year", r"(?:\bthe )?(?<![\w$€£.,:])['’]?(?P<decade>(?:1[6-9]|20)\d0|(?<=['’])\d0)['’]?s(?!\w)"),
    ("year", "year", r"{START}(?P<nyref>the year )?{YEAR}(?![-–/]\d)"),
)  # fmt: skip


def compiled(pattern: str, pieces: dict[str, str]) -> re.Pattern[str]:
    """Put the pieces in, and a bounded run of blanks for each blank outside brackets."""
    filled = pattern.format_map(pieces).replace("[- ]", "\x00")
    return re.compile(filled.replace(" ", BLANK).replace("\x00", "[- ]"), FLAGS)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, in order of precedence among spans of one length."""
    pieces = _pieces()
    return tuple(Rule(name, trigger, compiled(pattern, pieces)) for name, trigger, pattern in _RULES)


@cache
def part_before() -> re.Pattern[str]:
    """ "the end of", "late", "mid-" right before an expression: sought there only, since it can begin with any word."""
    return compiled(r"(?<![\w-])(?P<part>{PART})$", _pieces())


@cache
def triggers() -> re.Pattern[str]:
    """One pass over the text in lower case tells where which rules are worth trying."""
    w = words()

    def lower(names: Iterable[str]) -> str:
        return any_of({name.lower() for name in names})

    first = {name.split()[0] for name in (*w.holidays, *w.moving_holidays)}  # a trigger is one token
    return re.compile(
        rf"\b(?:(?P<month>(?:{lower(n for row in w.months for n in row)})(?![^\W_]))"
        rf"|(?P<weekday>(?:{lower(n for row in w.weekdays for n in row)})\b)"
        r"|(?P<unit>(?:day|week|weekend|month|quarter|half|year|decade|century|semester|end)s?\b)"
        r"|(?P<fiscal>fiscal|financial|calendar|fy)|(?P<code>(?:q[1-4]|h[12]|[1-4]q|[12]h))"
        r"|(?P<deictic>(?:today|tomorrow|yesterday|tonight|night|morning|afternoon|evening|overnight)\b)"
        rf"|(?P<season>(?:{lower(w.seasons)}))|(?P<holiday>(?:{lower(first)})\b)"
        r"|(?P<slash>\d\d?[/.]\d\d?[/.]\d\d))|(?P<year>(?<!\d)(?:1[6-9]|20|21)\d\d|['’]\d0s)"
    )


def triggers_in(text: str) -> list[tuple[str, int, int]]:
    """Kind and place of each trigger of a text."""
    lower = text.lower()
    found = triggers().finditer(lower if len(lower) == len(text) else text)
    return [(m.lastgroup or "", m.start(), m.end()) for m in found]


def windows(text: str, hits: Iterable[tuple[str, int, int]]) -> dict[str, list[tuple[int, int]]]:
    """Stretches of text around the triggers of each kind, in order, none overlapping; never cut inside a word."""
    out: dict[str, list[tuple[int, int]]] = {}
    for kind, start, end in hits:
        low, high = _word_start(text, start - REACH), _word_end(text, end + REACH)
        row = out.setdefault(kind, [])
        if row and low <= row[-1][1]:
            row[-1] = (row[-1][0], max(high, row[-1][1]))
        else:
            row.append((low, high))
    return out


def _word_start(text: str, at: int) -> int:
    at = max(at, 0)
    low = text.rfind(" ", max(at - REACH, 0), at)
    return low + 1 if low >= 0 else at


def _word_end(text: str, at: int) -> int:
    high = text.find(" ", at, at + REACH)
    return high if high >= 0 else min(at, len(text))


def matches(text: str, hits: Iterable[tuple[str, int, int]]) -> Iterator[tuple[int, Rule, re.Match[str]]]:
    """Every match of every rule near a trigger: its order of precedence, the rule, the match."""
    near = windows(text, hits)
    for order, rule in enumerate(rules()):
        for low, high in near.get(rule.trigger, ()):
            for found in rule.pattern.finditer(text, low, high):
                yield order, rule, found
