"""How well names are read that the vocabulary does not know: the entities' score with listed names left out.

usage: python -m benchmarks.entities EVAL [--without SHARE] [--seed N ...]

EVAL: as for benchmarks.quality. A share of the listed actors, drawn by seed, is taken out of the vocabulary before
anything is read; states and goods stay. What is left must be told by shape, context and the statistical model.
Canonical names are not held against a run: an unlisted body cannot be translated into its full English name.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from pathlib import Path
from statistics import mean
from typing import Any
from unittest import mock

from benchmarks.articles import load
from benchmarks.quality import score
from pipeline import vocabulary
from pipeline.annotate import gazetteer, known, parse
from pipeline.annotate.coreference import resolve
from pipeline.annotate.entities import export_entities, find_entities
from pipeline.annotate.text import Text
from pipeline.vocabulary import Actor

STAY = {"state", "goods"}


def thinned(actors: tuple[Actor, ...], share: float, seed: int) -> tuple[Actor, ...]:
    """The actors without ``share`` of them; who goes depends on name and seed alone."""

    def stays(actor: Actor) -> bool:
        return actor.kind in STAY or zlib.crc32(f"{seed} {actor.name}".encode()) % 10_000 >= share * 10_000

    return tuple(filter(stays, actors))


def forget() -> None:
    """Drop what was built from the vocabulary."""
    for built in (gazetteer.build, known.state, known.holders):
        built.cache_clear()


def lines(texts: list[Text]) -> str:
    """The entities of each text, as the scorer reads them."""
    rows = [
        {"id": t.article.id, "entities": export_entities(t, resolve(t, find_entities(t)))}
        | {kind: [] for kind in ("dates", "actions", "statistics", "quotes")}
        for t in texts
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def measure(evaluation: Path, share: float, seed: int) -> dict[str, Any]:
    """The scorer's report with a share of the vocabulary left out."""
    kept = thinned(vocabulary.actors(), share, seed)
    ids = {actor.entity: actor for actor in kept}
    forget()
    with (
        mock.patch.object(vocabulary, "actors", lambda: kept),
        mock.patch.object(vocabulary, "by_id", lambda: ids),
        tempfile.TemporaryDirectory() as scratch,
    ):
        predictions = Path(scratch) / "predictions.jsonl"
        predictions.write_text(lines(list(parse(load(evaluation / "dev" / "docs")))))
        report = score(evaluation, predictions)
    forget()
    return report


def main() -> int:
    """Measure each seed, print each and the mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path, metavar="EVAL")
    parser.add_argument("--without", type=float, default=0.5, metavar="SHARE")
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    args = parser.parse_args()
    rows = [measure(args.evaluation, args.without, seed)["entities_typed"] for seed in args.seed]
    for seed, row in zip(args.seed, rows, strict=True):
        print(f"seed {seed}: typed precision {row['P']:.3f}, recall {row['R']:.3f}, F1 {row['F1']:.3f}")
    print(f"without {args.without:.0%} of the listed names: typed F1 {mean(row['F1'] for row in rows):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
