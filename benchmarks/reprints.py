"""Reprints found, false pairs, and cost: ``python -m benchmarks.reprints FOLDER``, where articles lie to read.

FOLDER is a checkout of scrapinghub/article-extraction-benchmark or flairNLP/fundus: every page an article of its own,
so that any two found alike are a false pair unless they are the same report. Of each text copies are made with a share
of the words replaced by another article's, dropped, or followed by one more; a copy is to name its original.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

from benchmarks.extraction_sets import Gold, article_extraction_benchmark, fundus
from pipeline.dedupe import MIN_WORDS, Deduper
from pipeline.records import Article, Page

RATES = (0.02, 0.05, 0.1)
COPIES = 5


def articles(pages: Iterator[tuple[Page, Gold]]) -> list[Article]:
    """One article a gold text that is long enough to be told from others; a text saved twice counts once."""
    texts = {gold.text: page.url for page, gold in pages if gold.text and len(gold.text.split()) >= MIN_WORDS}
    day = "2024-07-09"
    return [Article(f"o{n}", url, f"s{n}", "", text, day, None, day) for n, (text, url) in enumerate(texts.items())]


def edited(text: str, rate: float, others: list[str], draw: random.Random) -> str:
    """The text with this share of its words replaced, dropped or followed by one more, in equal parts."""
    words: list[str] = []
    for word in text.split():
        kind = draw.randrange(3) if draw.random() < rate else None
        words += [word] if kind in (None, 2) else []
        words += [draw.choice(others)] if kind in (0, 2) else []
    return " ".join(words)


def measure(originals: list[Article]) -> Iterator[str]:
    """Recall at each rate, false pairs among the originals, and CPU time an article."""
    others = [word for article in originals for word in article.text.split()]
    begun = process_time()
    Deduper(originals)
    seconds = process_time() - begun
    plain = Deduper()
    judged = [plain.judge(article) for article in originals]
    false = [article for article in judged if article.reprint_of]
    pairs = len(originals) * (len(originals) - 1) // 2
    cost, length = seconds / len(originals) * 1e3, len(others) // len(originals)
    yield f"{len(originals)} articles of {length} words: {cost:.2f} ms of CPU time each"
    yield f"false pairs: {len(false)} of {pairs} ({', '.join(article.url for article in false[:3]) or 'none'})"
    yield from (f"{rate:.0%} of words edited: recall {recall(originals, rate):.3f}" for rate in RATES)


def recall(originals: list[Article], rate: float) -> float:
    """The share of copies, with so many of their words edited, that name their original."""
    draw = random.Random(7)  # noqa: S311 - texts, not secrets
    others = [word for article in originals for word in article.text.split()]
    seen = Deduper(originals)
    copies = [
        replace(article, id=f"c{number}-{article.id}", text=edited(article.text, rate, others, draw))
        for number in range(COPIES)
        for article in originals
    ]
    return sum(_found(seen, copy) for copy in copies) / len(copies)


def _found(seen: Deduper, copy: Article) -> bool:
    """Whether the copy names its original; what is judged is not kept, so that each copy meets only originals."""
    return seen.original_of(copy) == copy.id.partition("-")[2]


def main() -> int:
    """Measure on the folder's articles."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else Path()
    known = {"ground-truth.json": article_extraction_benchmark, "tests/resources/parser/test_data": fundus}
    pages = next((read for sign, read in known.items() if len(sys.argv) == 2 and (folder / sign).exists()), None)
    if pages is None:
        print(__doc__, file=sys.stderr)
        return 2
    for line in measure(articles(pages(folder))):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
