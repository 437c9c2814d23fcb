"""Sentences that tell what has long been so, and so no news."""

from __future__ import annotations

import re

from pipeline.site.words import wording

_YEAR = re.compile(r"\b(?:since|in|case of) ((?:19|20)\d\d)\b")
_STANDING = re.compile(r"[a-z]+s")


def recalls(sentence: str, trigger: str, status: str, year: int) -> bool:
    """Whether the sentence behind an act without a date tells what has long been so in the ``year`` of its report.

    "In recent years", "since 2017"; or, of an act in force, a state in the present tense: "Texas bars platforms from
    removing posts". News stands in the past tense or names what is to come; what "the act requires" is left alone.
    """
    said = sentence.casefold()
    if any(words in said for words in wording().recalled) or any(int(y) < year for y in _YEAR.findall(said)):
        return True
    before, found, _ = sentence.partition(f" {trigger} ")
    maker = before.rpartition(" ")[2]
    standing = status == "in_force" and found and _STANDING.fullmatch(trigger)
    return bool(standing and maker[:1].isupper() and maker.casefold() not in wording().generic)
