"""A person's word on an act: stored, in force at once, and again after the archive is read anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline import ledger, process, source
from pipeline.store import connect, reviews, save
from pipeline.store.reviews import Review, Unfit
from tests.web import press


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = connect(tmp_path / "dateline.db")
    save.save_sources(db, source.load_all().values())
    save.save_articles(db, press.ARTICLES)
    save.save_annotations(db, press.ANNOTATIONS, "test")
    process._gather_acts(db)
    return db


def act(db: Database, actor: str = "OpenAI") -> dict[str, object]:
    (row,) = db.table("actions").rows_where("actor = ? and reports > 0", [actor])
    return row


def test_a_rejected_act_is_withdrawn_and_stays_so_when_read_again(db: Database) -> None:
    reviews.add(db.conn, Review(str(act(db)["id"]), "rejected", "ann"))
    assert act(db)["withdrawn"] == 1
    process._gather_acts(db)
    assert act(db)["withdrawn"] == 1


def test_the_later_review_wins(db: Database) -> None:
    name = str(act(db)["id"])
    reviews.add(db.conn, Review(name, "rejected", "ann"))
    reviews.add(db.conn, Review(name, "accepted", "ben"))
    process._gather_acts(db)
    assert act(db)["withdrawn"] == 0


def test_a_correction_wins_over_the_machine(db: Database) -> None:
    changes = reviews.checked({"type": "restrict", "effective_on": "2024-07-10", "actor": "China"})
    reviews.add(db.conn, Review(str(act(db)["id"]), "corrected", "ann", changes))
    for _ in range(2):
        found = db.table("actions").get(str(next(db.query("select act from reviews"))["act"]))
        assert (found["type"], found["effective_on"], found["actor_entity"]) == ("restrict", "2024-07-10", press.CHINA)
        assert found["title"] == "China: restrict — API traffic from China"
        assert found["actor_entities"] == f'["{press.CHINA}"]'
        process._gather_acts(db)


def test_a_review_follows_its_act_to_a_new_id(db: Database) -> None:
    old = str(act(db)["id"])
    reviews.add(db.conn, Review(old, "rejected", "ann"))
    filed = [ledger.Filed(r, s, o) for r, s, o in process.load.action_reports(db)]
    moved = [replace(a, id="moved" if a.id == old else a.id) for a in ledger.merge(filed)]
    save.save_actions(db, moved)
    assert reviews.apply(db.conn) == 1
    assert db.table("actions").get("moved")["withdrawn"] == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "forbid"}, "is no type"),
        ({"effective_on": "next week"}, "is no date"),
        ({"effective_on": "2024-02-30"}, "is no date"),
        ({"actor": " "}, "cannot be empty"),
        ({"id": "x"}, "cannot be corrected"),
        ({"target": "x" * 301}, "longer than 300"),
    ],
)
def test_what_cannot_be_right_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(Unfit, match=words):
        reviews.checked(changes)


def test_an_act_that_nobody_tells_cannot_be_reviewed(db: Database) -> None:
    with pytest.raises(Unfit, match="no report"):
        reviews.add(db.conn, Review("nothing", "accepted", "ann"))
