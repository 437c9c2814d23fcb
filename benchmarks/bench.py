"""How the suite measures and what it says: CPU seconds with those of children, lanes in turn, figures with targets."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; ``least`` or ``most`` is what it is held to. ``met`` is None where nothing is asked."""

    what: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the number is what was asked."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the suite found; ``notes`` are whole sentences."""

    name: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run was asked: pages or a place of pages, rounds, a Python with the peers installed."""

    pages: Path | None = None
    count: int = 120
    rounds: int = 3
    peers: Path | None = None


def cpu_seconds() -> float:
    """CPU seconds of this process, of its children that have ended, and of those that live."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(_clock, _children()))


def _children() -> Iterator[int]:
    for task in Path("/proc/self/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def _clock(process: int) -> float:
    return time.clock_gettime((~process << 3) | 2)  # Linux's number for the CPU clock of a process


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of the action, children included, and its result."""
    begun = cpu_seconds()
    result = action()
    return cpu_seconds() - begun, result


def ratio(rounds: list[dict[str, float]], one: str, other: str) -> float:
    """The median over the rounds of one lane's cost by another's."""
    return median(costs[one] / costs[other] for costs in rounds)


def turns(actions: Mapping[str, Callable[[], Any]], rounds: int) -> list[dict[str, float]]:
    """CPU seconds of each action, all of them in turn, round by round in this process."""
    return [{name: timed(action)[0] for name, action in actions.items()} for _ in range(rounds)]


@dataclass
class Lane:
    """A way of working in a process of its own, so that no other's settings or memory touch it."""

    function: str  # module:function, from the arguments to a function that does one round
    arguments: tuple[Any, ...]
    _pipe: Connection[Any, Any] = field(init=False)

    def start(self) -> None:
        """Start the process, which makes ready and waits."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        context.Process(target=_serve, args=(theirs, self.function, self.arguments), daemon=False).start()
        theirs.close()

    def round(self) -> Any:
        """What one round gave."""
        self._pipe.send(True)
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        """End the process."""
        self._pipe.send(False)
        self._pipe.close()


def _serve(pipe: Connection[Any, Any], function: str, arguments: tuple[Any, ...]) -> None:
    module, _, name = function.partition(":")
    with pipe:
        try:
            once = getattr(import_module(module), name)(*arguments)
            while pipe.recv():
                pipe.send(once())
        except Exception as error:
            pipe.send(RuntimeError(f"{function}: {type(error).__name__}: {error}"))


@contextmanager
def running(lanes: Mapping[str, Lane]) -> Iterator[Mapping[str, Lane]]:
    """The lanes, started; ended with the block."""
    for lane in lanes.values():
        lane.start()
    try:
        yield lanes
    finally:
        for lane in lanes.values():
            lane.stop()
