"""The ledger brought up to date in the database: what is new joins the acts, as if all were read again from nothing.

A report is filed by what was reported before it. So the reports before the earliest new one stay where they are, and
only later ones of the same roots (states, companies) are filed again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from sqlite_utils import Database

from pipeline import figures, tellings, topics, vocabulary
from pipeline.ledger import Filed, Ledger
from pipeline.ledger.actors import actor_of
from pipeline.ledger.close import close
from pipeline.ledger.link import linked
from pipeline.ledger.merge import order
from pipeline.store import acts as store
from pipeline.store import load, reviews
from pipeline.store.tellings import told_in

RULES = "5"  # of the ledger; another one files everything again, as other words do


def gather(db: Database, kinds: Mapping[str, str], today: date | None = None) -> int:
    """File what is new. ``kinds``: source id -> official | agency | newspaper. Returns how many acts stand."""
    day = today or date.today()  # noqa: DTZ011 - statuses turn at the reader's midnight
    with db.atomic():
        if articles := store.unfiled(db, version()):
            acts = _file(db, articles, kinds, day)
            moved = figures.gather(db, articles)
            tellings.gather(db, acts | told_in(db, moved))
            about = ((a.id, topics.of_article(a)) for name in articles for a in load.articles(db, "id = ?", (name,)))
            store.save_topics(db, "article", about)
            store.save_filed(db, articles, version())
        store.turn_statuses(db, day)
        reviews.apply(db.conn)
    return db.table("actions").count_where("withdrawn = 0")


@cache
def version() -> str:
    """Of the ledger's rules and words: another one files everything again."""
    words = b"".join((vocabulary.FOLDER / name).read_bytes() for name in ("ledger.yml", "topics.yml"))
    return f"{RULES}-{hashlib.sha256(words).hexdigest()[:8]}"


def _file(db: Database, articles: list[str], kinds: Mapping[str, str], day: date) -> set[str]:
    """Let the articles' reports join the ledger. Returns the acts that are told otherwise than before."""
    old_acts, since = store.told_before(db, articles)
    new = [item for article in articles for item in store.mentions(db, "m.article = ?", [article])]
    since = min([item.report.reported_at for item in new] + ([since] if since else []), default="")
    roots = {actor_of(item.report.mention).root for item in new} | store.roots_of(db, old_acts)
    before, again = _split(db, roots, new, since)
    ledger = Ledger()
    for filed, act in before:
        ledger.place(filed, act)
    filing = []
    fresh: set[str] = set()
    for number, filed, _ in again:
        act = ledger.take(filed).id
        fresh.add(act)
        filing.append((number, actor_of(filed.report.mention).root, act))
    stale = old_acts | {act for _, _, act in again if act}
    links, old_links = linked(ledger.acts.values()), store.links_in(db, roots)
    touched = (fresh | stale) & ledger.acts.keys()
    touched |= {a for pair in links.items() ^ old_links.items() for a in pair}
    touched |= {links[a] for a in touched if a in links}
    gone = stale - ledger.acts.keys()
    closed = close(ledger.acts.values(), links, kinds, day, only=touched)
    moved = _moved(db, gone, ledger)
    store.save_filing(db, filing)
    store.save_acts(db, closed, {act.id: act.root for act in ledger.acts.values()}, kinds, gone)
    store.save_aliases(db, moved)
    store.save_topics(db, "action", ((act.id, topics.of_act(act)) for act in closed))
    return {act.id for act in closed} | gone


def _split(
    db: Database, roots: set[str], new: Iterable[store.Stored], since: str
) -> tuple[list[tuple[Filed, str]], list[tuple[int, Filed, str | None]]]:
    """The roots' reports before a moment, with their acts, and those from it on; both in their order."""
    items = {item.id: item for item in new}
    for root in roots:
        items |= {item.id: item for item in store.mentions(db, "f.root = ?", [root])}
    pairs = sorted(((item, _filed(item)) for item in items.values()), key=lambda pair: order(pair[1]))
    before = [(filed, item.act) for item, filed in pairs if item.act and item.report.reported_at < since]
    again = [(item.id, filed, item.act) for item, filed in pairs if item.report.reported_at >= since]
    return before, again


def _filed(item: store.Stored) -> Filed:
    return Filed(item.report, item.story, None, item.agency)


def _moved(db: Database, gone: set[str], ledger: Ledger) -> dict[str, str]:
    """Where the reports of acts that are gone are told now: old id -> the act with most of their sentences."""
    if not gone:
        return {}
    places: dict[tuple[str, int], set[str]] = defaultdict(set)
    for name, found in ledger.acts.items():
        for item in found.reports:
            places[(item.report.article, item.report.mention.start)].add(name)
    out = {}
    for old in sorted(gone):
        rows = db.execute("select article, start, type from action_reports where action = ?", [old]).fetchall()
        votes: Counter[str] = Counter()
        for article, start, kind in rows:
            for act in places.get((article, start), ()):
                votes[act] += 2 if kind in ledger.acts[act].types else 1
        if votes:
            out[old] = max(sorted(votes), key=lambda act: votes[act])
    return out
