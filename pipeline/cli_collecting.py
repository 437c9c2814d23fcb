"""``dateline check``, ``new-source``, ``archive`` and ``status``: how the collecting fares, looked at from outside."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipeline import terminal

app = typer.Typer()
files = typer.Typer(
    help="Look into the archive of fetched pages: list, show, verify.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(files, name="archive")

Data = Annotated[Path, typer.Option("--data", envvar="DATELINE_DATA", help="The data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def check(
    source: Annotated[str, typer.Argument(help="Id of a source.")],
    data: Data = Path("data"),
    live: Annotated[bool, typer.Option(help="Fetch a few pages now, politely; the archive's without it.")] = False,
    pages: Annotated[int, typer.Option(min=1, help="How many pages to look at.")] = 3,
    press: Annotated[str | None, typer.Option(envvar="DATELINE_PRESS", help="Address of a sample press.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show, field by field, what each selector of a source's yml gives; exit 1 where a field gives nothing.

    Example: `dateline check wipo --live`
    """
    from pipeline import steps
    from pipeline.source import load_all

    if source not in load_all():
        _stop(f"no source {source!r}; there are {', '.join(load_all())}")
    found = steps.check(data, source, live=live or bool(press), press=press, pages=pages)
    terminal.show_check(found, as_json)
    if found.broken:
        raise typer.Exit(1)


@app.command("new-source")
def new_source(
    name: Annotated[str, typer.Argument(help="Its id: small letters, digits and _.")],
    url: Annotated[str, typer.Argument(help="The site's front page, or better the page of one report.")],
    press: Annotated[str | None, typer.Option(envvar="DATELINE_PRESS", help="Address of a sample press.")] = None,
) -> None:
    """Write a new source, ready to run: spider, yml, a saved page and a test of it. Nothing is overwritten.

    Example: `dateline new-source gazette https://www.gazette.example/news/2024/a-report.html`
    """
    from pipeline import steps

    terminal.show_paths(steps.new_source(name, url, press=press))
    typer.echo(f"next: look through crawlers/{name}.yml, then dateline check {name} --live, dateline crawl {name}")


@app.command()
def status(
    data: Data = Path("data"),
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Show each source's health, a row a day, and what is amiss; exit 1 where one is broken."""
    from pipeline import steps

    found = steps.status(data, days)
    terminal.show_status(found, as_json)
    if any(source["broken"] for source in found):
        raise typer.Exit(1)


@files.command("list")
def list_files(data: Data = Path("data"), as_json: AsJson = False) -> None:
    """List the WARC files: pages a source, size, first and last fetch."""
    from pipeline import archive

    held = list(archive.holdings(archive.archives(data / "archive")))
    if as_json:
        terminal.echo_json([asdict(h) for h in held])
        return
    rows = [
        (h.file, ", ".join(f"{s} {n}" for s, n in sorted(h.pages.items())), h.skipped, f"{h.bytes:,}", h.first, h.last)
        for h in held
    ]
    terminal.table("Archive", ("file", "pages", "unreadable", "bytes", "first", "last"), rows)


@files.command()
def show(
    url: Annotated[str, typer.Argument(help="A page's url, as asked for or as redirected to.")],
    data: Data = Path("data"),
    as_json: AsJson = False,
) -> None:
    """Print the newest page kept under a url as it was fetched; with --json also how and when."""
    from pipeline import archive

    found = archive.find_pages(archive.archives(data / "archive"), url)
    if not found:
        _stop(f"no page of {url} in {data / 'archive'}")
    page = found[-1]
    if as_json:
        terminal.echo_json(asdict(page) | {"body": page.body.decode("utf-8", "replace"), "kept": len(found)})
    else:
        typer.echo(page.body)


@files.command()
def verify(data: Data = Path("data"), as_json: AsJson = False) -> None:
    """Read every record and compare length and digest; exit 1 where one is damaged."""
    from pipeline import archive

    result = archive.verify(archive.archives(data / "archive"))
    if as_json:
        terminal.echo_json(asdict(result))
    else:
        for fault in result.faults:
            typer.echo(f"{fault.file}@{fault.offset}: {fault.reason}")
        typer.echo(f"{result.records} records in {result.files} files, {len(result.faults)} damaged")
    if result.faults:
        raise typer.Exit(1)


def _stop(message: str) -> NoReturn:
    typer.echo(f"dateline: {message}", err=True)
    raise typer.Exit(2)
