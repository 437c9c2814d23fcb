"""``dateline extract``, ``annotate`` and ``stories``: the reading of given pages and texts, without a dataset."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import terminal
from pipeline.records import Article, DatelineError, Skipped

if TYPE_CHECKING:
    from pipeline.jsonl import BadLine
    from pipeline.records import Annotations

BAD_INPUT = 2

app = typer.Typer()

Out = Annotated[Path | None, typer.Option("-o", "--out", help="File to write; standard output without it.")]
Fast = Annotated[
    bool,
    typer.Option(
        "--fast",
        help="Parse only sentences that may tell an act: quicker on general news. Nearly all acts, dates and figures "
        "are found; of the names and quotes elsewhere some are not.",
    ),
]


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="A saved page: .html, .htm or either gzipped.")],
    url: Annotated[str, typer.Option(help="The address it was saved from.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Show what the reader makes of one saved page: an article, or the reason why not."""
    from pipeline.extract import Refused, load_page, read_page

    try:
        read = read_page(load_page(file, url))
    except OSError as error:
        raise DatelineError(f"{file}: {error.strerror}") from None
    except Refused as error:
        raise DatelineError(f"{file}: {error}") from None
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
        raise DatelineError("give IN.jsonl, or --text FILE with --published DATE")
    try:
        if lines:
            read = list(read_articles(lines))
            if not read:
                typer.echo(f"{lines}: there is no article in it", err=True)
            return [r for r in read if isinstance(r, Article)], [r for r in read if isinstance(r, BadLine)]
        assert text is not None  # noqa: S101 - one of the two is given
        if not published:
            raise DatelineError("--text needs --published, the day the text appeared: --published 2024-06-25")
        title, _, body = text.read_text(encoding="utf-8", errors="replace").strip().partition("\n")
        row = {"id": text.stem, "published": published, "title": title, "text": body.strip() or title}
        return [to_article(row)], []
    except OSError as error:
        raise DatelineError(f"{error.filename}: {error.strerror}") from None
    except ValueError as error:
        raise DatelineError(f"{text}: {error}") from None


def _report_bad(bad: list[BadLine], broken: Sequence[str] = ()) -> None:
    for line in (*bad, *broken):
        typer.echo(str(line), err=True)
    if bad or broken:
        raise typer.Exit(BAD_INPUT if bad else 1)


def _read_row(read: Article | Skipped) -> dict[str, Any]:
    if isinstance(read, Skipped):
        return {"outcome": str(read.outcome), "reason": read.reason, "url": read.url, "source": read.source}
    return {"outcome": "article"} | asdict(read)
