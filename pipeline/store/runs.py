"""Each run of a step: when it began and ended, and its report; one without an end was killed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database


def begin(db: Database, command: str) -> int:
    """Note that a run has begun; return its number."""
    with db.atomic():
        row = {"command": command, "started_at": _now()}
        return int(db.table("runs").insert(row).last_pk or 0)


def end(db: Database, run: int, report: Mapping[str, Any]) -> None:
    """Note that it has ended, with what it did."""
    with db.atomic():
        db.table("runs").update(run, {"finished_at": _now(), "report": json.dumps(report, default=str)})


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
