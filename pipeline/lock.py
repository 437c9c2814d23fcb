"""One run at a time in a data folder: the second says who holds it and stops; a killed run frees it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline import durable
from pipeline.records import DatelineError


class BusyError(DatelineError):
    """Another run is at work in the data folder."""


@contextmanager
def hold(data: Path) -> Iterator[None]:
    """Hold the folder for the length of the block. Raises BusyError naming the process that has it, and DatelineError
    where there can be no such folder."""
    try:
        durable.make_folder(data)
    except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:  # other faults are the disk's
        raise DatelineError(f"{data} cannot be a data folder: {error.strerror}: {error.filename}") from None
    holder = data / "dateline.holder"
    lock = FileLock(data / "dateline.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        who = holder.read_text() if holder.exists() else "another process"
        raise BusyError(f"{data} is in use by {who}; wait for it or end it") from None
    try:
        holder.write_text(f"process {os.getpid()} ({' '.join(sys.argv[1:2]) or 'dateline'})")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
