"""The examples in deploy/ call commands and options that exist."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
CALLS = sorted(
    {
        re.sub(r".*/dateline ", "", line)
        for unit in DEPLOY.glob("*.service")
        for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)
    }
    | set(re.findall(r"dateline ((?:run|publish|serve)\b.*)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE))
)


@pytest.mark.parametrize("call", CALLS)
def test_a_command_takes_its_options(call: str) -> None:
    command, *words = call.split()
    told = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", command, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(word in told for word in words if word.startswith("--"))


def test_the_timer_starts_the_daily_run() -> None:
    assert {"run", "publish --out /var/lib/dateline/published"} <= set(CALLS)
    timer = configparser.ConfigParser(strict=False)
    timer.read(DEPLOY / "dateline.timer")
    assert timer["Timer"]["Persistent"] == "true"
