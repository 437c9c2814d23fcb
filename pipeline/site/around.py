"""What stands around an act: the acts it changes or that change it, acts the other way, acts of its story."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.site import acts, points
from pipeline.site.ask import Query, Store

NEAR = 2000  # acts of the actor, the newest first, among which contrary ones are looked for


@dataclass(frozen=True, slots=True)
class Linked(acts.Act):
    """An act that changes the one shown, or that it changes; ``how``: what is done to the changed one ("delayed")."""

    how: str
    changer: int


LINKED = Query(
    f"""select {acts.COLUMNS}, x.changes is :id as changer,
      coalesce(case when x.changes = :id then x.change else (select change from actions where id = :id) end, 'changed')
        as how
    from actions x where x.withdrawn = 0 and x.id in (
      select changes from actions where id = :id and changes is not null
      union select id from actions where changes = :id) order by x.first_reported_at limit 12""",  # noqa: S608 - ours
    Linked,
)
CONTRARY = Query(
    f"""select {acts.COLUMNS} from actions x where x.id in (
      select n.id from (
        select id, direction from actions where withdrawn = 0 and actor_entity = :actor
        order by first_reported_at desc limit {NEAR}
      ) n where n.direction = case :direction when 'restrictive' then 'liberalising' else 'restrictive' end
        and exists (
          select 1 from action_targets g where g.action = n.id
            and g.entity in (select entity from action_targets where action = :id))
      limit 6
    ) order by x.first_reported_at desc""",  # noqa: S608 - our columns
    acts.Act,
)
OF_STORY = Query(
    f"""select {acts.COLUMNS} from actions x where x.withdrawn = 0 and x.id <> :id and x.id in (
      select id from actions where story = :story order by first_reported_at limit 12)
    order by x.first_reported_at""",  # noqa: S608 - our columns
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Why:
    """A date that the act holds, why this one, and what other reports say (joined with commas)."""

    kind: str
    date: str
    why: str
    others: str | None


WHY = Query("select kind, date, why, others from action_dates where action = :id", Why)


@dataclass(frozen=True, slots=True)
class Said:
    """A review of the act."""

    verdict: str
    reviewer: str
    at: str
    note: str | None
    changes: str

    @property
    def corrections(self) -> dict[str, str | None]:
        found: dict[str, str | None] = json.loads(self.changes)
        return found


SAID = Query("select verdict, reviewer, at, note, changes from reviews where act = :id order by id desc limit 20", Said)


@dataclass(frozen=True, slots=True)
class _Moved:
    new: str


MOVED = Query("select new from action_aliases where old = :id", _Moved)


async def now_at(db: Store, act: str) -> str | None:
    """The id that an act goes by now, where a better reading moved it."""
    moved = await MOVED.one(db, id=act)
    return moved.new if moved else None


async def page(db: Store, act: str) -> dict[str, object] | None:
    """All that an act's page shows, or None where there is no such act."""
    shown = await acts.page(db, act)
    if shown is None:
        return None
    whole: acts.Whole = shown["whole"]  # type: ignore[assignment]
    told: acts.Act = shown["act"]  # type: ignore[assignment]
    changed = await LINKED.all(db, id=act)
    contrary: tuple[acts.Act, ...] = ()
    if told.actor_entity and whole.direction != "unclear":
        contrary = await CONTRARY.all(db, id=act, actor=told.actor_entity, direction=whole.direction)
    of_story = await OF_STORY.all(db, id=act, story=whole.story) if whole.story else ()
    seen = {a.id for a in changed}
    contrary = tuple(a for a in contrary if a.id not in seen)
    seen |= {a.id for a in contrary}
    said = await SAID.all(db, id=act)
    corrected = {name for review in said for name in review.corrections}
    return shown | {
        "changed": changed,
        "contrary": contrary,
        "related": tuple(a for a in of_story if a.id not in seen),
        "why": {w.kind: _reviewed(w, corrected, told) for w in await WHY.all(db, id=act)},
        "said": said,
        "points": points.by_outlet(await points.OF_ACT.all(db, id=act)),
    }


def _reviewed(why: Why, corrected: set[str], told: acts.Act) -> Why:
    column = {"announced": "announced_on", "effective": "effective_on", "deadline": "deadline_on"}
    name = column.get(why.kind, "expires_on")
    if name not in corrected:
        return why
    held = getattr(told, name)
    others = ", ".join(dict.fromkeys(d for d in (why.date, why.others) if d and d != held))
    return Why(why.kind, held or "", "set by a reviewer", others or None)
