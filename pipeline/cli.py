"""``dateline``: one command per step of the way.

Heavy libraries are imported where a command needs them, so that ``dateline --help`` answers at once.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipeline import cli_collecting, cli_digest, cli_lake, cli_publish, cli_texts, log, terminal
from pipeline.cli_texts import Fast
from pipeline.records import DatelineError

BAD_INPUT = 2

app = typer.Typer(
    help="Reads the news and keeps the policy: who did what to whom, from which day, on whose word.\n\n"
    "crawl collects pages, process reads them, serve shows the dataset, digest writes the week. "
    "run does the first two and the digest; demo does all of it over the sample press.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(cli_collecting.app)
app.add_typer(cli_texts.app)
app.add_typer(cli_digest.app)
app.add_typer(cli_publish.app)
app.add_typer(cli_lake.app)

Data = Annotated[Path, typer.Option("--data", envvar="DATELINE_DATA", help="The data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Sources = Annotated[list[str] | None, typer.Argument(help="Ids of sources; all without one.")]
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")]


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Options that come before the command."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"dateline {installed('dateline')}")
        raise typer.Exit


@app.command()
def crawl(
    sources: Sources = None,
    data: Data = Path("data"),
    since: Day = None,
    until: Day = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many pages a source.")] = None,
    backfill: Annotated[bool, typer.Option(help="Walk the source's archive by date, newest first.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be fetched.")] = False,
    press: Annotated[str | None, typer.Option(envvar="DATELINE_PRESS", help="Address of a sample press.")] = None,
    as_json: AsJson = False,
) -> None:
    """Collect new pages of the sources into the archive.

    Example: `dateline crawl wipo xinhua --since 2024-07-01 --limit 50`
    """
    from pipeline import steps

    with terminal.progress("crawl") as tell:
        report = steps.crawl(
            data,
            _known(sources),
            press=press,
            since=terminal.to_day(since, "--since"),
            until=terminal.to_day(until, "--until"),
            limit=limit,
            backfill=backfill,
            dry_run=dry_run,
            progress=tell,
        )
    terminal.show_crawl(report, as_json)


@app.command()
def process(
    data: Data = Path("data"),
    again: Annotated[bool, typer.Option("--all", help="Read the whole archive anew.")] = False,
    fast: Fast = False,
    as_json: AsJson = False,
) -> None:
    """Read what is new in the archive: articles, facts, stories, acts. No network is used.

    Articles that were read the other way, with or without --fast, are read again, so that one dataset is read one way.
    """
    from pipeline import steps

    with terminal.progress("process") as tell:
        done = steps.process(data, again=again, fast=fast, progress=tell)
    terminal.show_processed(done, as_json)


@app.command()
def run(sources: Sources = None, data: Data = Path("data"), as_json: AsJson = False) -> None:
    """Crawl, process and write the digest of the week just ended: the daily job."""
    from pipeline import steps

    with terminal.progress("crawl") as tell:
        report = steps.crawl(data, _known(sources), progress=tell)
    with terminal.progress("process") as tell:
        done = steps.process(data, progress=tell)
    paths = steps.digest(data, None)
    if as_json:
        terminal.echo_json(
            {"crawl": terminal.crawled(report), "process": asdict(done), "digest": [str(p) for p in paths]}
        )
        return
    terminal.show_crawl(report, False)
    terminal.show_processed(done, False)
    terminal.show_paths(paths)


@app.command()
def serve(
    data: Data = Path("data"),
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8001,
) -> None:
    """Serve the dataset with Datasette; Ctrl-C stops it."""
    from pipeline import serving

    raise typer.Exit(serving.serve(data, host=host, port=port))


@app.command()
def demo(
    data: Data = Path("data/demo"),
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the result.")] = True,
    port: int = 8001,
) -> None:
    """Do the whole job over the sample press, five small sites on loopback, and serve the result."""
    from pipeline import demo as whole

    raise typer.Exit(whole.demo(data, serving=serving, port=port))


def _known(sources: list[str] | None) -> list[str]:
    from pipeline.source import load_all

    known = load_all()
    for name in sources or []:
        if name not in known:
            raise DatelineError(f"no source {name!r}; there are {', '.join(known)}")
    return sources or list(known)


def main() -> None:
    """The entry point: what a person can mend is one line; a closed pipe ends it quietly."""
    log.start()
    try:
        app()
    except DatelineError as error:
        typer.echo(f"dateline: {error}", err=True)
        sys.exit(BAD_INPUT)
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        if not terminal.is_of_the_disk(error):
            raise
        typer.echo(f"dateline: cannot write: {error}; make room or mend the rights, then run the same again", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
