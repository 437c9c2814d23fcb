"""Files that survive a power cut: what this room has returned from is on the disk, whole and under its name.

A file is written under a temporary name, synced and renamed, and its folder is synced, since a name is part of the
folder. Everything that Dateline acknowledges and SQLite does not write goes through here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO


def sync(path: Path) -> None:
    """Put a closed file's bytes, or a folder's names, on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush(file: IO[Any]) -> None:
    """Put what was written to an open file on the disk. Raises OSError when it is full."""
    file.flush()
    os.fsync(file.fileno())


def rename(old: Path, new: Path) -> None:
    """Give a file or folder that is on the disk its name, for good."""
    old.replace(new)
    sync(new.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, each of whose names is on the disk."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)


@contextmanager
def draft(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A file to write to; at the end of the block it is there under its name, or after an error as it was before."""
    make_folder(path.parent)
    file = tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    made = Path(file.name)
    try:
        with file:
            yield file  # type: ignore[misc]
            made.chmod(mode)
            flush(file)
        rename(made, path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    with draft(path) as file:
        file.write(content)
