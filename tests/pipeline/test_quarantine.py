"""One document that breaks, hangs or eats memory is told apart; those beside it are read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import quarantine
from pipeline.quarantine import Broken, work, worker
from pipeline.quarantine.worker import Limits
from tests.faults.readers import NoModelError

READ = "tests.faults.readers:read"


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LIMITS", Limits(cpu=1, wall=3, memory=1 << 30))


def read(words: list[str]) -> list[str]:
    pairs = list(work(READ, words, len))
    assert [word for word, _ in pairs] == words
    return [result.reason if isinstance(result, Broken) else result for _, result in pairs]


@pytest.mark.parametrize(
    ("word", "limits", "reason"),
    [  # each with room enough in the other limits, however busy the machine is
        ("hang", Limits(cpu=1, wall=60, memory=1 << 30), "over 1 s of processor time"),
        ("wait", Limits(cpu=60, wall=3, memory=1 << 30), "no answer within 3 s"),
        ("eat", Limits(cpu=60, wall=60, memory=1 << 30), "over 1024 MB of memory"),
        ("crash", Limits(cpu=60, wall=60, memory=1 << 30), "the reading process was ended by SIGSEGV"),
        ("raise", Limits(cpu=60, wall=60, memory=1 << 30), "ValueError: not a word"),
    ],
)
def test_a_document_that_ends_its_reader_is_named_and_the_others_are_read(
    word: str, limits: Limits, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LIMITS", limits)
    quarantine._idle.clear()  # readers that began under other limits
    assert read(["one", word, "two"]) == ["ONE", reason, "TWO"]


def test_many_batches_keep_their_order_around_a_bad_document() -> None:
    words = [f"w{n}" for n in range(150)]
    words[70] = "crash"
    found = read(words)
    assert found[70].endswith("SIGSEGV")
    assert found[:70] + found[71:] == [w.upper() for w in words[:70] + words[71:]]


def test_a_heavy_document_travels_alone() -> None:
    batches = quarantine._batches(["a", "b", "x" * quarantine.WEIGHT, "c"], len)
    assert [len(batch) for batch in batches] == [2, 1, 1]


def test_what_is_wrong_with_the_reader_is_no_fault_of_the_documents() -> None:
    with pytest.raises(NoModelError, match="install the model"):
        read(["one", "no model"])
    assert read(["one"]) == ["ONE"]  # the next run is not answered with the last one's


def test_a_full_disk_is_no_fault_of_the_documents() -> None:
    with pytest.raises(worker.WorkerError, match=r"No space left on device; make room"):
        read(["one", "full"])


def test_a_reader_that_does_not_start_stops_the_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    quarantine._idle.clear()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(worker.WorkerError, match="does not start"):
        read(["one"])


def test_what_was_begun_and_left_does_not_answer_the_next() -> None:
    first = work(READ, ["one", "two"] * 40, len)
    assert next(first) == ("one", "ONE")
    first.close()
    assert read(["three"]) == ["THREE"]


def test_two_readings_at_once_do_not_mix() -> None:
    first, second = work(READ, ["a"] * 70, len), work(READ, ["b"] * 70, len)
    pairs = list(zip(first, second, strict=True))
    assert pairs == [(("a", "A"), ("b", "B"))] * 70


def test_the_worker_ends_with_its_parent() -> None:
    code = (
        "from pipeline.quarantine import work, _idle\n"
        f"list(work({READ!r}, ['a'], len))\n"
        "print(_idle[0]._process.pid, flush=True)\n"
        "input()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and alive(child):
        time.sleep(0.02)
    assert not alive(child)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and ") Z " in status.read_text())  # an orphan not yet reaped has ended
