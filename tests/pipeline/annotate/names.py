"""Names found in a short text, for the tests of entities."""

from __future__ import annotations

from functools import cache

from pipeline.annotate import parse
from pipeline.annotate.entities import export_entities, find_entities
from pipeline.annotate.text import Text
from pipeline.dateline import find_dateline
from pipeline.records import Article


@cache
def read(text: str, title: str = "", source: str = "reuters") -> Text:
    article = Article(
        id="0" * 16,
        url="https://example.org/report",
        source=source,
        title=title,
        text=text,
        published="2025-03-04T08:00:00Z",
        zone=None,
        fetched_at="2025-03-04T09:00:00Z",
        dateline=find_dateline(text),
    )
    return next(parse([article]))


def canonicals(text: str, **more: str) -> list[str]:
    return [m.canonical for m in find_entities(read(text, **more))]


def exported(text: str, **more: str) -> dict[str, str]:
    report = read(text, **more)
    return {e["canonical"]: e["type"] for e in export_entities(report, find_entities(report))}
