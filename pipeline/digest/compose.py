"""A period -> its digest, from the database as it stood at the period's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.digest.ahead import HORIZON, coming, dated, together, unsaid
from pipeline.digest.charts import charts
from pipeline.digest.known import asked_of, changes, evidence, known, state
from pipeline.digest.model import Change, Coming, Digest, Entry, Group, Known, Numbers, Place
from pipeline.digest.period import Period
from pipeline.digest.press import figures, newcomers, quotes
from pipeline.digest.rank import factors, is_background
from pipeline.digest.tales import tales
from pipeline.ledger.words import target
from pipeline.site import words
from pipeline.store import digest as rows
from pipeline.store import digest_press as press
from pipeline.watchlist import Watchlist

IN_SHORT = (3, 5)  # at least, where there are as many, and at most
WORTH = 0.6  # of the highest score: what a fourth and fifth act in short must reach
PARTS = frozenset({"require", "restrict", "ban/block", "permit/license"})
WHOLES = frozenset({"issue", "adopt", "enact", "propose", "agree/sign"})
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
    fresh = _wholes_first([r for r in acts if r.entry.new and not r.background])
    changed = [r.entry for r in acts if not r.entry.new and r.entry.changes and not _known(r.entry, before)]
    ahead = coming((r.entry for r in acts), period)
    events = together(ahead)
    untold = tuple(c for c in events if before.get(_date_key(c)) != c.day)
    telling = _telling([r for r in acts if r in fresh or r.entry in changed])
    lines = _wholes_first([r for r in acts if r in fresh or r.entry in changed])
    return Digest(
        period=period,
        watchlist=watchlist.name if watchlist else "",
        base_url=base_url.rstrip("/"),
        in_short=_in_short([r.entry for r in lines]),
        new=_places([r.entry for r in fresh]),
        changed=tuple(changed),
        coming=untold,
        dated=unsaid(dated(db, period, scope, (r.act for r in acts)), before),
        figures=figures(db, period, scope, telling, before),
        said=quotes(db, period, scope, telling, before),
        tales=tales(db, period, scope, [r.act for r in acts if not r.background]),
        newcomers=newcomers(db, period, scope, [r.act for r in acts if r.entry.new]),
        charts=charts(db, period, watchlist),
        numbers=Numbers(
            sources=tuple(press.sources(db, period.first, period.last)),
            acts=len(fresh),
            background=sum(r.entry.new and r.background for r in acts),
            before=len(events) - len(untold),
        ),
        calendar=tuple(ahead),
    )


def items(digest: Digest) -> dict[str, str]:
    """What the digest tells, item -> state, for the next one to leave out."""
    told = {_change_key(e, c): c.text for e in digest.changed for c in e.changes}
    told |= {_date_key(replace(c, entry=e)): c.day for c in digest.coming for e in (c.entry, *c.also)}
    told |= {d.key: d.day for d in digest.dated}
    told |= {f.key: f.said_by for f in digest.figures}
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
        statement=words.statement(act),
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


def _wholes_first(acts: list[Read]) -> list[Read]:
    """The acts, with a measure before the provisions of it that outrank it: "issues rules" before "forbids exports"."""
    by_story: dict[str | None, list[Read]] = {}
    for read in acts:
        by_story.setdefault(read.act.story, []).append(read)
    ordered: dict[str, Read] = {}
    for read in acts:
        whole = next((r for r in by_story[read.act.story] if _is_part(read.act, r.act)), read)
        ordered |= {r.act.id: r for r in (whole, read) if r.act.id not in ordered}
    return list(ordered.values())


def _is_part(act: Known, whole: Known) -> bool:
    """Whether an act is a provision of a measure of its story that names itself and that as many outlets tell: of one
    state, told by one article."""
    if act.type not in PARTS or whole.type not in WHOLES or not target(whole.target).telling:
        return False
    if len({r.outlet for r in whole.reports}) < len({r.outlet for r in act.reports}):
        return False
    return act.jurisdiction == whole.jurisdiction and not {r.article for r in act.reports}.isdisjoint(
        r.article for r in whole.reports
    )


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


def _scope(db: Database, period: Period, watchlist: Watchlist | None, acts: list[Read]) -> set[str] | None:
    """The articles a watchlist has to do with; None for all."""
    if watchlist is None:
        return None
    named = press.naming(db, period.first, period.last, watchlist.entities)
    return named | {r.article for a in acts for r in a.act.reports}
