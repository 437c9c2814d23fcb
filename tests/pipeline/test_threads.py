"""NumPy multiplies in one thread a process: with more the language model takes twice the CPU time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COUNT = "print(len(list(__import__('pathlib').Path('/proc/self/task').iterdir())))"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted as Linux tells them")
@pytest.mark.parametrize("first", ["pipeline.annotate", "pipeline.extract.page", "pipeline.quarantine.tasks"])
def test_whatever_is_imported_first_there_is_one_thread(first: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {first}, pipeline.annotate.language; {COUNT}"],
        env={},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.strip() == "1"
