"""How quick the site is at size: server time of each page, beside raw SQLite on the same questions.

usage: python -m benchmarks.site [--articles 1000000] [--keep FOLDER]

Makes a generated dataset (or takes the one in FOLDER), asks for every page of ours, every table and every question, and
prints the CPU time of the first answer, the median of three more, that of the page's own SQL on a bare connection, and
the ratio of the last two. Fails where a page takes more than 50 ms or a plain list more than 5, or answers anything but
200. The first answer pays for counts; in a release of ``dateline publish`` (its folder is taken too) they are made.
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from datasette import database

from benchmarks.generated import make
from pipeline import serving, steps
from pipeline.site import warm
from pipeline.store import connect, database_path

PAGE_MS, LIST_MS = 50, 5
ROUNDS = 3
PARAMETERS = {"name": "list+1", "from_day": "2024-07-01", "actor": "Entity+Q1", "since": "2024-07-15"}
PARAMETERS |= {"text": "w77", "speaker": "Speaker+77"}


def pages(articles: int) -> list[str]:
    """Pages of ours."""
    act, article, story = articles * 3 // 20, articles // 2, articles // 16
    ours = ["/", "/acts", "/acts?type=propose", "/acts?status=adopted&jurisdiction=CN", f"/acts/{act:012x}"]
    ours += ["/acts.atom", f"/articles/{article:016x}", "/entities/Q1", "/entities/Q900", f"/stories/s{story}"]
    ours += ["/stories", "/sources", "/sources/reuters", "/calendar", "/calendar.ics", "/charts", "/openapi.json"]
    ours += ["/figures", "/figures?disputed=1", "/figures?q=w77", "/figures?q=policy", "/figures/f50"]
    ours += ["/search?q=policy+rule", "/search?q=w77", "/search?q=china&source=reuters&since=2020-01-01"]
    ours += ["/search?q=china+trade+law&type=propose&jurisdiction=US", "/search?q=w77+china&page=3"]
    return [*ours, '/reconcile?queries={"q0":{"query":"Entity+Q77"}}']


def data() -> tuple[list[str], list[str]]:
    """Datasette's own pages; and plain lists of twenty rows, as JSON."""
    told = yaml.safe_load((steps.ROOT / "metadata.yml").read_text())["databases"]["dateline"]
    tables = [name for name, about in told["tables"].items() if not about.get("hidden")]
    asked = [
        f"/dateline/{name}?{'&'.join(f'{p}={PARAMETERS[p]}' for p in query.get('params', ()))}"
        for name, query in told["queries"].items()
    ]
    searched = [f"/dateline/{t}?_search=w77" for t in ("articles", "actions", "entities", "statistics", "quotes")]
    searched += ["/dateline/articles?_search=policy", "/dateline/actions?type=propose"]
    theirs = ["/dateline", *(f"/dateline/{name}" for name in tables), *searched, *asked]
    return theirs, [f"/dateline/{name}.json?_shape=array&_size=20" for name in tables]


def milliseconds(action: Callable[[], Any]) -> float:
    """CPU time of the process."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def median(action: Callable[[], Any]) -> float:
    return statistics.median(milliseconds(action) for _ in range(ROUNDS))


@dataclass
class Site:
    """A server and a bare connection over one dataset; ``asked``: the questions of the page that is being made."""

    served: Any
    bare: sqlite3.Connection
    asked: list[tuple[str, Any]] = field(default_factory=list)

    @classmethod
    def over(cls, folder: Path) -> Site:
        served = warm.started(serving.datasette_arguments(folder, immutable=_is_release(folder)))
        bare = sqlite3.connect(f"file:{database_path(folder)}?mode=ro", uri=True)
        served._prepare_connection(bare, "dateline")  # its SQL functions, and ours
        site = cls(served, bare)
        execute = database.Database.execute

        async def noted(self: Any, sql: str, params: Any = None, *rest: Any, **options: Any) -> Any:
            site.asked.append((sql, params))
            return await execute(self, sql, params, *rest, **options)

        database.Database.execute = noted
        return site

    def row(self, loop: asyncio.Runner, path: str, limit: float) -> bool:
        """Print a page's times; whether it is within the limit."""
        self.asked.clear()
        answers: list[int] = []
        ask = lambda: answers.append(loop.run(self.served.client.get(path)).status_code)  # noqa: E731
        first = milliseconds(ask)
        questions = [q for q in self.asked if "_internal" not in q[0] and "PRAGMA" not in q[0].upper()]
        page, sql = median(ask), median(lambda: [self._ask_bare(*question) for question in questions])
        fine = {*answers} == {200} and page <= limit
        mark = "" if fine else f"  {answers[0]}, over {limit} ms"
        print(f"{path:62}{first:8.1f}{page:8.1f}{sql:8.1f}{page / max(sql, 0.1):7.1f}{mark}", flush=True)
        return fine

    def _ask_bare(self, sql: str, params: Any) -> None:
        try:
            self.bare.execute(sql, params or {}).fetchall()
        except sqlite3.OperationalError:
            return  # Datasette's own bookkeeping lies in another database


def _is_release(folder: Path) -> bool:
    return (folder / "inspect-data.json").exists()


def run(folder: Path, articles: int) -> bool:
    """Print a row a page; whether all are within their limits."""
    if not _is_release(folder):
        connect(database_path(folder)).close()  # the newest views
    site = Site.over(folder)
    theirs, lists = data()
    limits = {path: float(PAGE_MS) for path in pages(articles) + theirs} | dict.fromkeys(lists, float(LIST_MS))
    print(f"{'page':62}{'first':>8}{'CPU ms':>8}{'SQL ms':>8}{'ratio':>7}")
    with asyncio.Runner() as loop:
        loop.run(site.served.invoke_startup())
        fine = [site.row(loop, path, limit) for path, limit in limits.items()]
    return all(fine)


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
