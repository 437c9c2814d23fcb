"""Watchlists of the data folder, and the acts that are on them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def asked_of(db: Database, lists: tuple[Watchlist, ...], now: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts that a pass reads."""
    read: list[str] = []
    told = watch._told

    def noted(*args: Any) -> Iterator[tuple[str, Told]]:
        for action, asked in told(*args):
            read.append(action)
            yield action, asked

    monkeypatch.setattr(watch, "_told", noted)
    watch.save_matches(db, lists, now)
    monkeypatch.setattr(watch, "_told", told)
    return read


CHANGES = {
    "its topics": "insert into action_topics (action, topic) values (:act, 'space')",
    "its type": "update actions set type = 'withdraw' where id = :act",
    "a headline": """update articles set title = 'Quite another' where id =
        (select article from action_reports where action = :act limit 1)""",
    "it is told no more": "update actions set withdrawn = 1 where id = :act",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_pass_reads_what_has_changed_and_ends_as_a_pass_over_all(
    data: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = connect(database_path(data))
    lists = (Watchlist("a", topics=("space",), types=("withdraw",)), Watchlist("w", words=("quite another", "chips")))
    every = asked_of(db, lists, "2024-07-01T00:00:00Z", monkeypatch)
    assert asked_of(db, lists, "2024-07-02T00:00:00Z", monkeypatch) == []
    act = every[0]
    with db.conn:
        db.execute(CHANGES[change], {"act": act})
    read = asked_of(db, lists, "2024-07-03T00:00:00Z", monkeypatch)
    assert len(read) < len(every)
    assert (act in read) is (change != "it is told no more")
    found = [row[:3] for row in kept(db)]
    with db.conn:
        db.execute("delete from watch_seen")
    asked_of(db, lists, "2024-07-04T00:00:00Z", monkeypatch)
    assert [row[:3] for row in kept(db)] == found


def test_a_changed_list_is_asked_of_all_acts(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = connect(database_path(data))
    every = asked_of(db, (Watchlist("w", words=("chips",)),), "2024-07-01T00:00:00Z", monkeypatch)
    again = asked_of(db, (Watchlist("w", words=("data",)),), "2024-07-02T00:00:00Z", monkeypatch)
    assert sorted(again) == sorted(every)


def test_a_list_that_is_missing_or_wrong_is_one_clear_line(data: Path) -> None:
    (data / "watchlists" / "odd.yml").write_text("colours: [red]\n")
    for name, problem in (("none", "no watchlist"), ("odd", "odd.yml:1: Object contains unknown field `colours`")):
        ran = dateline("watch", name, "--data", data)
        assert (ran.returncode, ran.stdout) != (0, "")
        assert problem in ran.stderr
        assert ran.stderr.count("\n") == 1
