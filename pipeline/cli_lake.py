"""``dateline backfill``, ``compact`` and ``slice``: years of WARC shards, on one machine or many."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import terminal
from pipeline.records import DatelineError

if TYPE_CHECKING:
    from pipeline.lake.backfill import Backfill, Estimate
    from pipeline.lake.shard import Manifest

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Id of a source, again for more; else all.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="ISO 639-1 code; all without it.")]
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")]
Lake = Annotated[Path, typer.Argument(help="The lake's folder.")]


class Engine(StrEnum):
    """What reads the shards."""

    LOCAL = "local"
    DASK = "dask"


@app.command()
def backfill(
    warcs: Annotated[list[str], typer.Argument(metavar="WARC...", help="Files, folders, patterns or fsspec urls.")],
    out: Annotated[Path, typer.Option("--out", help="The lake's folder; made where there is none.")],
    engine: Annotated[Engine, typer.Option(help="dask: processes here or on a cluster.")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler; means --engine dask.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Shards side by side on this machine.")] = os.cpu_count() or 1,
    sources: Sources = None,
    languages: Languages = None,
    since: Day = None,
    until: Day = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was set aside.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read one shard and tell what all would take.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read WARC shards into a lake of Parquet files; what is done is not done again.

    Exit 1 where a shard could not be read. Example:
    `dateline backfill 'crawl-data/CC-NEWS/2024/07/*.warc.gz' --out lake --since 2024-06-24`
    """
    lake = _library()
    wanted = lake.Wanted(tuple(sources or ()), tuple(languages or ()), _day(since), _day(until))
    shards = lake.find_shards(warcs, wanted)
    if dry_run:
        with tempfile.TemporaryDirectory() as scratch:
            _show_estimate(lake.estimate(shards, Path(scratch)), as_json)
        return
    from pipeline.lock import hold

    with hold(out), _progress(len(shards)) as tell:
        done = lake.backfill(
            shards,
            out,
            engine="dask" if scheduler else engine.value,
            scheduler=scheduler,
            workers=workers,
            retry=retry,
            tell=tell,
            linked=lambda url: typer.echo(f"dashboard: {url}", err=True),
        )
    _show(done, as_json)
    if done.failed:
        raise typer.Exit(1)


@app.command()
def compact(lake: Lake, as_json: AsJson = False) -> None:
    """Rewrite a lake's many small shards as one pack of few large files."""
    _library()
    from pipeline.lake.compact import compact as pack
    from pipeline.lock import hold

    with hold(_there(lake)):
        packed = pack(lake)
    terminal.echo_json({"packed": packed}) if as_json else typer.echo(f"{packed} shards packed")


@app.command("slice")
def slice_(
    lake: Lake,
    data: Annotated[Path, typer.Option("--data", help="Folder for the new dataset.")],
    sources: Sources = None,
    languages: Languages = None,
    since: Day = None,
    until: Day = None,
    topic: Annotated[str | None, typer.Option(help="Only articles about it; the topics stand in topics.yml.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the dataset that `dateline serve` serves from a part of a lake; acts and stories are gathered over it.

    Example: `dateline slice lake --since 2024-06-24 --topic trade --data week26`
    """
    _library()
    from pipeline import topics
    from pipeline.lake.take import Part, take
    from pipeline.lock import hold
    from pipeline.store import connect, database_path

    if topic and topic not in topics.topics():
        raise DatelineError(f"no topic {topic!r}; there are {', '.join(topics.topics())}")
    part = Part(tuple(sources or ()), tuple(languages or ()), _day(since), _day(until), topic)
    with hold(data), terminal.progress("slice") as tell:
        db = connect(database_path(data))
        if db.table("articles").count:
            raise DatelineError(f"{database_path(data)} holds articles already; a slice needs a folder of its own")
        taken = take(_there(lake), part, db, tell)
    if as_json:
        terminal.echo_json(asdict(taken))
    else:
        typer.echo(f"{taken.articles} articles ({taken.reprints} reprints), {taken.acts} acts, {taken.stories} stories")
        typer.echo(f"next: dateline serve --data {data}")


class _Library:
    """The parts of the lake, imported when they are needed."""

    def __init__(self) -> None:
        from pipeline.lake import backfill as many
        from pipeline.lake.shard import Wanted

        self.Wanted, self.find_shards = Wanted, many.find_shards
        self.estimate, self.backfill = many.estimate, many.backfill


def _library() -> _Library:
    try:
        return _Library()
    except ImportError as error:
        raise DatelineError(f"{error.name} is missing: pip install 'dateline[cluster]'") from error


def _there(lake: Path) -> Path:
    if not (lake / "shards").is_dir():
        raise DatelineError(f"no lake at {lake}: dateline backfill WARC... --out {lake} makes one")
    return lake


def _day(text: str | None) -> str | None:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise DatelineError(f"{text!r} is no day: write it as 2024-07-09") from error


@contextmanager
def _progress(shards: int) -> Iterator[Callable[[Manifest], None]]:
    """Shards done and articles read, told as each shard ends."""
    done = articles = 0
    with terminal.progress("backfill") as tell:

        def heard(manifest: Manifest) -> None:
            nonlocal done, articles
            done, articles = done + 1, articles + manifest.articles
            tell("articles", articles, None)
            tell("shards", done, shards)

        yield heard


def _show(done: Backfill, as_json: bool) -> None:
    if as_json:
        terminal.echo_json(asdict(done))
        return
    typer.echo(
        f"{done.read} shards read, {done.before} done before; {done.articles} articles ({done.reprints} reprints)"
        + (f", {done.set_aside} documents set aside" if done.set_aside else "")
    )
    for url, why in done.failed.items():
        typer.echo(f"set aside: {url}: {why}", err=True)


def _show_estimate(found: Estimate, as_json: bool) -> None:
    if as_json:
        terminal.echo_json(asdict(found))
        return
    typer.echo(
        f"{found.shards} shards, {found.bytes_in / 1e9:.2f} GB: about {found.articles} articles,"
        f" {found.core_hours:.2f} core hours, {found.bytes_out / 1e9:.3f} GB of lake"
    )
    typer.echo(f"by what {found.tried} took; nothing was written")
