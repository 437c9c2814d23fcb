"""The counts behind the charts: acts a week by jurisdiction, articles a week that name what is watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from sqlite_utils import Database

from pipeline.digest.model import Chart
from pipeline.digest.period import Period
from pipeline.store import digest_press as press
from pipeline.watchlist import Watchlist

CHARTED = 8  # weeks
SERIES = 6  # names in a chart; the others are summed up


def charts(db: Database, period: Period, watchlist: Watchlist | None) -> tuple[Chart, ...]:
    """Acts a week by jurisdiction and, for a watchlist, articles a week that name what is watched."""
    end = period.last - timedelta(days=period.last.weekday())
    weeks = tuple((end - timedelta(weeks=n)) for n in range(CHARTED - 1, -1, -1))
    made = [_chart("Acts first told, by week and jurisdiction", press.weekly_acts(db, weeks[0], period.last), weeks)]
    if watchlist and watchlist.entities:
        named = press.weekly_mentions(db, weeks[0], period.last, watchlist.entities)
        made.append(_chart("Articles that name what is watched, by week", named, weeks))
    return tuple(
        chart
        for chart in made
        if sum(any(values[i] for _, values in chart.series) for i in range(CHARTED)) > 1  # one bar is no chart
    )


def _chart(title: str, counts: Mapping[tuple[str, str], int], weeks: tuple[date, ...]) -> Chart:
    totals: Counter[str] = Counter()
    for (_, name), n in counts.items():
        totals[name] += n
    names = sorted(totals, key=lambda name: (-totals[name], name))
    kept, rest = names[:SERIES], names[SERIES:]
    series = [(name, tuple(counts.get((w.isoformat(), name), 0) for w in weeks)) for name in kept]
    if rest:
        series.append(("others", tuple(sum(counts.get((w.isoformat(), name), 0) for name in rest) for w in weeks)))
    return Chart(title, tuple(w.isoformat() for w in weeks), tuple(series))
