"""Search: acts, articles with the words in their place, and entities. Of common words the newest matches are taken.

``cross join`` holds SQLite to the order written: the words first, then the rows that have them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import groupby

from markupsafe import Markup, escape

from pipeline.site import acts, words
from pipeline.site.ask import Query, Store

NEWEST = 2000  # matches that are looked at; all matches of a common word take seconds on a large dataset
PAGE = 20
SHOWN = 8  # values of a facet
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


_FOUND = f"""found as (
      select rowid as n from articles_fts where articles_fts match fts_words(:q) order by rowid desc limit {NEWEST}
    )"""  # noqa: S608 - our number
_LIVE = """x.withdrawn = 0 and (:type = '' or x.type = :type)
          and (:jurisdiction = '' or x.jurisdiction = :jurisdiction)"""
_WANTED = f"""(:source = '' or a.source = :source)
        and (:since = '' or a.day >= :since) and (:until = '' or a.day <= :until)
        and (:type || :jurisdiction = '' or exists (
          select 1 from action_reports r join actions x on x.id = r.action where r.article = a.id and {_LIVE}))"""  # noqa: S608 - our words
_SHOWN = f"""select a.id, a.title, a.source, s.name as outlet, a.published,
      coalesce(snippet(articles_fts, 1, '{OPEN}', '{CLOSE}', ' … ', 32), '') as snippet
    from articles_fts f cross join ranked k on k.n = +f.rowid cross join articles a on a.rowid = k.n
      join sources s on s.id = a.source
    where articles_fts match fts_words(:q)
      and f.rowid between (select min(n) from ranked) and (select max(n) from ranked)
    order by k.score, a.published desc"""  # noqa: S608 - our words
ARTICLES = Query(
    f"""with ranked as (
      select f.rowid as n, bm25(articles_fts, 4.0, 1.0) as score, a.published
      from articles_fts f cross join articles a on a.rowid = f.rowid
      where articles_fts match fts_words(:q) and {_WANTED}
      order by 2, 3 desc limit :limit offset :offset
    )
    {_SHOWN}""",  # noqa: S608 - our words
    Hit,
)
# To weigh a common word bm25 counts all that have it: here the words in a headline weigh more, then the later counts.
ARTICLES_OF_COMMON = Query(
    f"""with {_FOUND}, headed as materialized (
      select rowid as n from articles_fts
      where articles_fts match 'title : (' || fts_words(:q) || ')' and rowid >= (select min(n) from found)
    ), ranked as (
      select f.n, f.n not in (select n from headed) as score, a.published
      from found f cross join articles a on a.rowid = f.n
      where {_WANTED}
      order by 2, 3 desc limit :limit offset :offset
    )
    {_SHOWN}""",  # noqa: S608 - our words
    Hit,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the articles found have one value of a facet: source, month, type or jurisdiction."""

    facet: str
    value: str
    n: int


COUNTS = Query(
    f"""with {_FOUND}, wanted as materialized (
      select a.id, a.source, substr(a.day, 1, 7) as month from found f cross join articles a on a.rowid = f.n
      where {_WANTED}
    ), told as materialized (
      select distinct w.id, x.type, x.jurisdiction
      from wanted w cross join action_reports r on r.article = w.id cross join actions x on x.id = r.action
      where {_LIVE}
    )
    select 'all' as facet, (select count(*) from found) as value, count(*) as n from wanted
    union all select 'source', source, count(*) from wanted group by 2
    union all select 'month', month, count(*) from wanted group by 2
    union all select 'type', type, count(distinct id) from told group by 2
    union all select 'jurisdiction', jurisdiction, count(distinct id) from told where jurisdiction is not null
      group by 2""",  # noqa: S608 - our numbers
    Count,
)
ACTS = Query(
    f"""with found as (
      select rowid as n from actions_fts where actions_fts match fts_words(:q) order by rowid desc limit {NEWEST}
    ), ranked as (
      select f.rowid as n, bm25(actions_fts) as score, x.first_reported_at
      from actions_fts f cross join actions x on x.rowid = f.rowid
      where actions_fts match fts_words(:q) and f.rowid >= (select min(n) from found) and {_LIVE}
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


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link: its name, its articles, the filters it sets, and whether they are set."""

    name: str
    n: int
    sets: dict[str, str]
    chosen: bool


def marked(snippet: str) -> Markup:
    """The snippet as HTML with each match in ``<mark>``."""
    html = str(escape(snippet))
    return Markup(html.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # noqa: S704 - escaped just before


def facets(counts: Iterable[Count], asked: Asked, outlets: dict[str, str]) -> dict[str, tuple[Choice, ...]]:
    """Each facet's values, the fullest first, months the latest first; facets that cannot narrow are left out."""
    found: dict[str, tuple[Choice, ...]] = {}
    for facet, values in groupby(counts, lambda count: count.facet):
        told = sorted(values, key=lambda c: c.value, reverse=True)
        ranked = told if facet == "month" else sorted(told, key=lambda c: -c.n)
        choices = tuple(_choice(count, asked, outlets) for count in ranked[:SHOWN])
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            found[facet] = choices
    return found


def _choice(count: Count, asked: Asked, outlets: dict[str, str]) -> Choice:
    sets, name = {count.facet: count.value}, count.value
    if count.facet == "month":
        year, month = int(count.value[:4]), int(count.value[5:7])
        sets = {"since": f"{count.value}-01", "until": f"{count.value}-{monthrange(year, month)[1]}"}
        name = words.day(count.value)
    elif count.facet == "jurisdiction":
        name = words.place(count.value)
    name = outlets.get(name, name) if count.facet == "source" else name
    return Choice(name, count.n, sets, all(getattr(asked, key) == value for key, value in sets.items()))


async def page(db: Store, asked: Asked) -> dict[str, object]:
    """All that the page of a search shows. Acts and entities stand on its first page."""
    given = asdict(asked)
    given.pop("page")
    first, narrowed = asked.page == 1, bool(asked.type or asked.jurisdiction)
    sources = await SOURCES.all(db)
    hits: tuple[Hit, ...] = ()
    counts: tuple[Count, ...] = ()
    if asked.q:
        counts = await COUNTS.all(db, **given)
        ranking = ARTICLES_OF_COMMON if _are_common(counts) else ARTICLES
        hits = await ranking.all(db, **given, limit=PAGE + 1, offset=(asked.page - 1) * PAGE)
    return {
        "asked": asked,
        "given": given,
        "hits": tuple(replace(hit, snippet=marked(hit.snippet)) for hit in hits[:PAGE]),
        "more": len(hits) > PAGE,
        "total": counts[0].n if counts else 0,
        "among": NEWEST if _are_common(counts) else None,
        "facets": facets(counts[1:], asked, {s.id: s.name for s in sources}),
        "acts": await ACTS.all(db, **given, limit=50 if narrowed else 8) if asked.q and first else (),
        "entities": await ENTITIES.all(db, q=asked.q) if asked.q and first and not narrowed else (),
        "sources": sources,
        "types": await acts.values("type").all(db),
        "jurisdictions": await acts.values("jurisdiction").all(db),
    }


def _are_common(counts: tuple[Count, ...]) -> bool:
    """Whether more articles have the words than are looked at."""
    return bool(counts) and int(counts[0].value) >= NEWEST
