"""How well the annotators read: scores on gold, held against recorded floors.

usage: python -m benchmarks.quality EVAL [--record] [--lower REASON] [--keep FILE]

EVAL: a folder with ``dev/docs``, ``dev/gold`` and the scorer ``score.py``. Without ``--record`` the run fails where a
figure is below its floor in benchmarks/floors.json. ``--record`` raises floors to today's figures and writes
docs/quality.md; it lowers one only when ``--lower`` says why.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import annotate
from pipeline.annotate.export import export
from pipeline.jsonl import to_article

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.json")
PAGE = ROOT / "docs" / "quality.md"
SLACK = 0.005  # rounding and model builds differ by a hair between machines


def predict(docs: Path, out: Path) -> float:
    """Annotate each document into ``out``; return articles a second."""
    articles = [to_article(json.loads(file.read_text())) for file in sorted(docs.glob("*.json"))]
    list(annotate.annotate(articles[:1]))  # the model is loaded before the clock starts
    start = time.perf_counter()
    found = list(annotate.annotate(articles))
    took = time.perf_counter() - start
    lines = (json.dumps(export(a, f), ensure_ascii=False) for a, f in zip(articles, found, strict=True))
    out.write_text("\n".join(lines) + "\n")
    return len(articles) / took


def score(evaluation: Path, predictions: Path) -> dict[str, Any]:
    """The scorer's own report."""
    command = [
        sys.executable,
        str(evaluation / "score.py"),
        str(evaluation / "dev" / "gold"),
        str(predictions),
        "--json",
    ]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def figures(report: dict[str, Any]) -> dict[str, float]:
    """The report flattened: each F1 and accuracy by name; false actions negated, so that more is better."""
    flat = {kind: row["F1"] for kind, row in report.items() if isinstance(row, dict) and "F1" in row}
    flat |= {name: value for name, (value, _) in report["accuracy"].items()}
    return flat | {"false actions per negative document": -report["false actions per negative document"]}


def sunk(now: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each figure below its floor."""
    return [
        f"{name}: {now.get(name, 0):.3f} is below its floor {floor:.3f}"
        for name, floor in floors.items()
        if now.get(name, 0) < floor - SLACK
    ]


def page(report: dict[str, Any], speed: float) -> str:
    """docs/quality.md: a table of the annotators, then the accuracies over matched pairs."""
    lines = [
        "# Quality of extraction",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} by `python -m benchmarks.quality EVAL --record` on "
        f"{report['documents']} development documents (texts written for the purpose; the gold lies outside the "
        f"repository). {speed:.1f} articles a second.",
        "",
        "The rules and vocabularies were written with these documents in view: expect less on texts never seen.",
        "",
        "| | precision | recall | F1 | gold | found |",
        "|---|---|---|---|---|---|",
    ]
    for kind, row in report.items():
        if isinstance(row, dict) and "F1" in row:
            figures_ = " | ".join(f"{row[k]:.3f}" for k in ("P", "R", "F1"))
            lines.append(f"| {kind.replace('_', ', ')} | {figures_} | {row['gold']} | {row['predicted']} |")
    lines += ["", "| over matched pairs | right | of |", "|---|---|---|"]
    lines += [f"| {name} | {value:.3f} | {n} |" for name, (value, n) in report["accuracy"].items()]
    false = report["false actions per negative document"]
    return "\n".join([*lines, "", f"False actions a document without policy: {false}.", ""])


def main() -> int:
    """Run, print, hold against the floors; exit 1 where one has sunk."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path, metavar="EVAL")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--lower", metavar="REASON")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the predictions")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        predictions = args.keep or Path(scratch) / "predictions.jsonl"
        speed = predict(args.evaluation / "dev" / "docs", predictions)
        report = score(args.evaluation, predictions)
    now = figures(report)
    floors: dict[str, float] = json.loads(FLOORS.read_text())["floors"] if FLOORS.exists() else {}
    print(page(report, speed))
    low = sunk(now, floors)
    print("\n".join(low), file=sys.stderr)
    if low and not args.lower:
        return 1
    if args.record:
        kept = now if args.lower else {k: max(v, floors.get(k, v)) for k, v in now.items()}
        note = args.lower or "raised to the figures of this run"
        FLOORS.write_text(json.dumps({"note": note, "floors": kept}, indent=2) + "\n")
        PAGE.write_text(page(report, speed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
