"""Charts: acts by week and jurisdiction, reports by week and outlet. Rows of bars on one scale, and the numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.site import dates, words
from pipeline.site.ask import Query, Store

WEEKS = 26
ROWS = 8  # jurisdictions with rows of their own; the others share one
OTHERS = "other"


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one row fall in one week; ``week`` is its Monday."""

    row: str
    week: str
    n: int


_MONDAY = "date({column}, 'weekday 0', '-6 days')"  # weekday 0 is the Sunday that ends the week
ACTS = Query(
    f"""/* kept */ select coalesce(x.jurisdiction, 'none') as row,
      {_MONDAY.format(column="x.first_reported_at")} as week,
      count(*) as n
    from actions x where x.withdrawn = 0 and x.first_reported_at >= :first and x.first_reported_at < :end
    group by 1, 2""",  # noqa: S608 - our columns
    Count,
)
ARTICLES = Query(
    f"""/* kept */ select s.name as row, {_MONDAY.format(column="a.day")} as week, a.n from sources s join (
      select source, day, count(*) as n from articles where day >= :first and day < :end group by source, day
    ) a on a.source = s.id""",  # noqa: S608 - our columns
    Count,
)


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of numbers, one a column: what the template draws and lists. ``top``: the greatest number."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def top(self) -> int:
        return max((n for _, numbers in self.rows for n in numbers), default=0)

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(numbers[i] for _, numbers in self.rows) for i in range(len(self.columns)))


def chart(columns: Iterable[str], counts: Mapping[str, Mapping[str, int]], rows: int = ROWS) -> Chart:
    """Counts (row -> column -> number) as a chart: the fullest rows first, the rest of them as one."""
    names = tuple(columns)
    ranked = sorted(counts, key=lambda row: (-sum(counts[row].values()), row))
    kept = [(row, tuple(counts[row].get(name, 0) for name in names)) for row in ranked[:rows]]
    if rest := ranked[rows:]:
        kept.append((OTHERS, tuple(sum(counts[row].get(name, 0) for row in rest) for name in names)))
    return Chart(names, tuple(kept))


def by_row(counts: Iterable[Count]) -> dict[str, dict[str, int]]:
    """Counts under their row and week; several of one week are added."""
    out: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for count in counts:
        out[count.row][count.week] += count.n
    return out


def weeks(last: date, count: int = WEEKS) -> tuple[str, ...]:
    """The Mondays of the last weeks up to a day, the oldest first."""
    monday = last - timedelta(days=last.weekday())
    return tuple((monday - timedelta(weeks=n)).isoformat() for n in range(count - 1, -1, -1))


async def page(db: Store) -> dict[str, object]:
    """All that the page of charts shows: the half year that ends with the freshest article."""
    last = await dates.as_of(db)
    columns = weeks(last)
    asked = {"first": columns[0], "end": (last + timedelta(days=1)).isoformat()}
    return {
        "acts": chart(columns, {words.place(row): n for row, n in by_row(await ACTS.all(db, **asked)).items()}),
        "articles": chart(columns, by_row(await ARTICLES.all(db, **asked))),
        "first": columns[0],
        "end": asked["end"],
        "last": last.isoformat(),
    }
