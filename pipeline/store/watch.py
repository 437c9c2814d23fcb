"""Which acts are on which watchlist: the acts as watchlists ask of them, and the matches kept.

Triggers note the acts that change in anything that a watchlist asks of, so that a pass reads only these.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.watchlist import Told, Watchlist

_ACTS = """
select x.id, x.actor_entities, x.target_entities, x.jurisdiction, x.type, x.title,
  (select json_group_array(topic) from action_topics t where t.action = x.id) as topics,
  (select json_group_array(r.sentence) from action_reports r where r.action = x.id) as sentences,
  (select json_group_array(a.title) from action_reports r join articles a on a.id = r.article
    where r.action = x.id) as headlines
from actions x where x.withdrawn = 0
"""
_CHANGED = " and x.id in (select action from watch_pending)"
_NAMES = "select id, name from entities where id in (select value from json_each(:ids))"
_ASKED = "title, actor_entities, target_entities, jurisdiction, type, withdrawn"  # of an act
_NOTED = {  # trigger -> the change after which it notes an act, and which act
    "new": ("insert on actions", "new.id"),
    "act": (f"update of {_ASKED} on actions", "new.id"),
    "topic": ("insert on action_topics", "new.action"),
    "no_topic": ("delete on action_topics", "old.action"),
    "report": ("insert on action_reports", "new.action"),
    "no_report": ("delete on action_reports", "old.action"),
}
# "insert or ignore" would not do: within a trigger the way of the statement that fires it goes before.
_TRIGGERS = "\n".join(
    f"""create trigger watch_{name} after {change}
  when not exists (select 1 from watch_pending where action = {act})
  begin insert into watch_pending values ({act}); end;"""  # noqa: S608 - our tables
    for name, (change, act) in _NOTED.items()
)
WATCH_PENDING = f"""
create table watch_pending (action text primary key) without rowid;
create table watch_seen (watchlist text primary key, asks text not null);
{_TRIGGERS}
create trigger watch_headline after update of title on articles when old.title <> new.title
  begin insert into watch_pending select distinct action from action_reports r where article = new.id
    and not exists (select 1 from watch_pending p where p.action = r.action); end;
"""  # noqa: S608 - our tables


@dataclass(frozen=True, slots=True)
class Match:
    """An act that a watchlist asked for. ``matched_at``: when it was first seen to be on the list, in UTC."""

    watchlist: str
    action: str
    title: str
    status: str
    why: str
    matched_at: str


def save_matches(db: Database, lists: tuple[Watchlist, ...], now: str) -> int:
    """Bring the matches up to the acts and lists of now; what stays keeps its moment. Returns how many are new.

    Lists are asked of the acts that have changed since the last time; a new or changed list of all acts.
    """
    names = _names(db, lists)
    asked = {told.name: repr((told, [names.get(f"entity {e}") for e in told.entities])) for told in lists}
    with db.atomic():
        before = {row["watchlist"]: row["asks"] for row in db.query("select watchlist, asks from watch_seen")}
        same = tuple(told for told in lists if before.get(told.name) == asked[told.name])
        fresh = tuple(told for told in lists if told not in same)
        _forget(db, asked)
        new = _bring(db, fresh, "", now, names) + _bring(db, same, _CHANGED, now, names)
        db.execute("delete from watch_pending")
        db.conn.executemany("insert into watch_seen (watchlist, asks) values (?, ?)", asked.items())
    return new


def _names(db: Database, lists: tuple[Watchlist, ...]) -> dict[str, str]:
    """Reasons with an entity's id -> the same with its name."""
    followed = {entity for asked in lists for entity in asked.entities}
    rows = db.query(_NAMES, {"ids": json.dumps([*followed])})
    return {f"entity {row['id']}": f"entity {row['name']}" for row in rows}


def _forget(db: Database, asked: Collection[str]) -> None:
    """Drop the matches of lists that are no more."""
    given = json.dumps([*asked])
    db.execute("delete from watch_matches where watchlist not in (select value from json_each(?))", [given])
    db.execute("delete from watch_seen")


def _bring(db: Database, lists: tuple[Watchlist, ...], where: str, now: str, names: Mapping[str, str]) -> int:
    """Match acts with lists anew; ``where``: which acts. Returns how many matches are new."""
    if not lists:
        return 0
    found: dict[tuple[str, str], str] = {}
    for action, told in _told(db, where):
        for asked in lists:
            if why := asked.why(told):
                found[asked.name, action] = names.get(why, why)
    kept = "select watchlist, action, why from watch_matches x where watchlist in (select value from json_each(?))"
    rows = db.query(kept + where.replace("x.id", "x.action"), [json.dumps([asked.name for asked in lists])])
    old = {(row["watchlist"], row["action"]): row["why"] for row in rows}
    gone = old.keys() - found.keys()
    db.conn.executemany("delete from watch_matches where watchlist = ? and action = ?", gone)
    db.conn.executemany(
        """insert into watch_matches (watchlist, action, why, matched_at) values (?, ?, ?, ?)
        on conflict (watchlist, action) do update set why = excluded.why""",
        [(name, action, why, now) for (name, action), why in found.items() if old.get((name, action)) != why],
    )
    return len(found.keys() - old.keys())


def matches(db: Database, name: str | None = None) -> Iterator[Match]:
    """Acts on a watchlist, or on any, the newest match first."""
    sql = """select w.watchlist, w.action, x.title, x.status, w.why, w.matched_at
        from watch_matches w join actions x on x.id = w.action
        where x.withdrawn = 0 and (:name is null or w.watchlist = :name)
        order by w.matched_at desc, x.first_reported_at desc, w.watchlist, w.action"""
    yield from (Match(**row) for row in db.query(sql, {"name": name}))


def _told(db: Database, where: str) -> Iterator[tuple[str, Told]]:
    for row in db.query(_ACTS + where):
        lists = {key: json.loads(row[key]) for key in ("actor_entities", "target_entities", "topics")}
        texts = (row["title"], *json.loads(row["sentences"]), *json.loads(row["headlines"]))
        entities = (*lists["actor_entities"], *lists["target_entities"])
        yield row["id"], Told(entities, row["jurisdiction"], row["type"], tuple(lists["topics"]), texts)
