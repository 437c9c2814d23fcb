"""Story clustering, BCubed.

usage: python -m benchmarks.stories DATA

DATA: a folder with ``docs/`` and ``gold/`` (their ``story`` labels), a folder of articles as JSON with
``newsCluster.EventId`` (the news_cluster set of fhamborg/Giveme5W1H), or the sample press (``data/sample``, with the
stories of ``sample_press.yml``).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import yaml

from pipeline.press.reports import read_report
from pipeline.records import Article
from pipeline.stories import label


def bcubed(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall, F1 (Bagga and Baldwin 1998), averaged over items."""

    def groups(labels: dict[str, str]) -> dict[str, set[str]]:
        out: dict[str, set[str]] = defaultdict(set)
        for item, name in labels.items():
            out[name].add(item)
        return out

    golds, founds = groups(gold), groups(found)
    both = {k: len(golds[gold[k]] & founds[found[k]]) for k in gold}
    precision = sum(both[k] / len(founds[found[k]]) for k in gold) / len(gold)
    recall = sum(both[k] / len(golds[gold[k]]) for k in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(folder: Path) -> Iterable[tuple[Article, str]]:
    """Articles with their gold label from either kind of folder."""
    if (folder / "docs").is_dir():
        for file in sorted((folder / "docs").glob("*.json")):
            doc = json.loads(file.read_text())
            gold = json.loads((folder / "gold" / file.name).read_text())
            yield _article(doc["id"], doc["title"], doc["text"], doc["published"]), gold["story"]
        return
    if (folder / "README.md").exists():
        yield from sample_press(folder)
        return
    for file in sorted(folder.rglob("*.json")):
        doc = json.loads(file.read_text())
        if "newsCluster" in doc and file.parent.name == "data":
            text = doc["text"] or doc.get("description") or ""
            article = _article(doc["dId"], doc["title"] or "", text, (doc["date_publish"] or "2017-01-01")[:10])
            yield article, str(doc["newsCluster"]["EventId"])


def sample_press(folder: Path) -> Iterable[tuple[Article, str]]:
    """The sample press's reports, named ``outlet/file``, with the stories a careful reader sees."""
    for story, names in yaml.safe_load(Path(__file__).with_name("sample_press.yml").read_text())["stories"].items():
        for name in names:
            source, stem = name.split("/")
            told = read_report(folder / source / "reports" / f"{stem}.md", source, "https://example.org/")
            yield _article(name, told.title, told.text, told.published), story


def _article(name: str, title: str, text: str, published: str) -> Article:
    return Article(
        id=name,
        url="",
        source="",
        title=title,
        text=text,
        published=published,
        zone=None,
        fetched_at=published,
    )


def main() -> None:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    pairs = list(read(parser.parse_args().data))
    start = time.perf_counter()
    found = {item.article.id: item.story for item in label(article for article, _ in pairs)}
    took = time.perf_counter() - start
    gold = {article.id: story for article, story in pairs}
    precision, recall, f1 = bcubed(gold, found)
    events, stories = len(set(gold.values())), len(set(found.values()))
    print(f"{len(gold)} articles, {events} events, {stories} stories, {took:.2f} s")
    print(f"BCubed P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()
