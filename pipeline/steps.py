"""The steps as the command line and the demo take them: each opens the data folder, does its work, reports."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.lock import hold
from pipeline.records import DatelineError
from pipeline.store import database_path

if TYPE_CHECKING:
    from sqlite_utils import Database

    from crawlers.run import CrawlReport
    from pipeline.digest import Period
    from pipeline.extract.check import Checked
    from pipeline.process import Processed, Progress
    from pipeline.store.watch import Match
    from pipeline.watchlist import Watchlist

ROOT = Path(__file__).resolve().parent.parent
BASE_URL = "http://127.0.0.1:8001"  # where ``dateline serve`` serves


def crawl(data: Path, sources: Sequence[str], *, progress: Progress | None = None, **options: Any) -> CrawlReport:
    """Collect into ``data/archive`` and note each url's state in the database."""
    from crawlers.run import crawl as collect

    with hold(data):
        return collect(sources, data=data, progress=progress, **options)


def process(data: Path, *, again: bool = False, fast: bool = False, progress: Progress | None = None) -> Processed:
    """Read the archive into the database."""
    from pipeline import archive, quarantine
    from pipeline.process import process as walk
    from pipeline.store import connect, runs

    with hold(data):
        quarantine.check_words()
        db = connect(database_path(data))
        _lists(db, data)
        run = runs.begin(db, " ".join(["process", *(["--all"] if again else []), *(["--fast"] if fast else [])]))
        done = walk(db, archive.archives(data / "archive"), again=again, fast=fast, progress=progress)
        archive.forget(data / "archive")
        _watch(db, data)
        runs.end(db, run, asdict(done))
    return done


def _watch(db: Database, data: Path) -> None:
    """Note which acts are on the watchlists of the data folder."""
    from pipeline.store import watch

    watch.save_matches(db, _lists(db, data), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _lists(db: Database, data: Path) -> tuple[Watchlist, ...]:
    from pipeline.store import digest as rows
    from pipeline.watchlist import load_all

    return tuple(load_all(data, rows.names(db)))


def watch(data: Path, name: str | None = None) -> tuple[Match, ...]:
    """The acts on a watchlist, or on any, as the lists are now; the newest match first."""
    from pipeline.store import digest as rows
    from pipeline.store import watch as matches
    from pipeline.watchlist import load

    db = _stored(data)
    with hold(data):
        if name:
            load(data, name, rows.names(db))  # says what to mend where there is none
        _watch(db, data)
        return tuple(matches.matches(db, name))


def digest(
    data: Path,
    period: Period | str | None,
    formats: Sequence[str] = ("md", "html"),
    out: Path | None = None,
    *,
    watchlist: str | None = None,
    base_url: str = BASE_URL,
    again: bool = False,
    **mail: Any,
) -> tuple[Path, ...]:
    """Write the digest of a period, of an ISO week by its name, or of the last full week; return the files.

    The database remembers what was told, and the digests of later weeks repeat only what changed; ``again`` tells all
    and remembers nothing. ``mail``: ``to`` and ``sender`` of a message. Raises ValueError for a bad week or format.
    """
    from pipeline import digest as weekly
    from pipeline.store import digest as rows
    from pipeline.store import sent

    for name in formats:
        if name not in weekly.FORMATS:
            raise ValueError(f"no format {name!r}; there are {', '.join(weekly.FORMATS)}")
    asked = weekly.parse_week(period) if isinstance(period, str) else period
    asked = asked or weekly.week(_last_monday(date.today()))  # noqa: DTZ011
    db = _stored(data)
    watched = weekly.load(data, watchlist, rows.names(db)) if watchlist else None
    told = {} if again else sent.before(db, watchlist or "", asked.first)
    made = weekly.compose(db, asked, watchlist=watched, told=told, base_url=base_url)
    paths = weekly.write(made, out or data / "digests", formats, **mail)
    if not again:
        sent.remember(db, watchlist or "", asked.first, asked.last, weekly.items(made))
    return paths


def status(data: Path, days: int = 7) -> list[dict[str, Any]]:
    """Each source's health, as the last run left it, with its last days and what is amiss."""
    from pipeline.store import health

    return [dict(row) for row in health.sources(_stored(data), days)]


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What the selectors of a source gave on a few pages. ``drifted``: fields that no page gave."""

    source: str
    pages: tuple[Checked, ...]
    drifted: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        """No page could be read, or no selector finds one of the fields a report cannot do without."""
        read = [page for page in self.pages if page.refused is None]
        return not read or bool({"title", "published", "text"} & set(self.drifted))


def check(data: Path, name: str, *, live: bool, press: str | None = None, pages: int = 3) -> SourceCheck:
    """Try the source's selectors on its newest pages of the archive, or on pages fetched now and not kept."""
    from itertools import islice

    from pipeline import archive
    from pipeline.extract import check as looking
    from pipeline.records import Page
    from pipeline.source import load_all

    source = load_all()[name]
    warnings: tuple[str, ...] = ()

    def newest(files: Sequence[Path]) -> tuple[Checked, ...]:
        found = (
            p for f in reversed(files) for p in archive.read_pages([f]) if isinstance(p, Page) and p.source == name
        )
        return tuple(looking.check(page, source) for page in islice(found, pages))

    if live:
        with tempfile.TemporaryDirectory() as passing:
            report = crawl(Path(passing), [name], press=press, limit=pages)
            checked = newest(archive.archives(Path(passing) / "archive"))
        refused = (f"{outcome}: {n} pages" for outcome, n in report.counts[name].items() if outcome != "article")
        warnings = (*(text for _, text in report.warnings), *refused)
    else:
        checked = newest(archive.archives(data / "archive"))
    return SourceCheck(name, checked, looking.drifted(checked, source), warnings)


def new_source(name: str, url: str, *, press: str | None = None) -> tuple[Path, ...]:
    """Write the files of a new source into the project. Raises DatelineError."""
    from crawlers.new_source import new_source as write

    return write(name, url, root=ROOT, press=press)


def _stored(data: Path) -> Database:
    """The database of a data folder that has one. Raises DatelineError."""
    from pipeline.store import connect

    if not database_path(data).exists():
        raise DatelineError(f"no database in {data}; run dateline demo or dateline run first")
    return connect(database_path(data))


def _last_monday(today: date) -> date:
    """The Monday that began the last full week."""
    return today - timedelta(days=today.weekday() + 7)
