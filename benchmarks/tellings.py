"""Tellings on the sample press: what each outlet adds to an act, leaves out of it or says otherwise.

usage: python -m benchmarks.tellings DATABASE [--show]

DATABASE: what ``dateline demo`` makes. The labels are ``sample_tellings.yml``: for each of some acts the points that a
careful reader wants to see, and those that he would let stand. A point found is right where it is either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlite_utils import Database

from benchmarks.act_pairs import act_of
from benchmarks.labels import arguments, article_ids, key_of
from pipeline.store import connect

LABELS = Path(__file__).with_name("sample_tellings.yml")
Point = tuple[str, str, str, str]  # outlet, how, kind, words


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPoints:
    """Points found, with their act's label: wrong ones, and those wanted that were found or missed."""

    told: int
    wrong: tuple[tuple[str, Point], ...]
    found: tuple[tuple[str, Point], ...]
    missed: tuple[tuple[str, Point], ...]
    unread: tuple[str, ...]

    @property
    def precision(self) -> float:
        return 1 - len(self.wrong) / (self.told or 1)

    @property
    def recall(self) -> float:
        return len(self.found) / (len(self.found) + len(self.missed) or 1)


def judge(db: Database, labels: Path = LABELS) -> JudgedPoints:
    """The points of a database's acts against the labels."""
    ids = article_ids(db)
    told, unread = 0, []
    wrong: list[tuple[str, Point]] = []
    found: list[tuple[str, Point]] = []
    missed: list[tuple[str, Point]] = []
    for known in yaml.safe_load(labels.read_text()):
        key = key_of(known["act"])
        if (act := act_of(db, ids, key)) is None:
            unread.append(key)
            continue
        points = list(_points(db, act))
        wanted, right = ([tuple(label) for label in known.get(name, ())] for name in ("wanted", "right"))
        told += len(points)
        wrong += [(key, point) for point in points if not any(_is(point, label) for label in [*wanted, *right])]
        for label in wanted:
            (found if any(_is(point, label) for point in points) else missed).append((key, label))
    return JudgedPoints(told=told, wrong=tuple(wrong), found=tuple(found), missed=tuple(missed), unread=tuple(unread))


def _points(db: Database, act: str) -> Iterator[Point]:
    yield from db.execute("select source, how, kind, words from act_points where action = ? order by id", [act])


def _is(point: Point, label: Point) -> bool:
    return point[:3] == label[:3] and label[3].casefold() in point[3].casefold()


def _lines(title: str, points: Iterable[tuple[str, Point]]) -> Iterator[str]:
    yield from (f"{title}\n    {key}\n    {' | '.join(point)}" for key, point in points)


def main() -> None:
    """Print the figures and, with --show, every point that is wrong or missed."""
    asked = arguments(__doc__)
    judged = judge(connect(asked.database))
    wanted = len(judged.found) + len(judged.missed)
    print(f"{judged.told} points found, {wanted} wanted; {len(judged.unread)} acts not read")
    print(f"P {judged.precision:.3f}  R {judged.recall:.3f}")
    if asked.show:
        print(*_lines("wrong", judged.wrong), *_lines("missed", judged.missed), *judged.unread, sep="\n")


if __name__ == "__main__":
    main()
