"""The ledger on pairs of sentences of the sample press: do two tell the same act?

usage: python -m benchmarks.act_pairs DATABASE [--show]

DATABASE: what ``dateline demo`` makes. The labels are ``sample_acts.yml``: sentences that tell one act, sentences that
tell an act of their own, and which act changes which. Judged are the sentences that Dateline reads an act from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml
from sqlite_utils import Database

from benchmarks.labels import Judged, arguments, article_ids, key_of, place
from pipeline.store import connect

LABELS = Path(__file__).with_name("sample_acts.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedActs(Judged):
    """Pairs of sentences; ``links``: changes found, of those wanted."""

    links: tuple[int, int]


def judge(db: Database, labels: Path = LABELS) -> JudgedActs:
    """The ledger of a database against the labels."""
    known = yaml.safe_load(labels.read_text())
    ids = article_ids(db)
    groups = {name: [key_of(line) for line in lines] for name, lines in known["acts"].items()}
    groups |= {key: [key] for key in map(key_of, known["alone"])}
    acts = {key: act for keys in groups.values() for key in keys if (act := act_of(db, ids, key))}
    of = {key: name for name, keys in groups.items() for key in keys if key in acts}
    told = {frozenset(p): acts[p[0]] == acts[p[1]] for p in combinations(sorted(acts), 2)}
    same = {pair for pair in told if len({of[key] for key in pair}) == 1}
    wanted = known["changes"].items()
    found = sum(_linked(db, _acts(groups[a], acts), _acts(groups[b], acts)) for a, b in wanted)
    return JudgedActs(
        right=frozenset(p for p in same if told[p]),
        wrong=frozenset(p for p, one in told.items() if one and p not in same),
        missed=frozenset(p for p in same if not told[p]),
        different=len(told) - len(same),
        links=(found, len(wanted)),
        unread=tuple(key for keys in groups.values() for key in keys if key not in acts),
    )


def _acts(keys: Iterable[str], acts: Mapping[str, str]) -> set[str]:
    return {acts[key] for key in keys if key in acts}


def act_of(db: Database, ids: Mapping[str, str], key: str) -> str | None:
    """The act of the sentence whose telling word stands among the label's words, the nearest to their middle."""
    name, _, words = key.partition(": ")
    start = place(db, ids[name], words)
    sql = """select action from action_reports where article = ? and trigger_start between ? and ?
        order by abs(trigger_start - ?) limit 1"""
    row = db.execute(sql, [ids[name], start, start + len(words), start + len(words) / 2]).fetchone()
    return row[0] if row else None


def _linked(db: Database, later: set[str], earlier: set[str]) -> bool:
    rows = (db.execute("select changes from actions where id = ?", [act]).fetchone() for act in later)
    return any(row and row[0] in earlier for row in rows)


def main() -> None:
    """Print the figures and, with --show, every pair that is wrong."""
    asked = arguments(__doc__)
    found = judge(connect(asked.database))
    same = len(found.right) + len(found.missed)
    print(f"{same} pairs of one act, {found.different} of different acts; {len(found.unread)} sentences not read")
    print(f"same: P {found.precision:.3f}  R {found.recall:.3f}; changes: {found.links[0]} of {found.links[1]}")
    if asked.show:
        for title, wrong in (("wrong", found.wrong), ("missed", found.missed)):
            for pair in sorted(map(sorted, wrong)):
                print(title, *pair, sep="\n    ")
        print("not read", *found.unread, sep="\n    ")


if __name__ == "__main__":
    main()
