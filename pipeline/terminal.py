"""What a person sees: progress and notes on standard error, results on standard output, colour only on a terminal."""

from __future__ import annotations

import errno
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline import durable
from pipeline.records import DatelineError

if TYPE_CHECKING:
    from crawlers.run import CrawlReport
    from pipeline.process import Processed
    from pipeline.steps import SourceCheck
    from pipeline.store.watch import Match

Tell = Callable[[str, int, int | None], None]
HEARTBEAT = 60.0  # seconds between lines where there is no terminal


class OutputError(DatelineError):
    """What was asked for cannot be written."""


_DISK = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO})
_DISK_OF_SQLITE = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)


def is_of_the_disk(error: OSError | sqlite3.OperationalError) -> bool:
    """Whether the fault is the disk's (full, read-only, failing), which a person mends, not the program's."""
    if isinstance(error, OSError):
        return error.errno in _DISK
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DISK_OF_SQLITE  # the primary code of an extended one


def to_day(text: str | None, option: str) -> date | None:
    """The day an option was given, or none. Raises DatelineError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DatelineError(f"{option} {text!r} is no day; write it like 2024-07-01") from None


@contextmanager
def progress(task: str) -> Iterator[Tell]:
    """A bar a step on a terminal; elsewhere one JSON line a minute."""
    if not sys.stderr.isatty():
        yield _heartbeat(task)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        known: dict[str, Any] = {}

        def tell(step: str, done: int, total: int | None) -> None:
            if step not in known:
                known[step] = bars.add_task(step, total=total)
            bars.update(known[step], completed=done, total=total)

        yield tell


def _heartbeat(task: str) -> Tell:
    last = time.monotonic()

    def tell(step: str, done: int, total: int | None) -> None:
        nonlocal last
        if time.monotonic() - last >= HEARTBEAT:
            last = time.monotonic()
            typer.echo(json.dumps({"task": task, "step": step, "done": done, "of": total}), err=True)

    return tell


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[str], None]]:
    """A function that writes lines to the file, whole or not at all, or to standard output."""
    if path is None:
        yield typer.echo
        return
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            yield lambda line: print(line, file=file)
            durable.flush(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    durable.rename(draft, path)


def echo_json(value: object) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def crawled(report: CrawlReport) -> dict[str, Any]:
    """The report as plain values, paths as text."""
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(report, enc_hook=str)
    return plain


def show_crawl(report: CrawlReport, as_json: bool) -> None:
    """Counts a source by outcome."""
    if as_json:
        echo_json(crawled(report))
        return
    table("Crawled", ("source", "outcome", "pages"), _counts(report.counts))
    for source, warning in report.warnings:
        typer.echo(f"{source}: {warning}" if source else warning, err=True)


def show_processed(done: Processed, as_json: bool) -> None:
    """What the way behind the archive did."""
    if as_json:
        echo_json(asdict(done))
        return
    rows = [(k, v) for k, v in asdict(done).items() if k != "skipped"]
    table("Processed", ("", "count"), [*rows, *((f"skipped: {k}", v) for k, v in done.skipped.items())])


def show_status(health: list[dict[str, Any]], as_json: bool) -> None:
    """Each source's health, then its last days, a row each, then what could not be read, then what is amiss."""
    if as_json:
        echo_json(health)
        return
    columns = ("source", "articles", "freshest", "state", "last run")
    table("Sources", columns, [[source[c] for c in columns] for source in health])
    days = [_day_row(day) for source in health for day in source["days"]]
    table("Days", ("source", "day", "expected", "found", "fetched", "articles", "the rest", "filled, %"), days)
    aside = [(source["source"], *document.values()) for source in health for document in source["set aside"]]
    if aside:
        table("Set aside until reading changes", ("source", "step", "url", "reason", "tries", "last"), aside)
    for source in health:
        for warning in source["warnings"]:
            typer.echo(f"{source['source']}: {warning}")


def _day_row(day: Mapping[str, Any]) -> tuple[object, ...]:
    rest = ("headlines", "unchanged", "turned_away", "paywalls", "no_reports", "errors")
    filled = ("title", "time", "byline", "text")
    return (
        *(day["source"], day["day"]),
        "" if day["expect_low"] is None else f"{day['expect_low']}-{day['expect_high']}",
        *(day["discovered"], day["fetched"], day["articles"]),
        ", ".join(f"{day[k]} {k.replace('_', ' ')}" for k in rest if day[k]),
        ", ".join(f"{k} {day[f'{k}_pct']:.0f}" for k in filled if day[f"{k}_pct"] is not None),
    )


def show_check(found: SourceCheck, as_json: bool) -> None:
    """What each selector gave, page by page; then the fields that nothing gave."""
    if as_json:
        echo_json(asdict(found) | {"broken": found.broken})
        return
    for page in found.pages:
        rows = [(t.field, t.selector, "(older template)" if t.old else t.gave or "NOTHING") for t in page.tried]
        if page.refused:
            typer.echo(f"{page.url}: {page.refused}")
        else:
            table(page.url, ("field", "selector", "gave"), rows)
    for warning in found.warnings:
        typer.echo(f"{found.source}: {warning}")
    if not found.pages:
        typer.echo(f"{found.source}: no page to look at")
    for field in found.drifted:
        typer.echo(f"{found.source}: no selector finds {field}")


def show_read(row: Mapping[str, Any], as_json: bool) -> None:
    """One page as read: its fields, then its text."""
    if as_json:
        echo_json(row)
        return
    for key in ("outcome", "reason", "url", "title", "byline", "published", "zone", "section", "language", "access"):
        if value := row.get(key):
            typer.echo(f"{key:>10}  {', '.join(value) if isinstance(value, tuple) else value}")
    if text := row.get("text"):
        typer.echo(f"\n{text}")


def show_paths(paths: Iterable[Path]) -> None:
    """The files that were written."""
    for path in paths:
        typer.echo(f"wrote {path}")


def show_matches(found: Iterable[Match]) -> None:
    """The acts on watchlists."""
    rows = [(m.watchlist, m.title, m.status.replace("_", " "), m.why, m.matched_at[:10]) for m in found]
    table("Watched", ("watchlist", "act", "status", "why", "since"), rows)


def _counts(counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str, int]]:
    return [(source, outcome, n) for source, by in sorted(counts.items()) for outcome, n in sorted(by.items())]


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table on standard output."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(markup=False, highlight=False).print(table)
