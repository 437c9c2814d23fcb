"""The points of acts brought up to date in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.store import tellings as store
from pipeline.tellings.compare import compare


def gather(db: Database, acts: Iterable[str]) -> None:
    """Compare the outlets of the acts anew. ``acts``: all whose reports, or whose articles' figures, have changed."""
    changed = sorted(acts)
    names = store.outlets(db)
    points = (p for act in store.several(db, changed) for p in compare(store.read(db, act), names))
    store.save(db, changed, points)
