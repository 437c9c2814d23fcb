"""Recognise the head of a report: ``SHANGHAI, June 25 (Reuters) - ``, ``Geneva, July 9, 2024``."""

from __future__ import annotations

import re

from pipeline.records import Dateline

_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_PLACE = r"[A-Z][A-Za-z.'’-]+(?:[ /][A-Z][A-Za-z.'’-]+){0,3}(?:, [A-Z][A-Za-z.]+){0,2}"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\((?P<agency>Reuters|Xinhua|Bloomberg|AP|AFP|Global Times)\)"
_HEAD = re.compile(rf"(?P<place>{_PLACE})(?:, (?P<day>{_DAY}))? {_AGENCY} ?(?:--|—|–|-) ?")
_PRESS = re.compile(rf"(?P<place>[A-Z][A-Za-z ]{{2,20}}), (?P<day>{_DAY})(?:\s+PR/\d+/\d+)?\s+")


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the very start of the text, or None; ``end`` is where the report begins."""
    for shape in (_HEAD, _PRESS):
        if found := shape.match(text[:200]):
            parts = found.groupdict()
            return Dateline(parts["place"], parts["day"], parts.get("agency"), found.end())
    return None
