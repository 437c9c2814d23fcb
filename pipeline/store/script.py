"""Several SQL statements one after the other, within the transaction that is open."""

from __future__ import annotations

from sqlite_utils import Database


def run(db: Database, script: str) -> None:
    """Run the statements of a script; each ends with a semicolon at a line's end. (``executescript`` would commit.)"""
    for statement in script.strip().rstrip(";").split(";\n"):
        db.execute(statement)
