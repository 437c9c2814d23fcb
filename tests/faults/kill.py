"""Kill the daily job wherever it stands, again and again: what is there in the end is what one quiet run leaves.

    python -m tests.faults.kill [--kills 200] [--seed 1] [--sources wipo xinhua]

Each round starts from nothing, kills each step (crawl, process, digest) at random moments, lets it end, and compares
every table and every digest with those of the undisturbed run. Then the disk is full at several sizes, and two runs
start at once. Ends with 1 at the first difference.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive import archives, read_pages
from pipeline.press import Press
from pipeline.store import connect, database_path

ROOT = Path(__file__).resolve().parents[2]
PER_STEP = 4  # kills of a step in a round
SIZES = (4_096, 60_000, 150_000, 400_000, 900_000)  # bytes a file may have before the disk is full
# What tells when, by which run, or under which running number.
PASSING = frozenset(
    ("fetched_at", "first_seen", "last_seen", "next_due", "read_at", "matched_at", "at", "warc", "mention", "etag")
)
PASSED_OVER = ("runs", "fetches", "warcs", "_sqlite_migrations", "sqlite_sequence", "sqlite_stat1")
NUMBERED = ("action_mentions", "statistics", "quotes")


@dataclass(slots=True)
class Job:
    """The three commands over one data folder, and how long each takes undisturbed."""

    press: str
    sources: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)

    def command(self, step: str, data: Path) -> list[str]:
        more = {
            "crawl": [*self.sources, "--press", self.press],
            "process": ["--json"],
            "digest": ["--week", "2024-W28"],
        }[step]
        return [sys.executable, "-m", "pipeline.cli", step, *more, "--data", str(data)]

    def start(self, step: str, data: Path, largest: int | None = None) -> subprocess.Popen[str]:
        def limited() -> None:
            if largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        return subprocess.Popen(
            self.command(step, data),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            preexec_fn=limited,
        )

    def finish(self, step: str, data: Path) -> None:
        begun = time.monotonic()
        running = self.start(step, data)
        _, said = running.communicate(timeout=600)
        if running.returncode:
            raise SystemExit(f"{step} ended with {running.returncode} after a fault:\n{said}")
        self.seconds.setdefault(step, time.monotonic() - begun)

    def whole(self, data: Path) -> dict[str, list[str]]:
        for step in ("crawl", "process", "digest"):
            self.finish(step, data)
        return content(data)


def content(data: Path) -> dict[str, list[str]]:
    """Each table's rows but for what passes, the archive's urls and the digests' text."""
    db = connect(database_path(data))
    found: dict[str, list[str]] = {}
    for table in db.table_names():
        if table in PASSED_OVER or "_fts" in table:
            continue
        dropped = PASSING | ({"id"} if table in NUMBERED else set())
        rows = ({k: v for k, v in row.items() if k not in dropped} for row in db.table(table).rows)
        found[table] = sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
    found["archive"] = sorted({page.url for page in read_pages(archives(data / "archive"))})
    found["digests"] = [p.read_text() for p in sorted((data / "digests").glob("*")) if not p.name.startswith(".")]
    found["left over"] = sorted(p.name for p in data.rglob("*.part"))
    broken = [dict(row) for row in db.query("pragma integrity_check")] + list(db.query("pragma foreign_key_check"))
    found["damage"] = [json.dumps(row) for row in broken if row != {"integrity_check": "ok"}]
    db.close()
    return found


def differences(want: dict[str, list[str]], got: dict[str, list[str]]) -> Iterator[str]:
    for name in sorted(want.keys() | got.keys()):
        one, other = want.get(name, []), got.get(name, [])
        if one != other:
            lost, more = sorted(set(one) - set(other)), sorted(set(other) - set(one))
            yield f"{name}: {len(one)} rows became {len(other)}; lost {lost[:2]}; more {more[:2]}"[:1500]


def killed(job: Job, data: Path, dice: random.Random, kills: int) -> int:
    """Kill each step so often before it may end; return how many were alive when killed."""
    done = 0
    for step in ("crawl", "process", "digest"):
        for _ in range(kills):
            running = job.start(step, data)
            time.sleep(dice.uniform(0.1, 1.1 * job.seconds[step]))
            done += running.poll() is None
            running.kill()
            running.communicate()
        job.finish(step, data)
    return done


def disk_full(job: Job, data: Path, largest: int) -> int:
    """Each step while no file may outgrow a size; return how many said so and stopped."""
    told = 0
    for step in ("crawl", "process", "digest"):
        running = job.start(step, data, largest)
        _, said = running.communicate(timeout=600)
        if running.returncode:
            told += 1
            if not said.splitlines()[-1].startswith("dateline: "):
                raise SystemExit(f"{step} with a full disk does not say so:\n{said[-3000:]}")
        job.finish(step, data)
    return told


def two_at_once(job: Job, data: Path) -> None:
    """Two runs of each step: one works, or both one after the other; the one turned away says who holds the folder."""
    for step in ("crawl", "process", "digest"):
        pair = [job.start(step, data) for _ in range(2)]
        said = [running.communicate(timeout=600)[1] for running in pair]
        codes = sorted(running.returncode for running in pair)
        if codes not in ([0, 0], [0, 2]) or (codes == [0, 2] and not any("is in use by" in s for s in said)):
            raise SystemExit(f"two runs of {step} ended with {codes}:\n{said}")


def check(want: dict[str, list[str]], data: Path, after: str) -> None:
    if found := list(differences(want, content(data))):
        raise SystemExit(f"after {after}:\n" + "\n".join(found))


def run(
    sources: tuple[str, ...], kills: int, seed: int, sizes: tuple[int, ...] = SIZES, per_step: int = PER_STEP
) -> str:
    """The whole trial; a line of what was tried. Raises SystemExit at the first difference."""
    dice = random.Random(seed)  # noqa: S311 - moments to kill at
    done = rounds = told = 0
    with Press(as_of=datetime(2024, 7, 22, tzinfo=UTC)) as press, tempfile.TemporaryDirectory() as folder:
        job, place = Job(press.address, sources), Path(folder)
        want = job.whole(place / "quiet")
        while done < kills:
            rounds += 1
            done += killed(job, place / f"killed{rounds}", dice, per_step)
            check(want, place / f"killed{rounds}", f"{done} kills")
            print(f"{done} kills in {rounds} rounds: equal", file=sys.stderr, flush=True)
        for size in sizes:
            told += disk_full(job, place / f"full{size}", size)
            check(want, place / f"full{size}", f"a disk full at {size} bytes a file")
        if sizes and not told:
            raise SystemExit(f"a disk full at {sizes} bytes a file stopped nothing")
        two_at_once(job, place / "two")
        check(want, place / "two", "two runs at once")
        rows = sum(map(len, want.values()))
    return f"{done} kills in {rounds} rounds, {told} steps stopped by a full disk, two at once: {rows} rows equal"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", nargs="*", default=["wipo", "xinhua"])
    given = parser.parse_args()
    print(run(tuple(given.sources), given.kills, given.seed))


if __name__ == "__main__":
    main()
