"""Pages with gold, as public benchmarks keep them; nothing of them belongs to this project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.extract import load_page
from pipeline.records import Page

ENGLISH = ("us", "uk", "au", "ca", "ind", "za", "na", "gl")  # folders of fundus


class Gold(NamedTuple):
    """What is right of a page; None where the benchmark does not say."""

    text: str | None = None
    title: str | None = None
    published: str | None = None


def article_extraction_benchmark(folder: Path) -> Iterator[tuple[Page, Gold]]:
    """scrapinghub/article-extraction-benchmark: bodies."""
    for key, gold in json.loads((folder / "ground-truth.json").read_text()).items():
        page = load_page(folder / "html" / f"{key}.html.gz", gold.get("url") or "https://example.org/a")
        yield replace(page, source=""), Gold(text=gold["articleBody"])


def fundus(folder: Path) -> Iterator[tuple[Page, Gold]]:
    """flairNLP/fundus, its English pages: each with the gold of the parser version it was saved for."""
    for file in sorted((folder / "tests/resources/parser/test_data").glob("*/*.json")):
        meta = json.loads((file.parent / "meta.info").read_text())
        if file.parent.name not in ENGLISH:
            continue
        pages = sorted(file.parent.glob(f"{file.stem}_*.html.gz"))
        versions = [version for _, version in sorted(json.loads(file.read_text()).items())]
        for path, gold in zip(pages, versions, strict=False):
            if "body" not in gold:
                continue
            fetched = datetime.fromisoformat(meta[path.name]["crawl_date"]).replace(tzinfo=UTC)
            page = replace(load_page(path, str(meta[path.name]["url"])), source="", fetched_at=fetched)
            yield page, Gold("\n\n".join(_strings(gold["body"])), gold.get("title"), gold.get("publishing_date"))


def htmldate_pages(folder: Path) -> Iterator[tuple[Page, str | None]]:
    """adbar/htmldate's two evaluation sets: a page and its day, None where it has none."""
    wanted: dict[str, dict[str, object]] = {}
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        wanted |= json.loads((folder / "tests" / name).read_text())
    for url, entry in wanted.items():
        paths = (folder / "tests" / sub / str(entry["file"]) for sub in ("test_set", "cache", "eval"))
        if path := next((path for path in paths if path.exists()), None):
            day = entry["date"]
            yield load_page(path, url), day if isinstance(day, str) else None


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(one)
