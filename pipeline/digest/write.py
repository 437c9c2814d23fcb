"""Digest -> files: one a format, each whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

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
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{digest.period.name}.{digest.watchlist}" if digest.watchlist else digest.period.name
    paths = []
    for kind, document in documents.items():
        path = folder / f"{name}.{kind}"
        _write_whole(path, document)
        paths.append(path)
    return tuple(paths)


def _write_whole(path: Path, document: bytes) -> None:
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
        try:
            draft.write(document)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name survives a power cut too
    finally:
        os.close(folder)
