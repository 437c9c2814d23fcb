"""Who wrote it: names only, out of bylines as outlets print them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.dateline import agencies

_LEAD = re.compile(
    r"^\W*(?:by )?xinhua (?:writers?|reporters?|correspondents?)\s+|"
    r"^\W*(?:(?:more|all|view all|see all|words|story|stories|posts?|report(?:ing|ed)?|written|writing|analysis|"
    r"opinion|compiled|edited)(?: \w{1,9})?\s+)?by:?\s+"
    r"|^(?:author|reporter|writer)s?\s*:\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|·•\n、]|,(?!\s*(?:Jr|Sr|II|III|PhD|M\.?D)\b)|\s(?:and|AND|&|und|et|y|og|och)\s)\s*")
_TAIL = re.compile(
    r"\s*(?:\(.{0,80}|\bSource\s?:.{0,80}|\bin [A-Z].{0,60}|\bfor (?:[A-Z]|the ).{0,60}|\s[-–—]\s.{0,80}|"
    r"@\w+.{0,40}|\d{1,2}[:/ ].{0,60}|\bUpdated\b.{0,80}|\bPublished\b.{0,80})$"
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d|^(?:source|photo)s?\b|^(?:.{0,30}\b)?(?:staff|newsroom|editors?|editorial|desk|bureau|news|agenc(?:y|ies)|team|"
    r"correspondents?|reporters?|contributors?|author|admin|administrator|wire|press|services?|board|media|"
    r"unknown|none|null|writers?|follow|follow us|read more|subscribe|guest|online)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"by (?!\w+ing\b).{3,150}$", re.IGNORECASE)
_REPORTING = re.compile(r"^\W*Reporting by:?\s+(?P<names>[^;]{3,300}?)(?:;|\s*Editing\b|\)|\.?\s*$)")


def people(stated: Iterable[str], outlet: Iterable[str] = ()) -> tuple[str, ...]:
    """The people named in printed bylines, in order, once each: no agency, desk, place or address.

    ``outlet`` holds names of the outlet, which are not people's.
    """
    house = {name.casefold() for name in outlet}
    names: dict[str, str] = {}
    for line in stated:
        for part in _SPLIT.split(_LEAD.sub("", line[:1000].strip())):
            name = _TAIL.sub("", _LEAD.sub("", part)).strip(" .,:-–—*")
            if _is_name(name) and name.casefold() not in house:
                names.setdefault(name.casefold(), name.title() if name.isupper() and len(name) > 4 else name)
    return tuple(names.values())[:20]


def reporters(credits: Iterable[str]) -> tuple[str, ...]:
    """The reporters of ``Reporting by A B in Place and C D; Editing by E F`` or of ``by Xinhua writer A B``."""
    for line in credits:
        if _BY.match(line) and (names := people([line])):
            return names
        if found := _REPORTING.match(line[:1000]):
            return people([found["names"]])
    return ()


def _is_name(name: str) -> bool:
    words = name.split()
    if (
        name.lower() in agencies()
        or not 1 < len(name) <= 60
        or len(words) > 6
        or _NO_NAME.search(name)
        or name.startswith(("<", "{", "javascript"))
    ):
        return False
    return not name.isascii() or (len(words) > 1 and any(word[0].isupper() for word in words))
