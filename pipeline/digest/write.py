"""Digest -> files: one a format, each whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline import durable
from pipeline.digest.calendar import to_ics
from pipeline.digest.feed import to_atom
from pipeline.digest.mail import SENDER, to_eml
from pipeline.digest.model import Digest
from pipeline.digest.render import to_html, to_markdown

WRITERS: dict[str, Callable[[Digest], str]] = {
    "md": to_markdown,
    "html": to_html,
    "json": lambda digest: to_json(digest),
    "atom": to_atom,
    "ics": to_ics,
}
FORMATS = (*WRITERS, "eml")


def to_json(digest: Digest) -> str:
    """Everything the digest holds, each factor of each rank too."""
    made = asdict(digest)
    made["period"] = {"name": digest.period.name, "first": f"{digest.period.first}", "last": f"{digest.period.last}"}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def made(digest: Digest, kind: str, to: str | None = None, sender: str = SENDER) -> bytes:
    """The digest in one of ``FORMATS``."""
    return to_eml(digest, to, sender) if kind == "eml" else WRITERS[kind](digest).encode()


def write(digest: Digest, folder: Path, formats: Sequence[str] = ("md", "html"), **mail: Any) -> tuple[Path, ...]:
    """Write one file a format and return their paths; a watchlist's bear its name. ``mail``: ``to`` and ``sender``."""
    documents = {kind: made(digest, kind, **mail) for kind in formats}
    name = f"{digest.period.name}.{digest.watchlist}" if digest.watchlist else digest.period.name
    paths = []
    for kind, document in documents.items():
        path = folder / f"{name}.{kind}"
        durable.write(path, document)
        paths.append(path)
    return tuple(paths)
