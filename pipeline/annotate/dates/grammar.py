"""The shapes of calendar expressions. Every repetition is bounded, so the time is linear in the text.

Named groups are read by ``resolve``: month day year yref (a year told by reference), month2 day2 year2, weekday
weekday2, part (early, the end of), ref (last, this, next, that), unit, nth, count, season, holiday, deictic, decade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.annotate.dates.words import words


def any_of(names: Iterable[str]) -> str:
    """An alternation, longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _months(group: str) -> str:
    """A month's name: capital first or all capitals; abbreviations may carry a dot."""
    long = [form for names in words().months for form in (names[0], names[0].upper())]
    short = [form for names in words().months for name in names[1:] for form in (name, name.upper())]
    return rf"(?P<{group}>(?-i:{any_of(long)})|(?-i:{any_of(short)})\.?)(?![\w’'])"


def _weekdays(group: str, abbreviated: bool = True) -> str:
    long = [form for names in words().weekdays for form in (names[0], names[0].upper())]
    short = [form for names in words().weekdays for name in names[1:] for form in (name, name.upper())]
    tail = rf"|(?-i:{any_of(short)})\b\.?" if abbreviated else ""
    return rf"(?P<{group}>(?-i:{any_of(long)})\b{tail})"


_S = r"(?:[ \u00a0]{1,2})"  # no line break: expressions do not run over paragraphs
_TO = rf"(?:{_S}?[-–—]{_S}?|{_S}(?:to|through|thru|until){_S})"
_DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY_END = (
    r"(?![\w%]|[.,:/]\d|[-–](?:year|month|week|day|hour)|{S}?(?:percent|per cent|million|billion|trillion)\b)".replace(
        "{S}", _S
    )
)
_YEAR = r"(?P<{0}>1[6-9]\d\d|20\d\d|2100)(?![\w%]|[.,:/]\d)"
_YREF = (
    r"(?P<yref>(?:last|this|next|the[ ]previous|the[ ]preceding|the[ ]following|the[ ]coming|the[ ]current|that|that[ ]same|the[ ]same)[ ]year"
    r"|the[ ]year[ ](?:before|after)|a[ ]year[ ](?:earlier|later|before|ago))\b"
)
_YEAR_TAIL = rf"(?:(?:,{_S}?|{_S}(?:of{_S}|in{_S})?){_YEAR.format('year')}|(?:,{_S}?|{_S}(?:of{_S}|in{_S})?){_YREF})"
_PART = (
    r"(?P<part>(?:the[ ])?(?:very[ ])?(?:end|beginning|start|middle|close|turn|rest|remainder|outset|eve|dawn|early[ ]part|latter[ ]part|last[ ]part|"
    r"(?:early|late|latter|last|first|final)[ ](?:days|weeks|months|half|part))[ ]of[ ]|"
    r"(?:the[ ])?(?:mid|late|early|end)[- ]{1,3}|(?:earlier|later|sometime|late|early)[ ](?:in[ ])?|(?:year|month)[- ]end[ ])"
)
_REF = r"(?P<ref>last|this[ ]past|this[ ]coming|this|next|that[ ]same|that|the[ ]same|the[ ]previous|the[ ]preceding|the[ ]following|the[ ]coming|the[ ]next|the[ ]last|the[ ]past|the[ ]current|current|past|previous|coming|following|upcoming|the)"
_DAYPART = r"(?:early[ ]|late[ ])?(?:morning|afternoon|evening|night|overnight)"
_ORDINAL = rf"(?P<nth>{any_of(words().ordinals)})"
_NUMBER = rf"(?P<count>\d{{1,2}}|{any_of(words().numbers)})"
_UNIT = r"(?P<unit>day|week|weekend|month|quarter|half|year|decade|century)"
_SEASON = rf"(?P<season>(?-i:{any_of([*words().seasons, *(s.capitalize() for s in words().seasons)])}))(?:time)?"
_OF_YEAR = rf"(?:{_S}(?:of|in){_S}(?:{_PART.replace('part>', 'part2>')})?|,?{_S})(?:(?:(?:fiscal|calendar|financial){_S}(?:year{_S})?)?{_YEAR.format('year')}|{_YREF}|(?P<theyear>(?:the|this|its)[ ](?:(?P<fiscal2>fiscal|financial|business)[ ])?year)\b)"

_RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?<![\w./-])(?P<year>1[6-9]\d\d|20\d\d)(?P<sep>[-/.])(?P<nmonth>0?[1-9]|1[0-2])(?P=sep)(?P<day>0?[1-9]|[12]\d|3[01])(?![\w]|[-/.]\d)"),
    ("iso_month", r"(?<![\w./-])(?P<year>19\d\d|20\d\d)-(?P<nmonth>0[1-9]|1[0-2])(?![\w]|[-/.]\d)"),
    ("slashed", r"(?<![\w./-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<sep>[/.])(?P<second>0?[1-9]|[12]\d|3[01])(?P=sep)(?P<year>(?:19|20)?\d\d)(?![\w]|[-/.]\d)"),
    ("days_md", rf"\b{_months('month')}{_S}?{_DAY.format('day')}(?:{_TO}|(?:{_S}and{_S}|{_S}?/{_S}?)){_DAY.format('day2')}{_DAY_END}{_YEAR_TAIL}?"),
    ("days_dm", rf"(?<![\w$€£.,:-]){_DAY.format('day')}(?:{_TO}|{_S}and{_S}){_DAY.format('day2')}{_S}{_months('month')}{_YEAR_TAIL}?"),
    ("day_md", rf"(?:\b{_weekdays('weekday')},?{_S}(?:the{_S})?)?\b{_months('month')}{_S}?(?:the{_S})?{_DAY.format('day')}{_DAY_END}{_YEAR_TAIL}?"),
    ("day_dm", rf"(?:\b{_weekdays('weekday')},?{_S}(?:the{_S})?)?(?<![\w$€£.,:-]){_DAY.format('day')}{_S}(?:of{_S})?{_months('month')}{_YEAR_TAIL}?"),
    ("months", rf"(?:{_PART})?\b(?P<between>(?:between|from){_S})?{_months('month')}(?:{_TO}|{_S}and{_S}){_months('month2')}(?!{_S}?\d{{1,2}}\b){_YEAR_TAIL}?"),
    ("month", rf"(?:{_PART})?(?:\b{_REF}{_S}(?:month{_S}of{_S})?)?(?<![\w-])(?<!Long ){_months('month')}(?!-\d)(?:,?{_S}(?:of{_S})?'(?P<yy>\d\d)\b|{_YEAR_TAIL}|(?!{_S}\d{{1,2}}\b))"),
    ("month_end", rf"\b{_months('month').replace('(?![', '(?:[-–])(?P<part>end|start)(?![')}"),
    ("years", rf"(?<![\w$€£.,:/-])(?P<between>between{_S}|from{_S})?{_YEAR.format('year')}(?:{_TO}|{_S}and{_S}|/)(?P<year2>1[6-9]\d\d|20\d\d|\d\d)(?![\w%]|[.,:/-]\d)"),
    ("fiscal", rf"\b(?:the{_S})?(?:(?P<fiscal>fiscal|financial|calendar|FY)(?:{_S}year)?{_S}?|FY)(?:'?(?P<yy>\d\d)\b|{_YEAR.format('year')})"),
    ("nth", rf"(?:{_PART})?\b(?:(?:the|its|{_REF}){_S})?(?:{_ORDINAL})(?:{_S}(?P<count>two|three|six|seven|eight|nine|ten|eleven|\d{{1,2}}))?[ -](?P<fiscal>fiscal[ -])?(?P<unit>half|quarter|week|month|day|decade|semester)s?\b(?:{_OF_YEAR}|{_S}(?:of|in){_S}(?:(?P<ref2>last|this|next){_S})?{_months('month')}(?:,?{_S}{_YEAR.format('year2')})?)?"),
    ("q", rf"\b(?:(?P<year2>20\d\d){_S}?)?(?P<code>Q[1-4]|H[12]|[1-4]Q|[12]H)(?:{_S}?(?:of{_S})?{_YEAR.format('year')}|['’]?(?P<yy>\d\d)\b|(?:{_S}of{_S}|{_S}){_YREF})?(?!\w)"),
    ("unit", rf"(?:{_PART})?\b(?:(?:late|early|earlier|later){_S})?{_REF}{_S}(?P<fiscal>fiscal{_S}|financial{_S}|business{_S}|calendar{_S})?{_UNIT}(?:[- ]end)?(?:{_S}(?:before|after){_S}(?P<beyond>last|next))?(?![-\w])"),
    ("bare_unit", r"\b(?P<part>mid|year|month)-(?P<unit>year|month|week|decade|end|century)\b"),
    ("weekend", r"\b(?:(?P<ref>last|this[ ]past|this|next|the)[ ])?(?P<unit>weekend)\b"),
    ("weekdays", rf"\b{_weekdays('weekday')}(?:{_TO}){_weekdays('weekday2')}"),
    ("weekday", rf"\b(?:(?P<part>late|early|earlier)(?:{_S}on)?{_S})?(?:{_REF}{_S})?{_weekdays('weekday')}(?:{_S}{_DAYPART}\b)?(?:,?{_S}(?P<wref>last|next)[ ]week\b)?(?!-)"),
    ("deictic", rf"\b(?:(?P<part>late|early|earlier|later){_S})?(?P<deictic>the[ ]day[ ]before[ ]yesterday|the[ ]day[ ]after[ ]tomorrow|today|tomorrow|yesterday|tonight|last[ ]night|this[ ](?:early[ ])?(?:morning|afternoon|evening)|overnight)(?:{_S}{_DAYPART}\b)?"),
    ("season", rf"(?:{_PART})?\b(?:{_REF}{_S}|in{_S}|by{_S}|since{_S}|until{_S}|before{_S}|after{_S}|during{_S})?{_SEASON}(?![-\w])(?:{_YEAR_TAIL})?"),
    ("holiday", rf"\b(?:{_REF}{_S})?(?P<holiday>(?-i:{any_of([*words().holidays, *words().moving_holidays])}))(?![\w’'])(?:,?{_S}{_YEAR.format('year')})?"),
    ("decade", rf"(?:{_PART})?(?:\bthe{_S})?(?:mid-)?(?<![\w$€£.,:])['’]?(?P<decade>(?:1[6-9]|20)\d0|(?<=['’])\d0)['’]?s(?!\w)"),
    ("year", rf"(?:{_PART})?(?<![\w$€£.,:/#&+–-])(?:(?P<nyref>the[ ]year[ ]))?{_YEAR.format('year')}(?![-–/]\d)"),
)  # fmt: skip

# Words one of which every expression holds: text far from them is not looked at.
_FLAGS = re.IGNORECASE


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Name and pattern of each rule, in order of precedence among spans of one length."""
    return tuple((name, re.compile(pattern, _FLAGS)) for name, pattern in _RULES)
