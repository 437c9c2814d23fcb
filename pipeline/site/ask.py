"""A question to the database: named SQL, and the frozen row each answer becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import dedent
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

Row = TypeVar("Row")


class Store(Protocol):
    """What we need of Datasette's database: read-only, off the event loop, under its time limit."""

    async def execute(self, sql: str, params: dict[str, Any] | None = None) -> Iterable[Any]: ...


@dataclass(frozen=True, slots=True)
class Query(Generic[Row]):
    """SQL whose columns are the fields of ``row``."""

    sql: str
    row: type[Row]

    async def all(self, db: Store, **params: Any) -> tuple[Row, ...]:
        """Every answer, at most as many as the server returns."""
        return tuple(self.row(**dict(found)) for found in await db.execute(self.sql, params))

    async def one(self, db: Store, **params: Any) -> Row | None:
        """The first answer, or None."""
        return next(iter(await self.all(db, **params)), None)

    def address(self, **params: Any) -> str:
        """The question as a visitor can ask it and change it: what stands behind the ``?`` of the database's page."""
        return urlencode({"sql": dedent(f"    {self.sql}"), **params})


def dataset(datasette: Any) -> Any:
    """The database that the site shows: ``dateline``, or the only one there is."""
    return datasette.databases.get("dateline") or datasette.get_database()
