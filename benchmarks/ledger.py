"""The ledger on pairs of acts: one act told twice, a later act that changes another, or different acts.

usage: python -m benchmarks.ledger PAIRS [EVAL]

PAIRS: yml with ``pools`` (lists of documents on one event), ``same`` (lists of ``document:number`` that tell one act),
``unsure`` (pairs left out) and
``changes`` (``later: earlier``; ``also``: links that are right as
well). EVAL: a folder with ``docs/`` and ``gold/`` whose
``actions`` the numbers count.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from pipeline import vocabulary
from pipeline.ledger import Filed, merge
from pipeline.records import Action, ActionMention, ActionReport

Pair = frozenset[str]


def gold(folder: Path, documents: Iterable[str]) -> dict[str, Filed]:
    """``document:number`` -> the gold's act as a filed report, with names looked up in the vocabulary."""
    names = {name: a.entity for a in vocabulary.actors() for name in (a.name, *a.aliases)}
    out: dict[str, Filed] = {}
    for document in documents:
        doc = json.loads((folder / "docs" / f"{document}.json").read_text())
        told = json.loads((folder / "gold" / f"{document}.json").read_text())
        entities = {e["canonical"] for e in told["entities"]}
        for number, act in enumerate(told["actions"]):
            mention = _mention(act, number, names, entities)
            report = ActionReport(document, mention, doc["source"], doc["published"])
            out[f"{document}:{number}"] = Filed(report, told["story"])
    return out


def _mention(act: dict[str, Any], number: int, names: dict[str, str], entities: set[str]) -> ActionMention:
    def ids(parts: Iterable[str]) -> tuple[str, ...]:
        return tuple(names.get(part, vocabulary.slug(part)) for part in parts)

    return ActionMention(
        start=number,
        end=number + 1,
        evidence=act["evidence"],
        actor=act["actor"],
        type=act["type"],
        target=act["target"],
        status=act["status"],
        jurisdiction=act["jurisdiction"],
        trigger=(number, number),
        method="gold",
        actor_entities=ids(part for part in act["actor"].split("; ") if part in entities),
        target_entities=ids(sorted(e for e in entities if e in act["target"])),
        instrument=act.get("instrument"),
        announced_date=act.get("announced_date"),
        effective_date=act.get("effective_date"),
    )


def pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """All pairs within each group."""
    return {frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}


def found(acts: Iterable[Action], names: dict[tuple[str, int], str]) -> tuple[set[Pair], set[tuple[str, str]]]:
    """Pairs that share an act, and (later, earlier) pairs whose acts are linked."""
    held = {act.id: [names[(r.article, r.mention.start)] for r in act.reports] for act in acts}
    links = {(a, b) for act in acts if act.changes for a in held[act.id] for b in held[act.changes]}
    return pairs(held.values()), links


def figures(right: set[Any], given: set[Any]) -> tuple[float, float]:
    """Precision, recall."""
    both = len(right & given)
    return both / (len(given) or 1), both / (len(right) or 1)


def main() -> None:
    """Print the figures and every pair that is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("eval", type=Path)
    asked = parser.parse_args()
    known = yaml.safe_load(asked.pairs.read_text())
    filed = gold(asked.eval, dict.fromkeys(d for pool in known["pools"] for d in pool))
    acts = merge(filed.values())
    names = {(item.report.article, item.report.mention.start): name for name, item in filed.items()}
    together, links = found(acts, names)
    same = pairs(known["same"])
    judged = {p for p in together if p in same or _one_pool(p, known["pools"])} - pairs(known["unsure"])
    precision, recall = figures(same, judged)
    print(f"{len(filed)} acts told, {len(acts)} acts; same: {len(same)} pairs, P {precision:.3f}  R {recall:.3f}")
    wanted = _with_same(set(known["changes"].items()), known["same"])
    links -= {tuple(pair) for pair in known.get("also", [])}
    precision, _ = figures(wanted, links)
    linked = {pair for pair in known["changes"].items() if pair in links}
    print(f"changed: {len(known['changes'])} links, P {precision:.3f}  R {len(linked) / len(known['changes']):.3f}")
    told = {n: f"{i.report.mention.actor} {i.report.mention.type} {i.report.mention.target}" for n, i in filed.items()}
    for title, wrong in (("missed", same - judged), ("wrong", judged - same)):
        for pair in sorted(map(sorted, wrong)):
            print(title, *(f"[{n}] {told[n]}" for n in pair), sep="\n    ")
    for title, lines in (("no link", set(known["changes"].items()) - links), ("wrong link", links - wanted)):
        for pair in sorted(lines):
            print(title, *(f"[{n}] {told[n]}" for n in pair), sep="\n    ")


def _one_pool(pair: Pair, pools: list[list[str]]) -> bool:
    documents = {name.split(":")[0] for name in pair}
    return any(documents <= set(pool) for pool in pools)


def _with_same(links: set[tuple[str, str]], same: list[list[str]]) -> set[tuple[str, str]]:
    """The links and what follows from them: between all tellings of the two acts."""
    group = {name: tuple(members) for members in same for name in members}
    return {(x, y) for a, b in links for x in group.get(a, (a,)) for y in group.get(b, (b,))}


if __name__ == "__main__":
    main()
