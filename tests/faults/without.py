"""Take each measure away and see its test fail: ``python -m tests.faults.without [WORD]``.

Each row of ``measures.yml`` names a fault, the line that stands against it and the test that holds the line. In a copy
of the tree the line is changed, the test is run, and it must fail; exit 1 where one passes all the same.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TREE = ("crawlers", "pipeline", "web", "tests", "benchmarks", "data/sample", "deploy", "docs", "metadata.yml",
        "pyproject.toml", "scrapy.cfg", "README.md", "Makefile")  # fmt: skip

LONGEST = 120  # seconds for a test that takes a few


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of a file against a fault, what stands there without it, and the test that then fails."""

    fault: str
    file: str
    line: str
    without: str
    test: str


def measures() -> tuple[Measure, ...]:
    """The rows of ``measures.yml``."""
    return tuple(Measure(**row) for row in yaml.safe_load((ROOT / "tests/faults/measures.yml").read_text("utf-8")))


def is_missed(measure: Measure, tree: Path) -> bool:
    """Whether the test fails without the measure; the tree is as it was afterwards."""
    file = tree / measure.file
    text = file.read_text("utf-8")
    assert text.count(measure.line) == 1, f"{measure.file} has {text.count(measure.line)} times {measure.line!r}"
    file.write_text(text.replace(measure.line, measure.without), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-x", "-p", "no:cacheprovider", measure.test]
    try:
        ran = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:  # what hangs without its measure fails
        return True
    finally:
        file.write_text(text, "utf-8")
    assert ran.returncode in (0, 1), f"{measure.test} did not run: {ran.stdout[-500:]}{ran.stderr[-500:]}"
    return ran.returncode == 1


def main() -> int:
    """Try the measures whose fault has the word, or all."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    held = True
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name in TREE:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, tree / name)  # type: ignore[operator]
        for measure in measures():
            if word in measure.fault:
                missed = is_missed(measure, tree)
                held = held and missed
                print(
                    "fails without" if missed else "PASSES WITHOUT", measure.fault, measure.test, sep="\t", flush=True
                )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
