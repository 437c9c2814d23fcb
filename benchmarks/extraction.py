"""Measure the reader on real pages: ``python benchmarks/extraction.py FOLDER``.

What is measured follows from what lies in the folder; nothing of it belongs to this project:

- MANIFEST.tsv: saved pages of the five outlets. Outcome, title, minute of publication, body token F1.
- ground-truth.json: scrapinghub/article-extraction-benchmark. Body F1 against bare trafilatura.
- tests/eval_default.json: adbar/htmldate. Day of publication against bare htmldate.
- tests/resources/parser/test_data: flairNLP/fundus. Body F1 and title on its English pages, against trafilatura.

On the last three the reader runs without any source yml.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import htmldate
import trafilatura

from pipeline.dateline import find_dateline
from pipeline.extract import Refused, load_page, read_page
from pipeline.extract.body import clean
from pipeline.extract.document import decode, gunzip, parse
from pipeline.extract.moment import Moment
from pipeline.extract.published import published_of, template_day
from pipeline.extract.select import Document
from pipeline.extract.structured import structured
from pipeline.records import Article, Hint, Page

HOMES = {
    "bloomberg": "https://www.bloomberg.com/news/articles/2024-01-01/a-report",
    "globaltimes": "https://www.globaltimes.cn/page/202609/1371340.shtml",
}
WORD = re.compile(r"\w+")
ENGLISH = ("us", "uk", "au", "ca", "ind", "za", "na", "gl")


class Score(NamedTuple):
    precision: float
    recall: float
    f1: float


def token_f1(found: str, gold: str, size: int = 1) -> Score:
    """Precision, recall and F1 of word n-grams as multisets."""

    def grams(text: str) -> Counter[tuple[str, ...]]:
        words = WORD.findall(text.casefold())
        return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))

    given, wanted = grams(found), grams(gold)
    shared = sum((given & wanted).values())
    if not found.strip() or not shared:
        return Score(0.0, 0.0, 0.0)
    precision, recall = shared / sum(given.values()), shared / sum(wanted.values())
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def saved_pages(folder: Path) -> Iterator[str]:
    """Each page of the manifest: outcome, and whether it agrees with the gold that is known."""
    for row in (line.split("\t") for line in (folder / "MANIFEST.tsv").read_text().splitlines()[1:]):
        name, url, known = row[0], row[1], row[5]
        path = next((p for p in (folder / name, folder / f"{name}.gz") if p.exists()), None)
        if path is None or name.endswith((".xml", ".txt")):
            continue
        found = read_page(load_page(path, url or HOMES[name.split("/")[0]]))
        if not isinstance(found, Article):
            yield f"{name}: {found.outcome} ({found.reason})"
            continue
        gold = dict(pair.split("=", 1) for pair in known.split("; ") if "=" in pair)
        said = [f"article, {len(found.text)} characters, {found.language}, by {', '.join(found.byline) or 'nobody'}"]
        if "title" in gold:
            said.append(f"title {found.title == gold['title'].split(' (trafilatura')[0]}")
        if "date" in gold:
            said.append(f"published {gold['date'][:16].split(' ')[0] in found.published}")
        if wanted := _gold_text(folder, name):
            said.append(f"body F1 {token_f1(found.text, wanted).f1:.3f}")
            said.append(f"to gold without captions and credits {token_f1(found.text, _report_of(wanted)).f1:.3f}")
        yield f"{name}: {'; '.join(said)}"


def _gold_text(folder: Path, name: str) -> str | None:
    number = re.search(r"newspaper_(\d)", name)
    if not number:
        return None
    path = folder / Path(name).parent / f"GOLD_newspaper_{number[1]}.txt"
    return path.read_text() if path.exists() else gunzip(path.with_name(path.name + ".gz").read_bytes()).decode()


def _report_of(gold: str) -> str:
    """The gold's paragraphs from the dateline on, without the closing credits, which the reader leaves out."""
    lines = [line for line in gold.split("\n") if line.strip()]
    begin = next((at for at, line in enumerate(lines) if find_dateline(line)), 0)
    return clean(lines[begin:]).text


def bodies(folder: Path) -> Iterator[str]:
    """Body F1 over word 4-grams, as that benchmark measures: ours without a yml, and bare trafilatura."""
    gold = json.loads((folder / "ground-truth.json").read_text())
    ours, bare = [], []
    for key, wanted in gold.items():
        page = load_page(folder / "html" / f"{key}.html.gz", wanted.get("url") or "https://example.org/a")
        text = gunzip((folder / "html" / f"{key}.html.gz").read_bytes()).decode()
        ours.append(token_f1(_text(page), wanted["articleBody"], 4))
        bare.append(token_f1(trafilatura.extract(text, include_comments=False) or "", wanted["articleBody"], 4))
    yield _table("ours", ours)
    yield _table("trafilatura", bare)


