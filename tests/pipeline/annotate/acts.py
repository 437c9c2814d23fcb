"""How the tests of acts read a text: parsed, named, dated, then searched for acts."""

from __future__ import annotations

from dataclasses import replace

from pipeline.annotate import parse
from pipeline.annotate.actions import find_actions
from pipeline.annotate.coreference import resolve
from pipeline.annotate.dates import find_dates
from pipeline.annotate.entities import find_entities, find_title_entities
from pipeline.records import Access, ActionMention, Article

DAY = "2025-12-20"


def acts(text: str, title: str | None = None, access: Access = "full") -> tuple[ActionMention, ...]:
    """The acts of a text published on 20 December 2025; those of its title only where one is given."""
    article = Article("0" * 16, "https://press.example/a", "reuters", title or "A report", text, DAY, None, DAY)
    read = next(iter(parse([replace(article, access=access)])))
    found = resolve(read, find_entities(read)), find_dates(read)
    return find_actions(read, *found, find_title_entities(read)) if title else find_actions(read, *found)
