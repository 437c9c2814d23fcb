"""What stands in quotation marks: opinion, not report."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.annotate.actions.candidate import Candidate


def unquoted(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """Without acts whose trigger stands inside quotation marks."""
    return [c for c in found if not _in_quotes(text, c.trigger.idx)]


def _in_quotes(text: str, at: int) -> bool:
    """Whether a mark opened since the paragraph began is still open at an offset."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    open_ = False
    for letter in before:
        if letter == "“":
            open_ = True
        elif letter == "”":
            open_ = False
        elif letter == '"':
            open_ = not open_
    return open_
