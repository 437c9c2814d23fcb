"""The ledger in the database: mentions as filed reports, acts as rows, ids that moved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from sqlite_utils import Database

from pipeline.lifecycle import CHANGED, DATED, held, status_on
from pipeline.records import Action, ActionEvent, ActionMention, ActionReport

_PLAIN = [f for f in ActionMention.__dataclass_fields__ if f not in ("trigger", "actor_entities", "target_entities")]


@dataclass(frozen=True, slots=True)
class Stored:
    """A mention as the ledger takes it: its row's id, the report, its article's story and agency, the act it is in."""

    id: int
    report: ActionReport
    story: str | None
    agency: str | None
    act: str | None


def unfiled(db: Database, version: str) -> list[str]:
    """Articles that this version of the ledger has not filed since they were last read."""
    sql = "select a.id from articles a left join articles_filed f on f.article = a.id where f.filed_by is not ?"
    return [row[0] for row in db.execute(sql, [version])]


def mentions(db: Database, where: str, args: Iterable[object] = ()) -> Iterator[Stored]:
    """Mentions with what the ledger needs to know of their articles. ``where`` may use m, a and f (mention_acts)."""
    sql = f"""select {", ".join(f"m.{f}" for f in _PLAIN)}, m.trigger_start, m.trigger_end, m.actor_entities,
      m.target_entities, m.id, m.article, a.source, a.published, a.story, a.agency, f.act
    from action_mentions m join articles a on a.id = m.article left join mention_acts f on f.mention = m.id
    where {where}"""  # noqa: S608 - our columns
    count = len(_PLAIN)
    for row in db.execute(sql, list(args)):
        begin, end, actors, targets, number, article, source, published, story, agency, act = row[count:]
        mention = ActionMention(
            **dict(zip(_PLAIN, row[:count], strict=True)),
            trigger=(begin, end),
            actor_entities=tuple(json.loads(actors)) if actors != "[]" else (),
            target_entities=tuple(json.loads(targets)) if targets != "[]" else (),
        )
        yield Stored(number, ActionReport(article, mention, source, published), story, agency, act)


def told_before(db: Database, articles: Iterable[str]) -> tuple[set[str], str | None]:
    """The acts that these articles' last reading told, and the earliest moment of such a report."""
    acts: set[str] = set()
    first: str | None = None
    for article in articles:
        for act, moment in db.execute("select action, reported_at from action_reports where article = ?", [article]):
            acts.add(act)
            first = min(first or moment, moment)
    return acts, first


def roots_of(db: Database, acts: Iterable[str]) -> set[str]:
    """The roots of stored acts."""
    rows = (db.execute("select root from action_roots where action = ?", [act]).fetchone() for act in acts)
    return {row[0] for row in rows if row}


def links_in(db: Database, roots: Iterable[str]) -> dict[str, str]:
    """Stored links between acts of the roots: later act -> the act it changes."""
    sql = """select x.id, x.changes from actions x join action_roots r on r.action = x.id
    where r.root = ? and x.changes is not null and x.withdrawn = 0"""
    return {row[0]: row[1] for root in roots for row in db.execute(sql, [root])}


def save_filing(db: Database, filing: Iterable[tuple[int, str, str]]) -> None:
    """Where each mention was filed: (mention, root, act)."""
    db.conn.executemany("insert or replace into mention_acts (mention, root, act) values (?, ?, ?)", filing)


def save_filed(db: Database, articles: Iterable[str], version: str) -> None:
    """Mark articles as filed by this version of the ledger."""
    db.conn.executemany(
        "insert or replace into articles_filed (article, filed_by) values (?, ?)", ((a, version) for a in articles)
    )


def save_acts(
    db: Database, acts: Iterable[Action], roots: Mapping[str, str], kinds: Mapping[str, str], gone: Iterable[str] = ()
) -> None:
    """Store acts in place of what was stored under their ids; acts that are ``gone`` stay, marked."""
    told = list(acts)
    ids = [[act.id] for act in told] + [[act] for act in gone]
    for table in ("action_events", "action_reports", "action_dates", "act_outlets"):
        db.conn.executemany(f"delete from {table} where action = ?", ids)  # noqa: S608 - our tables
    gone_rows = [[act] for act in gone]
    db.conn.executemany(
        "update actions set reports = 0, sources = 0, withdrawn = 1, changes = null where id = ?", gone_rows
    )
    db.conn.executemany("delete from action_aliases where old = ?", ids)
    _upsert(db, "actions", [_act_row(act) for act in told])
    _upsert(db, "action_roots", [{"action": act.id, "root": roots[act.id]} for act in told if act.id in roots])
    db.conn.executemany("update actions set changes = ? where id = ?", [(a.changes, a.id) for a in told])
    _upsert(db, "action_events", [{"action": a.id, **asdict(e)} for a in told for e in a.events])
    _upsert(db, "action_reports", [row for act in told for row in _report_rows(act)])
    _upsert(db, "action_dates", [row for act in told for row in _date_rows(act, kinds)])
    _upsert(db, "act_outlets", [row for act in told for row in _outlet_rows(act)])


def save_aliases(db: Database, moved: Mapping[str, str]) -> None:
    """Old ids of acts and where they are found now; chains are shortened to their end."""
    for old, new in moved.items():
        db.execute("update action_aliases set new = ? where new = ?", [new, old])
        db.execute("insert or replace into action_aliases (old, new) values (?, ?)", [old, new])


def save_topics(db: Database, of: Literal["article", "action"], found: Iterable[tuple[str, Iterable[str]]]) -> None:
    """The topics of articles or acts, in place of those stored."""
    rows = [(name, topic) for name, topics in found for topic in (None, *topics)]
    db.conn.executemany(f"delete from {of}_topics where {of} = ?", [(n,) for n, t in rows if t is None])  # noqa: S608
    insert = f"insert into {of}_topics ({of}, topic) values (?, ?)"  # noqa: S608 - our tables
    db.conn.executemany(insert, [(n, t) for n, t in rows if t is not None])


def turn_statuses(db: Database, today: date) -> int:
    """Bring to today's status the acts for which a day has come since the last time. Returns how many changed."""
    row = db.execute("select day from ledger_days where step = 'statuses'").fetchone()
    kinds = ("effective", *CHANGED)
    sql = f"""select distinct action from action_events
    where kind in ({", ".join("?" * len(kinds))}) and substr(date || '-01-01', 1, 10) between ? and ?"""  # noqa: S608
    changed = 0
    for (act,) in db.execute(sql, [*kinds, row[0] if row else "", today.isoformat()]).fetchall():
        told = db.execute("select kind, date, precision, article, source from action_events where action = ?", [act])
        status = status_on([ActionEvent(*event) for event in told], today)
        cursor = db.execute("update actions set status = ? where id = ? and status <> ?", [status, act, status])
        changed += cursor.rowcount
    db.execute("insert or replace into ledger_days (step, day) values ('statuses', ?)", [today.isoformat()])
    return changed


def _upsert(db: Database, table: str, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    key = {"actions": "id", "action_roots": "action"}.get(table)
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
