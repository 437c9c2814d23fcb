"""Shards to a lake and a part of it to a dataset, on this machine and on a Dask cluster of two workers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlite_utils import Database

from pipeline import cluster
from pipeline.archive import archives, read_pages
from pipeline.lake import places
from pipeline.lake.backfill import LakeError, backfill, find_shards
from pipeline.lake.compact import compact
from pipeline.lake.shard import Wanted
from pipeline.lake.tables import TABLES
from pipeline.lake.take import Part, take
from pipeline.lock import hold
from pipeline.process import process
from pipeline.records import Page
from pipeline.store import connect, database_path

ROOT = Path(__file__).resolve().parents[3]
ALL = Wanted()


def rows(lake: Path, table: str) -> list[dict[str, object]]:
    return [row for file in places.files(lake, table) for row in pq.read_table(file).to_pylist()]


def content(lake: Path) -> dict[str, list[str]]:
    """All rows of all tables, in one order."""
    return {table: sorted(json.dumps(row, sort_keys=True) for row in rows(lake, table)) for table in TABLES}


@pytest.fixture(scope="module")
def lake(shards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read on this machine, two shards side by side."""
    place = tmp_path_factory.mktemp("lake")
    done = backfill(find_shards([str(shards)], ALL), place, workers=2)
    assert (done.read, done.failed) == (4, {})
    return place


def facts(db: Database) -> dict[str, list[tuple[object, ...]]]:
    queries = {
        "articles": "select id, title, text, published, reprint_of from articles",
        "acts": "select actor, type, target, status, announced_on, effective_on from actions where withdrawn = 0",
        "figures": "select article, start, value, unit, attributed_to from statistics",
        "quotes": "select article, start, text, speaker from quotes",
        "stories": "select title from stories",
    }
    return {name: sorted(map(repr, db.execute(query).fetchall())) for name, query in queries.items()}


def test_a_slice_of_all_is_what_the_crawl_of_all_gives(lake: Path, shards: Path, tmp_path: Path) -> None:
    whole, part = connect(tmp_path / "whole.db"), connect(tmp_path / "part.db")
    process(whole, archives(shards))
    taken = take(lake, Part(), part)
    assert taken.articles == sum(isinstance(p, Page) for p in read_pages(archives(shards)))
    assert taken.acts > 10
    assert taken.reprints > 0
    assert facts(part) == facts(whole)


def test_a_slice_takes_what_was_asked_for(lake: Path, tmp_path: Path) -> None:
    db = connect(database_path(tmp_path))
    take(lake, Part(("xinhua",), ("en",), "2024-06-24", "2024-07-30", "artificial intelligence"), db)
    taken = list(db.query("select source, day from articles"))
    assert taken
    assert {row["source"] for row in taken} == {"xinhua"}
    assert all("2024-06-24" <= row["day"] <= "2024-07-30" for row in taken)


def test_a_backfill_keeps_what_was_asked_for(shards: Path, tmp_path: Path) -> None:
    wanted = Wanted(sources=("global_times",), languages=("en",), since="2024-06-26", until="2024-07-30")
    backfill(find_shards([f"{shards}/part-0*"], wanted), tmp_path)
    kept = rows(tmp_path, "articles")
    assert kept
    assert {(row["source"], row["language"]) for row in kept} == {("global_times", "en")}
    assert all("2024-06-26" <= str(row["published"])[:10] <= "2024-07-30" for row in kept)


def test_what_is_done_is_not_done_again(lake: Path, shards: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in lake.rglob("*.parquet")}
    done = backfill(find_shards([f"file://{shards}/*.warc.gz"], ALL), lake)  # the same files, named as urls
    assert (done.read, done.before) == (0, 4)
    assert {path: path.stat().st_mtime_ns for path in lake.rglob("*.parquet")} == before


def test_a_pack_holds_the_same_and_is_not_read_again(lake: Path, shards: Path, tmp_path: Path) -> None:
    copy = tmp_path / "lake"
    shutil.copytree(lake, copy)
    assert compact(copy) == 4
    assert content(copy) == content(lake)
    assert not list((copy / "shards").iterdir())
    assert backfill(find_shards([str(shards)], ALL), copy).before == 4
    assert compact(copy) == 0


def test_what_a_killed_run_was_writing_does_not_count(lake: Path, tmp_path: Path) -> None:
    copy = tmp_path / "lake"
    shutil.copytree(lake, copy)
    finished = next(iter(sorted((copy / "shards").iterdir())))
    shutil.copytree(finished, finished.with_name(f".{finished.name}.k1ll3d"))
    assert content(copy) == content(lake)


