"""Two runs in one data folder: the second says who is there; a killed one leaves it free."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.lock import BusyError, hold

HOLDER = """
import pathlib, sys, time
from pipeline.lock import hold
with hold(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def start(data: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(data)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_second_run_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    holder = start(tmp_path)
    try:
        with pytest.raises(BusyError, match=f"process {holder.pid}"), hold(tmp_path):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_a_killed_run_frees_the_folder(tmp_path: Path) -> None:
    holder = start(tmp_path)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with hold(tmp_path):
        pass
    with hold(tmp_path):
        pass
