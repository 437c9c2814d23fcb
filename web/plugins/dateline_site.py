"""Dateline's pages hung on Datasette: safety on every answer, links to our pages in every cell."""

from __future__ import annotations

from datasette import hookimpl

from pipeline.site import safety


@hookimpl
def prepare_connection(conn, database, datasette):
    """Bound every statement on the served databases."""
    if database != "_internal":
        safety.limit(conn)


@hookimpl
def asgi_wrapper(datasette):
    """Put the security headers on every answer."""
    return safety.with_headers
