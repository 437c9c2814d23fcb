"""An article as its page shows it: the text with what was found in it, and the facts beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.site import acts, words
from pipeline.site.ask import Query, Store
from pipeline.site.highlight import Span, paragraphs

Path = Callable[[str], str]  # a path of ours -> the path under which the site is served


@dataclass(frozen=True, slots=True)
class Article:
    """The article with the names of what it belongs to, and the record of its fetch."""

    id: str
    url: str
    source: str
    outlet: str
    title: str
    text: str | None  # None where the site shows only sentences that tell an act
    published: str
    updated: str | None
    byline: str | None
    section: str | None
    language: str
    access: str
    agency: str | None
    version: int
    story: str | None
    story_title: str | None
    reprint_of: str | None
    reprint_title: str | None
    fetched_at: str
    warc: str | None


ONE = Query(
    """select a.id, a.url, a.source, s.name as outlet, a.title, a.text as text, a.published, a.updated, a.byline,
      a.section, a.language, a.access, a.agency, a.version, a.story, t.title as story_title, a.reprint_of,
      o.title as reprint_title, a.fetched_at,
      (select warc from pages p where p.url = a.url and warc is not null) as warc
    from articles a join sources s on s.id = a.source left join stories t on t.id = a.story
      left join articles o on o.id = a.reprint_of
    where a.id = :id""",
    Article,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names or means an entity."""

    start: int
    end: int
    entity: str
    name: str
    type: str


MENTIONS = Query(
    """select m.start, m.end, m.entity, e.name, e.type from mentions m join entities e on e.id = m.entity
    where m.article = :id order by m.start""",
    Mention,
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A calendar expression and what it means."""

    start: int
    end: int
    text: str
    value: str | None
    role: str


DATES = Query("select start, end, text, value, role from date_mentions where article = :id order by start", DateFound)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, what it counts and who gives it; ``figure`` is the one that all articles tell, where there is one."""

    start: int
    end: int
    figure: str | None
    value: float
    unit: str
    of_what: str
    period: str | None
    attributed_to: str | None
    bound: str | None

    @property
    def words(self) -> str:
        bound = f"{words.label(self.bound)} " if self.bound else ""
        return bound + words.figure(self.value, self.unit)


FIGURES = Query(
    """select t.start, t.end, r.figure, t.value, t.unit, t.of_what, t.period, t.attributed_to, t.bound
    from statistics t left join figure_reports r on r.statistic = t.id where t.article = :id order by t.start""",
    Figure,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words said."""

    start: int
    end: int
    text: str
    speaker: str
    speaker_entity: str | None
    direct: int


QUOTES = Query(
    "select start, end, text, speaker, speaker_entity, direct from quotes where article = :id order by start", Quote
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence in which the article tells an act."""

    start: int
    end: int
    action: str
    sentence: str


EVIDENCE = Query("select start, end, action, sentence from action_reports where article = :id order by start", Evidence)
ACTS = Query(
    f"""select {acts.COLUMNS} from actions x where x.id in (select action from action_reports where article = :id)
    order by (select min(start) from action_reports where action = x.id and article = :id)""",  # noqa: S608 - ours
    acts.Act,
)


@dataclass(frozen=True, slots=True)
class Title:
    """An article by its headline."""

    id: str
    title: str
    outlet: str


REPRINTS = Query(
    """select a.id, a.title, s.name as outlet from articles a join sources s on s.id = a.source
    where a.reprint_of = :id order by a.published""",
    Title,
)


async def page(db: Store, article: str, path: Path) -> dict[str, object] | None:
    """All that an article's page shows, or None where there is no such article."""
    found = await ONE.one(db, id=article)
    if found is None:
        return None
    mentions = await MENTIONS.all(db, id=article)
    dates = await DATES.all(db, id=article)
    figures = await FIGURES.all(db, id=article)
    quotes = await QUOTES.all(db, id=article)
    evidence = await EVIDENCE.all(db, id=article)
    spans = [
        *(
            Span(m.start, m.end, "entity", f"{m.name}, {words.label(m.type)}", path(f"/entities/{m.entity}"))
            for m in mentions
        ),
        *(
            Span(d.start, d.end, "date", f"{words.day(d.value) or 'no known day'}, {words.label(d.role)}")
            for d in dates
        ),
        *(Span(f.start, f.end, "figure", f"{f.words}, {f.of_what}") for f in figures),
        *(Span(q.start, q.end, "quote") for q in quotes),
        *(Span(e.start, e.end, "act") for e in evidence),
    ]
    return {
        "article": found,
        "paragraphs": paragraphs(found.text, spans) if found.text else (),
        "evidence": tuple({e.start: e for e in evidence}.values()),
        "kinds": {span.kind for span in spans} if found.text else (),
        "acts": await ACTS.all(db, id=article),
        "places": {e.action: e.start for e in reversed(evidence)},
        "entities": tuple(_once(mentions)),
        "dates": tuple(_days(dates)),
        "figures": figures,
        "quotes": quotes,
        "reprints": await REPRINTS.all(db, id=article),
    }


def _once(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    seen: set[str] = set()
    for mention in mentions:
        if mention.entity not in seen:
            seen.add(mention.entity)
            yield mention


def _days(dates: tuple[DateFound, ...]) -> Iterator[tuple[str, str]]:
    """Each day that something of policy happens on, with what; the earliest first."""
    roles: dict[str, dict[str, None]] = {}
    for found in dates:
        if found.value and found.role not in ("published", "other"):
            roles.setdefault(found.value, {})[words.label(found.role)] = None
    yield from ((value, ", ".join(roles[value])) for value in sorted(roles))
