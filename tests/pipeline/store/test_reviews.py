"""A person's word on an act: stored, in force at once, and again after the archive is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline import source
from pipeline.gather import gather
from pipeline.store import connect, reviews, save
from pipeline.store.reviews import Review, UnfitError
from tests.web import press


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = connect(tmp_path / "dateline.db")
    save.save_sources(db, source.load_all().values())
    save.save_articles(db, press.ARTICLES)
    save.save_annotations(db, press.ANNOTATIONS, "test")
    gather(db, {})
    return db


def read_again(db: Database) -> None:
    """File every mention anew, as after a better reading."""
    db.execute("delete from articles_filed")
    gather(db, {})


def act(db: Database, actor: str = "OpenAI") -> dict[str, object]:
    (row,) = db.table("actions").rows_where("actor = ? and reports > 0", [actor])
    return row


def test_a_rejected_act_is_withdrawn_and_stays_so_when_read_again(db: Database) -> None:
    reviews.add(db.conn, Review(str(act(db)["id"]), "rejected", "ann"))
    assert act(db)["withdrawn"] == 1
    read_again(db)
    assert act(db)["withdrawn"] == 1


def test_the_later_review_wins(db: Database) -> None:
    name = str(act(db)["id"])
    reviews.add(db.conn, Review(name, "rejected", "ann"))
    reviews.add(db.conn, Review(name, "accepted", "ben"))
    read_again(db)
    assert act(db)["withdrawn"] == 0


def test_a_correction_wins_over_the_machine(db: Database) -> None:
    changes = reviews.checked({"type": "restrict", "effective_on": "2024-07-10", "actor": "China"})
    reviews.add(db.conn, Review(str(act(db)["id"]), "corrected", "ann", changes))
    for _ in range(2):
        found = db.table("actions").get(str(next(db.query("select act from reviews"))["act"]))
        assert (found["type"], found["effective_on"], found["actor_entity"]) == ("restrict", "2024-07-10", press.CHINA)
        assert found["title"] == "China: restrict — API traffic from China"
        assert found["actor_entities"] == f'["{press.CHINA}"]'
        read_again(db)


def test_a_review_follows_its_act_to_a_new_id(db: Database) -> None:
    name = str(act(db)["id"])
    reviews.add(db.conn, Review(name, "rejected", "ann"))
    db.execute("update reviews set act = 'the id of an older reading'")
    db.execute("update actions set withdrawn = 0")
    assert reviews.apply(db.conn) == 1
    assert act(db)["withdrawn"] == 1


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
    with pytest.raises(UnfitError, match=words):
        reviews.checked(changes)


def test_an_act_that_nobody_tells_cannot_be_reviewed(db: Database) -> None:
    with pytest.raises(UnfitError, match="no report"):
        reviews.add(db.conn, Review("nothing", "accepted", "ann"))
