"""What is known of each url, in the ``pages`` table: when seen and fetched, with what outcome, and when next due."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database

from crawlers.discovery import Found
from pipeline.records import Hint, Outcome, Page
from pipeline.source import Source

# How long after a fetch a page is due again: by its age for what can change, by its outcome for the rest.
_BY_AGE = (
    (timedelta(hours=6), timedelta(hours=2)),
    (timedelta(days=2), timedelta(hours=12)),
    (timedelta(days=14), timedelta(days=3)),
    (timedelta(days=60), timedelta(days=30)),
)
_OLD = timedelta(days=180)
_YOUNG = timedelta(days=60)  # since a list last named it; after that a page is only looked at when one does
_AFTER = {
    Outcome.ERROR: timedelta(hours=1),
    Outcome.BLOCKED: timedelta(days=1),
    Outcome.CONSENT: timedelta(days=1),
    Outcome.ROBOTS: timedelta(days=7),
    Outcome.SOFT_404: timedelta(days=30),
    Outcome.TOO_BIG: timedelta(days=30),
    Outcome.NOT_NEWS: timedelta(days=90),
    Outcome.REDIRECT_OFF_SITE: timedelta(days=90),
    Outcome.GONE: timedelta(days=90),
}
# What a page is found to be; a page that was not modified keeps the outcome it had, each the values not told anew.
_REST = """
update pages set final_url = coalesce(:final_url, final_url), etag = coalesce(:etag, etag),
  last_modified = coalesce(:last_modified, last_modified),
  listed_modified = coalesce(:listed_modified, listed_modified),
  content_hash = coalesce(:content_hash, content_hash), warc = coalesce(:warc, warc),
  fetched_at = :fetched_at, next_due = :next_due
where url = :url
"""
_RECORD = _REST.replace("set ", "set outcome = :outcome, reason = :reason, status = :status, ", 1)
_FETCH = """
insert into fetches (run, url, source, outcome, reason, status, bytes, at) values (?, ?, ?, ?, ?, ?, ?, ?)
"""
_CHUNK = 500  # urls a query; SQLite allows 32,766 variables


@dataclass(frozen=True, slots=True)
class Visit:
    """A url to fetch, with what a conditional request needs."""

    url: str
    hint: Hint
    modified: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None  # of what was fetched last


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one visit. ``page`` is there when something is to be archived."""

    visit: Visit
    source: str
    outcome: Outcome
    reason: str = ""
    page: Page | None = None
    status: int = 0
    etag: str | None = None
    last_modified: str | None = None
    request: tuple[tuple[str, str], ...] = ()


