"""Measure the reader on real pages: ``python -m benchmarks.extraction FOLDER...``.

What is measured follows from what lies in each folder; nothing of it belongs to this project:

- ground-truth.json: scrapinghub/article-extraction-benchmark. Bodies.
- tests/resources/parser/test_data: flairNLP/fundus. Bodies, titles and times of its English pages.
- tests/eval_default.json: adbar/htmldate. Days of publication, against bare htmldate.
- MANIFEST.tsv: saved pages of the five outlets, with their yml. Outcome, title, minute, body.

On the first three the reader has no source yml, and bare trafilatura and peers (newspaper4k, news-please) where they
can be imported read the same pages: every page by every reader in turn, CPU time taken of each.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean, median
from time import process_time

import htmldate

from benchmarks.extraction_pages import saved_pages
from benchmarks.extraction_readers import Found, readers
from benchmarks.extraction_sets import Gold, article_extraction_benchmark, fundus, htmldate_pages
from benchmarks.tokens import Score, token_f1
from pipeline.extract import Refused
from pipeline.extract.document import decode, parse
from pipeline.extract.moment import Moment
from pipeline.extract.published import published_of, template_day
from pipeline.extract.select import Document, text_of
from pipeline.extract.structured import structured
from pipeline.records import Hint, Page

WARM = 40  # pages read before any is measured: models, stop words and vocabularies are loaded by then
_CURLY = str.maketrans("‘’“”", "''\"\"")


class Tally:
    """One reader over one set."""

    def __init__(self) -> None:
        self.bodies: list[Score] = []
        self.right: Counter[str] = Counter()
        self.seconds: list[float] = []

    def add(self, found: Found, gold: Gold, seconds: float, size: int, shown: Iterable[str] = ()) -> None:
        """Count one page, whose headings are ``shown``; bodies are compared by word n-grams of ``size``."""
        self.seconds.append(seconds)
        self.bodies.append(token_f1(found.text, gold.text or "", size))
        if gold.title is not None:
            self.right["title"] += _plain(found.title) == _plain(gold.title)
            self.right["title or heading"] += _plain(found.title) in {_plain(gold.title), *map(_plain, shown)}
        if gold.published is not None:
            self.right["published"] += _same_time(found.published, gold.published)


def _plain(title: str) -> str:
    """As a reader compares: white space and the shape of quotation marks aside."""
    return " ".join(title.translate(_CURLY).split())


def headings(page: Page) -> list[str]:
    """The headlines that a reader sees on the page: where it states several, gold may hold another of them."""
    return [text_of(node) for node in parse(decode(page)).iter("h1")]


def _same_time(found: str, gold: str) -> bool:
    """A day by the gold's day, a moment to the minute; a gold without zone may be in any of whole quarter hours."""
    stated = datetime.fromisoformat(gold)
    if len(found) <= len("2024-07-09"):
        return found == gold[:10]
    moment = datetime.fromisoformat(found)
    if stated.tzinfo:
        return moment.astimezone(UTC).strftime("%F %H:%M") == stated.astimezone(UTC).strftime("%F %H:%M")
    apart = stated.replace(tzinfo=UTC) - moment
    return abs(apart) <= timedelta(hours=14) and apart % timedelta(minutes=15) < timedelta(minutes=1)


def compare(pages: Iterable[tuple[Page, Gold]], size: int) -> Iterator[str]:
    """A table of all readers over one set: body F1 of the mean precision and recall, titles, times, CPU time."""
    found, missing = readers()
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    given = list(pages)
    for page, _ in given[:WARM]:
        for read in found.values():
            read(page)
    for page, gold in given:
        shown = headings(page)
        for name, read in found.items():
            begun = process_time()
            result = read(page)
            tallies[name].add(result, gold, process_time() - begun, size, shown)
    yield f"{len(given)} pages, body compared by {size}-grams of words"
    yield from (_row(name, tally, tallies["trafilatura"]) for name, tally in tallies.items())
    yield from missing


def _row(name: str, tally: Tally, bare: Tally) -> str:
    precision, recall = mean(s.precision for s in tally.bodies), mean(s.recall for s in tally.bodies)
    ratios = [one / other for one, other in zip(tally.seconds, bare.seconds, strict=True) if other]
    known = "".join(f"  {what} {right}" for what, right in tally.right.items())
    return (
        f"{name:12} precision {precision:.3f}  recall {recall:.3f}  "
        f"F1 {2 * precision * recall / (precision + recall):.3f}{known}  "
        f"{mean(tally.seconds) * 1000:.1f} ms a page  {sum(tally.seconds) / sum(bare.seconds):.2f} of trafilatura's, "
        f"median {median(ratios):.2f}"
    )


def dates(folder: Path) -> Iterator[str]:
    """Pages whose day of publication is right, ours and bare htmldate's, both given the url; no day may be right too.

    Ours gives an instant where the page does. The gold is a day in the outlet's unnamed zone: an instant stated in
    UTC is also counted right, apart, where it falls on the gold's day in some zone and the url names that day.
    """
    right: Counter[str] = Counter()
    for page, day in htmldate_pages(folder):
        found = _moment(page)
        exact = (_local_day(found) if found else None) == day
        right["pages"] += 1
        right["dateline"] += exact
        right["dateline, zone unknown"] += exact or bool(found and day and _names_neighbour(found, page.url, day))
        right["htmldate"] += htmldate.find_date(decode(page), url=page.url, original_date=True) == day
    yield "; ".join(f"{name}: {count}" for name, count in right.items())


def _moment(page: Page) -> Moment | None:
    try:
        tree = parse(decode(page))
        data, now = structured(tree), datetime.now(UTC)
        document = Document(tree, data, template_day(data, Hint(), page.url, now))
        return published_of(document, None, Hint(), page.url, now)
    except Refused:
        return None


def _local_day(found: Moment) -> str:
    if not found.zone:
        return found.value
    moment = datetime.fromisoformat(found.value).astimezone(datetime.strptime(found.zone, "%z").tzinfo)
    return moment.date().isoformat()


def _names_neighbour(found: Moment, url: str, day: str) -> bool:
    if found.zone != "+00:00" or not re.search(day.replace("-", "[-/]?"), url):
        return False
    utc = datetime.fromisoformat(found.value)
    return day in {(utc + timedelta(hours=hours)).date().isoformat() for hours in (-12, 14)}


def measure(folder: Path) -> Iterator[str] | None:
    """What the folder holds, measured; None where it holds nothing that is known."""
    if (folder / "ground-truth.json").exists():
        return compare(article_extraction_benchmark(folder), 4)
    if (folder / "tests/resources/parser/test_data").exists():
        return compare(fundus(folder), 1)
    if (folder / "tests/eval_default.json").exists():
        return dates(folder)
    return saved_pages(folder) if (folder / "MANIFEST.tsv").exists() else None


def main() -> int:
    """Measure what each folder holds."""
    logging.disable(logging.CRITICAL)  # readers complain of pages at length
    measured = [(folder, measure(folder)) for folder in map(Path, sys.argv[1:])]
    if not measured or any(lines is None for _, lines in measured):
        print(__doc__, file=sys.stderr)
        return 2
    for folder, lines in measured:
        print(f"\n{folder.name}")
        for line in lines or ():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
