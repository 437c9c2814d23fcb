"""Progress where nobody watches: one JSON line a while, nothing else."""

from __future__ import annotations

import json

import pytest

from pipeline import terminal


def test_elsewhere_than_on_a_terminal_progress_is_a_json_line_a_minute(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(terminal.time, "monotonic", lambda: now)
    with terminal.progress("crawl") as tell:
        for second in range(150):
            now = float(second)
            tell("wipo", second, 150)
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert said == [{"task": "crawl", "step": "wipo", "done": done, "of": 150} for done in (60, 120)]
