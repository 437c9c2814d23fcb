"""A SQLite file system that can lose its power: an APSW VFS that notes every write and sync in their order.

``Disk.after_cut`` lays out what a cut at one step leaves: each file as it was last synced, and of what was written to
it since, nothing or a random part.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to the file of this name; ``ack``: a commit has returned."""

    kind: str
    name: str = ""
    data: bytes = b""
    at: int = 0


@dataclass(slots=True)
class Disk:
    """The steps so far."""

    steps: list[Step] = field(default_factory=list)

    def acknowledge(self) -> None:
        """Note that a commit has returned."""
        self.steps.append(Step("ack"))

    def after_cut(self, start: dict[str, bytes], dice: random.Random, *, lucky: bool) -> list[dict[str, bytes]]:
        """Before each step, what a cut would leave of the files; ``lucky``: some of what was not synced, too."""
        synced, waiting = {name: bytearray(data) for name, data in start.items()}, {name: [] for name in start}
        left = []
        for step in self.steps:
            left.append(_left(synced, waiting, dice, lucky))
            if step.kind == "sync":
                for write in waiting.pop(step.name, []):
                    _apply(synced.setdefault(step.name, bytearray()), write)
            elif step.kind in ("write", "truncate"):
                waiting.setdefault(step.name, []).append(step)
            elif step.kind == "delete":
                synced.pop(step.name, None), waiting.pop(step.name, None)
        return left


def _left(
    synced: dict[str, bytearray], waiting: dict[str, list[Step]], dice: random.Random, lucky: bool
) -> dict[str, bytes]:
    found = {name: bytearray(data) for name, data in synced.items()}
    for name, writes in waiting.items():
        for write in writes:
            if lucky and dice.random() < 0.5:
                _apply(found.setdefault(name, bytearray()), write)
    return {name: bytes(data) for name, data in found.items()}


def _apply(file: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del file[step.at :]
        return
    file.extend(bytes(max(0, step.at - len(file))))
    file[step.at : step.at + len(step.data)] = step.data


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        path = name if isinstance(name, str) else name.filename()  # a database comes as a URI
        self._disk, self._name = disk, Path(path).name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.steps.append(Step("write", self._name, bytes(data), offset))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.steps.append(Step("truncate", self._name, at=size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._disk.steps.append(Step("sync", self._name))


class CuttingVFS(apsw.VFS):
    """Registered as ``cutting``; keep it for as long as connections use it."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__("cutting", "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return super().xOpen(name, flags) if name is None else _File(self._disk, name, flags)  # None: a passing file

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        super().xDelete(name, sync)
        self._disk.steps.append(Step("delete", Path(name).name))
