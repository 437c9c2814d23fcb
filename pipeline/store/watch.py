"""Which acts are on which watchlist: the acts as watchlists ask of them, and the matches kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
_NAMES = "select id, name from entities where id in (select value from json_each(:ids))"


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
    """Bring the matches up to the acts and lists of now; what stays keeps its moment. Returns how many are new."""
    found: dict[tuple[str, str], str] = {}
    followed = {entity for asked in lists for entity in asked.entities}
    names = {f"entity {r['id']}": f"entity {r['name']}" for r in db.query(_NAMES, {"ids": json.dumps([*followed])})}
    for action, told in _told(db) if lists else ():
        for asked in lists:
            if why := asked.why(told):
                found[asked.name, action] = names.get(why, why)
    with db.atomic():
        rows = db.query("select watchlist, action, why from watch_matches")
        old = {(r["watchlist"], r["action"]): r["why"] for r in rows}
        gone = [{"watchlist": name, "action": action} for name, action in old.keys() - found.keys()]
        db.conn.executemany("delete from watch_matches where watchlist = :watchlist and action = :action", gone)
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


def _told(db: Database) -> Iterator[tuple[str, Told]]:
    for row in db.query(_ACTS):
        lists = {key: json.loads(row[key]) for key in ("actor_entities", "target_entities", "topics")}
        texts = (row["title"], *json.loads(row["sentences"]), *json.loads(row["headlines"]))
        entities = (*lists["actor_entities"], *lists["target_entities"])
        yield row["id"], Told(entities, row["jurisdiction"], row["type"], tuple(lists["topics"]), texts)
