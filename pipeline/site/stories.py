"""A story as its page shows it: the outlets side by side, the days, and where they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pipeline.site import acts, figures, points
from pipeline.site.ask import Query, Store


@dataclass(frozen=True, slots=True)
class Story:
    """The story, its first and last day, its articles and outlets counted."""

    id: str
    title: str
    first: str | None
    last: str | None
    articles: int
    outlets: int


ONE = Query(
    """select t.id, t.title, min(a.day) as first, max(a.day) as last, count(a.id) as articles,
      count(distinct a.source) as outlets
    from stories t left join articles a on a.story = t.id where t.id = :id group by t.id""",
    Story,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of the story; ``lead`` is how its text begins."""

    id: str
    story: str
    title: str
    source: str
    outlet: str
    published: str
    lead: str
    reprint_of: str | None


_TELLING = """a.id, a.story, a.title, a.source, s.name as outlet, a.published,
  coalesce(substr(a.text, a.dateline_end + 1, 400), '') as lead, a.reprint_of
from articles a join sources s on s.id = a.source"""
TELLINGS = Query(
    f"select {_TELLING} where a.story = :id order by a.published, a.id limit 300",
    Telling,
)
ACTS = Query(
    f"""select {acts.COLUMNS} from actions x where x.story = :id and x.withdrawn = 0
    order by x.sources desc, x.first_reported_at limit 40""",  # noqa: S608 - our columns
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One of several dates told for a step of an act, and who tells it."""

    act: str
    actor: str
    type: str
    target: str
    instrument: str | None
    kind: str
    date: str
    outlets: str


DISAGREEMENTS = Query(
    """select x.id as act, x.actor, x.type, x.target, x.instrument, e.kind, e.date,
      group_concat(distinct s.name) as outlets
    from actions x join action_events e on e.action = x.id join sources s on s.id = e.source
    where x.story = :id and x.withdrawn = 0 and e.kind not like 'status:%' and e.date is not null and (
      select count(distinct date) from action_events o where o.action = x.id and o.kind = e.kind) > 1
    group by x.id, e.kind, e.date order by x.id, e.kind, e.date""",
    Disagreement,
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two figures for one thing, and who tells each. ``outlets`` are names, joined with commas."""

    figure: str
    words: str
    of_what: str
    period: str | None
    attributed_to: str | None
    outlets: str
    other: str
    other_words: str
    other_attributed_to: str | None
    other_outlets: str


CONTRADICTIONS = Query(
    """select figure, words, of_what, period, attributed_to, outlets, other, other_words, other_attributed_to,
      other_outlets
    from contradicting_figures where story = :id order by sources desc, figure, other limit 30""",
    Contradiction,
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that an article of the story puts into quotation marks."""

    outlet: str
    source: str
    article: str
    speaker: str
    speaker_entity: str | None
    text: str


QUOTED = Query(
    """select s.name as outlet, a.source, a.id as article, q.speaker, q.speaker_entity, q.text
    from articles a join quotes q on q.article = a.id join sources s on s.id = a.source
    where a.story = :id and q.direct = 1 and a.reprint_of is null order by a.published, q.start limit 100""",
    Quoted,
)

WEEK = Query(
    """select t.id, t.title, min(a.day) as first, max(a.day) as last, count(*) as articles,
      count(distinct a.source) as outlets
    from articles a join stories t on t.id = a.story
    where a.day between :first and :last
    group by t.id order by outlets desc, articles desc, last desc limit :limit""",
    Story,
)
NEWEST = Query(
    """select t.id, t.title, min(a.day) as first, max(a.day) as last, count(*) as articles,
      count(distinct a.source) as outlets
    from (select distinct story from (select story from articles order by day desc limit 2000)) n
      join stories t on t.id = n.story join articles a on a.story = t.id
    group by t.id order by last desc, articles desc limit :limit""",
    Story,
)
WEEK_TELLINGS = Query(
    f"""select {_TELLING} where a.story in (select value from json_each(:stories))
    and a.day between :first and :last order by a.published, a.id limit 300""",  # noqa: S608 - our columns
    Telling,
)


def by_outlet(tellings: tuple[Telling, ...]) -> dict[str, list[Telling]]:
    """The tellings under their outlet; the outlet that was first comes first."""
    grouped: dict[str, list[Telling]] = {}
    for telling in tellings:
        grouped.setdefault(telling.outlet, []).append(telling)
    return grouped


def quoted(told: tuple[Quoted, ...], each: int = 3) -> dict[str, list[Quoted]]:
    """Each outlet's first quotations, one a speaker: whom it lets speak."""
    heard: dict[str, list[Quoted]] = {}
    for quote in told:
        before = heard.setdefault(quote.outlet, [])
        if len(before) < each and not any(quote.speaker == b.speaker or quote.text == b.text for b in before):
            before.append(quote)
    return heard


def disputes(told: tuple[Disagreement, ...]) -> list[tuple[Disagreement, ...]]:
    """The dates told for one step of one act stand together."""
    return [tuple(dates) for _, dates in groupby(told, lambda one: (one.act, one.kind))]


async def page(db: Store, story: str) -> dict[str, object] | None:
    """All that a story's page shows, or None where there is no such story."""
    found = await ONE.one(db, id=story)
    if found is None:
        return None
    tellings = await TELLINGS.all(db, id=story)
    return {
        "story": found,
        "tellings": tellings,
        "by_outlet": by_outlet(tellings),
        "acts": await ACTS.all(db, id=story),
        "disagreements": disputes(await DISAGREEMENTS.all(db, id=story)),
        "points": points.by_act(await points.OF_STORY.all(db, id=story)),
        "quoted": quoted(await QUOTED.all(db, id=story)),
        "figures": await figures.OF_STORY.all(db, id=story),
        "contradictions": await CONTRADICTIONS.all(db, id=story),
    }
