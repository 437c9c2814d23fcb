"""``dateline digest``: the week as files, or as one document on standard output."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipeline import terminal
from pipeline.records import DatelineError

app = typer.Typer()


@app.command()
def digest(
    week: Annotated[str | None, typer.Option(help="ISO week, 2024-W28; the last full week without it.")] = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="First day, instead of a week.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day, with --since.")] = None,
    watchlist: Annotated[str | None, typer.Option(help="Only what DATA/watchlists/NAME.yml follows.")] = None,
    data: Annotated[Path, typer.Option("--data", envvar="DATELINE_DATA", help="The data folder.")] = Path("data"),
    formats: Annotated[str, typer.Option("--format", help="Of md,html,eml,json,atom,ics.")] = "md,html",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder; DATA/digests without it.")] = None,
    base_url: Annotated[
        str | None, typer.Option(envvar="DATELINE_URL", help="Where the dataset is served, for the links.")
    ] = None,
    to: Annotated[str | None, typer.Option(envvar="DATELINE_MAIL_TO", help="Whom the mail is for.")] = None,
    sender: Annotated[str | None, typer.Option("--from", envvar="DATELINE_MAIL_FROM", help="Whom it is from.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Tell also what earlier digests told; remember none.")] = False,
) -> None:
    """Write the digest of one week. Of a single format, a pipe gets the document as well.

    Example: `dateline digest --week 2024-W28 --format eml --to desk@example.org | sendmail -t`
    """
    from pipeline import steps
    from pipeline.digest import Period

    first, last = terminal.to_day(since, "--since"), terminal.to_day(until, "--until")
    if bool(first) != bool(last) or (week and first):
        raise DatelineError("give --week, or --since and --until")
    kinds = [kind.strip() for kind in formats.split(",")]
    mail = {key: value for key, value in (("to", to), ("sender", sender)) if value}
    try:
        paths = steps.digest(
            data,
            Period(first, last) if first and last else week,
            kinds,
            out,
            watchlist=watchlist,
            base_url=base_url or steps.BASE_URL,
            again=again,
            **mail,
        )
    except ValueError as error:
        raise DatelineError(str(error)) from None
    if len(paths) == 1 and not sys.stdout.isatty():
        sys.stdout.buffer.write(paths[0].read_bytes())
        return
    terminal.show_paths(paths)


@app.command()
def watch(
    name: Annotated[str | None, typer.Argument(help="The watchlist; all without it.")] = None,
    data: Annotated[Path, typer.Option("--data", envvar="DATELINE_DATA", help="The data folder.")] = Path("data"),
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Show the acts on the watchlists, DATA/watchlists/NAME.yml, the newest match first.

    `dateline process` notes them too; the site has them under /dateline/watch_matches and as a feed.
    """
    from pipeline import steps

    found = steps.watch(data, name)
    if as_json:
        terminal.echo_json([asdict(match) for match in found])
        return
    terminal.show_matches(found)
