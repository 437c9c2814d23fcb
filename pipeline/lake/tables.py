"""Records as rows of Parquet files and back: a table a kind of record, its columns the record's fields."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.records import ActionMention, Article, DateMention, Mention, Quote, Statistic

R = TypeVar("R")
_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells an article's text from others: its hash, its MinHash sketch (128 values of 32 bits) and its rank.

    ``bands``: a hash for every four values; texts that share one may be the same. ``own``: the outlet wrote it.
    """

    id: str
    source: str
    published: str
    own: bool
    digest: str
    sketch: tuple[int, ...]
    bands: tuple[int, ...]


# Facts stand under the id of their article, in the column ``article``.
FACTS: dict[str, type] = {
    "mentions": Mention,
    "dates": DateMention,
    "title_dates": DateMention,
    "actions": ActionMention,
    "statistics": Statistic,
    "quotes": Quote,
}
TABLES: dict[str, type] = {"articles": Article, "signatures": Signature, **FACTS}


def schema(table: str) -> pa.Schema:
    """The columns of a table."""
    columns = [pa.field(f, kind, nullable) for f, kind, nullable in _columns(TABLES[table])]
    return pa.schema([pa.field("article", pa.string(), False), *columns] if table in FACTS else columns)


def _columns(record: Any) -> Iterable[tuple[str, pa.DataType, bool]]:
    hints = typing.get_type_hints(record)
    for field in fields(record):
        yield field.name, *_arrow(hints[field.name])


def _arrow(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of an annotation, and whether it may be missing."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (UnionType, typing.Union):
        (present,) = (i for i in inner if i is not type(None))
        return _arrow(present)[0], True
    if origin is typing.Literal:
        return pa.string(), False
    if origin is tuple:
        return pa.list_(_arrow(inner[0])[0]), False
    if is_dataclass(hint):
        return pa.struct([pa.field(*column) for column in _columns(hint)]), False
    return _PLAIN[hint], False


def write(folder: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """One file a table, also for a table without rows."""
    for name in TABLES:
        table = pa.Table.from_pylist([dict(row) for row in rows.get(name, ())], schema(name))
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def row(record: Any, article: str | None = None) -> dict[str, Any]:
    """The record as a row; a fact with its article's id."""
    plain = asdict(record)
    return {"article": article} | plain if article else plain


def record(kind: type[R], plain: Mapping[str, Any]) -> R:
    """The record that a row holds."""
    return msgspec.convert(dict(plain), type=kind)
