"""The sample press, arriving in any order and in any parts, makes the ledger that it makes at once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from pipeline import source
from pipeline.gather import gather
from pipeline.store import connect, database_path

TODAY = date(2024, 7, 16)
FACTS = (
    "select * from actions where withdrawn = 0 order by id",
    "select action, article, start, trigger_start, on_word_of from action_reports order by 1, 2, 3, 4",
    "select action, kind, date, article from action_events order by 1, 2, 3, 4",
    "select * from action_dates order by action, kind",
    "select * from act_outlets order by action, source",
    "select * from action_topics where action in (select id from actions where withdrawn = 0) order by 1, 2",
    "select * from mention_acts order by 1",
    "select * from ledger_blocks order by 1, 2",
    "select * from act_links order by 1, 2",
)


@pytest.fixture
def unread(demo_data: Path, tmp_path: Path) -> Path:
    """The demo's database with its articles' acts laid aside in ``later``."""
    path = tmp_path / "dateline.db"
    shutil.copy(database_path(demo_data), path)
    db = connect(path)
    with db.conn:
        db.execute("create table later as select * from action_mentions")
        db.execute("delete from action_mentions")
        db.execute("delete from articles_filed")
    gather(db, kinds(), TODAY)
    assert not db.table("actions").count_where("withdrawn = 0")
    db.conn.close()
    return path


def kinds() -> dict[str, str]:
    return {s.id: s.kind for s in source.load_all().values()}


def grown(unread: Path, parts: list[list[str]]) -> Database:
    """The database after the articles have come in these parts."""
    path = unread.with_name(f"grown-{len(parts)}.db")
    shutil.copy(unread, path)
    db = connect(path)
    for part in parts:
        with db.conn:
            db.conn.executemany(
                "insert into action_mentions select * from later where article = ?", [(a,) for a in part]
            )
            db.conn.executemany("delete from articles_filed where article = ?", [(a,) for a in part])
        gather(db, kinds(), TODAY)
    return db


def ledger(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {sql: db.execute(sql).fetchall() for sql in FACTS}


@pytest.mark.parametrize("seed", range(4))
def test_any_parts_in_any_order_make_one_ledger(unread: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secrets here
    articles = [row[0] for row in connect(unread).execute("select id from articles where reprint_of is null")]
    at_once = ledger(grown(unread, [sorted(articles)]))
    assert len(at_once[FACTS[0]]) > 50
    chance.shuffle(articles)
    cuts = sorted(chance.sample(range(1, len(articles)), chance.randint(2, 6)))
    parts = [articles[a:b] for a, b in zip([0, *cuts], [*cuts, len(articles)], strict=True)]
    in_parts = ledger(grown(unread, parts))
    for sql in FACTS:
        assert in_parts[sql] == at_once[sql]
