"""Datasette's database, keeping what it counted until the data changes: counts and facets read whole tables."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.database import Database, QueryInterrupted

COUNTS = re.compile(r"\s*(with .*?\)\s*)?select (count\(\*\)|\S+ as value,\s+count\(\*\)|value as value,)", re.DOTALL)
KEPT = 2000  # answers
TOO_LONG_FOR_S = 600  # a count that took too long is not tried again so long
COUNT_MS = 250  # a table's rows, for the list of tables: counted once, so it may take a little

Version = tuple[int, ...]


class Remembering(Database):  # type: ignore[misc]  # Datasette has no types
    """A database that answers a count it has counted before from memory, as long as its file is the same."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: OrderedDict[Any, tuple[Version, float, Any]] = OrderedDict()

    def version(self) -> Version:
        """What differs after every commit: size and time of the file and of its log. Nothing for a release."""
        return () if not self.is_mutable or not self.path else (*_state(self.path), *_state(f"{self.path}-wal"))

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Any:
        """As Datasette's; counts and facets are kept, and that one took too long as well."""
        if not COUNTS.match(sql):
            return await super().execute(sql, params, **options)
        asked = sorted(params.items()) if isinstance(params, dict) else params or ()
        return await self._once((sql, repr(asked), repr(options)), super().execute, sql, params, **options)

    async def table_counts(self, limit: int = COUNT_MS) -> Any:
        """Rows of each table; None for one that takes too long to count."""
        return await super().table_counts(max(limit, COUNT_MS))

    async def _once(self, key: Any, ask: Callable[..., Awaitable[Any]], *args: Any, **options: Any) -> Any:
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
    datasette.add_database(made, name=plain.name, route=plain.route)
