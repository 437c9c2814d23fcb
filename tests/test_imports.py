"""Who imports whom: the rooms of the house and the doors between them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A room may import itself, `records`, and what stands here; the command line may import every step.
MAY_IMPORT: dict[str, set[str]] = {
    "records": set(),
    "source": {"yml"},
    "dateline": {"yml"},
    "store": {"lifecycle", "watchlist"},
    "watchlist": {"yml"},
    "lifecycle": set(),
    "archive": {"durable", "source"},
    "walls": {"source", "yml"},
    "extract": {"source", "dateline", "walls", "yml"},
    "dedupe": set(),
    "annotate": {"vocabulary", "source"},  # whether an outlet writes the day first stands in its yml
    "vocabulary": {"yml"},
    "yml": set(),
    "ledger": {"lifecycle", "vocabulary"},
    "figures": {"ledger", "store"},
    "tellings": {"figures", "ledger", "store", "vocabulary"},
    "stories": set(),
    "topics": {"vocabulary"},
    # One wording of acts serves the pages and the digest, and whose words an act shows is the ledger's choice.
    "digest": {"durable", "watchlist", "store", "ledger", "lifecycle", "site", "topics", "figures", "tellings"},
    "jsonl": {"dateline"},
    "durable": set(),
    "log": set(),
    "lock": {"durable"},
    "lake": {
        "archive",
        "durable",
        "extract",
        "dedupe",
        "quarantine",
        "cluster",
        "topics",
        "source",
        "store",
        "process",
    },
    "cluster": set(),
    "publish": {"durable", "store"},
    "press": set(),
    "quarantine": {"extract", "annotate", "configuration", "log"},
    "site": {"store", "vocabulary", "yml"},  # names of states
    "crawlers": {"archive", "durable", "extract", "log", "source", "store", "walls"},
}
FREE = {
    "__init__",
    "cli",
    "cli_collecting",
    "cli_digest",
    "cli_lake",
    "cli_publish",
    "cli_texts",
    "terminal",
    "serving",
    "steps",
    "demo",
    "process",
    "gather",
    "configuration",
}  # they walk the way, so they know every step


def rooms() -> Iterator[tuple[str, Path]]:
    for file in sorted((ROOT / "pipeline").rglob("*.py")):
        yield file.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py"), file
    for file in sorted((ROOT / "crawlers").rglob("*.py")):
        yield "crawlers", file


def imported(file: Path) -> set[str]:
    """The rooms a file imports, also within functions; imports for type checkers alone do not count."""
    found: set[str] = set()
    tree = ast.parse(file.read_text())
    hints = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and getattr(block.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in hints:
            continue
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "pipeline":
                found.add(parts[1])
            elif parts[0] == "crawlers":
                found.add("crawlers")
    return found


@pytest.mark.parametrize(("room", "file"), rooms(), ids=lambda v: v.stem if isinstance(v, Path) else v)
def test_a_room_imports_only_what_its_doors_allow(room: str, file: Path) -> None:
    if room in FREE:
        return
    assert room in MAY_IMPORT, f"{room} is a new room: say here what it may import"
    assert imported(file) - {room, "records"} <= MAY_IMPORT[room]


def test_the_pipeline_reaches_the_crawlers_only_through_the_step() -> None:
    users = {room for room, file in rooms() if room != "crawlers" and "crawlers" in imported(file)}
    assert users <= {"steps"}