class Frontier:
    """The state of every url of every source, read when a crawl is planned and written as it goes."""

    def __init__(self, db: Database, run: int, now: datetime) -> None:
        self._db, self._run, self._now = db, run, now
        self._led_to: dict[str, str] = {}  # redirects of this run: where to -> the first url that led there

    def due(self, source: Source, found: Iterable[Found], *, keep: bool) -> list[Visit]:
        """What of the found urls is to be fetched, newest first. ``keep``: note that they were seen."""
        listed = {f.url: f for f in found}
        known = self._known(listed)
        if keep:
            self._see(source, listed.values())
        visits = [
            self._visit(f, known.get(url)) for url, f in listed.items() if self._is_due(f, known.get(url), source)
        ]
        return sorted(visits, key=lambda v: v.hint.published or "", reverse=True)

    def backlog(self, source: Source, but: Iterable[str]) -> list[Visit]:
        """Due pages that no list names now: a stopped run's, those that failed, and young ones to look at again."""
        listed = set(but)
        again = (
            "or (next_due <= :now and (outcome in ('error', 'blocked', 'consent')"
            " or (outcome in ('article', 'not_modified') and last_seen >= :young)))"
        )
        rows = self._db.query(
            f"select * from pages where source = :source and (next_due is null"  # noqa: S608 - our own words
            f" {'' if source.access == 'headline' else again}) order by published desc limit 5000",
            {"source": source.id, "now": _stamp(self._now), "young": _stamp(self._now - _YOUNG)},
        )
        return [
            Visit(
                row["url"],
                Hint(title=row["title"], published=row["published"], section=row["section"]),
                row["listed_modified"],
                row["etag"],
                row["last_modified"],
                row["content_hash"],
            )
            for row in rows
            if row["url"] not in listed
        ]

    def _known(self, urls: Iterable[str]) -> dict[str, dict[str, str | None]]:
        todo = list(urls)
        known = {}
        for start in range(0, len(todo), _CHUNK):
            some = todo[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            for row in self._db.query(f"select * from pages where url in ({marks})", some):  # noqa: S608
                known[row["url"]] = row
        return known

    def _is_due(self, found: Found, row: dict[str, str | None] | None, source: Source) -> bool:
        if row is None or not row["next_due"]:
            return True
        if source.access == "headline":
            return row["outcome"] != Outcome.ARTICLE and row["content_hash"] != hint_hash(found.hint)
        changed = found.modified is not None and found.modified != row["listed_modified"]
        return changed or row["next_due"] <= _stamp(self._now)

    @staticmethod
    def _visit(found: Found, row: dict[str, str | None] | None) -> Visit:
        return Visit(
            found.url,
            found.hint,
            found.modified,
            row["etag"] if row else None,
            row["last_modified"] if row else None,
            row["content_hash"] if row else None,
        )

    def _see(self, source: Source, found: Iterable[Found]) -> None:
        now = _stamp(self._now)
        with self._db.atomic():
            self._db.conn.executemany(
                "insert into pages (url, source, first_seen, last_seen, title, published, section)"
                " values (?, ?, ?, ?, ?, ?, ?) on conflict (url) do update set last_seen = excluded.last_seen,"
                " title = coalesce(excluded.title, title), published = coalesce(excluded.published, published),"
                " section = coalesce(excluded.section, section)",
                [(f.url, source.id, now, now, f.hint.title, f.hint.published, f.hint.section) for f in found],
            )

    def is_anothers(self, url: str, final_url: str) -> bool:
        """Whether the page a url led to is known, or in this run was come to, under another url."""
        if final_url == url:
            return False
        first = self._led_to.setdefault(final_url, url)
        query = "select 1 from pages where url = :final or (final_url = :final and url != :url) limit 1"
        return first != url or bool(next(self._db.query(query, {"final": final_url, "url": url}), None))

    def record(self, fetched: Iterable[tuple[Fetched, str | None, datetime]]) -> None:
        """Write the outcomes (each with its WARC's name and time) in one transaction."""
        with self._db.atomic():
            for item, warc, at in fetched:
                unchanged = item.outcome is Outcome.NOT_MODIFIED
                self._db.conn.execute(_REST if unchanged else _RECORD, self._page_row(item, warc, at))
                self._db.conn.execute(_FETCH, self._fetch_row(item, at))

    @staticmethod
    def _page_row(item: Fetched, warc: str | None, at: datetime) -> dict[str, object]:
        page, visit = item.page, item.visit
        return {
            "url": visit.url,
            "outcome": item.outcome,
            "reason": item.reason or None,
            "status": item.status,
            "final_url": page.final_url if page else None,
            "etag": item.etag,
            "last_modified": item.last_modified,
            "listed_modified": visit.modified,
            "content_hash": page_hash(page) if page else None,
            "fetched_at": _stamp(at),
            "next_due": _stamp(at + due_after(item.outcome, visit.hint.published, at)),
            "warc": warc,
        }

    def _fetch_row(self, item: Fetched, at: datetime) -> tuple[object, ...]:
        size = len(item.page.body) if item.page else 0
        told = (item.outcome, item.reason or None, item.status)
        return (self._run, item.visit.url, item.source, *told, size, _stamp(at))


def page_hash(page: Page) -> str:
    """Of the bytes; of the hint for a headline page, which has none."""
    return hashlib.sha256(page.body).hexdigest() if page.status else hint_hash(page.hint)


def hint_hash(hint: Hint) -> str:
    """Of what makes a headline another one: a summary that a feed adds or drops does not."""
    return hashlib.sha256(f"{hint.title}\n{hint.published}".encode()).hexdigest()


def due_after(outcome: Outcome, published: str | None, now: datetime) -> timedelta:
    """How long a page rests: fresh ones hours, old ones half a year, refused ones by what refused them."""
    if outcome in _AFTER:
        return _AFTER[outcome]
    age = now - _moment(published, now)
    return next((rest for upto, rest in _BY_AGE if age < upto), _OLD)


def _moment(published: str | None, now: datetime) -> datetime:
    if not published:
        return now
    if len(published) == len("2024-07-09"):
        return datetime.combine(date.fromisoformat(published), datetime.min.time(), UTC)
    return datetime.fromisoformat(published)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
