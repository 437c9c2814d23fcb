"""The demo, run once for the whole suite: its data folder is what a new user gets from ``make demo SERVE=0``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from sqlite_utils import Database

from pipeline.store import connect, database_path

# In CI the same examples each time: a search for new ones belongs to the developer's machine.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder after the demo; the first worker to ask runs it, the others wait and share."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    data, done = shared / "demo", shared / "demo.done"
    with FileLock(shared / "demo.lock"):
        if not done.exists():
            command = [sys.executable, "-m", "pipeline.cli", "demo", "--no-serve", "--data", str(data)]
            ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=170)
            assert ran.returncode == 0, ran.stderr
            done.write_text(ran.stdout)
    return data


@pytest.fixture(scope="session")
def demo_db(demo_data: Path) -> Database:
    return connect(database_path(demo_data))
