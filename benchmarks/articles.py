"""The articles a benchmark reads: a folder of documents or a file of JSON lines, else the sample press."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.jsonl import BadLine, read_articles, to_article
from pipeline.press import reports
from pipeline.records import Article


def load(place: Path | None = None) -> list[Article]:
    """Articles of ``place``: ``*.json`` files of a folder, or lines of a file; of the sample press without one."""
    if place is None:
        return [
            to_article({"id": str(n), "source": r.source, "url": r.url, "published": r.published}
                       | {"title": r.title, "text": r.text})
            for n, r in enumerate(reports())
            if r.language == "en"
        ]  # fmt: skip
    if place.is_dir():
        return [to_article(json.loads(file.read_text())) for file in sorted(place.glob("*.json"))]
    return [row for row in read_articles(place) if not isinstance(row, BadLine)]
