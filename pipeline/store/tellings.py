"""Tellings in the database: what each outlet's reports of an act say, and what of it the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlite_utils import Database

TELLINGS = """
create table act_points (
  id integer primary key, action text not null references actions(id) on delete cascade,
  source text not null references sources(id), how text not null, kind text not null, words text not null, others text,
  told_by text not null, sources integer not null, article text references articles(id), start integer,
  figure text references figures(id) on delete set null
);
create index act_points_action on act_points(action, source);
create index act_points_source on act_points(source, how);
create index act_points_kind on act_points(kind, how);
create index act_points_article on act_points(article);
create index act_points_figure on act_points(figure);
"""

MOST = 500  # sentences of an act that are compared, the latest: a sanction of years is told thousands of times

How = Literal["adds", "leaves_out", "otherwise"]
Kind = Literal["announced", "effective", "deadline", "expiry", "figure", "target", "instrument", "quote"]


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of an article that tells an act, with what the act's telling compares. ``start``, ``end``: offsets."""

    article: str
    source: str
    origin: str
    access: str
    day: str
    in_story: bool
    start: int
    end: int
    target: str
    instrument: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the act as an article gives it."""

    kind: Kind
    value: str
    article: str


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure in an article that tells the act. ``disputed``: figures that give another value for the same thing;
    ``act``: the act that its sentence tells, the one whose word stands nearest; ``at_home``: whether most reports of
    the figure are of the act's story."""

    figure: str
    article: str
    start: int
    value: float
    unit: str
    words: str
    of_what: str
    counted: str
    act: str | None
    at_home: bool
    disputed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words quoted in an article that tells the act."""

    article: str
    start: int
    speaker: str
    entity: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Telling:
    """All that the reports of one act say of it, oldest report first.

    ``texts``, ``dates`` (role, value): of its articles whole; ``leads``: the articles of which it is the first act.
    """

    action: str
    reports: tuple[Report, ...]
    dated: tuple[Dated, ...]
    figures: tuple[Figured, ...]
    quotes: tuple[Quoted, ...]
    texts: dict[str, str]
    dates: dict[str, frozenset[tuple[str, str]]]
    leads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Point:
    """What an outlet alone says of an act, leaves out of it, or says otherwise than others.

    ``told_by``: the outlets that say it, or say otherwise; ``sources``: how many of them are independent.
    """

    action: str
    source: str
    how: How
    kind: Kind
    words: str
    others: str | None
    told_by: tuple[str, ...]
    sources: int
    article: str | None = None
    start: int | None = None
    figure: str | None = None


_REPORTS = """
select r.article, r.source, coalesce(o.origin, r.source), a.access, a.day, a.story is x.story, r.start, r.end,
  coalesce(m.target, x.target), m.instrument
from action_reports r join actions x on x.id = r.action join articles a on a.id = r.article
  left join act_outlets o on o.action = r.action and o.source = r.source
  left join action_mentions m on m.article = r.article and m.start = r.start and m.trigger_start = r.trigger_start
    and m.type = r.type
where r.action = ? and x.withdrawn = 0 and a.day between ? and ?
order by a.published desc, a.id desc, r.start desc, r.trigger_start desc, m.id desc limit ?
"""
_DATED = """
select e.kind, e.date, e.article from action_events e join articles a on a.id = e.article
where e.action = ? and e.date is not null and e.kind in ('announced', 'effective', 'deadline', 'expiry')
  and a.day between ? and ?
order by a.published, a.id, e.id
"""
_FIGURED = tuple(Figured.__dataclass_fields__)
_FIGURES = """
select figure, article, start, value, unit, words, of_what, counted,
  (select story is (select story from actions where id = ?) from figures where id = f.figure),
  (select group_concat(other) from figure_disputes d where d.figure = f.figure)
from figure_reports f where article = ? and figure is not null order by start
"""
_SENTENCES = "select action, start, end, trigger_start from action_reports where article = ?"
_QUOTES = "select article, start, speaker, speaker_entity, text from quotes where article = ? and direct order by start"
_TEXT = "select title || ' . ' || text from articles where id = ?"
_LEAD = "select action from action_reports where article = ? order by start, trigger_start limit 1"
_DATES = "select distinct role, value from date_mentions where article = ? and value is not null"


def several(db: Database, acts: Iterable[str]) -> Iterator[str]:
    """Those of the acts that more than one outlet tells."""
    sql = "select count(distinct source) from action_reports where action = ?"
    yield from (act for act in acts if db.execute(sql, [act]).fetchone()[0] > 1)


def told_in(db: Database, articles: Iterable[str]) -> set[str]:
    """The acts that these articles tell."""
    sql = "select action from action_reports where article = ?"
    return {row[0] for article in articles for row in db.execute(sql, [article])}


def read(db: Database, act: str, since: str = "", until: str = "9999-12-31") -> Telling:
    """What the reports of an act from one day to another say of it, the latest where they are very many."""
    reports = tuple(_report(row) for row in db.execute(_REPORTS, [act, since, until, MOST]))[::-1]
    articles = list(dict.fromkeys(r.article for r in reports))
    return Telling(
        action=act,
        reports=reports,
        dated=tuple(Dated(*row) for row in db.execute(_DATED, [act, since, until]) if row[2] in articles),
        figures=tuple(figure for article in articles for figure in _figures_of(db, act, article)),
        quotes=tuple(Quoted(*row) for article in articles for row in db.execute(_QUOTES, [article])),
        texts={a: db.execute(_TEXT, [a]).fetchone()[0] for a in articles},
        dates={a: frozenset(map(tuple, db.execute(_DATES, [a]))) for a in articles},
        leads=frozenset(a for a in articles if db.execute(_LEAD, [a]).fetchone()[0] == act),
    )


def _report(row: Any) -> Report:
    return Report(*row)


def _figures_of(db: Database, act: str, article: str) -> Iterator[Figured]:
    sentences = db.execute(_SENTENCES, [article]).fetchall()
    for *row, at_home, others in db.execute(_FIGURES, [act, article]):
        figure = dict(zip(_FIGURED, row, strict=False))
        at = figure["start"]
        told = [(abs(word - at), name != act, name) for name, start, end, word in sentences if start <= at < end]
        disputed = frozenset((others or "").split(",")) - {""}
        yield Figured(
            **figure
            | {
                "act": min(told)[-1] if told else None,
                "at_home": bool(at_home),
                "disputed": disputed,
            }
        )


def save(db: Database, acts: Iterable[str], points: Iterable[Point]) -> None:
    """Store the points of acts in place of those stored."""
    db.conn.executemany("delete from act_points where action = ?", [(act,) for act in acts])
    names = list(Point.__dataclass_fields__)
    sql = f"insert into act_points ({', '.join(names)}) values ({', '.join('?' * len(names))})"  # noqa: S608 - our columns
    db.conn.executemany(sql, [tuple((asdict(p) | {"told_by": ", ".join(p.told_by)}).values()) for p in points])


def outlets(db: Database) -> dict[str, str]:
    """Source id -> its name."""
    return dict(db.execute("select id, name from sources").fetchall())
