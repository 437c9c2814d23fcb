"""What the program says of its work while it works: a line an event on standard error, JSON where no person watches.

No secret leaves by it: values of the environment that are named like one, passwords within addresses, and what stands
behind ``Authorization`` and ``Cookie`` are struck out of every line.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import unquote, urlsplit

STRUCK = "[secret]"
_NAMED = re.compile(r"pass(word|wd|phrase)?|secret|token|credential|api_?key|private", re.IGNORECASE)
_WITHIN = (
    re.compile(r"(?<=://)[^/\s@:]{0,200}:[^/\s@]{1,200}(?=@)"),
    re.compile(r"""(?i)(?<=\b)((?:proxy-)?authorization|(?:set-)?cookie)(['"]?\s*[:=,]\s*)[^\r\n]{1,4000}"""),
)
SHORTEST = 6  # characters; a shorter value would strike out words


def secrets(environment: Mapping[str, str]) -> Iterator[str]:
    """Values that must not be told: of variables named like secrets, and passwords of proxies."""
    for name, value in environment.items():
        if _NAMED.search(name):
            yield value
        if name.lower().endswith("_proxy") and "@" in value:
            parts = urlsplit(value if "://" in value else f"//{value}")
            yield from (unquote(part) for part in (parts.password, parts.username) if part)
            yield from (part for part in (parts.password, parts.username) if part)


def struck(text: str, known: tuple[str, ...]) -> str:
    """The text without secrets."""
    for secret in known:
        text = text.replace(secret, STRUCK)
    text = _WITHIN[0].sub(STRUCK, text)
    return _WITHIN[1].sub(rf"\1\2{STRUCK}", text)


class Lines(logging.Formatter):
    """One event: JSON with ``at``, ``level``, ``from``, ``said`` and ``trace``, or plain words for a terminal."""

    def __init__(self, known: tuple[str, ...], *, plain: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._known, self._plain = known, plain

    def format(self, record: logging.LogRecord) -> str:
        """The event as a line, without secrets."""
        if self._plain:
            return struck(super().format(record), self._known)
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": struck(record.getMessage(), self._known),
        }
        if record.exc_info:
            told["trace"] = struck(self.formatException(record.exc_info), self._known)
        return json.dumps(told, ensure_ascii=False)


def start(level: int = logging.WARNING) -> None:
    """Send this process's log to standard error; errors that nobody caught go there too."""
    known = tuple(sorted({s for s in secrets(os.environ) if len(s) >= SHORTEST}, key=len, reverse=True))
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(known, plain=sys.stderr.isatty()))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    sys.excepthook = _uncaught


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("dateline").critical("%s: %s", kind.__name__, error, exc_info=(kind, error, trace))
