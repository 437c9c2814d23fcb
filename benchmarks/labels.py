"""Labels that point into articles: ``article: words of it``, and the sample press's articles in a database."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipeline.press.reports import read_report

PRESS = Path(__file__).parent.parent / "data" / "sample"
Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Labelled pairs told as one: rightly, wrongly and not; of how many ``different`` pairs; ``unread``: labels
    for which nothing was found."""

    right: Collection[Pair]
    wrong: Collection[Pair]
    missed: Collection[Pair]
    different: int
    unread: tuple[str, ...]

    @property
    def precision(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong) or 1)

    @property
    def recall(self) -> float:
        return len(self.right) / (len(self.right) + len(self.missed) or 1)


def key_of(line: Mapping[str, str]) -> str:
    """A label's line as one string: ``article: words``."""
    ((name, words),) = line.items()
    return f"{name}: {words}"


def article_ids(db: Database) -> dict[str, str]:
    """``outlet/file`` of the sample press -> the article's id, in the version that the database holds."""
    stored = {(r["source"], r["title"]): r["id"] for r in db.query("select id, source, title from articles")}
    found = {}
    for file in sorted(PRESS.glob("*/reports/*.md")):
        source = file.parent.parent.name
        told = read_report(file, source, "https://example.org/")
        if (source, told.title) in stored:
            found[f"{source}/{file.stem.removesuffix('.v2')}"] = str(stored[source, told.title])
    return found


def place(db: Database, article: str, words: str) -> int:
    """Where an article says the words first."""
    row = db.execute("select instr(text, ?) - 1 from articles where id = ?", [words, article]).fetchone()
    if row is None or row[0] < 0:
        raise SystemExit(f"{article} does not say {words!r}")
    return int(row[0])


def arguments(about: str | None) -> argparse.Namespace:
    """What a measure of the sample press is asked: ``database``, and whether to ``show`` what is wrong."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--show", action="store_true")
    return parser.parse_args()
