"""Recognise the head of a report (``SHANGHAI, June 25 (Reuters) - ``) and the agency a text is credited to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline import yml
from pipeline.records import Dateline

HEAD = 220  # characters in which a dateline stands

_MONTH = (
    r"(?i:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DAY = rf"(?:{_WEEKDAY},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_WORD = r"(?:[^\W\d_](?:[^\W\d_]|[.'’-](?=[^\W\d_])){0,30}\.?)"
_PLACE = rf"{_WORD}(?: (?:{_WORD})){{0,4}}"
_PLACES = rf"{_PLACE}(?:(?:/|, | and ){_PLACE}){{0,4}}"
_NO_PLACE = re.compile(
    rf"{_WEEKDAY}|{_MONTH}\b|The (?!Hague)|"
    r"(?:EXCLUSIVE|OPINION|ANALYSIS|UPDATE|BREAKING|FACTBOX|EXPLAINER|COLUMN|COMMENTARY|FEATURE|INTERVIEW|CORRECTED|"
    r"FOCUS|LIVE|WATCH|VIDEO|PHOTOS?|EDITORIAL|NOTE|WRAPUP|INSIGHT|BRIEF)\b"
)
_SMALL = frozenset(("of", "de", "la", "del", "al", "the", "am", "an", "den", "upon", "el", "do", "da", "sur"))
_DASH = r"(?:--|[-–—―])"


@cache
def agencies() -> dict[str, str]:
    """Every printed name of an agency, in lower case, and the name kept."""
    names = yml.read(yml.VOCABULARY / "agencies.yml", tuple[tuple[str, ...], ...])
    return {alias.lower(): row[0] for row in names for alias in row}


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    known = "|".join(sorted(map(re.escape, agencies()), key=len, reverse=True))
    agency = rf"\((?P<agency>(?i:{known})(?:/[A-Z]{{2,8}})?)\)"
    other = r"\((?P<agency>[A-Z][A-Za-z]{2,15})\)"
    return (
        # BEIJING/WASHINGTON, Oct 23 (Reuters) -
        re.compile(rf"(?P<place>{_PLACES}),? ?(?P<day>{_DAY}),? ?{agency}\s?:?\s?{_DASH}{{0,2}}\s?"),
        # MOSCOW, July 9 (Interfax) -
        re.compile(rf"(?P<place>{_PLACES})[,.] ?(?P<day>{_DAY}) ?{other}\s?{_DASH}\s"),
        # MUMBAI (Reuters) -
        re.compile(rf"(?P<place>{_PLACES}) ?{agency}\s?{_DASH}\s?"),
        # May 13 (Reuters) -
        re.compile(rf"(?P<day>{_DAY}) ?{agency}\s?{_DASH}{{0,2}}\s?"),
        # (Reuters) -
        re.compile(rf"{agency}\s?{_DASH}\s?"),
        # BEIJING/WASHINGTON, Oct 23 -
        re.compile(rf"(?P<place>{_PLACES}), ?(?P<day>{_DAY})\s?{_DASH}\s"),
        # Geneva, July 3, 2024 / PR/2024/922
        re.compile(rf"(?P<place>{_PLACES}),? (?P<day>{_DAY})(?:\s*\n\s*|\s+)PR/\d{{4}}/\d+\s*"),
        # Geneva, July 3, 2024, on a line of its own
        re.compile(rf"(?P<place>{_PLACES}),? (?P<day>{_DAY})\s*\n\s*"),
        # 新华社北京7月9日电（记者李明）
        re.compile(
            r"(?P<agency>新华社|中新社)(?P<place>[一-鿿]{2,12}?)(?P<day>\d{1,2}月\d{1,2}日)电\s?"
            r"(?:[（(][^）)]{1,60}[）)])?\s?"
        ),
        # BEIJING --
        re.compile(
            r"(?P<place>[A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,3}(?:, [A-Z][a-z]{2,15}\.?)?)"
            r" ?(?:--|—|–)\s?(?=[A-Z\"“])"
        ),
    )


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the very start of the text, or None; ``end`` is where the report begins."""
    head = text[:HEAD]
    for shape in _shapes():
        found = shape.match(head)
        if not found:
            continue
        parts = found.groupdict()
        place, day, agency = parts.get("place"), parts.get("day"), parts.get("agency")
        if place and not (_is_place(place) or (day and agency and place.islower())):
            continue
        return Dateline(place, day, agencies().get(agency.lower(), agency) if agency else None, found.end())
    return None


def _is_place(place: str) -> bool:
    """Places begin with a capital in each part and are short; running prose and days of the week are no places."""
    if len(place) > 80 or _NO_PLACE.match(place):
        return False
    words = [word for part in re.split(r"/|, | and ", place) for word in part.split()]
    return all(word[0].isupper() or word in _SMALL or not word[0].isascii() for word in words)


def agency_of(credits: Iterable[str], dateline: Dateline | None, own: Iterable[str]) -> str | None:
    """The agency whose text this is, from its dateline or a credit (``Source: Xinhua``, ``By Reuters``).

    ``own`` holds the outlet's names: an agency's report on its own site is credited to nobody.
    """
    house = {name.casefold() for name in own}
    if dateline and dateline.agency and dateline.agency.casefold() not in house:
        return dateline.agency
    for line in credits:
        credit = re.sub(r"^\W*(?:source|by|from|via|credit)\s?:?\s+", "", line[:120].strip(), flags=re.IGNORECASE)
        name = agencies().get(credit.strip(" .()[]").lower())
        if name and name.casefold() not in house:
            return name
    return None
