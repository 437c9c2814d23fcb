"""The ledger brought up to date in the database: what is new joins the acts, as if all were read again from nothing.

A report is filed by what was reported before it. So the reports before the earliest new one stay where they are, and
those from it on are filed again; of the acts told before, only those that a report could join are read.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from sqlite_utils import Database

from pipeline import figures, tellings, topics, vocabulary
from pipeline.ledger import Filed, Ledger
from pipeline.ledger.blocks import act_blocks
from pipeline.ledger.close import close
from pipeline.ledger.merge import order
from pipeline.store import acts as store
from pipeline.store import load, reviews, shelf
from pipeline.store.tellings import told_in

RULES = "12"  # of the ledger; another one files everything again, as other words do
AT_ONCE = 10_000  # articles whose acts are held in memory at a time


def gather(db: Database, kinds: Mapping[str, str], today: date | None = None) -> int:
    """File what is new. ``kinds``: source id -> official | agency | newspaper. Returns how many acts stand."""
    day = today or date.today()  # noqa: DTZ011 - statuses turn at the reader's midnight
    with db.atomic():
        if articles := shelf.unfiled(db, version()):
            acts = _file(db, articles, kinds, day)
            moved = figures.gather(db, articles)
            tellings.gather(db, acts | told_in(db, moved))
            about = ((a.id, topics.of_article(a)) for name in articles for a in load.articles(db, "id = ?", (name,)))
            store.save_topics(db, "article", about)
            shelf.save_filed(db, articles, version())
        store.turn_statuses(db, day, kinds)
        reviews.apply(db.conn)
    return db.table("actions").count_where("withdrawn = 0")


@cache
def version() -> str:
    """Of the ledger's rules and words: another one files everything again."""
    words = b"".join((vocabulary.FOLDER / name).read_bytes() for name in ("ledger.yml", "topics.yml"))
    return f"{RULES}-{hashlib.sha256(words).hexdigest()[:8]}"


class Shelf:
    """The acts of the database as the ledger's shelf."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def latest(self, block: int, count: int) -> Sequence[tuple[str, str]]:
        """The acts told last of a block."""
        return shelf.latest(self._db, block, count)

    def reports(self, acts: Collection[str]) -> Iterable[tuple[str, Filed]]:
        """The reports of acts, in their order."""
        told = ((str(item.act), _filed(item)) for item in shelf.mentions_in(self._db, acts))
        return sorted(told, key=lambda pair: order(pair[1]))

    def links(self, acts: Collection[str]) -> Iterable[tuple[str, str, str]]:
        """The links of acts."""
        return shelf.links(self._db, acts)


def _file(db: Database, articles: list[str], kinds: Mapping[str, str], day: date) -> set[str]:
    """Let the articles' reports join the ledger. Returns the acts that are told otherwise than before."""
    moment, lost = shelf.since(db, articles)
    if moment is None:
        return set()
    again = shelf.told_from(db, moment)
    places, stale = shelf.take_back(db, again, lost, moment)
    _shelve(db, stale)
    changed = set(lost)
    for start in range(0, len(again), AT_ONCE):
        ledger = Ledger(Shelf(db))
        won, without = _take(db, ledger, again[start : start + AT_ONCE], places)
        lost |= without
        changed |= won | without
        taken = ledger.taken()
        changed |= _settle(db, ledger, taken & changed, taken, kinds, day)
    changed |= _settle(db, Ledger(Shelf(db)), lost, lost, kinds, day)
    gone = lost - shelf.still_told(db, lost)
    moved = _moved(db, gone)
    store.save_acts(db, (), kinds, gone)
    shelf.save_aliases(db, moved)
    return changed


def _shelve(db: Database, acts: set[str]) -> None:
    """Let acts be found by what was told of them before the reports that were taken back."""
    ledger = Ledger(Shelf(db))
    ledger.fetch(acts)
    told = ((number, act.id, item.told) for act in ledger.acts.values() for number, item in act_blocks(act))
    shelf.save_filing(db, (), told, ())


def _take(
    db: Database, ledger: Ledger, articles: Collection[str], places: Mapping[int, str]
) -> tuple[set[str], set[str]]:
    """File the reports of articles. Returns the acts that won one and those that lost one. ``places``: where each
    mention was before."""
    won, lost = set(), set()
    filing: list[tuple[int, str]] = []
    pairs = [(_filed(item), item.id) for item in shelf.mentions_of(db, articles)]
    for filed, number in sorted(pairs, key=lambda pair: order(pair[0])):
        act, before = ledger.take(filed).id, places.get(number)
        filing.append((number, act))
        if act != before:
            won.add(act)
            lost |= {before} if before else set()
    ledger.finish()
    blocks = ((n, act, told) for n, acts in ledger.blocks.told.items() for act, told in acts.items())
    links = ((act.id, other, told) for act in ledger.acts.values() for other, told in act.links.items())
    shelf.save_filing(db, filing, blocks, links)
    return won, lost


def _settle(
    db: Database, ledger: Ledger, told: set[str], asked: set[str], kinds: Mapping[str, str], day: date
) -> set[str]:
    """Store acts that are told otherwise, and both ends of links that have changed. Returns all that were stored.

    ``asked``: the acts whose own links can have changed.
    """
    asked = asked | shelf.changers(db, told)
    links, before = _links(db, ledger, asked), shelf.held_links(db, asked)
    moved = {act for act in asked if links.get(act) != before.get(act)}
    told = told | moved | {other for act in moved for other in (links.get(act), before.get(act)) if other}
    told |= {links[act] for act in told if act in links}
    links |= _links(db, ledger, told | shelf.changers(db, told))
    closed = close(ledger.acts.values(), links, kinds, day, only=told)
    store.save_acts(db, closed, kinds)
    store.save_topics(db, "action", ((act.id, topics.of_act(act)) for act in closed))
    return told


def _links(db: Database, ledger: Ledger, acts: set[str]) -> dict[str, str]:
    """The links that acts hold now, with both acts in memory."""
    ledger.fetch(acts)
    ledger.fetch({other for act in acts if act in ledger.acts for other in ledger.acts[act].links})
    return ledger.links(acts)


def _filed(item: shelf.Stored) -> Filed:
    return Filed(item.report, item.story, None, item.agency)


def _moved(db: Database, gone: set[str]) -> dict[str, str]:
    """Where the reports of acts that are gone are told now: old id -> the act with most of their sentences."""
    out = {}
    for old in sorted(gone):
        rows = db.execute("select article, start, type from action_reports where action = ?", [old]).fetchall()
        votes: Counter[str] = Counter()
        for article, start, kind in rows:
            types = defaultdict(set)
            for act, other in shelf.told_at(db, article, start):
                types[act].add(other)
            votes.update({act: 2 if kind in told else 1 for act, told in types.items()})
        if votes:
            out[old] = max(sorted(votes), key=lambda act: votes[act])
    return out
