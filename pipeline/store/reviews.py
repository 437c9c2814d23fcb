"""What people say of acts: accepted, rejected or corrected. It outlives every re-reading and wins over the machine.

A review names its act by id, and the act's first report by article, evidence and type: an act that a better reading
gives a new id is found again by them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, get_args

from pipeline.records import ActionType, DatelineError, Direction, Status

Verdict = Literal["accepted", "rejected", "corrected"]
DATES = ("announced_on", "effective_on", "deadline_on", "expires_on")
CORRECTABLE = ("actor", "type", "target", "status", "direction", "jurisdiction", *DATES)
NEEDED = ("actor", "type", "target", "status", "direction")  # the others may be emptied
CHOICES = {"type": get_args(ActionType), "status": get_args(Status), "direction": get_args(Direction)}
MAX_LENGTH = 300

REVIEWS = """
create table reviews (
  id integer primary key, act text not null, article text not null, evidence text not null, type text not null,
  verdict text not null check (verdict in ('accepted', 'rejected', 'corrected')), changes text not null default '{}',
  note text, reviewer text not null, at text not null
);
create index reviews_act on reviews(act);
create index reviews_type on reviews(type);
create index reviews_at on reviews(at);
"""


class UnfitError(DatelineError):
    """A correction that cannot be stored; the message says which value and why."""


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict on an act. ``changes``: column of ``actions`` -> the right value, for ``corrected``."""

    act: str
    verdict: Verdict
    reviewer: str
    changes: Mapping[str, str | None] = field(default_factory=dict)
    note: str | None = None


def checked(changes: Mapping[str, str]) -> dict[str, str | None]:
    """The corrections cleaned: blanks as None. Raises UnfitError for a column, type, status or date that is none."""
    out: dict[str, str | None] = {}
    for name, value in changes.items():
        value = " ".join(value.split())
        if name not in CORRECTABLE:
            raise UnfitError(f"{name!r} cannot be corrected")
        if not value and name in NEEDED:
            raise UnfitError(f"{name} cannot be empty")
        if name in CHOICES and value not in CHOICES[name]:
            raise UnfitError(f"{value!r} is no {name}")
        if name in DATES and value and not _is_date(value):
            raise UnfitError(f"{value!r} is no date; write 2024-07-09, 2024-07 or 2024")
        if len(value) > MAX_LENGTH:
            raise UnfitError(f"{name} is longer than {MAX_LENGTH} characters")
        out[name] = value or None
    return out


def add(connection: sqlite3.Connection, review: Review) -> None:
    """Store a review and let it take effect. Raises UnfitError for an act that is unknown or told by no report."""
    first = connection.execute(
        "select article, sentence, type from action_reports where action = ? order by reported_at, article, start",
        (review.act,),
    ).fetchone()
    if first is None:
        raise UnfitError("no report tells this act")
    row = (review.act, first[0], evidence_hash(first[1]), first[2], review.verdict, json.dumps(dict(review.changes)))
    with connection:
        connection.execute(
            "insert into reviews (act, article, evidence, type, verdict, changes, note, reviewer, at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, review.note, review.reviewer, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        )
        apply(connection, review.act)


def apply(connection: sqlite3.Connection, act: str | None = None) -> int:
    """Set in ``actions`` what the reviews say (of one act, or of all), oldest first. Returns how many took effect.

    The caller commits. A rejected act is withdrawn but keeps its reports, so that it can be accepted again.
    """
    count = 0
    sql = (
        "select id, act, article, evidence, type, verdict, changes from reviews where ? is null or act = ? order by id"
    )
    for _, named, article, evidence, kind, verdict, changes in connection.execute(sql, (act, act)).fetchall():
        for target in _acts(connection, named, article, evidence, kind):
            count += 1
            connection.execute("update actions set withdrawn = ? where id = ?", (verdict == "rejected", target))
            _correct(connection, target, json.loads(changes))
    return count


def evidence_hash(sentence: str) -> str:
    """Sixteen hex digits that are the same however the sentence is broken into lines."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()[:16]


def _acts(connection: sqlite3.Connection, named: str, article: str, evidence: str, kind: str) -> Iterator[str]:
    told = connection.execute("select 1 from action_reports where action = ? limit 1", (named,)).fetchone()
    if told:
        yield named
        return
    again = "select action, sentence from action_reports where article = ? and type = ?"
    found = {act for act, words in connection.execute(again, (article, kind)) if evidence_hash(words) == evidence}
    yield from sorted(found)


def _correct(connection: sqlite3.Connection, act: str, changes: Mapping[str, str | None]) -> None:
    for name in CORRECTABLE:  # names of columns come from here, never from a row
        if name in changes:
            connection.execute(f"update actions set {name} = ? where id = ?", (changes[name], act))  # noqa: S608
    if "actor" in changes:
        known = "(select id from entities where name = actions.actor limit 1)"
        entities = f"coalesce(json_array({known}), '[]')"
        connection.execute(
            f"update actions set actor_entity = {known},"  # noqa: S608 - our SQL
            f" actor_entities = iif({known} is null, '[]', {entities}) where id = ?",
            (act,),
        )
    if changes.keys() & {"actor", "type", "target"}:
        connection.execute("update actions set title = actor || ': ' || type || ' — ' || target where id = ?", (act,))


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return len(value) in (4, 7, 10)
