"""Writes the pages of one run; keeps the folder in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from pipeline import durable
from pipeline.archive import record
from pipeline.archive.reader import cut_torn_tail
from pipeline.records import Page

_ROBOTS_META = re.compile(rb"<meta\b[^>]{0,300}>", re.IGNORECASE)


def forbids_keeping(page: Page) -> bool:
    """Whether the page asks, in a robots meta tag or X-Robots-Tag, not to be kept (``noarchive``)."""
    if any(k.lower() == "x-robots-tag" and "noarchive" in v.lower() for k, v in page.headers):
        return True
    tags = (tag.lower() for tag in _ROBOTS_META.findall(page.body[:200_000]))
    return any(b"noarchive" in tag and b"robots" in tag for tag in tags)


class ArchiveWriter:
    """Writes the pages of one run; use as a context manager."""

    def __init__(self, folder: Path, run: str) -> None:
        recover(folder)
        self._kept = _WarcFile(folder / f"{run}.warc.gz")
        self._passing = _WarcFile(folder / f"{run}.noarchive.warc.gz")

    def write(self, page: Page, request: Iterable[tuple[str, str]] = ()) -> str:
        """Append the page; return the name its file will have. Not safe on the disk before ``sync``."""
        passing = forbids_keeping(page)
        (self._passing if passing else self._kept).write(page, request)
        return (self._passing if passing else self._kept).path.name

    def sync(self) -> None:
        """Put everything written so far on the disk. Raises OSError when the disk is full."""
        self._kept.sync()
        self._passing.sync()

    def close(self) -> tuple[Path, ...]:
        """Finish; return the files that hold pages."""
        return tuple(f.path for f in (self._kept, self._passing) if f.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _WarcFile:
    """One WARC under its temporary name, made on the first page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self._file: BinaryIO | None = None
        self._dirty = False
        self._named = False

    def write(self, page: Page, request: Iterable[tuple[str, str]]) -> None:
        file = self._file or self._open(page)
        for member in record.of_page(page, request):
            file.write(member)
        self._dirty = True

    def _open(self, page: Page) -> BinaryIO:
        durable.make_folder(self.path.parent)
        self._file = self.part.open("xb")
        self._file.write(record.about_file(page, self.path.name))
        return self._file

    def sync(self) -> None:
        if self._file is None or not self._dirty:
            return
        durable.flush(self._file)
        if not self._named:
            durable.sync(self.part.parent)  # else the bytes are there and nothing leads to them
            self._named = True
        self._dirty = False

    def close(self) -> bool:
        """Sync, rename, sync the folder; False where nothing was written."""
        if self._file is None:
            return False
        self.sync()
        self._file.close()
        self._file = None
        durable.rename(self.part, self.path)
        return True


def archives(folder: Path) -> list[Path]:
    """The folder's WARC files, oldest run first, with those a killed run left unfinished."""
    names = ("*.warc.gz", "*.warc.gz.part")
    return sorted((p for name in names for p in folder.glob(name)), key=lambda p: p.name)


def recover(folder: Path) -> list[Path]:
    """Give what a killed run left its name, less its torn tail. Call only where no other run can be writing."""
    recovered = []
    for part in folder.glob("*.warc.gz.part"):
        if cut_torn_tail(part):
            recovered.append(part.with_suffix(""))
            durable.rename(part, part.with_suffix(""))
        else:
            part.unlink()
    return recovered


def forget(folder: Path) -> int:
    """Remove the pages that asked not to be kept, once they have been read; return how many files went."""
    gone = list(folder.glob("*.noarchive.warc.gz"))
    for path in gone:
        path.unlink()
    return len(gone)
