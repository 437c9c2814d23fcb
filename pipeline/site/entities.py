"""An entity as its page shows it: what it does, what is done to it, who is named with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.site import acts
from pipeline.site.ask import Query, Store

RECENT = 300  # articles looked at for who is named together
COUNTED = 10_000  # articles are counted so far; some entities are named in half of them
COMMON = 2_000  # from here on the newest are found sooner by walking back in time than by sorting


@dataclass(frozen=True, slots=True)
class Entity:
    """The entity; the articles that name it and the acts that concern it, counted up to COUNTED and COMMON."""

    id: str
    name: str
    type: str
    country: str | None
    articles: int
    targets: int

    @property
    def in_articles(self) -> str:
        return f"{COUNTED:,} or more" if self.articles > COUNTED else f"{self.articles:,}"

    @property
    def wikidata(self) -> str | None:
        """Its address at Wikidata, where the id is one of there."""
        return f"https://www.wikidata.org/wiki/{self.id}" if re.fullmatch(r"Q\d+", self.id) else None


ONE = Query(
    f"""select id, name, type, country,
      (select count(*) from (select distinct article from mentions where entity = e.id limit {COUNTED + 1}))
        as articles,
      (select count(*) from (select 1 from action_targets where entity = e.id limit {COMMON + 1})) as targets
    from entities e where id = :id""",  # noqa: S608 - our numbers
    Entity,
)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of the entity."""

    alias: str


ALIASES = Query("select alias from aliases where entity = :id order by alias limit 40", Alias)
AS_ACTOR = Query(
    f"""select {acts.COLUMNS} from actions x where x.withdrawn = 0 and x.actor_entity = :id
    order by x.first_reported_at desc limit 50""",  # noqa: S608 - our columns
    acts.Act,
)
AS_TARGET = Query(
    f"""select {acts.COLUMNS} from action_targets g join actions x on x.id = g.action
    where g.entity = :id and x.withdrawn = 0 order by x.first_reported_at desc limit 50""",  # noqa: S608 - our columns
    acts.Act,
)

AS_COMMON_TARGET = Query(
    f"""select {acts.COLUMNS} from actions x where x.withdrawn = 0
      and exists (select 1 from action_targets where entity = :id and action = x.id)
    order by x.first_reported_at desc limit 50""",  # noqa: S608 - our columns
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Company:
    """An entity named in the same articles."""

    id: str
    name: str
    type: str
    articles: int


NAMED_WITH = Query(
    """select e.id, e.name, e.type, count(*) as articles from (
      select distinct o.entity, o.article from mentions o where o.entity <> :id and o.article in (
        select distinct article from mentions where entity = :id limit :recent)
    ) m join entities e on e.id = m.entity group by e.id order by articles desc, e.name limit 14""",
    Company,
)


@dataclass(frozen=True, slots=True)
class Report:
    """An article in a list."""

    id: str
    title: str
    source: str
    outlet: str
    day: str


LATEST = Query(
    """select a.id, a.title, a.source, s.name as outlet, a.day from articles a join sources s on s.id = a.source
    where a.id in (select article from mentions where entity = :id) order by a.published desc limit 15""",
    Report,
)

LATEST_OF_COMMON = Query(
    """select a.id, a.title, a.source, s.name as outlet, a.day from articles a join sources s on s.id = a.source
    where exists (select 1 from mentions where entity = :id and article = a.id) order by a.published desc limit 15""",
    Report,
)


@dataclass(frozen=True, slots=True)
class Month:
    """How many acts of the entity were first reported in a month (``2024-07``)."""

    month: str
    acts: int


MONTHS = Query(
    """select substr(first_reported_at, 1, 7) as month, count(*) as acts from actions
    where actor_entity = :id and withdrawn = 0 and first_reported_at > (
      select date(max(first_reported_at), '-2 years') from actions where actor_entity = :id)
    group by 1 order by 1 desc limit 24""",
    Month,
)


async def page(db: Store, entity: str) -> dict[str, object] | None:
    """All that an entity's page shows, or None where there is no such entity."""
    found = await ONE.one(db, id=entity)
    if found is None:
        return None
    return {
        "entity": found,
        "aliases": tuple(a.alias for a in await ALIASES.all(db, id=entity) if a.alias != found.name),
        "as_actor": await AS_ACTOR.all(db, id=entity),
        "as_target": await (AS_COMMON_TARGET if found.targets > COMMON else AS_TARGET).all(db, id=entity),
        "named_with": await NAMED_WITH.all(db, id=entity, recent=RECENT),
        "latest": await (LATEST_OF_COMMON if found.articles > COMMON else LATEST).all(db, id=entity),
        "months": tuple(reversed(await MONTHS.all(db, id=entity))),
    }
