"""The outlet's own zone, where its data gives the moment in UTC and its page prints that moment on a local clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.extract.moment import Moment
from pipeline.extract.select import Document

MAX_TEXT = 2**20  # characters of one script
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_QUARTER = timedelta(minutes=15)


def in_own_zone(document: Document, moment: Moment) -> Moment:
    """The moment with the zone the page prints it in; as given where it has a zone of its own or none is printed.

    ``2023-11-09T03:28:35Z`` beside ``2023-11-08T22:28:35-05:00`` or ``2023-11-08 22:28:35``: there it is the 8th.
    """
    if moment.zone != "+00:00":
        return moment
    utc = datetime.fromisoformat(moment.value)
    clock = re.compile(rf":{utc:%S}(?:\.\d{{1,6}})?(Z|[+-]\d\d:?\d\d)?(?![\d:])", re.IGNORECASE)
    for text, is_own in _places(document):
        for found in clock.finditer(text):
            minute, zone = text[max(0, found.start() - 16) : found.start()], found[1] or ""
            # Without a zone it is the same moment only if the second agrees, and that is no round one.
            told = (zone or (is_own and utc.second)) and _MINUTE.fullmatch(minute)
            if told and (offset := _offset(utc, minute, zone)):
                return replace(moment, zone=offset)
    return moment


def _places(document: Document) -> Iterator[tuple[str, bool]]:
    """Texts in which the moment may be printed, and whether they are surely of this report."""
    yield from ((node.get("datetime", ""), True) for node in document.tree.iter("time"))
    yield from ((value, True) for values in document.data.meta.values() for value in values)
    yield from ((node.text[:MAX_TEXT], False) for node in document.tree.iter("script") if node.text)


def _offset(utc: datetime, printed: str, zone: str) -> str | None:
    """How far the printed clock is from UTC, if it can be the same moment in a zone that is not UTC."""
    try:
        local = datetime.fromisoformat(f"{printed}:{utc:%S}+00:00")
    except ValueError:
        return None
    ahead = local - utc
    if not ahead or not _WEST <= ahead <= _EAST or ahead % _QUARTER:
        return None
    sign, minutes = ("-", -ahead) if ahead < timedelta(0) else ("+", ahead)
    offset = f"{sign}{datetime.min.replace(tzinfo=UTC) + minutes:%H:%M}"
    return offset if zone in ("", offset, offset.replace(":", "")) else None
