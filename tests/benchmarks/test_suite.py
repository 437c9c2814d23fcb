"""The suite of benchmarks runs as a command and tells its figures with what they are held to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.bench import Figure, Part, Setting, cpu_seconds
from benchmarks.bench_pages import generated, readable
from benchmarks.bench_report import page

ROOT = Path(__file__).resolve().parents[2]


def test_start_is_measured_and_told_as_json() -> None:
    command = [sys.executable, "-m", "benchmarks", "--only", "start", "--rounds", "1", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert {"cpu", "cores", "memory", "python", "date"} <= told["machine"].keys()
    (part,) = told["parts"]
    assert part["name"] == "start"
    figures = {figure["what"]: figure for figure in part["figures"]}
    assert {"what", "value", "unit", "least", "most", "met"} == figures["dateline --help"].keys()
    assert 0 < figures["dateline --help"]["value"] < 5
    assert figures["heavy libraries that --help loads"]["value"] == 0
    assert done.returncode == int(any(figure["met"] is False for figure in part["figures"]))


def test_the_work_of_a_child_counts_while_it_lives_and_after() -> None:
    begun = cpu_seconds()
    child = subprocess.Popen([sys.executable, "-c", "sum(range(10**7)); print(1, flush=True); input()"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    assert child.stdout
    child.stdout.readline()
    living = cpu_seconds() - begun
    child.communicate(b"x")
    assert 0.05 < living <= cpu_seconds() - begun


def test_every_generated_page_is_an_article_of_its_own() -> None:
    assert len(readable(generated(6))) == 6


def test_the_page_names_what_was_missed() -> None:
    part = Part("store", (Figure("store by raw", 1.5, most=1.3), Figure("share", 1.0, "%", most=2)))
    told = page([part], Setting(Path("somewhere/flairNLP+fundus")))
    assert "1 of 2 targets are met. Missed:\n- store: store by raw 1.500, at most 1.3" in told
    assert "somewhere" not in told
