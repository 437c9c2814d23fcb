"""The dataset as it is given to the public: a compact copy that never changes, and the switch from one to the next.

    OUT/2024-07-22T060000Z/dateline.db    immutable, without what only the pipeline needs
    OUT/2024-07-22T060000Z/inspect-data.json   its counts, so that a server need not count
    OUT/2024-07-22T060000Z/counts.json         the values of its facets, likewise
    OUT/current -> 2024-07-22T060000Z

A server resolves ``current`` once, when it starts: it answers from one release until it is started again, and the
release before the newest is kept for it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import durable
from pipeline.records import DatelineError
from pipeline.store import connect, database_path

INTERNAL = (
    "_sqlite_migrations",
    "mention_acts",
    "articles_filed",
    "ledger_blocks",
    "act_links",
    "watch_pending",
    "watch_seen",
    "ledger_days",
    "digest_sent",
    "action_mentions",
    "warcs",
)
# Questions are written for the plans that SQLite makes by its indexes alone. With statistics several take slower ones:
# at a million articles an article's page took 235 ms instead of 3, a search 61 instead of 16.
STATISTICS = "select name from sqlite_master where name in ('sqlite_stat1', 'sqlite_stat4')"
KEPT = 2  # releases: the newest, and the one that a running server may still answer from
STAMP = "%Y-%m-%dT%H%M%SZ"


class PublishError(DatelineError):
    """There is nothing to publish, or the copy is not whole."""


def publish(
    data: Path, out: Path, now: datetime | None = None, finish: Callable[[Path], None] = lambda release: None
) -> Path:
    """Make a release of the data folder's database in ``out`` and point ``current`` to it; return its folder.

    ``finish`` may add files to the release before it appears. It appears whole or not at all. Raises PublishError.
    """
    if not database_path(data).exists():
        raise PublishError(f"no database in {data}; run dateline demo or dateline run first")
    durable.make_folder(out)
    name = (now or datetime.now(UTC)).strftime(STAMP)
    release = out / name
    if release.exists():
        raise PublishError(f"{release} is there already; wait a second and publish again")
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as making:
        place = Path(making) / name
        place.mkdir()
        connect(database_path(data)).close()  # the newest tables and views
        _copy(database_path(data), place / "dateline.db")
        (place / "inspect-data.json").write_text(json.dumps(_inspected(place / "dateline.db", release / "dateline.db")))
        if (data / "digests").is_dir():
            shutil.copytree(data / "digests", place / "digests")
        finish(place)
        for file in [*place.rglob("*"), place]:
            durable.sync(file)
        durable.rename(place, release)
    _point(out / "current", name)
    for old in sorted(p for p in out.iterdir() if p.is_dir() and not p.is_symlink() and p.name[:1].isdigit())[:-KEPT]:
        shutil.rmtree(old)
    return release


def current(out: Path) -> Path | None:
    """The folder of the newest release, by its own name; None where nothing is published."""
    link = out / "current"
    return link.resolve() if link.is_symlink() and (link / "dateline.db").is_file() else None


def _copy(database: Path, copy: Path) -> None:
    source = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        source.execute("vacuum into ?", [str(copy)])  # one moment of the database, while others write
    finally:
        source.close()
    made = sqlite3.connect(copy, isolation_level=None)
    try:
        made.execute("pragma foreign_keys = off")
        made.execute("pragma journal_mode = delete")
        for table in INTERNAL:
            made.execute(f"drop table if exists [{table}]")
        indexes = "select name from sqlite_master where sql like '%using fts5%' or sql like '%USING FTS5%'"
        for (index,) in made.execute(indexes).fetchall():
            made.execute(f"insert into [{index}]([{index}]) values ('optimize')")  # noqa: S608 - a name of the schema
        for (table,) in made.execute(STATISTICS).fetchall():
            made.execute(f"drop table {table}")
        made.execute("vacuum")
        if (found := made.execute("pragma quick_check").fetchone()[0]) != "ok":
            raise PublishError(f"the copy of {database} is damaged: {found}")
    finally:
        made.close()


def _inspected(copy: Path, final: Path) -> dict[str, Any]:
    """What ``datasette inspect`` writes: the hash, the size and the rows of each table."""
    import asyncio

    from datasette.cli import inspect_

    found: dict[str, Any] = asyncio.run(inspect_([str(copy)], ()))
    found["dateline"]["file"] = final.name
    return found


def _point(link: Path, name: str) -> None:
    """Let the link point to the name, from one moment to the next."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    durable.rename(fresh, link)
