"""What every connection of ours holds to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.store import connect


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", 2), ("foreign_keys", 1), ("journal_mode", "wal")],  # 2: FULL, what is acknowledged survives
)
def test_a_connection_is_durable_and_checks_its_keys(tmp_path: Path, pragma: str, value: object) -> None:
    (row,) = connect(tmp_path / "dateline.db").query(f"PRAGMA {pragma}")
    assert next(iter(row.values())) == value
