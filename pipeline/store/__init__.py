"""The one SQLite file: its schema as migrations, rows from records, records from rows."""

from __future__ import annotations

from pathlib import Path

from pipeline.store.schema import connect

__all__ = ["connect", "database_path"]


def database_path(data: Path) -> Path:
    """The database within a data folder."""
    return data / "dateline.db"
