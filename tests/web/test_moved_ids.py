"""Addresses of acts on the running site: they stay when all is read again, and an old one leads to the new."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline import gather, serving, source
from pipeline.records import Annotations
from pipeline.store import connect, database_path, save
from tests.pipeline.test_gather import NAMES, article, told
from tests.web.conftest import asking, started

TODAY = date(2024, 7, 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one report of one act."""
    db = connect(database_path(tmp_path))
    save.save_sources(db, source.load_all().values())
    read(db, "2", "2024-06-25")
    db.close()
    return tmp_path


def read(db: Database, name: str, day: str, actor: str = "OpenAI") -> None:
    """A report of OpenAI's block comes in, is read and filed."""
    db.table("entities").insert_all(({"id": i, "name": n, "type": "ORG"} for i, n in NAMES.items()), ignore=True)
    known = told(effective_date="2024-07-09", actor=actor)
    save.save_articles(db, [article(name, day)])
    save.save_annotations(db, [Annotations(name, actions=(known,))], "test")
    gather.gather(db, {}, TODAY)


def acts(db: Database) -> list[str]:
    return [str(row["id"]) for row in db.table("actions").rows_where("withdrawn = 0")]


def test_an_old_address_leads_to_where_the_act_is_told_now(data: Path) -> None:
    db = connect(database_path(data))
    (old,) = acts(db)
    get = asking(started(serving.datasette_arguments(data)))
    assert get(f"/acts/{old}").status_code == 200
    read(db, "1", "2024-06-20")
    (new,) = acts(db)
    assert new != old
    answer = get(f"/acts/{old}")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/acts/{new}")
    assert get(f"/acts/{new}").status_code == 200


@pytest.mark.parametrize("better", ["words", "rules", "names"])
def test_addresses_stay_when_all_is_read_again(data: Path, better: str, monkeypatch: pytest.MonkeyPatch) -> None:
    db = connect(database_path(data))
    before = acts(db)
    if better == "names":
        read(db, "2", "2024-06-25", "OpenAI, Inc.")
    else:
        monkeypatch.setattr(gather, "version", lambda: f"other {better}")
        gather.gather(db, {}, TODAY)
    assert db.execute("select count(*) from articles_filed").fetchone()[0] == 1
    assert acts(db) == before
    assert asking(started(serving.datasette_arguments(data)))(f"/acts/{before[0]}").status_code == 200
