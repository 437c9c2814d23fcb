"""The worker as its parent sees it: a process, a pipe, and limits on what one batch may take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from multiprocessing import Pipe
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.records import DatelineError

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a batch may take. The longest text that is annotated takes 14 s and 3 GB of addresses."""

    cpu: float = 60.0  # seconds of processor time, so that a busy machine condemns nobody
    wall: float = 600.0  # seconds by the clock, for what waits and does nothing
    memory: int = 4 << 30  # bytes of address space


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True, slots=True)
class Job:
    """One batch for the task named ``module:function``."""

    task: str
    items: list[Any]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Done:
    """A result for each item."""

    results: list[Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are no results. ``again``: a fresh worker may fare better."""

    reason: str
    again: bool = False


class WorkerError(DatelineError):
    """The reading process cannot be started."""


class Worker:
    """A reading process; it ends when told to, and when its parent is gone."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "pipeline.quarantine.child", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=2,  # a stray print must not stand among our results
            pass_fds=(theirs.fileno(),),
            env={**os.environ, "PYTHONPATH": path},
        )
        theirs.close()
        self._pipe = ours
        self._limits = LIMITS
        self._jobs = 0
        self._ready = False

    @property
    def fresh(self) -> bool:
        """Whether it has had no more than one batch."""
        return self._jobs <= 1

    def send(self, task: str, items: list[Any]) -> None:
        """Give it the next batch; its answer must have been taken before."""
        self._jobs += 1
        self._limits = LIMITS
        with suppress(BrokenPipeError):  # where it has ended between two batches, ``receive`` says how
            self._pipe.send(Job(task, items, self._limits))

    def receive(self) -> Done | Failed:
        """The answer to the last batch. Raises WorkerError, or the DatelineError that the task met."""
        answer = self._said()
        if isinstance(answer, Ready):
            self._ready = True
            answer = self._said()
        if isinstance(answer, DatelineError):
            raise answer
        return answer if isinstance(answer, Done | Failed) else Failed(f"not an answer: {answer!r}"[:200])

    def _said(self) -> Any:
        if not self._pipe.poll(self._limits.wall):
            self.end()
            return Failed(f"no answer within {self._limits.wall:g} s")
        try:
            return self._pipe.recv()
        except (EOFError, ConnectionResetError):
            return self._ended()

    def _ended(self) -> Failed:
        code = self._process.wait()
        if code == -signal.SIGPROF:
            return Failed(f"over {self._limits.cpu:g} s of processor time")
        if not self._ready:
            raise WorkerError(f"the reading process does not start (exit code {code}); its last words stand above")
        return Failed(f"the reading process was ended by {_name(-code)}", again=True)

    def end(self) -> None:
        """End it at once."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"exit code {-number}"


def _flat(kind: type, values: attrgetter[Any], record: Any) -> tuple[type, tuple[Any, ...]]:
    return kind, values(record)


for _kind in vars(records).values():  # pickle asks a frozen record for its fields anew each time: twice the cost
    if isinstance(_kind, type) and is_dataclass(_kind) and len(fields(_kind)) > 1:
        ForkingPickler.register(_kind, partial(_flat, _kind, attrgetter(*(f.name for f in fields(_kind)))))
