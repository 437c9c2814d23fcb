"""Dateline against the bare libraries and against peers, in one run: ``python -m benchmarks`` or ``make bench``.

usage: python -m benchmarks [--pages WARC_OR_FOLDER] [--only NAME]... [--json] [--peers PYTHON] [--out FILE]

WARC_OR_FOLDER: a WARC, or a folder of WARCs, of saved pages, or a checkout of scrapinghub/article-extraction-benchmark
or flairNLP/fundus, whose gold is then counted too; pages are generated without it. PYTHON: one with newspaper4k,
news-please and warcio (``python -m venv peers; peers/bin/pip install newspaper4k news-please warcio``). A run of all
parts writes FILE, docs/performance.md. Times are CPU seconds with those of children; ratios are medians of rounds.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks import bench_report
from benchmarks.bench import Part, Setting

ROOT = Path(__file__).resolve().parent.parent
PARTS: Mapping[str, str] = {
    "start": "start:measure",
    "archive": "archive:measure",
    "extraction": "bench_others:extraction",
    "store": "store:measure",
    "nlp": "bench_others:nlp",
    "whole": "whole:measure",
    "crawl": "bench_others:crawl",
}


def part(name: str, setting: Setting) -> Part:
    """Run one part."""
    module, _, function = PARTS[name].partition(":")
    run: Callable[[Setting], Part] = getattr(import_module(f"benchmarks.{module}"), function)
    return run(setting)


def main() -> int:
    """Run and print; exit 1 where a figure misses what it is held to."""
    parser = argparse.ArgumentParser(
        prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, metavar="WARC_OR_FOLDER")
    parser.add_argument("--count", type=int, default=120, help="pages at most (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, metavar="PYTHON")
    parser.add_argument("--only", action="append", choices=PARTS, metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--out", type=Path, help="docs/performance.md where all parts run, else nothing is written")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # readers complain of pages at length
    setting = Setting(given.pages, given.count, given.rounds, given.peers)
    found: list[Part] = []
    for name in given.only or PARTS:
        found.append(part(name, setting))
        if not given.json:
            print(bench_report.lines(found[-1]), flush=True)
    if given.json:
        rows = [asdict(p) | {"figures": [asdict(f) | {"met": f.met} for f in p.figures]} for p in found]
        print(json.dumps({"machine": bench_report.machine(), "parts": rows}))
    out = given.out or (None if given.only else ROOT / "docs/performance.md")
    if out:
        out.write_text(bench_report.page(found, setting))
    return int(any(figure.met is False for p in found for figure in p.figures))


if __name__ == "__main__":
    sys.exit(main())
