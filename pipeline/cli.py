"""``dateline``: one command per step of the way.

Heavy libraries are imported where a command needs them, so that ``dateline --help`` answers at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline import cli_collecting, cli_digest, cli_lake, cli_publish, log, terminal
from pipeline.records import Article, DatelineError, Skipped

if TYPE_CHECKING:
    from pipeline.jsonl import BadLine
    from pipeline.records import Annotations

ROOT = Path(__file__).resolve().parent.parent
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
app.add_typer(cli_digest.app)
app.add_typer(cli_publish.app)
app.add_typer(cli_lake.app)

Data = Annotated[Path, typer.Option("--data", envvar="DATELINE_DATA", help="The data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", help="File to write; standard output without it.")]
Fast = Annotated[
    bool,
    typer.Option(
        "--fast",
        help="Parse only sentences that may tell an act: a third quicker, and nearly all acts, dates and figures are "
        "found, but of the names and quotes elsewhere some are not.",
    ),
]
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
            since=_day(since, "--since"),
            until=_day(until, "--until"),
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
    from pipeline import steps

    raise typer.Exit(steps.serve(data, host=host, port=port))


@app.command()
def demo(
    data: Data = Path("data/demo"),
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the result.")] = True,
    port: int = 8001,
) -> None:
    """Do the whole job over the sample press, five small sites on loopback, and serve the result."""
    from pipeline import demo as whole

    raise typer.Exit(whole.demo(data, serving=serving, port=port))


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="A saved page: .html, .htm or either gzipped.")],
    url: Annotated[str, typer.Option(help="The address it was saved from.")],
    as_json: AsJson = False,
) -> None:
    """Show what the reader makes of one saved page: an article, or the reason why not."""
    from pipeline.extract import Refused, load_page, read_page

    try:
        read = read_page(load_page(file, url))
    except (OSError, Refused) as error:
        _stop(f"{file}: {error}")
    terminal.show_read(_read_row(read), as_json)


@app.command()
def annotate(
    lines: Annotated[Path | None, typer.Argument(metavar="IN.jsonl", help="Articles, one JSON object a line.")] = None,
    out: Out = None,
    text: Annotated[Path | None, typer.Option(help="One plain text instead; its first line is the title.")] = None,
    published: Annotated[str | None, typer.Option(help="When the text was published (ISO 8601).")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell which rule found what, on which words.")] = False,
    fast: Fast = False,
) -> None:
    """Find entities, dates, policy actions, statistics and quotes.

    Each line of IN.jsonl: `{id, source, url, published, title, text}`.
    """
    from pipeline import annotate as annotator
    from pipeline.annotate.explain import explain as explained

    def dumped(article: Article, found: Annotations) -> str:
        return json.dumps(annotator.export(article, found), ensure_ascii=False)

    articles, bad = _given(lines, text, published)
    broken: list[str] = []
    with terminal.progress("annotate") as tell, terminal.writing(out) as write:
        by_id = zip(articles, annotator.annotate(articles, fast=fast), strict=True)
        for number, (article, found) in enumerate(by_id, 1):
            for row in explained(article, found) if explain else (dumped(article, found),):
                write(row)
            if found.failed:
                broken.append(f"{article.id}: not annotated: {found.failed}")
            tell("annotate", number, len(articles))
    _report_bad(bad, broken)


@app.command()
def stories(
    lines: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="Articles, one JSON object a line.")],
    out: Out = None,
) -> None:
    """Label each article with its story: `{id, story}` a line, in the order of the input."""
    from pipeline.stories import label

    articles, bad = _given(lines, None, None)
    labels = {item.article.id: item.story for item in label(articles)}
    with terminal.writing(out) as write:
        for article in articles:
            write(json.dumps({"id": article.id, "story": labels[article.id]}, ensure_ascii=False))
    _report_bad(bad)


def _given(lines: Path | None, text: Path | None, published: str | None) -> tuple[list[Article], list[BadLine]]:
    """The articles a command was given, and the lines that are none."""
    from pipeline.jsonl import BadLine, read_articles, to_article

    if (lines is None) == (text is None):
        _stop("give IN.jsonl, or --text FILE with --published DATE")
    try:
        if lines:
            read = list(read_articles(lines))
            if not read:
                typer.echo(f"{lines}: there is no article in it", err=True)
            return [r for r in read if isinstance(r, Article)], [r for r in read if isinstance(r, BadLine)]
        assert text is not None  # noqa: S101 - one of the two is given
        if not published:
            _stop("--text needs --published, the day the text appeared: --published 2024-06-25")
        title, _, body = text.read_text(encoding="utf-8", errors="replace").strip().partition("\n")
        row = {"id": text.stem, "published": published, "title": title, "text": body.strip() or title}
        return [to_article(row)], []
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}")
    except ValueError as error:
        _stop(f"{text}: {error}")


def _report_bad(bad: list[BadLine], broken: Sequence[str] = ()) -> None:
    for line in (*bad, *broken):
        typer.echo(str(line), err=True)
    if bad or broken:
        raise typer.Exit(BAD_INPUT if bad else 1)


def _known(sources: list[str] | None) -> list[str]:
    from pipeline.source import load_all

    known = load_all()
    for name in sources or []:
        if name not in known:
            _stop(f"no source {name!r}; there are {', '.join(known)}")
    return sources or list(known)


def _day(value: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        _stop(f"{option} {value!r} is no day; write it like 2024-07-01")


def _read_row(read: Article | Skipped) -> dict[str, Any]:
    if isinstance(read, Skipped):
        return {"outcome": str(read.outcome), "reason": read.reason, "url": read.url, "source": read.source}
    return {"outcome": "article"} | asdict(read)


def _stop(message: str) -> NoReturn:
    typer.echo(f"dateline: {message}", err=True)
    raise typer.Exit(BAD_INPUT)


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
