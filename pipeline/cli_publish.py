"""``dateline publish``: the dataset as a copy that never changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def publish(
    data: Annotated[Path, typer.Option("--data", envvar="DATELINE_DATA", help="The data folder.")] = Path("data"),
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder; DATA/published without it.")] = None,
) -> None:
    """Write a compact copy that never changes, with its counts, and point OUT/current to it.

    A server of the copy (`dateline serve --data OUT`) answers from the release with which it was started; start it
    again to change over.
    """
    from pipeline import publish as release
    from pipeline import serving
    from pipeline.site import warm

    def finish(made: Path) -> None:
        warm.write(serving.datasette_arguments(made, immutable=True), made)

    typer.echo(release.publish(data, out or data / "published", finish=finish))
