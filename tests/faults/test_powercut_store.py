"""The power is cut at every write of the store: each commit that returned is there, whole, and half of none.

What the store says to SQLite is noted while it saves a few reports, and said again to a SQLite whose disk can lose its
power. ``PRAGMAS`` are those of every connection of ours.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from pipeline import source
from pipeline.gather import gather
from pipeline.store import connect, save, schema
from pipeline.store.quarantine import SetAside, set_aside
from tests.web import press

apsw = pytest.importorskip("apsw")
from tests.faults.cutting_vfs import CuttingVFS, Disk  # noqa: E402

INNER = re.compile(r"""_fts_(data|idx|docsize|config|content)\b|^--""")  # what FTS5 and triggers say themselves
WRITES = re.compile(r"\s*(insert|update|delete|replace|begin|commit|savepoint|release|drop|create)\b", re.IGNORECASE)


def said(path: Path) -> list[str]:
    """The store's statements, with their values, as it saves reports and gathers acts."""
    db = connect(path)
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    save.save_sources(db, source.load_all().values())
    save.save_articles(db, press.ARTICLES[:3])
    save.save_annotations(db, press.ANNOTATIONS[:3], "test")
    save.save_stories(db, press.STORIES, {a.id: press.LABELS[a.id] for a in press.ARTICLES[:3]})
    set_aside(db, [SetAside("extract", "https://www.wipo.int/x", "wipo", "broke", "1")], "2024-07-20T00:00:00Z")
    gather(db, {s.id: s.kind for s in source.load_all().values()}, date(2024, 7, 22))
    db.close()
    own = [s for s in statements if WRITES.match(s) and not INNER.search(s)]
    return [
        s for s, before in zip(own, ["", *own], strict=False) if s != before
    ]  # a trigger has its statement told twice


def state(connection: sqlite3.Connection) -> str:
    """A digest over every row."""
    tables = connection.execute("select name from sqlite_master where type = 'table'")
    names = sorted(name for (name,) in tables if "_fts" not in name)
    told = hashlib.sha256()
    for name in names:
        told.update(repr((name, sorted(map(repr, connection.execute(f"select * from [{name}]"))))).encode())  # noqa: S608
    return told.hexdigest()


def replayed(statements: list[str], folder: Path, pragmas: tuple[str, ...]) -> tuple[Disk, list[str]]:
    """The disk after the statements, and the state before the first and after each commit."""
    disk = Disk()
    vfs = CuttingVFS(disk)
    connection = apsw.Connection(str(folder / "dateline.db"), vfs="cutting")
    for pragma in pragmas:
        connection.execute(f"pragma {pragma}")
    disk.steps.clear()
    states = [state(connection)]
    for statement in statements:
        connection.execute(statement)
        if connection.in_transaction:
            continue
        disk.acknowledge()
        states.append(state(connection))
    connection.close()
    del vfs
    return disk, states


def lost(statements: list[str], empty: Path, tmp_path: Path, pragmas: tuple[str, ...], every: int) -> tuple[int, int]:
    """How many cuts lost an acknowledged commit or left half of one, of how many."""
    folder, left = tmp_path / "replay", tmp_path / "left"
    folder.mkdir()
    shutil.copy(empty, folder / "dateline.db")
    disk, states = replayed(statements, folder, pragmas)
    start = {"dateline.db": empty.read_bytes()}
    wrong = tried = 0
    for lucky in (False, True):
        acknowledged = 0
        for number, files in enumerate(disk.after_cut(start, random.Random(7), lucky=lucky)):  # noqa: S311
            acknowledged += number > 0 and disk.steps[number - 1].kind == "ack"
            if number % every:
                continue
            shutil.rmtree(left, ignore_errors=True)
            left.mkdir()
            for name, data in files.items():
                (left / name).write_bytes(data)
            with sqlite3.connect(left / "dateline.db") as after:
                whole = after.execute("pragma integrity_check").fetchone() == ("ok",)
                wrong += not whole or state(after) not in states[acknowledged : acknowledged + 2]
            tried += 1
    return wrong, tried


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    folder = tmp_path_factory.mktemp("said")
    connect(folder / "dateline.db").close()
    empty = folder / "empty.db"
    shutil.copy(folder / "dateline.db", empty)
    return said(folder / "dateline.db"), empty


def test_no_cut_loses_what_the_store_acknowledged(told: tuple[list[str], Path], tmp_path: Path) -> None:
    statements, empty = told
    wrong, tried = lost(statements, empty, tmp_path, schema.PRAGMAS, every=7)
    assert tried > 100
    assert wrong == 0


def test_a_weaker_setting_is_seen_to_lose(told: tuple[list[str], Path], tmp_path: Path) -> None:
    statements, empty = told
    weaker = tuple(p.replace("FULL", "NORMAL") for p in schema.PRAGMAS)
    assert weaker != schema.PRAGMAS
    assert lost(statements, empty, tmp_path, weaker, every=29)[0] > 0
