"""A period -> its digest, from the database as it stood at the period's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from sqlite_utils import Database

from pipeline.digest.known import asked_of, changes, evidence, known, state, statement
from pipeline.digest.model import Change, Chart, Coming, Digest, Entry, Group, Known, Numbers, Place
from pipeline.digest.period import Period, span
from pipeline.digest.press import figures, newcomers, quotes, tales
from pipeline.digest.rank import factors, is_background
from pipeline.store import digest as rows
from pipeline.store import digest_press as press
from pipeline.watchlist import Watchlist

HORIZON = timedelta(weeks=8)  # how far ahead coming dates are listed
CHARTED = 8  # weeks
SERIES = 6  # names in a chart; the others are summed up
IN_SHORT = (3, 5)  # at least, where there are as many, and at most
WORTH = 0.6  # of the highest score: what a fourth and fifth act in short must reach
OVER = frozenset({"repealed", "rejected"})  # statuses of acts whose dates no longer come
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Read:
    """An act of the period with what the sections need of it."""

    act: Known
    entry: Entry
    background: bool


def compose(
    db: Database,
    period: Period,
    *,
    watchlist: Watchlist | None = None,
    told: Mapping[str, str] | None = None,
    base_url: str = "http://127.0.0.1:8001",
) -> Digest:
    """The digest of a period, for a watchlist or for everybody.

    ``told``: item -> its state as earlier digests told it (``pipeline.store.sent``); such lines are left out.
    """
    before = told or {}
    acts = _read(db, period, watchlist)
    scope = _scope(db, period, watchlist, acts)
    fresh = [r for r in acts if r.entry.new and not r.background]
    changed = [r.entry for r in acts if not r.entry.new and r.entry.changes and not _known(r.entry, before)]
    ahead = _coming([r.entry for r in acts], period)
    coming = tuple(c for c in _together(ahead) if before.get(_date_key(c)) != c.day)
    telling = _telling([r for r in acts if r in fresh or r.entry in changed])
    lines = sorted([*(r.entry for r in fresh), *changed], key=_order)
    return Digest(
        period=period,
        watchlist=watchlist.name if watchlist else "",
        base_url=base_url.rstrip("/"),
        in_short=_in_short(lines),
        new=_places([r.entry for r in fresh]),
        changed=tuple(changed),
        coming=coming,
        figures=figures(db, period, scope, telling, before),
        said=quotes(db, period, scope, telling, before),
        tales=tales(db, period, scope, [r.act for r in acts if not r.background]),
        newcomers=newcomers(db, period, scope, [r.act for r in acts if r.entry.new]),
        charts=_charts(db, period, watchlist),
        numbers=Numbers(
            sources=tuple(press.sources(db, period.first, period.last)),
            acts=len(fresh),
            background=sum(r.entry.new and r.background for r in acts),
            before=len(_together(ahead)) - len(coming),
        ),
        calendar=tuple(ahead),
    )


def items(digest: Digest) -> dict[str, str]:
    """What the digest tells, item -> state, for the next one to leave out."""
    told = {_change_key(e, c): c.text for e in digest.changed for c in e.changes}
    told |= {_date_key(replace(c, entry=e)): c.day for c in digest.coming for e in (c.entry, *c.also)}
    told |= {f"figure {f.value:g} {f.unit}": f.said_by for f in digest.figures}
    return told | {f"quote {q.text.casefold()}": q.speaker for q in digest.said}


def _read(db: Database, period: Period, watchlist: Watchlist | None) -> list[Read]:
    """The acts that the period has to do with, as known at its end, the highest ranked first."""
    kinds, countries = rows.kinds(db), rows.countries(db)
    found: list[tuple[Known, tuple[Change, ...], bool]] = []
    for row in rows.acts(db, period.first, period.last, period.last + HORIZON):
        act, earlier = known(row, period.last, kinds), known(row, period.eve, kinds)
        if act and (watchlist is None or watchlist.why(asked_of(act))):
            became = tuple(_once(changes(row, earlier, act, period))) if earlier else ()
            found.append((act, became, earlier is None))
    articles = Counter(
        story for story, _ in {(r.story, r.article) for a, _, _ in found for r in _fresh(a, period)} if story
    )
    read = []
    for act, became, new in found:
        points = tuple(
            factors(act, became, period, countries=countries, articles=articles, watched=watchlist is not None)
        )
        entry = _entry(act, became, period, new)
        entry = replace(entry, factors=points, score=round(sum(f.points for f in points), 2))
        read.append(Read(act, entry, is_background(act, period)))
    return sorted(read, key=lambda r: _order(r.entry))


def _telling(acts: list[Read]) -> dict[str, int]:
    """Article -> place of the highest ranked act it tells."""
    return {r.article: place for place, read in reversed([*enumerate(acts)]) for r in read.act.reports}


def _fresh(act: Known, period: Period) -> list[rows.Report]:
    return [r for r in act.reports if period.holds(r.day)]


def _once(became: Iterable[Change]) -> Iterable[Change]:
    """Each change once, however many reports tell it."""
    return {(c.kind, c.text): c for c in became}.values()


def _entry(act: Known, became: tuple[Change, ...], period: Period, new: bool) -> Entry:
    behind = {r.outlet: evidence(r) for r in reversed(_fresh(act, period) or act.reports)}  # each outlet's first
    return Entry(
        id=act.id,
        statement=statement(act),
        state=state(act),
        outlets=tuple(reversed(behind)),
        evidence=tuple(reversed(behind.values())),
        changes=became,
        factors=(),
        score=0.0,
        new=new,
        **{
            k: getattr(act, k)
            for k in ("status", "type", "jurisdiction", "topics", "announced_on", "effective_on", "deadline_on",
                      "expires_on", "story")
        },
    )  # fmt: skip


def _order(entry: Entry) -> tuple[float, str]:
    return -entry.score, entry.id


def _known(entry: Entry, before: Mapping[str, str]) -> bool:
    return all(before.get(_change_key(entry, c)) == c.text for c in entry.changes)


def _change_key(entry: Entry, change: Change) -> str:
    return f"change {entry.id} {change.kind}"


def _date_key(coming: Coming) -> str:
    return f"{coming.kind} {coming.entry.id}"


def _in_short(entries: list[Entry]) -> tuple[Entry, ...]:
    """The acts that matter most, one a story: three, and two more where they come near the first."""
    seen: set[str] = set()
    chosen: list[Entry] = []
    for entry in entries:
        story = entry.story or entry.id
        if story in seen or len(chosen) == IN_SHORT[1]:
            continue
        if len(chosen) >= IN_SHORT[0] and entry.score < WORTH * chosen[0].score:
            break
        seen.add(story)
        chosen.append(entry)
    return tuple(chosen)


def _places(entries: list[Entry]) -> tuple[Place, ...]:
    """New acts by jurisdiction, that of the highest ranked act first; acts of one story stand together."""
    places: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        groups = places.setdefault(entry.jurisdiction or ELSEWHERE, {})
        groups.setdefault(entry.story or entry.id, []).append(entry)
    return tuple(
        Place(name, tuple(Group(head, tuple(also)) for head, *also in groups.values()))
        for name, groups in places.items()
    )


def _coming(entries: list[Entry], period: Period) -> list[Coming]:
    """Dates of the weeks ahead: deadlines first, then by day, the higher ranked act first."""
    found = []
    for entry in entries:
        if entry.status in OVER:
            continue
        for kind, value in (
            ("deadline", entry.deadline_on),
            ("effective", entry.effective_on),
            ("expiry", entry.expires_on),
        ):
            days = span(value)
            if value and days and period.last < days[0] <= period.last + HORIZON:
                found.append(Coming(value, kind, entry))  # type: ignore[arg-type]
    return sorted(found, key=lambda c: (c.kind != "deadline", _day(c.day), c.kind, _order(c.entry)))


def _day(value: str) -> date:
    return (span(value) or (date.max,))[0]


def _together(coming: list[Coming]) -> list[Coming]:
    """One entry an event: acts of one story with one date stand together."""
    grouped = groupby(
        sorted(coming, key=lambda c: (c.kind != "deadline", _day(c.day), c.kind, c.day, c.entry.story or c.entry.id)),
        key=lambda c: (c.kind, c.day, c.entry.story or c.entry.id),
    )
    made = []
    for _, same in grouped:
        head, *also = sorted(same, key=lambda c: _order(c.entry))
        made.append(replace(head, also=tuple(c.entry for c in also)))
    return made


def _scope(db: Database, period: Period, watchlist: Watchlist | None, acts: list[Read]) -> set[str] | None:
    """The articles a watchlist has to do with; None for all."""
    if watchlist is None:
        return None
    named = press.naming(db, period.first, period.last, watchlist.entities)
    return named | {r.article for a in acts for r in a.act.reports}


def _charts(db: Database, period: Period, watchlist: Watchlist | None) -> tuple[Chart, ...]:
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
