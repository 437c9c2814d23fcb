"""Search: acts, articles with the words in their place, and entities. Common words are ranked among the newest.

``cross join`` holds SQLite to the order written: the words first, then the rows that have them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from pipeline.site import acts
from pipeline.site.ask import Query, Store

NEWEST = 2000  # matches that are ranked; ranking all matches of a common word takes seconds on a large dataset
PAGE = 20
OPEN, CLOSE = "\ue000", "\ue001"  # private characters around a match, so that the text can be escaped first


@dataclass(frozen=True, slots=True)
class Asked:
    """A search with its filters; empty ones ask for all. ``page`` counts from 1."""

    q: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    type: str = ""
    jurisdiction: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has the words, and where. ``snippet`` is marked text."""

    id: str
    title: str
    source: str
    outlet: str
    published: str
    snippet: str


ARTICLES = Query(
    f"""with found as (
      select rowid as n from articles_fts where articles_fts match fts_words(:q) order by rowid desc limit {NEWEST}
    ), ranked as (
      select f.rowid as n, bm25(articles_fts, 4.0, 1.0) as score, a.published
      from articles_fts f cross join articles a on a.rowid = f.rowid
      where articles_fts match fts_words(:q) and f.rowid >= (select min(n) from found)
        and (:source = '' or a.source = :source)
        and (:since = '' or a.day >= :since) and (:until = '' or a.day <= :until)
      order by 2, 3 desc limit :limit offset :offset
    )
    select a.id, a.title, a.source, s.name as outlet, a.published,
      coalesce(snippet(articles_fts, 1, '{OPEN}', '{CLOSE}', ' … ', 32), '') as snippet
    from articles_fts f cross join ranked r on r.n = +f.rowid cross join articles a on a.rowid = r.n
      join sources s on s.id = a.source
    where articles_fts match fts_words(:q)
      and f.rowid between (select min(n) from ranked) and (select max(n) from ranked)
    order by r.score, a.published desc""",  # noqa: S608 - our numbers
    Hit,
)
ACTS = Query(
    f"""with found as (
      select rowid as n from actions_fts where actions_fts match fts_words(:q) order by rowid desc limit {NEWEST}
    ), ranked as (
      select f.rowid as n, bm25(actions_fts) as score, x.first_reported_at
      from actions_fts f cross join actions x on x.rowid = f.rowid
      where actions_fts match fts_words(:q) and f.rowid >= (select min(n) from found) and x.withdrawn = 0
        and (:type = '' or x.type = :type) and (:jurisdiction = '' or x.jurisdiction = :jurisdiction)
        and (:since = '' or x.last_reported_at >= :since) and (:until = '' or date(x.first_reported_at) <= :until)
        and (:source = '' or exists (select 1 from action_reports r where r.action = x.id and +r.source = :source))
      order by 2, 3 desc limit :limit
    )
    select {acts.COLUMNS} from ranked k join actions x on x.rowid = k.n
    order by k.score, x.first_reported_at desc""",  # noqa: S608 - our columns
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Named:
    """An entity whose name has the words."""

    id: str
    name: str
    type: str


ENTITIES = Query(
    """select e.id, e.name, e.type from entities e where e.rowid in (
      select rowid from entities_fts where entities_fts match fts_start(:q))
    or e.id in (select entity from aliases where alias = :q) order by length(e.name), e.name limit 8""",
    Named,
)


@dataclass(frozen=True, slots=True)
class Option:
    """A source to choose."""

    id: str
    name: str


SOURCES = Query("select id, name from sources order by name", Option)


def marked(snippet: str) -> Markup:
    """The snippet as HTML with each match in ``<mark>``."""
    html = str(escape(snippet))
    return Markup(html.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # noqa: S704 - escaped just before


async def page(db: Store, asked: Asked) -> dict[str, object]:
    """All that the page of a search shows. Acts and entities stand on its first page."""
    where = {"q": asked.q, "source": asked.source, "since": asked.since, "until": asked.until}
    first = asked.page == 1
    narrowed = bool(asked.type or asked.jurisdiction)  # these are properties of acts, so articles are left out
    skip = (asked.page - 1) * PAGE
    hits: tuple[Hit, ...] = ()
    if asked.q and not narrowed:
        hits = await ARTICLES.all(db, **where, limit=PAGE + 1, offset=skip)
    of_acts = where | {"type": asked.type, "jurisdiction": asked.jurisdiction, "limit": 50 if narrowed else 8}
    return {
        "asked": asked,
        "hits": tuple(replace(hit, snippet=marked(hit.snippet)) for hit in hits[:PAGE]),
        "more": len(hits) > PAGE,
        "acts": await ACTS.all(db, **of_acts) if asked.q and first else (),
        "entities": await ENTITIES.all(db, q=asked.q) if asked.q and first and not narrowed else (),
        "sources": await SOURCES.all(db),
        "types": await acts.values("type").all(db),
        "jurisdictions": await acts.values("jurisdiction").all(db),
    }