def test_a_compaction_killed_before_it_swept_doubles_nothing(lake: Path, tmp_path: Path) -> None:
    copy = tmp_path / "lake"
    shutil.copytree(lake, copy)
    compact(copy)
    shutil.copytree(lake / "shards", copy / "shards", dirs_exist_ok=True)  # as if the folders had never gone
    assert content(copy) == content(lake)


def test_a_shard_that_is_gone_is_set_aside_and_a_torn_one_read_to_its_tear(shards: Path, tmp_path: Path) -> None:
    folder, lake = tmp_path / "shards", tmp_path / "lake"
    shutil.copytree(shards, folder)
    torn, gone = folder / "part-1.warc.gz", folder / "part-2.warc.gz"
    torn.write_bytes(torn.read_bytes()[:-2000])
    found = find_shards([str(torn), str(gone)], ALL)
    gone.unlink()
    done = backfill(found, lake)
    assert done.read == 1
    assert done.articles == len(list(read_pages([shards / "part-1.warc.gz"]))) - 1
    assert list(done.failed) == [f"file://{gone}"]
    shutil.copy(shards / "part-2.warc.gz", gone)
    assert backfill(found, lake).failed  # set aside until somebody says --retry
    assert backfill(found, lake, retry=True).failed == {}


@dataclass(frozen=True)
class Piece:
    key: str


def deadly(piece: Piece) -> str:
    """One piece ends whatever process works on it."""
    if piece.key == "poison":
        os.kill(os.getpid(), signal.SIGKILL)
    return piece.key


def test_a_piece_that_ends_its_workers_is_lost_and_no_other() -> None:
    pieces = [Piece("one"), Piece("poison"), Piece("two")]
    assert sorted(cluster.run(deadly, pieces, lambda piece, why: why, workers=2)) == [
        "it ended 3 workers",
        "one",
        "two",
    ]


def command(shards: Path, lake: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", "backfill", str(shards), "--out", str(lake), *more]


def test_dask_gives_the_same_though_a_worker_is_killed(lake: Path, shards: Path, tmp_path: Path) -> None:
    child = subprocess.Popen(
        command(shards, tmp_path, "--engine", "dask", "--workers", "2", "--json"),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    killed = kill_a_reader(child.pid, tmp_path)
    said, errors = child.communicate(timeout=120)
    assert killed, errors
    assert json.loads(said)["failed"] == {}, errors
    assert "dashboard: http" in errors
    assert content(tmp_path) == content(lake)


def kill_a_reader(parent: int, lake: Path) -> bool:
    """Kill -9 a worker of the cluster once it has begun a shard."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if any(lake.glob("shards/.*")):
            time.sleep(0.1)
        workers = [pid for pid in descendants(parent) if has_reader(pid)]
        if workers:
            os.kill(workers[0], signal.SIGKILL)
            return True
        time.sleep(0.02)
    return False


def children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:  # gone meanwhile
            continue
    return found


def descendants(pid: int) -> list[int]:
    return [one for child in children(pid) for one in (child, *descendants(child))]


def has_reader(pid: int) -> bool:
    """Whether the process has started a reading process of the quarantine's."""
    for child in children(pid):
        try:
            if b"quarantine.child" in Path(f"/proc/{child}/cmdline").read_bytes():
                return b"quarantine.child" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
    return False


def test_a_killed_backfill_goes_on_where_it_was(lake: Path, shards: Path, tmp_path: Path) -> None:
    child = subprocess.Popen(command(shards, tmp_path, "--workers", "1"), cwd=ROOT, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not any((tmp_path / "shards").glob("[!.]*/manifest.json")) and time.monotonic() < until:
        time.sleep(0.02)
    child.kill()
    child.wait()
    done = backfill(find_shards([str(shards)], ALL), tmp_path)
    assert done.before >= 1
    assert done.before + done.read == 4
    assert content(tmp_path) == content(lake)


def test_a_dry_run_estimates_and_writes_nothing(shards: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        command(shards, tmp_path / "lake", "--dry-run", "--json"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["shards"] == 4
    assert 20 <= told["articles"] <= 80
    assert not (tmp_path / "lake").exists()


@pytest.mark.parametrize(
    ("place", "said"), [("nowhere", "no WARC file at"), ("nosuch://bucket/x", "nosuch://bucket/x")]
)
def test_a_place_without_shards_is_named(place: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=said):
        find_shards([place if "://" in place else str(tmp_path / place)], ALL)


def test_two_backfills_of_one_lake_do_not_meet(shards: Path, tmp_path: Path) -> None:
    with hold(tmp_path):
        done = subprocess.run(command(shards, tmp_path), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "is in use by" in done.stderr
