"""Watchlists of the data folder, and the acts that are on them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.store import connect, database_path, watch
from pipeline.watchlist import Told, Watchlist

ACT = Told(("openai", "CN"), "US", "ban/block", ("ai",), ("OpenAI blocks API traffic", "Access ends on July 9."))


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Watchlist("w", entities=("CN",)), "entity CN"),
        (Watchlist("w", jurisdictions=("EU", "US")), "jurisdiction US"),
        (Watchlist("w", types=("ban/block",)), "type ban/block"),
        (Watchlist("w", topics=("ai",), words=("access",)), "topic ai"),
        (Watchlist("w", words=("chips", "access")), "word access"),
        (Watchlist("w", words=("acces",)), None),
        (Watchlist("w", entities=("apple",)), None),
        (Watchlist("w"), None),
    ],
)
def test_an_act_is_on_a_list_that_it_meets_in_any_line(asked: Watchlist, why: str | None) -> None:
    assert asked.why(ACT) == why


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    shutil.copy(database_path(demo_data), tmp_path / "dateline.db")
    (tmp_path / "watchlists").mkdir()
    return tmp_path


def dateline(*args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def kept(db: Database) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in db.query("select * from watch_matches order by watchlist, action")]


def test_the_command_notes_the_matches_and_shows_them(data: Path) -> None:
    (data / "watchlists" / "models.yml").write_text("entities: [OpenAI]\n")
    (data / "watchlists" / "chips.yml").write_text("words: [gallium]\n")
    ran = dateline("watch", "models", "--data", data, "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found
    assert {(m["watchlist"], m["why"]) for m in found} == {("models", "entity OpenAI")}
    assert {name for name, *_ in kept(connect(database_path(data)))} == {"models", "chips"}


def test_what_stays_on_a_list_keeps_its_moment_and_what_leaves_is_gone(data: Path) -> None:
    db = connect(database_path(data))
    lists = (Watchlist("cn", jurisdictions=("CN",)), Watchlist("us", jurisdictions=("US",)))
    assert watch.save_matches(db, lists, "2024-07-01T00:00:00Z") > 1
    before = kept(db)
    assert watch.save_matches(db, lists, "2024-07-02T00:00:00Z") == 0
    assert kept(db) == before
    watch.save_matches(db, lists[:1], "2024-07-03T00:00:00Z")
    assert kept(db) == [row for row in before if row[0] == "cn"]


def test_a_list_that_is_missing_or_wrong_is_one_clear_line(data: Path) -> None:
    (data / "watchlists" / "odd.yml").write_text("colours: [red]\n")
    for name, problem in (("none", "no watchlist"), ("odd", "odd.yml:1: Object contains unknown field `colours`")):
        ran = dateline("watch", name, "--data", data)
        assert (ran.returncode, ran.stdout) != (0, "")
        assert problem in ran.stderr
        assert ran.stderr.count("\n") == 1
