"""A release is whole, small and unchanging; a server never mixes two of them."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pipeline import publish
from pipeline.store import connect, database_path, save
from tests.web import press


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    db = connect(database_path(tmp_path / "data"))
    db.table("sources").insert_all({"id": s, "name": s} for s in ("reuters", "bloomberg", "xinhua", "global_times"))
    save.save_articles(db, press.ARTICLES[:3])
    db.close()
    return tmp_path / "data"


def tables(file: Path) -> set[str]:
    with sqlite3.connect(f"file:{file}?immutable=1", uri=True) as db:
        return {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}


def test_a_release_has_the_facts_without_the_workings(data: Path, tmp_path: Path) -> None:
    db = connect(database_path(data))
    db.execute("analyze")  # its statistics would turn questions from the plans they are written for
    db.close()
    release = publish.publish(data, tmp_path / "out")
    assert {"articles", "actions", "articles_fts", "pages"} <= tables(release / "dateline.db")
    assert not tables(release / "dateline.db") & {*publish.INTERNAL, "sqlite_stat1"}
    assert not list(release.glob("*-wal"))
    assert publish.current(tmp_path / "out") == release


def test_the_newest_two_are_kept_and_nothing_half_made(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = [publish.publish(data, out, datetime(2024, 7, day, tzinfo=UTC)) for day in (1, 2, 3)]
    assert sorted(p.name for p in out.iterdir()) == [made[1].name, made[2].name, "current"]
    assert publish.current(out) == made[2]


def test_without_a_database_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(publish.PublishError, match="dateline demo"):
        publish.publish(tmp_path, tmp_path / "out")


@contextmanager
def served(out: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--data", str(out), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address
        for _ in range(150):
            try:
                httpx.get(f"{address[0]}/-/versions.json")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield address[0]
        process.terminate()


def counted(address: str) -> int:
    sql = "select count(*) as n from articles"
    return int(httpx.get(f"{address}/dateline.json?sql={sql}&_shape=array").json()[0]["n"])


def test_answers_of_two_releases_never_mix(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish.publish(data, out, datetime(2024, 7, 1, tzinfo=UTC))
    answers: list[int] = []
    done = threading.Event()
    with served(out) as address:
        first = counted(address)

        def ask() -> None:
            while not done.is_set():
                answers.append(counted(address))

        asking = [threading.Thread(target=ask) for _ in range(4)]  # as many as Datasette has connections
        for thread in asking:
            thread.start()
        db = connect(database_path(data))
        save.save_articles(db, press.ARTICLES[3:])
        db.close()
        publish.publish(data, out, datetime(2024, 7, 2, tzinfo=UTC))
        time.sleep(0.3)
        done.set()
        for thread in asking:
            thread.join()
        assert len(answers) > 10
        assert {first} == {3} == set(answers)
        assert httpx.get(f"{address}/sign-in").status_code == 404  # nothing can be written
        assert httpx.get(f"{address}/articles/{press.FIRST.id}").status_code == 200
    with served(out) as address:
        assert counted(address) == 5
