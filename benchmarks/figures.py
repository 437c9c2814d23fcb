"""Figures on pairs of readings: do two articles give the same figure?

usage: python -m benchmarks.figures [LABELS DATA] [--show]

LABELS: yml with ``figures`` (name -> readings of one figure; those of different names are different) or pairs under
``same`` and ``different``; a reading is ``article: words of it around the number``. DATA: a folder of articles as
``benchmarks.stories`` reads them. Without both: ``sample_figures.yml`` and the sample press. Articles are read anew,
their stories are those of the data.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml
from sqlite_utils import Database

from benchmarks.labels import PRESS, Judged, Pair, key_of, place
from benchmarks.stories import read
from pipeline import figures
from pipeline.annotate import annotate
from pipeline.records import Article
from pipeline.store import connect, save

LABELS = Path(__file__).with_name("sample_figures.yml")


def database(folder: Path) -> Database:
    """The figures of a folder's articles, in a database in memory."""
    pairs = [(_with_source(article), story) for article, story in read(folder)]
    db = connect(":memory:")
    for name in {article.source for article, _ in pairs}:
        about = dict.fromkeys(("home", "country", "zone"), "") | {"kind": "newspaper", "access": "full"}
        db.table("sources").insert({"id": name, "name": name} | about)
    save.save_articles(db, [article for article, _ in pairs])
    for article, story in pairs:
        db.table("stories").upsert({"id": story, "title": story}, pk="id")
        db.table("articles").update(article.id, {"story": story})
    save.save_annotations(db, annotate([article for article, _ in pairs]), "benchmark")
    figures.gather(db, [article.id for article, _ in pairs])
    return db


def _with_source(article: Article) -> Article:
    """An outlet for each article: that of the sample press's name, else one of its own."""
    return replace(article, source=article.id.partition("/")[0], url=f"https://example.org/{article.id}")


def judge(db: Database, known: Mapping[str, Any], ids: Mapping[str, str]) -> Judged:
    """The figures of a database against labels. ``ids``: article as the labels name it -> its id, where it differs."""
    pairs = dict(_pairs(known))
    keys = dict.fromkeys(key for pair in pairs for key in sorted(pair))
    found = {key: figure for key in keys if (figure := _figure(db, ids, key))}
    told = {p: len({found[key] for key in p}) == 1 for p in pairs if p <= found.keys()}
    return Judged(
        right=tuple(p for p, one in told.items() if one and pairs[p]),
        wrong=tuple(p for p, one in told.items() if one and not pairs[p]),
        missed=tuple(p for p, one in told.items() if pairs[p] and not one),
        different=sum(not pairs[p] for p in told),
        unread=tuple(key for key in keys if key not in found),
    )


def _pairs(known: Mapping[str, Any]) -> Iterator[tuple[Pair, bool]]:
    """Each labelled pair of different articles, and whether it is one figure."""
    of = {key_of(line): name for name, lines in known.get("figures", {}).items() for line in lines}
    for a, b in combinations(of, 2):
        if a.partition(": ")[0] != b.partition(": ")[0]:
            yield frozenset((a, b)), of[a] == of[b]
    for name, same in (("same", True), ("different", False)):
        yield from ((frozenset(map(key_of, pair)), same) for pair in known.get(name, []))


def _figure(db: Database, ids: Mapping[str, str], key: str) -> str | None:
    """The figure of the number that stands among the label's words, the first of them."""
    name, _, words = key.partition(": ")
    article = ids.get(name, name)
    start = place(db, article, words)
    sql = "select figure from figure_reports where article = ? and start between ? and ? order by start limit 1"
    found = db.execute(sql, [article, start, start + len(words)]).fetchone()
    return found[0] if found else None


def main() -> None:
    """Print the figures and, with --show, every pair that is wrong and the values that contradict each other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="?", default=LABELS)
    parser.add_argument("data", type=Path, nargs="?", default=PRESS)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    db = database(asked.data)
    found = judge(db, yaml.safe_load(asked.labels.read_text()), {})
    same = len(found.right) + len(found.missed)
    print(f"{same} pairs of one figure, {found.different} of different ones; {len(found.unread)} readings not found")
    print(f"same: P {found.precision:.3f}  R {found.recall:.3f}")
    against = list(db.query("select words, of_what, other_words, other_of_what from contradicting_figures"))
    print(f"{len(against)} contradictions")
    if asked.show:
        for title, wrong in (("wrong", found.wrong), ("missed", found.missed)):
            for pair in sorted(map(sorted, wrong)):
                print(title, *pair, sep="\n    ")
        for row in against:
            print("against", *row.values(), sep=" | ")


if __name__ == "__main__":
    main()
