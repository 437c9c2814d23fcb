"""What visitors may do to the site, and what its pages may do to visitors."""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

SQL_LENGTH = 20_000  # characters of one statement
VALUE_LENGTH = 20_000_000  # bytes of one value, so that zeroblob() and repeat tricks cannot eat the memory
MATCHING = 12  # words of a search that count

TEXTS = {"articles": ("text",), "article_versions": ("text",)}

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

_VIEWS = str(files("datasette") / "views")

# Datasette's templates set this one flag in a script of its own.
_FLAGS = ("DATASETTE_ALLOW_FACET = true;", "DATASETTE_ALLOW_FACET = false;")


def limit(connection: sqlite3.Connection) -> None:
    """Bound what one statement on the connection can be and make; add our SQL functions."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, SQL_LENGTH)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_LENGTH)
    for function in (fts_words, fts_start):
        connection.create_function(function.__name__, 1, function, deterministic=True)


def hide_texts(connection: sqlite3.Connection) -> None:
    """Let every statement on the connection read the reports' texts as NULL, for copyright; search still finds them."""

    def allow(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        hidden = action == sqlite3.SQLITE_READ and column in TEXTS.get(table or "", ())
        return sqlite3.SQLITE_IGNORE if hidden else sqlite3.SQLITE_OK

    connection.set_authorizer(allow)


def fts_words(text: object) -> str:
    """A visitor's words as an FTS5 query that cannot fail: every word must occur. No words match nothing."""
    words = re.findall(r"\w+", str(text or ""))[:MATCHING]
    return " ".join(f'"{word}"' for word in words) or '""'


def fts_start(text: object) -> str:
    """As ``fts_words``, the last word being the beginning of one: for names, not for the many words of texts."""
    words = fts_words(text)
    return words if words == '""' else f"{words}*"


def safe_url(url: object) -> str | None:
    """The address when it is http or https; None for javascript:, data: and what is no address."""
    try:
        parts = urlsplit(str(url or ""))
    except ValueError:
        return None
    return str(url) if parts.scheme in ("http", "https") and parts.hostname else None


@cache
def policy() -> str:
    """The Content-Security-Policy of every page: no script but this site's and Datasette's own, known by hash."""
    scripts = " ".join(f"'sha256-{_hash(script)}'" for script in (*_FLAGS, *_inline_scripts()))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}",
            "style-src 'self' 'unsafe-inline'",  # Datasette's templates colour their headings inline
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


HEADERS: dict[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
}


def with_headers(app: App) -> App:
    """The app with the policy on each of its answers."""
    added = {"content-security-policy": policy(), **HEADERS}
    encoded = [(name.encode(), value.encode()) for name, value in added.items()]

    async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
        async def send_with(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message.get("headers", []) if k.decode().lower() not in added]
                kept = [(k, within(v) if k.lower() == b"location" else v) for k, v in kept]
                message = {**message, "headers": [*kept, *encoded]}
            await send(message)

        await app(scope, receive, send_with)

    return wrapped


def within(location: bytes) -> bytes:
    """An address to go on to that browsers cannot take for another host: ``/\\host`` and ``//host`` are paths here."""
    safe = re.sub(rb"[^!-\[\]-~]", lambda found: b"%%%02X" % found[0][0], location)
    return re.sub(rb"^/+", b"/", safe)


def _inline_scripts() -> list[str]:
    """The inline scripts of the installed Datasette's templates that are the same for every visitor."""
    pages = [page.read_text("utf-8") for page in (files("datasette") / "templates").iterdir() if page.is_file()]
    found = {script for page in pages for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)}
    return sorted(script for script in found if "{{" not in script and "{%" not in script)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def is_mistaken(error: BaseException) -> bool:
    """Whether Datasette's pages of tables, rows and questions could make nothing of the visitor's parameters.

    Datasette answers such with 500, as if the site were broken: orders that are none, JSON that is none, no number.
    """
    if ran_out_of_time(error) or not isinstance(
        error, ValueError | TypeError | KeyError | sqlite3.Error | DatasetteError
    ):
        return False
    asked = any(frame.filename.startswith(_VIEWS) for frame in traceback.extract_tb(error.__traceback__))
    return asked and getattr(error, "status", 500) == 500


def told(error: BaseException) -> str:
    """What was wrong with a visitor's parameters, on one line."""
    return f"The question cannot be answered: {' '.join(str(error).split())}"[:300]


def ran_out_of_time(error: BaseException) -> bool:
    """Whether a statement met its time limit; met while a full-text table is opened, SQLite words it otherwise."""
    return isinstance(error, QueryInterrupted) or (
        isinstance(error, sqlite3.OperationalError) and "vtable constructor failed" in str(error)
    )
