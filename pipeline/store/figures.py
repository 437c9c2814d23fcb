"""Figures in the database: readings by what they may share, figures as rows, the pairs that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

FIGURES = """
drop view if exists figures;
create table figures (
  id text primary key, of_what text not null, value real not null, unit text not null, words text not null,
  bound text, change text, period text, attributed_to text, story text references stories(id),
  first_reported_at text not null, last_reported_at text not null, reports integer not null, sources integer not null,
  contradicted integer not null default 0
);
create index figures_last on figures(last_reported_at);
create index figures_unit on figures(unit, value);
create index figures_story on figures(story);
create index figures_sources on figures(sources);
create index figures_contradicted on figures(contradicted) where contradicted > 0;
create table figure_reports (
  statistic integer primary key, figure text references figures(id), article text not null references articles(id),
  start integer not null, source text not null references sources(id), origin text not null, story text,
  reported_at text not null, value real not null, unit text not null, of_what text not null, words text not null,
  period text, bound text, change text, attributed_to text, counted text not null
);
create index figure_reports_figure on figure_reports(figure);
create index figure_reports_article on figure_reports(article);
create index figure_reports_source on figure_reports(source);
create index figure_reports_story on figure_reports(story, unit, value);
create index figure_reports_counted on figure_reports(counted, unit, period);
create index figure_reports_said on figure_reports(attributed_to, unit, value);
create table figure_disputes (
  figure text not null references figures(id), other text not null references figures(id), counted text not null,
  primary key (figure, other)
);
create index figure_disputes_other on figure_disputes(other)
"""

CONTEXT = """
alter table figure_reports add column context text not null default '';
alter table figure_reports add column decimals integer not null default 0;
"""

COLUMNS = (
    *("statistic", "article", "start", "source", "origin", "story", "reported_at", "value", "unit", "of_what"),
    *("words", "period", "bound", "change", "attributed_to", "counted", "context", "decimals"),
    "figure",
)
_READ = f"select {', '.join('r.' + name for name in COLUMNS)} from figure_reports r"  # noqa: S608 - our columns
# What two readings of one figure, or two that contradict each other, share at least one of.
_STORY = f"{_READ} where story = ? and unit = ? and value between ? and ?"
_COUNTED = f"{_READ} where counted = ? and unit = ? and period = ?"
_SAID = f"{_READ} where attributed_to = ? and unit = ? and value = ?"

Row = tuple[object, ...]


def statistics(db: Database, articles: Iterable[str]) -> Iterator[Row]:
    """Each statistic of the articles: id, article, start, source, agency, story, published, value, unit, of_what,
    words, period, bound, change, attributed_to, end, text of the article."""
    sql = """select t.id, t.article, t.start, a.source, a.agency, a.story, a.published, t.value, t.unit, t.of_what,
      t.text, t.period, t.bound, t.change, t.attributed_to, t.end, a.text
    from articles a join statistics t on t.article = a.id where a.id = ?"""
    for article in articles:
        yield from db.execute(sql, [article])


def take_out(db: Database, articles: Iterable[str]) -> set[str]:
    """Drop what these articles were read to say; return the figures that lost a report."""
    figures: set[str] = set()
    for article in articles:
        figures |= {row[0] for row in db.execute("select figure from figure_reports where article = ?", [article])}
        db.execute("delete from figure_reports where article = ?", [article])
    return figures


def readings(db: Database, figure: str) -> list[Row]:
    """The readings of a figure."""
    return db.execute(f"{_READ} where figure = ?", [figure]).fetchall()


def add(db: Database, rows: Iterable[Row]) -> None:
    """Store readings, in the order of ``COLUMNS``, in place of those of the same statistics."""
    sql = f"insert or replace into figure_reports ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
    db.conn.executemany(sql, rows)


def near(
    db: Database, story: str | None, unit: str, between: tuple[float, float], period: str | None, key: str
) -> list[Row]:
    """Readings of a unit with a value in a range in the same story, or of one period and counted in the same words."""
    found = db.execute(_STORY, [story, unit, *between]).fetchall() if story else []
    if period and key:
        found += db.execute(_COUNTED, [key, unit, period]).fetchall()
    return found


def values(db: Database, article: str, unit: str, key: str) -> int:
    """How many values an article gives for what is counted in the same words."""
    # The plus keeps SQLite from walking all that is counted in these words rather than the article's own few rows.
    sql = "select count(distinct value) from figure_reports where article = ? and +unit = ? and +counted = ?"
    return int(db.execute(sql, [article, unit, key]).fetchone()[0])


def said(db: Database, who: str | None, unit: str, value: float) -> list[Row]:
    """Readings of a value on the word of somebody."""
    return db.execute(_SAID, [who, unit, value]).fetchall() if who else []


def drop(db: Database, figures: Iterable[str]) -> None:
    """Take figures away, with their disputes; their readings stand without a figure until they are put again."""
    ids = [(figure,) for figure in figures]
    db.conn.executemany("delete from figure_disputes where figure = ?", ids)
    db.conn.executemany("delete from figure_disputes where other = ?", ids)
    db.conn.executemany("update figure_reports set figure = null where figure = ?", ids)
    db.conn.executemany("delete from figures where id = ?", ids)


def put(db: Database, figure: dict[str, object], statistics: Iterable[int]) -> None:
    """Store a figure and point its readings to it."""
    names = list(figure)
    sql = f"insert into figures ({', '.join(names)}) values ({', '.join('?' * len(names))})"  # noqa: S608 - our columns
    db.execute(sql, list(figure.values()))
    db.conn.executemany(
        "update figure_reports set figure = ? where statistic = ?", ((figure["id"], s) for s in statistics)
    )


def dispute(db: Database, pairs: Iterable[tuple[str, str, str]]) -> None:
    """Store the pairs that contradict each other, (figure, other, counted), both ways."""
    both = [row for a, b, key in pairs for row in ((a, b, key), (b, a, key))]
    db.conn.executemany("insert or ignore into figure_disputes (figure, other, counted) values (?, ?, ?)", both)


def count_disputes(db: Database, figures: Iterable[str]) -> None:
    """Write to each figure how many others contradict it."""
    others = "(select count(*) from figure_disputes where figure = figures.id)"
    sql = f"update figures set contradicted = {others} where id = ?"  # noqa: S608 - our words
    db.conn.executemany(sql, ((figure,) for figure in figures))


def disputed_with(db: Database, figures: Iterable[str]) -> set[str]:
    """The figures that these contradict."""
    sql = "select other from figure_disputes where figure = ?"
    return {row[0] for figure in figures for row in db.execute(sql, [figure])}


def articles_of(db: Database, figures: Iterable[str]) -> set[str]:
    """The articles that give one of the figures."""
    sql = "select article from figure_reports where figure = ?"
    return {row[0] for figure in figures for row in db.execute(sql, [figure])}
