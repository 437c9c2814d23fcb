"""Datasette's database, keeping what it counted until the data changes: counts and facets read whole tables.

What it read of the schema is kept as well: a plain list of rows then asks the file two questions instead of a dozen.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.database import Database, QueryInterrupted, Results

# Datasette's counts and facets, our own that say so, and the health of sources, which is counted from all requests.
COUNTS = re.compile(
    r"\s*(?:/\* kept \*/"
    r"|(?:with .*?\)\s*)?select (?:count\(\*\)|\S+ as value,\s+count\(\*\)|value as value,)"
    r"|select [\w\s,*\[\]]+ from \[?source_(?:days|health)\b)",
    re.DOTALL,
)
# Datasette asks for the schema up to ten times a page, each time in a thread.
SCHEMA = re.compile(r"\s*(?:PRAGMA schema_version$|select [\w\s]+ from sqlite_master\s+where\b)")
COUNTED = "counts.json"  # beside a release: what its publisher counted
KEPT = 2000  # answers
TOO_LONG_FOR_S = 600  # a count that took too long is not tried again so long
COUNT_MS = 250  # a table's rows, for the list of tables: counted once, so it may take a little

Version = tuple[int, ...]


class Remembering(Database):  # type: ignore[misc]  # Datasette has no types
    """A database that answers a count it has counted before from memory, as long as its file is the same."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: OrderedDict[str, tuple[Version, float, Any]] = OrderedDict()

    def version(self) -> Version:
        """What differs after every commit: size and time of the file and of its log. Nothing for a release."""
        return () if not self.is_mutable or not self.path else (*_state(self.path), *_state(f"{self.path}-wal"))

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Any:
        """As Datasette's; counts, facets and the schema are kept, and that a count took too long as well."""
        if not (COUNTS.match(sql) or SCHEMA.match(sql)):
            return await super().execute(sql, params, **options)
        asked = sorted(params.items()) if isinstance(params, dict) else list(params or ())
        key = json.dumps([sql, asked, options.get("truncate", False), options.get("page_size")], default=str)
        return await self._once(key, super().execute, sql, params, **options)

    async def table_columns(self, table: str) -> Any:
        return list(await self._once(f"columns {table}", super().table_columns, table))

    async def primary_keys(self, table: str) -> Any:
        return list(await self._once(f"keys {table}", super().primary_keys, table))

    async def foreign_keys_for_table(self, table: str) -> Any:
        return list(await self._once(f"foreign keys {table}", super().foreign_keys_for_table, table))

    async def fts_table(self, table: str) -> Any:
        return await self._once(f"words {table}", super().fts_table, table)

    async def table_counts(self, limit: int = COUNT_MS) -> Any:
        """Rows of each table; None for one that takes too long to count."""
        return await super().table_counts(max(limit, COUNT_MS))

    def write(self, file: Path) -> None:
        """Write what is kept to a file, for a server that starts over the same data."""
        told = [
            {"key": key, "columns": answer.columns, "rows": [tuple(row) for row in answer], "cut": answer.truncated}
            for key, (_, _, answer) in self._kept.items()
            if isinstance(answer, Results) and COUNTS.match(json.loads(key)[0])
        ]
        file.write_text(json.dumps(told), "utf-8")

    def read(self, file: Path) -> None:
        """Keep what was written to the file; without one, nothing."""
        for told in json.loads(file.read_text("utf-8")) if file.is_file() else ():
            rows, description = _rows(told["columns"], told["rows"])
            self._kept[told["key"]] = self.version(), float("inf"), Results(rows, told["cut"], description)

    async def _once(self, key: str, ask: Callable[..., Awaitable[Any]], *args: Any, **options: Any) -> Any:
        version, now = self.version(), time.monotonic()
        kept = self._kept.get(key)
        if kept and kept[0] == version and now < kept[1]:
            self._kept.move_to_end(key)
            answer = kept[2]
        else:
            try:
                answer, until = await ask(*args, **options), float("inf")
            except QueryInterrupted as error:
                answer, until = error, now + TOO_LONG_FOR_S
            self._kept[key] = version, until, answer
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if isinstance(answer, QueryInterrupted):
            raise answer
        return answer


def _rows(columns: list[str], values: list[list[Any]]) -> tuple[list[sqlite3.Row], Any]:
    """The values as rows of SQLite's, which Datasette reads by name and by number."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    named = ", ".join(f"json_extract(value, '$[{n}]') as [{name}]" for n, name in enumerate(columns))
    found = connection.execute(f"select {named} from json_each(?)", [json.dumps(values)])  # noqa: S608 - our names
    return found.fetchall(), found.description


def _state(path: str) -> tuple[int, int]:
    try:
        found = Path(path).stat()
    except OSError:
        return 0, 0
    return (found.st_mtime_ns, found.st_size) if found.st_size else (0, 0)  # a reader makes an empty log


def replace(datasette: Any, plain: Database) -> None:
    """Let the server answer from a remembering database in the place of a plain one."""
    datasette.remove_database(plain.name)
    made = Remembering(datasette, path=plain.path, is_mutable=plain.is_mutable)
    if plain.path and not plain.is_mutable:
        made.read(Path(plain.path).with_name(COUNTED))
    datasette.add_database(made, name=plain.name, route=plain.route)
