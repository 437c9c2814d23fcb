"""The site under many readers at once while the pipeline writes, beside the same readers while nothing is written.

usage: python -m benchmarks.load [--readers 100] [--seconds 60]

Reads the sample press into a data folder, starts ``dateline serve`` on loopback, and lets so many readers ask for one
page after another. Half of the rounds see an idle store, half a store into which the sample press is crawled and read
anew all the time; the rounds take turns. Prints the requests and the time within which half and 95 of 100 answers came.
Fails at any answer but 200, and where a write fails or was locked out.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from threading import Thread

import httpx

from pipeline.press import Press

COMMAND = [sys.executable, "-m", "pipeline.cli"]
PATHS = (
    *("/", "/acts", "/search?q=china", "/stories", "/sources", "/figures", "/calendar", "/acts.atom"),
    *("/dateline/actions.json", "/dateline/articles?_search=trade", "/dateline/act_reports.json?_size=20"),
)
ROUNDS = 2


@dataclass(slots=True)
class Met:
    """What readers met: seconds an answer took, and what was no 200. ``writes``: commands that ended meanwhile."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    writes: int = 0

    def row(self) -> str:
        if len(self.seconds) < 2:
            return f"{len(self.seconds):9,}{'-':>9}{'-':>9}{len(self.faults):8}{self.writes:8}"
        p50, p95 = (statistics.quantiles(self.seconds, n=100)[at] * 1000 for at in (49, 94))
        return f"{len(self.seconds):9,}{p50:9.0f}{p95:9.0f}{len(self.faults):8}{self.writes:8}"


Writer = Callable[[asyncio.Event, Met], Awaitable[None]]


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of a server over the data folder."""
    command = [*COMMAND, "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            found = re.search(r"http://\S+:\d+", process.stdout.readline()) if process.stdout else None
            if not found or not process.stdout:
                raise SystemExit("the server did not start")
            Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop the server
            _await(found[0])
            yield found[0]
        finally:
            process.terminate()


def _await(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(address, timeout=10)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


async def read(address: str, readers: int, until: asyncio.Event, met: Met) -> None:
    """So many readers, each with one question after another, until told to stop."""

    async def reader(number: int) -> None:
        while not until.is_set():
            path = PATHS[number % len(PATHS)]
            number += 1
            begun = time.perf_counter()
            try:
                answer = await client.get(address + path)
                met.seconds.append(time.perf_counter() - begun)
                if answer.status_code != 200:
                    met.faults.append(f"{answer.status_code} {path}")
            except httpx.HTTPError as error:
                met.faults.append(f"{type(error).__name__} {path}")

    # the server drops what is silent for 5 s; a reader who reuses such a connection would see an error that is none
    limits = httpx.Limits(max_connections=readers, max_keepalive_connections=readers, keepalive_expiry=1.0)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        await asyncio.gather(*(reader(number) for number in range(readers)))


def crawling(data: Path, press: str) -> Writer:
    """Crawl, read everything anew, over and over, by the commands of every day."""

    async def write(until: asyncio.Event, met: Met) -> None:
        for step in cycle((["crawl", "wipo", "--press", press], ["process", "--all"])):
            if until.is_set():
                return
            command = [*COMMAND, *step, "--data", str(data)]
            quiet, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
            running = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=pipe)
            _, said = await running.communicate()
            met.writes += 1
            if running.returncode or b"locked" in said:
                met.faults.append(f"{' '.join(step)}: {said.decode()[-300:]}")

    return write


async def meet(address: str, readers: int, seconds: float, met: Met, write: Writer | None = None) -> None:
    """Let so many read for so long, and one write."""
    until = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, until.set)
    await asyncio.gather(read(address, readers, until, met), *([write(until, met)] if write else []))


def measure(readers: int, seconds: float) -> tuple[Met, Met]:
    """What readers met while nothing was written, and while it was."""
    idle, busy = Met(), Met()
    with tempfile.TemporaryDirectory() as folder, Press(as_of=datetime(2024, 7, 22, tzinfo=UTC)) as press:
        data = Path(folder)
        for step in (["crawl", "wipo", "--press", press.address], ["process"]):
            subprocess.run([*COMMAND, *step, "--data", folder], check=True, capture_output=True)
        with serving(data) as address:
            for _ in range(ROUNDS):
                asyncio.run(meet(address, readers, seconds / ROUNDS, idle))
                asyncio.run(meet(address, readers, seconds / ROUNDS, busy, crawling(data, press.address)))
    return idle, busy


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    idle, busy = measure(given.readers, given.seconds)
    print(f"{given.readers} readers  {'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'faults':>8}{'writes':>8}")
    print(f"{'idle':13}{idle.row()}\n{'writing':13}{busy.row()}")
    for fault in (*idle.faults, *busy.faults)[:20]:
        print(fault)
    return 1 if idle.faults or busy.faults or not busy.writes else 0


if __name__ == "__main__":
    sys.exit(main())
