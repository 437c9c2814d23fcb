"""One running crawl: the archive, the frontier and the counts that all its spiders share."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from sqlite_utils import Database

from crawlers.discovery import Found
from crawlers.frontier import Fetched, Frontier, Visit, page_hash
from crawlers.order import CrawlReport, Order
from pipeline.archive import ArchiveWriter
from pipeline.records import Outcome
from pipeline.source import Source, load_all
from pipeline.store.save import save_sources
from pipeline.store.schema import connect
from pipeline.walls import judge

PAGES_LIMIT = 5_000  # a source and run, where the order sets none
BATCH = 200  # pages between two syncs; what a kill can cost is fetched again
BATCH_BYTES = 64 * 1024 * 1024  # of their bodies, which are held until then
BATCH_SECONDS = 2.0

Tell = Callable[[str, int, int], None]


class Crawl:
    """Opened by the crawling process, closed when its spiders are done.

    A page is first put into the archive, then the archive on the disk, then its outcome into the database: what
    the database calls fetched can always be read again.
    """

    def __init__(self, order: Order, tell: Tell) -> None:
        self.order, self._tell = order, tell
        self.started = datetime.now(UTC)
        self.sources = _sources(order)
        self._limit = PAGES_LIMIT if order.limit is None else order.limit
        self._clock = time.monotonic()
        self._db = _open(order)
        self.run = _begin(self._db, order, self.started)
        self.frontier = Frontier(self._db, self.run, self.started)
        name = f"{self.started:%Y%m%dT%H%M%SZ}-{self.run:05d}"
        self._archive = None if order.dry_run else ArchiveWriter(order.data / "archive", name)
        self._counts: dict[str, Counter[str]] = {s: Counter() for s in order.sources}
        self._discovered: Counter[str] = Counter(dict.fromkeys(order.sources, 0))
        self._planned: Counter[str] = Counter()
        self._warnings: list[tuple[str, str]] = []
        self._would_fetch: list[str] = []
        self._batch: list[tuple[Fetched, datetime]] = []
        self._held = 0
        self._synced = time.monotonic()
        self.failure: BaseException | None = None

    @property
    def until(self) -> date:
        """The last day asked for."""
        return self.order.until or self.started.date()

    def plan(self, source: Source, found: Iterable[Found], *, backlog: bool) -> list[Visit]:
        """What of the found is due, within the order's days and what is left of its limit."""
        listed = [f for f in found if self._in_time(f.hint.published)]
        self._discovered[source.id] += len(listed)
        visits = self.frontier.due(source, listed, keep=not self.order.dry_run)
        if backlog:
            left = self.frontier.backlog(source, (f.url for f in listed))
            visits += [v for v in left if self._in_time(v.hint.published)]
        room = max(0, self._limit - self._planned[source.id])
        if len(visits) > room and self.order.limit is None:
            self.warn(source.id, f"more than {PAGES_LIMIT} pages are due; the rest waits for the next crawl")
        visits = visits[:room]
        self._planned[source.id] += len(visits)
        if self.order.dry_run:
            self._would_fetch += [v.url for v in visits]
            return []
        self._tell(source.id, sum(self._counts[source.id].values()), self._planned[source.id])
        return visits

    def is_full(self, source: Source) -> bool:
        """Whether the source has been given all the pages the order allows."""
        return self._planned[source.id] >= self._limit

    def is_before(self, published: str | None) -> bool:
        """Whether a report's time lies before the first day asked for."""
        return bool(published and self.order.since and published[:10] < self.order.since.isoformat())

    def _in_time(self, published: str | None) -> bool:
        after = bool(published and self.order.until and published[:10] > self.order.until.isoformat())
        return not after and not self.is_before(published)

    def keep(self, item: Fetched) -> None:
        """Take in what became of a url; now and then all of it is written. Raises OSError when the disk is full."""
        self._batch.append((item, item.page.fetched_at if item.page else datetime.now(UTC)))
        self._held += len(item.page.body) if item.page else 0
        if self._is_time_to_sync():
            self.sync()

    def _is_time_to_sync(self) -> bool:
        full = len(self._batch) >= BATCH or self._held >= BATCH_BYTES
        return full or time.monotonic() - self._synced > BATCH_SECONDS

    def sync(self) -> None:
        """Pages into the archive, the archive onto the disk, then outcomes into the database.

        Judging and packing many pages in a row takes half the time it takes between two fetches.
        """
        written = [self._kept(self._judged(item), at) for item, at in self._batch]
        if self._archive:
            self._archive.sync()
        self.frontier.record(written)
        self._batch, self._held = [], 0
        self._synced = time.monotonic()
        for item, _, _ in written:
            self._counts[item.source][item.outcome] += 1
        for source in {item.source for item, _, _ in written}:
            self._tell(source, sum(self._counts[source].values()), self._planned[source])

    def _judged(self, item: Fetched) -> Fetched:
        """A wall is no article; the same bytes as last time, or a page held under its own url, are no new page."""
        if item.outcome is not Outcome.ARTICLE or item.page is None:
            return item
        if refused := judge(item.page, self.sources[item.source]):
            return replace(item, outcome=refused.outcome, reason=refused.reason, etag=None, last_modified=None)
        if self.frontier.is_anothers(item.visit.url, item.page.final_url):
            return replace(item, outcome=Outcome.DUPLICATE, reason=f"of {item.page.final_url}")
        if item.visit.content_hash and item.visit.content_hash == page_hash(item.page):
            return replace(item, outcome=Outcome.NOT_MODIFIED, reason="same bytes")
        return item

    def _kept(self, item: Fetched, at: datetime) -> tuple[Fetched, str | None, datetime]:
        """The item with the name of the WARC its page is now in, where it is one to keep."""
        if self._archive and item.page and item.outcome in (Outcome.ARTICLE, Outcome.HEADLINE):
            return item, self._archive.write(item.page, item.request), at
        return item, None, at

    def warn(self, source: str, text: str) -> None:
        """Note what is amiss with a source; it ends up in the report."""
        if (source, text) not in self._warnings:
            self._warnings.append((source, text))

    def close(self, *, stopped: bool = False) -> CrawlReport:
        """Finish archive and database; the report is kept with the run."""
        warcs: tuple[Path, ...] = ()
        if self._archive:
            self.sync()
            warcs = self._archive.close()
        for source, planned in () if self.order.dry_run else self._planned.items():
            if lost := planned - sum(self._counts[source].values()):
                self.warn(source, f"{lost} planned urls got no outcome; the next crawl asks for them again")
        report = CrawlReport(
            run=self.run,
            counts={s: dict(c) for s, c in self._counts.items()},
            discovered=dict(self._discovered),
            warnings=tuple(self._warnings),
            would_fetch=tuple(self._would_fetch),
            warcs=warcs,
            seconds=round(time.monotonic() - self._clock, 2),
            stopped=stopped,
        )
        if not self.order.dry_run:
            done = {
                "finished_at": _stamp(datetime.now(UTC)),
                "report": msgspec.json.encode(report, enc_hook=str).decode(),
            }
            with self._db.atomic():
                self._db.table("runs").update(self.run, done)
        self._db.close()
        return report


def _sources(order: Order) -> dict[str, Source]:
    """The sources by id, each with its access in this crawl; the sample press is ours, so all of it is full."""
    at_press = dict.fromkeys(load_all(), "full") if order.press else {}
    access = {**at_press, **order.access}
    return {
        name: msgspec.structs.replace(source, access=access.get(name, source.access))
        for name, source in load_all().items()
    }


def _open(order: Order) -> Database:
    path = order.data / "dateline.db"
    if order.dry_run and not path.exists():
        return connect(":memory:")
    path.parent.mkdir(parents=True, exist_ok=True)
    return connect(path)


def _begin(db: Database, order: Order, started: datetime) -> int:
    if order.dry_run:
        return 0
    sources = load_all()
    with db.atomic():
        save_sources(db, (sources[s] for s in order.sources))
        table = db.table("runs").insert({"command": _command(order), "started_at": _stamp(started)})
    return int(table.last_pk or 0)


def _command(order: Order) -> str:
    """As it was typed: only a plain crawl must find something to be well."""
    days = {"--backfill": order.backfill, "--since": order.since, "--until": order.until}
    return " ".join(("crawl", *(option for option, given in days.items() if given)))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
