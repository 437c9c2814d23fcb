"""The pages the suite reads: those it is given, else pages generated out of the sample press's paragraphs."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from benchmarks.extraction_sets import Gold, article_extraction_benchmark, fundus
from pipeline import archive
from pipeline.dedupe import Deduper
from pipeline.extract import load_page, read_page
from pipeline.press import reports
from pipeline.records import Article, Page

SOURCE = "pages"  # an outlet nobody described
PARAGRAPHS = 24  # of a generated report: about 1,000 words, as long as a long report
WARM = 8  # pages that every lane reads before anything is timed

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Wire</title>
<link rel="canonical" href="{url}"><meta property="og:title" content="{title}"><style>{style}</style>
<script type="application/ld+json">{data}</script></head><body><header><nav><ul>{links}</ul></nav></header>
<main><article><h1>{title}</h1><time datetime="{published}">{published}</time>{text}</article>
<aside><h2>More from the wire</h2><ul>{links}</ul></aside></main><footer><p>All rights reserved.</p></footer>
<script>{script}</script></body></html>"""


def known_set(place: Path) -> Iterator[tuple[Page, Gold]] | None:
    """Pages with gold, where the folder is a checkout of a benchmark that is known."""
    if (place / "ground-truth.json").exists():
        return article_extraction_benchmark(place)
    if (place / "tests/resources/parser/test_data").exists():
        return fundus(place)
    return None


def load(place: Path | None, count: int) -> list[Page]:
    """Up to ``count`` pages, each of a url of its own: of a WARC, a folder of WARCs or of saved pages, or generated."""
    found = {page.url: replace(page, source=SOURCE) for page in (_given(place) if place else generated(count))}
    return list(found.values())[:count]


def _given(place: Path) -> Iterable[Page]:
    if place.is_file():
        return (page for page in archive.read_pages([place]) if isinstance(page, Page))
    if gold := known_set(place):
        return (page for page, _ in gold)
    if files := archive.archives(place):
        return (page for page in archive.read_pages(files) if isinstance(page, Page))
    saved = sorted(path for ending in ("html", "htm", "html.gz", "htm.gz") for path in place.rglob(f"*.{ending}"))
    return (load_page(path, f"https://example.org/{n}/{path.name}") for n, path in enumerate(saved))


def generated(count: int, seed: int = 7) -> Iterator[Page]:
    """Pages of paragraphs drawn from the sample press's English reports: every text another, none a reprint."""
    draw = random.Random(seed)  # noqa: S311 - texts, not secrets
    told = [report for report in reports() if report.language == "en"]
    paragraphs = [line for report in told for line in report.text.split("\n\n")]
    links = "".join(f'<li><a href="/{n}">{escape(report.title)}</a></li>' for n, report in enumerate(told[:40]))
    style = "".join(f".c{n}{{margin:{n}px;color:#{n:06x}}}" for n in range(600))
    script = "".join(f"window.slot{n}={{id:{n},size:[300,250]}};" for n in range(600))
    for number in range(count):
        day = datetime(2024, 6, 1, tzinfo=UTC) + timedelta(hours=number % 1000)
        text = "".join(f"<p>{escape(line)}</p>" for line in draw.sample(paragraphs, PARAGRAPHS))
        title = f"{draw.choice(told).title} ({number})"
        stated = {"@type": "NewsArticle", "headline": title, "datePublished": day.isoformat()}
        url = f"https://wire.example.org/{day:%Y/%m/%d}/report-{number}.html"
        body = PAGE.format(
            title=escape(title), url=url, published=day.isoformat(), data=json.dumps(stated), text=text,
            links=links, style=style, script=script,
        )  # fmt: skip
        yield Page(url, url, 200, (("Content-Type", "text/html"),), body.encode(), datetime.now(UTC), SOURCE)


def readable(pages: Iterable[Page]) -> list[tuple[Page, Article]]:
    """The pages that give an English report which repeats no other, so that every lane has the same to do."""
    seen, kept = Deduper(), []
    for page in pages:
        found = read_page(page, {})
        if isinstance(found, Article) and found.language == "en" and seen.judge(found).reprint_of is None:
            kept.append((page, found))
    return kept


def write_warc(folder: Path, name: str, pages: Iterable[Page]) -> Path:
    """The pages as a WARC file of Dateline's archive; a page's wish not to be kept plays no part here."""
    with archive.ArchiveWriter(folder, name) as writer:
        for page in pages:
            writer.write(page)
        files = writer.close()
    return files[0]
