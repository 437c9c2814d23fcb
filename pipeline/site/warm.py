"""A release comes with the counts and facets of its tables, so that its first visitors need not wait for them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasette import cli

from pipeline.site import remember
from pipeline.site.ask import dataset

# A facet may take longer while nobody waits for it.
PATIENT = ("--setting", "facet_time_limit_ms", "120000", "--setting", "sql_time_limit_ms", "120000")


def started(arguments: Sequence[str]) -> Any:
    """The Datasette that ``datasette serve`` starts with these arguments, without its socket."""
    context = cli.serve.make_context("serve", list(arguments))
    return cli.serve.callback(**context.params | {"return_instance": True})


def write(arguments: Sequence[str], folder: Path) -> None:
    """Ask a server of the release for the first page of each table and view; write what it counted beside them."""
    asyncio.run(_write(started([*arguments, *PATIENT]), folder / remember.COUNTED))


async def _write(served: Any, file: Path) -> None:
    await served.invoke_startup()
    db = dataset(served)
    for table in (*await db.table_names(), *await db.view_names()):
        await served.client.get(served.urls.table(db.name, table))
    db.write(file)
