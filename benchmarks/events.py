"""Event verbs on PLV (snowood1/Zero-Shot-PLOVER): whether an act is found where PLOVER codes one, and of which type.

usage: python -m benchmarks.events DATA [--show]

DATA: ``PLV_train.tsv`` (a sentence, who does what to whom, and PLOVER's root code of the deed).

What it can tell: how often the trigger verbs reach general political news that no rule was written on, and whether the
type agrees for the five root codes that have a counterpart here (ACCUSE only by lawsuits and charges, so its share is
low by nature). What it cannot: PLOVER codes words and deeds of any kind (statements, visits, aid, fighting), most of
which the annotation guide leaves out, so a sentence without an act is no error by itself and there is no precision;
the sentences stand alone, without title, date or article; a root code holds several of our types, so "agrees" is
coarse; and one sentence may tell further acts than the coded one. The last rows, codes without a counterpart, show
how seldom an act is seen in what is none.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.annotate import annotate
from pipeline.records import ActionMention, Article

TYPES: dict[str, frozenset[str]] = {
    "SANCTION": frozenset({"impose", "restrict", "ban/block", "fine/penalise", "delay/extend", "withdraw"}),
    "COERCE": frozenset({"enforce", "ban/block", "restrict", "impose", "fine/penalise", "require", "rule"}),
    "YIELD": frozenset({"lift/repeal", "permit/license", "withdraw", "delay/extend"}),
    "AGREE": frozenset({"agree/sign", "adopt", "enact", "permit/license"}),
    "ACCUSE": frozenset({"sue/challenge", "enforce", "rule", "fine/penalise"}),
}
DAY = "2019-06-03"  # the sentences are not dated
SMALL = frozenset(("the", "a", "an", "of", "and", "for", "on", "in", "to", "s", "mr", "mrs", "ms", "president"))


@dataclass(frozen=True, slots=True)
class Row:
    """One coded sentence: ``source`` did something of the kind ``root``."""

    sentence: str
    source: str
    root: str


@dataclass(slots=True)
class Tally:
    """Sentences of one root code, and of how many what is found."""

    sentences: int = 0
    acts: int = 0  # with an act of any type
    types: int = 0  # with one of a type that fits the code
    actors: int = 0  # with one of such a type by the coded source
    unlike: list[str] = field(default_factory=list)


def read(file: Path) -> Iterator[Row]:
    """The coded sentences of the file."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["sentence"] and row["gold_root"]:
                yield Row(row["sentence"], row["source"] or "", row["gold_root"])


def words(text: str) -> set[str]:
    """The telling words of a name."""
    return set(re.findall(r"[a-z0-9]+", text.lower())) - SMALL


def count(tally: Tally, row: Row, actions: tuple[ActionMention, ...]) -> None:
    """Add one sentence."""
    fitting = [a for a in actions if a.type in TYPES.get(row.root, ())]
    tally.sentences += 1
    tally.acts += bool(actions)
    tally.types += bool(fitting)
    tally.actors += any(words(a.actor) & words(row.source) for a in fitting)
    if not fitting:
        tally.unlike.append(f"{[a.type for a in actions]} {row.sentence}")


def line(name: str, tallies: list[Tally], typed: bool) -> str:
    """One row of the table: shares of the sentences."""
    n = sum(t.sentences for t in tallies)
    shares = [sum(t.acts for t in tallies) / n]
    if typed:
        shares += [sum(t.types for t in tallies) / n, sum(t.actors for t in tallies) / n]
    return f"{name:12} {n:9}  " + "  ".join(f"{share:8.3f}" for share in shares)


def main() -> None:
    """Print one row a root code, those with a counterpart first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", action="store_true", help="list the sentences without an act of a fitting type")
    args = parser.parse_args()
    rows = list(read(args.data))
    articles = (
        Article(str(n), "", "plv", "", r.sentence, "2019-06-03", None, "2019-06-03") for n, r in enumerate(rows)
    )
    tallies: dict[str, Tally] = {}
    for row, found in zip(rows, annotate(articles), strict=True):
        count(tallies.setdefault(row.root, Tally()), row, found.actions)
    print(f"{'root code':12} sentences  some act  its type  and actor")
    for root in TYPES:
        if root in tallies:
            print(line(root, [tallies[root]], typed=True))
            print("\n".join(tallies[root].unlike) if args.show else "", end="")
    print(line("all of these", [t for root, t in tallies.items() if root in TYPES], typed=True))
    for root in sorted(tallies.keys() - TYPES.keys()):
        print(line(root, [tallies[root]], typed=False))
    print(line("all of these", [t for root, t in tallies.items() if root not in TYPES], typed=False))


if __name__ == "__main__":
    main()
