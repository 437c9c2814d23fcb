"""How long the command line takes to answer, each call a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.bench import Figure, Part, Setting, timed
from pipeline.store import connect, database_path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("spacy", "numpy", "trafilatura", "scrapy", "sklearn", "datasette", "duckdb", "distributed")


def measure(setting: Setting) -> Part:
    """``dateline --help`` and ``dateline status`` over a new data folder, in CPU seconds and by the clock."""
    with tempfile.TemporaryDirectory() as data:
        connect(database_path(Path(data))).close()
        status = ("status", "--data", data)
        _call(status)  # whatever Python compiles the first time
        rounds = [(_call(("--help",)), _call(status)) for _ in range(setting.rounds)]
    helped, told = zip(*rounds, strict=True)
    return Part(
        "start",
        (
            Figure("dateline --help", median(cpu for cpu, _ in helped), "CPU s", most=0.3),
            Figure("dateline --help by the clock", median(clock for _, clock in helped), "s"),
            Figure("dateline status", median(cpu for cpu, _ in told), "CPU s", most=0.5),
            Figure("dateline status by the clock", median(clock for _, clock in told), "s"),
            Figure("heavy libraries that --help loads", len(_loaded()), most=0),
        ),
    )


def _call(arguments: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of one call, and seconds by the clock."""
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    begun = time.monotonic()
    cpu, _ = timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))
    return cpu, time.monotonic() - begun


def _loaded() -> list[str]:
    code = "import sys, pipeline.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return sorted(set(HEAVY) & set(done.stdout.split()))
