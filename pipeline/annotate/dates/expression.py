"""A calendar expression, and the tokens it stands on."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

EARLY = re.compile(r"(?:late|early|earlier|later)(?: on)?[ \u00a0]{1,2}", re.IGNORECASE)
DAYPART = re.compile(r"[ \u00a0]{1,2}(?:early |late )?(?:morning|afternoon|evening|night|overnight)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression as printed; ``groups`` are the named parts of the rule that found it."""

    rule: str
    start: int
    end: int
    text: str
    groups: dict[str, str]

    def get(self, name: str) -> str:
        """A part in lower case, "" where the rule or the text has none."""
        return self.groups.get(name, "").strip().lower()


def core(e: Expression) -> Expression:
    """The expression without the time of day: "late Monday", "Monday evening" -> "Monday"."""
    if e.rule not in ("weekday", "deictic") or e.get("deictic").startswith(("this", "last")):
        return e
    head, tail = EARLY.match(e.text), DAYPART.search(e.text)
    start = head.end() if head else 0
    end = tail.start() if tail else len(e.text)
    return Expression(e.rule, e.start + start, e.start + end, e.text[start:end], e.groups) if end > start else e


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that holds the character, or the last before it; None in an empty text."""
    starts = doc.user_data.get("token_starts")
    if starts is None:
        starts = doc.user_data["token_starts"] = [token.idx for token in doc]
    at = bisect_right(starts, offset) - 1
    return doc[max(at, 0)] if starts else None


def sentence_at(token: Token) -> tuple[int, int]:
    """First token of the sentence of a token, and the first after it."""
    doc = token.doc
    starts = doc.user_data.get("sentence_starts")
    if starts is None:
        starts = doc.user_data["sentence_starts"] = [t.i for t in doc if t.i == 0 or t.is_sent_start]
    at = bisect_right(starts, token.i)
    return starts[at - 1], starts[at] if at < len(starts) else len(doc)
