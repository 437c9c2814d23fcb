"""Try every selector of a source's yml on a page, field by field: what drifted shows where nothing matches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

import msgspec

from pipeline import walls
from pipeline.extract.document import Refused, decode, parse
from pipeline.extract.published import template_day
from pipeline.extract.select import Document, elements, stated, text_of
from pipeline.extract.structured import structured
from pipeline.records import Page
from pipeline.source import Selector, Source

FIELDS = ("title", "byline", "published", "updated", "section", "text")
LONGEST = 80  # characters shown of a value


@dataclass(frozen=True, slots=True)
class Tried:
    """One selector on one page. ``gave``: the first value, cut; None where nothing matched. ``old``: its until-date
    lies before the page's day, so it was not tried."""

    field: str
    selector: str
    gave: str | None
    old: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One page: the reader's verdict is another's; here is only what each selector gave, or why none was tried."""

    url: str
    tried: tuple[Tried, ...] = ()
    refused: str | None = None

    def matched(self, field: str) -> bool | None:
        """Whether a selector of the field gave something; None where none stands in the yml or is young enough."""
        gave = [t.gave is not None for t in self.tried if t.field == field and not t.old]
        return any(gave) if gave else None


def check(page: Page, source: Source) -> Checked:
    """Each selector of the source's yml on this page. Never raises for what the page holds."""
    if not page.body:
        return Checked(page.url, refused="a headline: no page was fetched")
    if refused := walls.judge(page, source):
        return Checked(page.url, refused=f"{refused.outcome}: {refused.reason}")
    try:
        tree = parse(decode(page))
    except Refused as error:
        return Checked(page.url, refused=f"{error.outcome}: {error.reason}")
    data = structured(tree)
    day = template_day(data, page.hint, page.final_url, page.fetched_at.astimezone(UTC))
    document = Document(tree, data, day)
    return Checked(page.url, tuple(_tried(document, source)))


def _tried(document: Document, source: Source) -> Iterator[Tried]:
    for field in FIELDS:
        for selector in getattr(source.read, field):
            old = bool(selector.until and document.day and document.day > selector.until)
            yield Tried(field, shown(selector), _value(document, field, selector), old)


def _value(document: Document, field: str, selector: Selector) -> str | None:
    if field == "text":
        text = " ".join(text_of(node) for node in elements(document, selector))
        return f"{len(text)} characters: {text[:LONGEST]}" if text else None
    return next((value[:LONGEST] for value, _ in stated(document, (selector,))), None)


def shown(selector: Selector) -> str:
    """A selector as its yml has it, on one line."""
    given = msgspec.to_builtins(selector)
    return ", ".join(f"{key}: {value}" for key, value in given.items() if value is not None)


def drifted(pages: tuple[Checked, ...], source: Source) -> tuple[str, ...]:
    """Fields of the yml that no page gave by any of their selectors."""
    read = [page for page in pages if page.refused is None]
    fields = [field for field in FIELDS if getattr(source.read, field)]
    return tuple(f for f in fields if read and not any(page.matched(f) for page in read))
