"""A disk that can lose its power: what a folder holds after a cut, from what was synced and nothing else.

``cut_at_every_step`` watches a block. Before and after each fsync, rename, unlink and mkdir it makes two pictures of
the folder: *lazy*, where no name and no byte survives that was not synced, and *eager*, where the names are all as they
are now, but files hold only the bytes that were synced, as a journaling file system may leave them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Picture = Callable[[Path], None]
WATCHED = ("fsync", "rename", "replace", "unlink", "mkdir")


class Disk:
    """What of a folder is on the disk: the bytes of each file and the names of each folder as last synced.

    What is there at the start counts as synced.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {}
        self._links: dict[int, Path] = {}
        self._folders: set[int] = set()
        self._held: dict[int, int] = {}
        for path in [root, *root.rglob("*")]:
            self._keep(path)
        self.look()

    def look(self) -> None:
        """Learn which inodes are folders and links, and hold each, so that no other takes its number."""
        for path in [self.root, *self.root.rglob("*")]:
            inode = path.lstat().st_ino
            if inode not in self._held:
                self._held[inode] = os.open(path, os.O_PATH | os.O_NOFOLLOW)
            if path.is_symlink():
                self._links[inode] = path.readlink()
            elif path.is_dir():
                self._folders.add(inode)

    def synced(self, handle: int) -> None:
        """An fsync has returned."""
        self._keep(Path(f"/proc/self/fd/{handle}").readlink())

    def _keep(self, path: Path) -> None:
        inode = path.stat().st_ino
        if path.is_dir():
            self._names[inode] = {entry.name: entry.inode() for entry in os.scandir(path)}
        else:
            self._bytes[inode] = path.read_bytes()

    def close(self) -> None:
        """Let the files go."""
        for handle in self._held.values():
            os.close(handle)

    def after_cut(self, place: Path, *, eager: bool) -> None:
        """Lay out in ``place`` what the folder holds when the power is back."""
        self._lay_out(self.root.stat().st_ino, place, self._now() if eager else self._names)

    def _now(self) -> dict[int, dict[str, int]]:
        folders = [self.root, *(p for p in self.root.rglob("*") if p.is_dir() and not p.is_symlink())]
        return {f.stat().st_ino: {entry.name: entry.inode() for entry in os.scandir(f)} for f in folders}

    def _lay_out(self, folder: int, place: Path, names: dict[int, dict[str, int]]) -> None:
        place.mkdir(exist_ok=True)
        for name, inode in names.get(folder, {}).items():
            if inode in self._folders:
                self._lay_out(inode, place / name, names)
            elif inode in self._links:
                (place / name).symlink_to(self._links[inode])
            else:
                (place / name).write_bytes(self._bytes.get(inode, b""))


@contextmanager
def cut_at_every_step(root: Path, scratch: Path, check: Picture, patch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Check what is left after a cut at every step of the block; the list holds how many pictures were looked at."""
    disk, looked = Disk(root), [0]

    def look() -> None:
        disk.look()
        for eager in (False, True):
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir()
            disk.after_cut(scratch, eager=eager)
            check(scratch)
            looked[0] += 1

    def watched(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def stand_in(*args: Any, **options: Any) -> Any:
            if busy:
                return real(*args, **options)
            busy.append(name)
            try:
                look()
                done = real(*args, **options)
                if name == "fsync":
                    disk.synced(args[0])
                look()
            finally:
                busy.pop()
            return done

        return stand_in

    busy: list[str] = []
    with patch.context() as patched:
        for name in WATCHED:
            patched.setattr(os, name, watched(name))
        yield looked
        busy.append("end")
        look()
        disk.close()
