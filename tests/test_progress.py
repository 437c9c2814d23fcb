"""What a person sees of a long job: a bar a step on a terminal, drawn in place; none of it in a pipe."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from tests.crawlers.little_site import LittleSite, wipo_site

ROOT = Path(__file__).resolve().parents[1]


def crawl_command(data: Path, press: str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", "crawl", "wipo", "--data", str(data), "--press", press]


def on_a_terminal(command: list[str]) -> str:
    """All a command writes to the pseudo-terminal it believes to be its user's."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=env)
    os.close(theirs)
    written = bytearray()
    try:
        while chunk := os.read(ours, 65_536):
            written += chunk
    except OSError:  # the other end was closed: the command is done
        pass
    os.close(ours)
    assert child.wait() == 0
    return written.decode()


def test_on_a_terminal_a_crawl_draws_one_bar_a_source(tmp_path: Path) -> None:
    with LittleSite(wipo_site(30)) as site:
        seen = on_a_terminal(crawl_command(tmp_path, site.address))
    assert "\x1b[" in seen  # drawn in place, with colour
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)
    assert re.search(r"wipo\s+━+\s+30/30", plain)


def test_in_a_pipe_there_is_neither_bar_nor_colour(tmp_path: Path) -> None:
    with LittleSite(wipo_site(30)) as site:
        command = crawl_command(tmp_path, site.address)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout + done.stderr
    assert "━" not in done.stdout + done.stderr
    assert "30" in done.stdout
