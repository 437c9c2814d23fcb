"""What earlier digests told a watchlist's readers, so that the next repeats only what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlite_utils import Database


def before(db: Database, watchlist: str, first: date) -> dict[str, str]:
    """Item -> its state as last told by a digest whose days ended before ``first``."""
    sql = """select item, state from digest_sent where watchlist = ? and last < ?
        order by last, first"""
    return {r["item"]: r["state"] for r in db.query(sql, (watchlist, first.isoformat()))}


def remember(db: Database, watchlist: str, first: date, last: date, items: Mapping[str, str]) -> None:
    """Note what the digest of these days tells, in place of what an earlier writing of the same days noted."""
    days = {"watchlist": watchlist, "first": first.isoformat(), "last": last.isoformat()}
    with db.atomic():
        db.table("digest_sent").delete_where("watchlist = :watchlist and first = :first and last = :last", days)
        db.table("digest_sent").insert_all(days | {"item": i, "state": s} for i, s in sorted(items.items()))
