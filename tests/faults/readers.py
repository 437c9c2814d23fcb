"""Readers with faults, for the worker to meet: what each does to a document is said in the document."""

from __future__ import annotations

import errno
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator

from pipeline.records import Article, DatelineError, Page, Skipped


class NoModelError(DatelineError):
    """The reader's own fault."""


def read(words: Iterable[str]) -> Iterator[str]:
    """Upper case, unless the word asks for something else."""
    for word in words:
        if word == "hang":
            re.fullmatch(r"(a|aa)+b", "a" * 60)  # exponential, within C code that heeds no signal handler
        elif word == "wait":
            time.sleep(600)
        elif word == "eat":
            ate = [bytearray(16 << 20) for _ in range(1000)]
            del ate
        elif word == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif word == "full":
            raise OSError(errno.ENOSPC, "No space left on device")
        elif word == "raise":
            raise ValueError("not a word")
        elif word == "no model":
            raise NoModelError("install the model")
        yield word.upper()


def extract(pages: Iterable[Page]) -> Iterator[Article | Skipped]:
    """The real reader, which hangs on a page that asks for it."""
    from pipeline.extract import extract as read

    for page in pages:
        if b"HANG HERE" in page.body:
            re.fullmatch(r"(a|aa)+b", "a" * 60)
        yield from read([page])