def _text(page: Page) -> str:
    found = read_page(replace(page, source="", final_url=page.url), {})
    return found.text if isinstance(found, Article) else ""


def _table(name: str, scores: list[Score]) -> str:
    """The benchmark's F1 is that of the mean precision and the mean recall."""
    precision, recall = mean(s.precision for s in scores), mean(s.recall for s in scores)
    f1 = 2 * precision * recall / (precision + recall)
    return f"{name:12} pages {len(scores)}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def dates(folder: Path) -> Iterator[str]:
    """Pages whose day of publication is right: ours, and bare htmldate, both given the url.

    Ours gives an instant where the page does. The gold is a day in the outlet's unnamed zone: an instant stated in
    UTC is also counted right where it falls on the gold's day in some zone and the url names that day.
    """
    wanted: dict[str, dict[str, str]] = {}
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        wanted |= json.loads((folder / "tests" / name).read_text())
    right: Counter[str] = Counter()
    for url, entry in wanted.items():
        paths = (folder / "tests" / sub / entry["file"] for sub in ("test_set", "cache", "eval"))
        path = next((p for p in paths if p.exists()), None)
        if path is None:
            continue
        page = load_page(path, url)
        found = _moment(page)
        right["pages"] += 1
        if found:
            exact = _local_day(found) == entry["date"]
            right["ours"] += exact
            right["ours, zone unknown"] += exact or _names_neighbour(found, url, entry["date"])
        right["htmldate"] += htmldate.find_date(decode(page), url=url, original_date=True) == entry["date"]
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
    if found.zone != "+00:00" or not any(day.replace("-", sep) in url for sep in ("/", "-", "")):
        return False
    utc = datetime.fromisoformat(found.value)
    return day in {(utc + timedelta(hours=hours)).date().isoformat() for hours in (-12, 14)}


def fundus(folder: Path) -> Iterator[str]:
    """Body token F1, titles, and minutes on the English pages: ours without a yml, and bare trafilatura."""
    ours, bare = [], []
    right: Counter[str] = Counter()
    for page, gold in _fundus_pages(folder / "tests/resources/parser/test_data"):
        body = "\n\n".join(_strings(gold["body"]))
        found = read_page(page, {})
        right["pages"] += 1
        right[str(getattr(found, "outcome", "article"))] += 1
        ours.append(token_f1(found.text if isinstance(found, Article) else "", body))
        bare.append(token_f1(trafilatura.extract(decode(page), include_comments=False) or "", body))
        if isinstance(found, Article):
            right["title"] += " ".join(found.title.split()) == " ".join(str(gold.get("title")).split())
            right["minute"] += _instant(found.published) == _instant(str(gold.get("publishing_date")))
    yield _table("ours", ours)
    yield _table("trafilatura", bare)
    yield "; ".join(f"{name}: {count}" for name, count in right.items())


def _fundus_pages(folder: Path) -> Iterator[tuple[Page, dict[str, object]]]:
    """Each saved page with the gold of the parser version it was saved for: the newest not newer than the page."""
    for gold in sorted(folder.glob("*/*.json")):
        meta = json.loads((gold.parent / "meta.info").read_text())
        if gold.parent.name not in ENGLISH:
            continue
        pages = sorted(gold.parent.glob(f"{gold.stem}_*.html.gz"))
        versions = [v for _, v in sorted(json.loads(gold.read_text()).items())]
        for path, version in zip(pages, versions, strict=False):
            url = str(meta[path.name]["url"])
            fetched = datetime.fromisoformat(meta[path.name]["crawl_date"]).replace(tzinfo=UTC)
            if "body" in version:
                yield replace(load_page(path, url), source="", fetched_at=fetched), version


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(one)


def _instant(stated: str) -> str:
    return datetime.fromisoformat(stated).astimezone(UTC).strftime("%Y-%m-%d %H:%M")


KINDS = {
    "MANIFEST.tsv": saved_pages,
    "ground-truth.json": bodies,
    "tests/eval_default.json": dates,
    "tests/resources/parser/test_data": fundus,
}


def main() -> int:
    """Measure what the folder holds."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else Path()
    measure = next((kind for name, kind in KINDS.items() if len(sys.argv) == 2 and (folder / name).exists()), None)
    if measure is None:
        print(__doc__, file=sys.stderr)
        return 2
    for line in measure(folder):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
