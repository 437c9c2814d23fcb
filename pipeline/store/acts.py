"""Acts in the database: a row each, with its events, reports, dates, outlets and topics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Literal

from sqlite_utils import Database

from pipeline.lifecycle import CHANGED, CLOCK, DATED, held, status_on
from pipeline.records import Action, ActionEvent


def save_acts(db: Database, acts: Iterable[Action], kinds: Mapping[str, str], gone: Iterable[str] = ()) -> None:
    """Store acts in place of what was stored under their ids; acts that are ``gone`` stay, marked."""
    told = list(acts)
    ids = [[act.id] for act in told] + [[act] for act in gone]
    for table in ("action_events", "action_reports", "action_dates", "act_outlets"):
        db.conn.executemany(f"delete from {table} where action = ?", ids)  # noqa: S608 - our tables
    gone_rows = [[act] for act in gone]
    db.conn.executemany(
        "update actions set reports = 0, sources = 0, withdrawn = 1, changes = null, change = null where id = ?",
        gone_rows,
    )
    db.conn.executemany("delete from action_aliases where old = ?", ids)
    _upsert(db, "actions", [_act_row(act) for act in told])
    db.conn.executemany("update actions set changes = ? where id = ?", [(a.changes, a.id) for a in told])
    _upsert(db, "action_events", [{"action": a.id, **asdict(e)} for a in told for e in a.events])
    _upsert(db, "action_reports", [row for act in told for row in _report_rows(act)])
    _upsert(db, "action_dates", [row for act in told for row in _date_rows(act, kinds)])
    _upsert(db, "act_outlets", [row for act in told for row in _outlet_rows(act)])


def save_topics(db: Database, of: Literal["article", "action"], found: Iterable[tuple[str, Iterable[str]]]) -> None:
    """The topics of articles or acts, in place of those stored."""
    rows = [(name, topic) for name, topics in found for topic in (None, *topics)]
    db.conn.executemany(f"delete from {of}_topics where {of} = ?", [(n,) for n, t in rows if t is None])  # noqa: S608
    insert = f"insert into {of}_topics ({of}, topic) values (?, ?)"  # noqa: S608 - our tables
    db.conn.executemany(insert, [(n, t) for n, t in rows if t is not None])


def turn_statuses(db: Database, today: date, kinds: Mapping[str, str]) -> int:
    """Bring to today's status the acts for which a day has come since the last time. Returns how many changed.

    Where there was no last time, every act was stored with the status of its day.
    """
    row = db.execute("select day from ledger_days where step = 'statuses'").fetchone()
    changed = 0
    for act in _due(db, str(row[0]), today.isoformat()) if row else ():
        sql = "select kind, date, precision, article, source from action_events where action = ? order by id"
        status = status_on([ActionEvent(*event) for event in db.execute(sql, [act])], today, kinds)
        cursor = db.execute("update actions set status = ? where id = ? and status <> ?", [status, act, status])
        changed += cursor.rowcount
    db.execute("insert or replace into ledger_days (step, day) values ('statuses', ?)", [today.isoformat()])
    return changed


def _due(db: Database, since: str, today: str) -> list[str]:
    """Acts with a day that has come since another day, and those that may expire."""
    kinds = ("effective", *CHANGED)
    first = "substr(date || '-01-01', 1, 10)"
    sql = f"""select action from action_events where date between ? and ? and {first} between ? and ?
      and kind in ({", ".join("?" * len(kinds))})
    union select id from actions where expires_on <= ? and status in ({", ".join("?" * len(CLOCK["expired"]))})"""  # noqa: S608
    args = [since[:4], today, since, today, *kinds, today, *CLOCK["expired"]]
    return [act for (act,) in db.execute(sql, args).fetchall()]


def _upsert(db: Database, table: str, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    key = "id" if table == "actions" else None
    update = ", ".join(f"{n} = excluded.{n}" for n in names if n != key)
    sql = f"insert into {table} ({', '.join(names)}) values ({marks})"  # noqa: S608 - our tables
    sql += f" on conflict ({key}) do update set {update}" if key else " on conflict do nothing"
    db.conn.executemany(sql, [tuple(row[n] for n in names) for row in rows])


def _act_row(act: Action) -> dict[str, object]:
    row = asdict(act)
    for key in ("reports", "events", "changes", "origins"):
        del row[key]
    return row | {
        "title": f"{act.actor}: {act.type} — {act.target}",
        "actor_entity": act.actor_entities[0] if act.actor_entities else None,
        "actor_entities": json.dumps(act.actor_entities),
        "target_entities": json.dumps(act.target_entities),
        "first_reported_at": min(r.reported_at for r in act.reports),
        "last_reported_at": max(r.reported_at for r in act.reports),
        "reports": len({r.article for r in act.reports}),
        "sources": len(set(act.origins)) or len({r.source for r in act.reports}),
        "confidence": max(r.mention.confidence for r in act.reports),
        "withdrawn": 0,
    }


def _report_rows(act: Action) -> Iterable[dict[str, object]]:
    for report in act.reports:
        m = report.mention
        row: dict[str, object] = {"action": act.id, "article": report.article, "source": report.source}
        row |= {"reported_at": report.reported_at, "sentence": m.evidence, "start": m.start, "end": m.end}
        row |= {"trigger_start": m.trigger[0], "trigger_end": m.trigger[1]}
        names = ("on_word_of", "type", "status", "announced_date", "effective_date", "method", "confidence")
        yield row | {name: getattr(m, name) for name in names}


def _date_rows(act: Action, kinds: Mapping[str, str]) -> Iterable[dict[str, object]]:
    for kind in DATED.values():
        if found := held(act.events, kind, kinds):
            others = ", ".join(found.others) or None
            yield {"action": act.id, "kind": kind, "date": found.date, "why": found.why, "others": others}


def _outlet_rows(act: Action) -> Iterable[dict[str, object]]:
    by_outlet: dict[str, list[int]] = {}
    for number, report in enumerate(act.reports):
        by_outlet.setdefault(report.source, []).append(number)
    for source, numbers in by_outlet.items():
        told = [act.reports[n] for n in numbers]
        row: dict[str, object] = {"action": act.id, "source": source}
        row["origin"] = act.origins[numbers[0]] if act.origins else source
        row |= {"first_reported_at": told[0].reported_at, "first_article": told[0].article}
        row["reports"] = len({r.article for r in told})
        row["on_word_of"] = "; ".join(dict.fromkeys(r.mention.on_word_of for r in told if r.mention.on_word_of)) or None
        for name in ("announced_date", "effective_date"):
            dates = dict.fromkeys(d for r in told if (d := getattr(r.mention, name)))
            row[f"{name}s"] = ", ".join(dates) or None
        yield row
