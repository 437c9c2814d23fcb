"""How quick the site is at size: server time of each page, beside raw SQLite on the same questions.

usage: python -m benchmarks.site [--articles 1000000] [--keep FOLDER]

Makes a generated dataset (or takes the one in FOLDER), asks for every page three times, and prints the median of the
process's CPU time, that of the page's own SQL on a bare connection, and their ratio. Fails where a page of ours takes
more than 50 ms, or answers anything but 200.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import database

from benchmarks.generated import make
from pipeline import steps
from pipeline.site import warm
from pipeline.store import database_path

LIMIT_MS = 50
ROUNDS = 3


def pages(articles: int) -> tuple[list[str], list[str]]:
    """Pages of ours, and Datasette's own."""
    act, article, story = articles * 3 // 20, articles // 2, articles // 16
    ours = ["/", "/acts", "/acts?type=propose", "/acts?status=adopted&jurisdiction=CN", f"/acts/{act:012x}"]
    ours += ["/acts.atom", f"/articles/{article:016x}", "/entities/Q1", "/entities/Q900", f"/stories/s{story}"]
    ours += ["/stories", "/sources", "/sources/reuters", "/calendar", "/calendar.ics"]
    ours += ["/search?q=policy+rule", "/search?q=w77", "/search?q=china&source=reuters&since=2020-01-01"]
    theirs = ["/dateline", "/dateline/articles", "/dateline/actions", "/dateline/actions.json?_shape=array&_size=20"]
    theirs += ["/dateline/articles?_search=policy", "/dateline/mentions.json?_shape=array&_size=20"]
    theirs += ["/dateline/coming_deadlines?from_day=2024-07-01", "/dateline/acts_by_actor?actor=Entity+Q1"]
    theirs += ["/dateline/changed_since?since=2024-07-15", "/dateline/first_reported?text=w77"]
    return ours, theirs


def measured(action: Callable[[], Any]) -> float:
    """Median CPU milliseconds of the process."""
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        took.append((time.process_time() - start) * 1000)
    return statistics.median(took)


def run(folder: Path, articles: int) -> bool:
    """Print a row a page; whether all of ours are within the limit."""
    served = warm.started(steps.datasette_arguments(folder))
    asked: list[tuple[str, Any]] = []
    execute = database.Database.execute

    async def noted(self: Any, sql: str, params: Any = None, *rest: Any, **options: Any) -> Any:
        asked.append((sql, params))
        return await execute(self, sql, params, *rest, **options)

    database.Database.execute = noted
    bare = sqlite3.connect(f"file:{database_path(folder)}?mode=ro", uri=True)
    served._prepare_connection(bare, "dateline")  # its SQL functions, and ours
    ours, theirs = pages(articles)
    print(f"{'page':58}{'CPU ms':>8}{'SQL ms':>8}{'ratio':>7}")
    fine = True
    with asyncio.Runner() as loop:
        loop.run(served.invoke_startup())
        for path in ours + theirs:
            asked.clear()
            answer = loop.run(served.client.get(path))
            questions = [q for q in asked if "_internal" not in q[0] and "PRAGMA" not in q[0].upper()]
            page = measured(lambda path=path: loop.run(served.client.get(path)))
            sql = measured(lambda questions=questions: [_bare(bare, *question) for question in questions])
            within = answer.status_code == 200 and (path in theirs or page <= LIMIT_MS)
            fine = fine and within
            mark = "" if within else f"  {answer.status_code}, over {LIMIT_MS} ms"
            print(f"{path:58}{page:8.1f}{sql:8.1f}{page / max(sql, 0.1):7.1f}{mark}", flush=True)
    return fine


def _bare(connection: sqlite3.Connection, sql: str, params: Any) -> None:
    try:
        connection.execute(sql, params or {}).fetchall()
    except sqlite3.OperationalError:
        return  # Datasette's own bookkeeping lies in another database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder of the generated dataset; made there when it is not")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not database_path(folder).exists():
            start = time.monotonic()
            make(database_path(folder), given.articles)
            print(f"made {given.articles:,} articles in {time.monotonic() - start:.0f} s")
        sys.exit(0 if run(folder, given.articles) else 1)


if __name__ == "__main__":
    main()
