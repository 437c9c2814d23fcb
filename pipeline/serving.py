"""Datasette over the data folder, with our metadata, templates and plugin."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
from pathlib import Path

from pipeline.store import database_path

ROOT = Path(__file__).resolve().parent.parent


def serve(data: Path, *, host: str, port: int) -> int:
    """Run Datasette over the database with our metadata, templates and plugin until it is stopped.

    A folder of ``dateline publish`` is served from the release that is the current one now.

    Returns only where it cannot: 2, after a line that says the mend, when there is no database or the port is taken.
    """
    from pipeline.configuration import check_site
    from pipeline.publish import current
    from pipeline.store import connect

    check_site()
    release = current(data)
    if release is None and not database_path(data).exists():
        print(f"dateline: no database in {data}; run dateline demo or dateline run first", file=sys.stderr)
        return 2
    try:
        if release is None:
            connect(database_path(data)).close()  # an older database gets its newer tables and views here
    except sqlite3.DatabaseError as error:
        print(f"dateline: cannot open {database_path(data)}: {error}", file=sys.stderr)
        return 2
    try:
        free = _free_port(host, port)
    except OSError as error:
        print(f"dateline: cannot serve on {host}:{port}: {error.strerror}; choose another --port", file=sys.stderr)
        return 2
    given = datasette_arguments(release or data, immutable=release is not None)
    command = [sys.executable, "-m", "datasette", *given, "--host", host, "--port", str(free)]
    if port == 0:
        print(f"serving on http://{host}:{free} (Ctrl-C stops it)", flush=True)
    sys.stdout.flush()
    return os.execv(sys.executable, command)  # noqa: S606 - Datasette takes this process over, and its signals


def _free_port(host: str, port: int) -> int:
    """The port, or a free one for 0; an OSError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        return int(trial.getsockname()[1])


SETTINGS: dict[str, str] = {
    "sql_time_limit_ms": "1000",
    "default_page_size": "50",
    "max_returned_rows": "1000",
    "num_sql_threads": "4",
    "facet_time_limit_ms": "400",  # a facet is counted once and kept until the data changes
    "truncate_cells_html": "160",
    "suggest_facets": "off",  # they ask a query a column of every table page
    "allow_download": "off",
}


def datasette_arguments(data: Path, *, immutable: bool = False) -> list[str]:
    """What ``datasette`` must be given to serve the database as Dateline does. ``immutable``: ``data`` is a release."""
    web = ROOT / "web"
    file = str(database_path(data))
    return [
        *(["--immutable", file, "--inspect-file", str(data / "inspect-data.json")] if immutable else [file]),
        "--metadata",
        str(ROOT / "metadata.yml"),
        "--template-dir",
        str(web / "templates"),
        "--plugins-dir",
        str(web / "plugins"),
        "--static",
        f"static:{web / 'static'}",
        *(word for name, value in SETTINGS.items() for word in ("--setting", name, value)),
    ]
