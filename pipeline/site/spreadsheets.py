"""Rows as CSV that a spreadsheet takes for text: no cell of a report's words is computed when somebody opens it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import MutableMapping
from typing import Any

from pipeline.site.safety import App, Scope

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def as_text(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would compute it; numbers stay as they are."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def defused(app: App) -> App:
    """The app with every cell of its CSV answers taken for text."""

    async def wrapped(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(".csv"):
            await app(scope, receive, send)
            return
        rows = _Rows()

        async def send_with(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message.get("headers", []) if k.lower() != b"content-length"]
                message = {**message, "headers": kept}
                rows.open = message["status"] == 200
            elif message["type"] == "http.response.body" and rows.open:
                body = rows.take(message.get("body", b""), whole=not message.get("more_body", False))
                message = {**message, "body": body}
            await send(message)

        await app(scope, receive, send_with)

    return wrapped


class _Rows:
    """What comes of an answer's bytes, held back until a row is whole."""

    def __init__(self) -> None:
        self.open = False
        self._held = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def take(self, body: bytes, *, whole: bool) -> bytes:
        self._held += self._decode(body, whole)
        ends = self._held.endswith("\n") and self._held.count('"') % 2 == 0
        if not (ends or whole):
            return b""
        text, self._held = self._held, ""
        written = io.StringIO()
        csv.writer(written).writerows(map(as_text, row) for row in csv.reader(io.StringIO(text, newline="")))
        return written.getvalue().encode()
