"""The demo's data folder: what a new user gets, and that walking the way again changes nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.press import reports
from pipeline.press.site import FOLDER
from pipeline.store import connect, database_path

# When something was read, and by which run, may differ between two readings of one page.
PASSING = {"read_at", "id"}
KEPT = ("articles", "article_versions", "entities", "aliases", "mentions", "date_mentions", "statistics", "quotes",
        "stories", "actions", "action_events", "action_reports")  # fmt: skip


def content(db: Database) -> dict[str, set[str]]:
    """Every row of the tables that hold what was read, as text."""
    found = {}
    for table in KEPT:
        rows = (
            {k: v for k, v in row.items() if k not in PASSING or table != "articles"} for row in db.table(table).rows
        )
        found[table] = {json.dumps({k: v for k, v in r.items() if k != "id" or isinstance(v, str)}) for r in rows}
    return found


@pytest.fixture(scope="module")
def copy(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo's data that a test may write to."""
    return Path(shutil.copytree(demo_data, tmp_path_factory.mktemp("copy") / "demo"))


def process(data: Path, *options: str) -> dict[str, object]:
    command = [sys.executable, "-m", "pipeline.cli", "process", "--json", "--data", str(data), *options]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return dict(json.loads(ran.stdout))


def test_every_report_of_the_press_became_an_article(demo_db: Database) -> None:
    written = {report.url for report in reports(FOLDER)}
    read = {row["url"] for row in demo_db.query("select url from articles")}
    assert len(written) >= 60
    assert read == written


def test_no_wall_or_stub_became_an_article(demo_db: Database) -> None:
    outcomes = {row["outcome"] for row in demo_db.query("select distinct outcome from fetches")}
    assert {"blocked", "paywall", "soft_404", "robots", "gone"} <= outcomes
    for words in ("not a robot", "unusual activity", "subscribe to continue"):
        assert not list(demo_db.query("select id from articles where text like ?", [f"%{words}%"]))


def test_the_report_updated_in_place_keeps_its_first_version(demo_db: Database) -> None:
    (old,) = demo_db.query("select * from article_versions")
    new = demo_db.table("articles").get(old["article"])
    assert (old["version"], new["version"]) == (1, 2)
    assert old["text"] != new["text"]


def test_the_reprint_is_credited_and_read_once(demo_db: Database) -> None:
    (reprint,) = demo_db.query("select * from articles where reprint_of is not null")
    original = demo_db.table("articles").get(reprint["reprint_of"])
    assert (reprint["source"], original["source"]) == ("global_times", "xinhua")
    assert not list(demo_db.query("select 1 from mentions where article = ?", [reprint["id"]]))


def test_the_page_in_chinese_is_kept_and_not_annotated(demo_db: Database) -> None:
    (page,) = demo_db.query("select * from articles where language = 'zh'")
    assert page["annotated_by"] is None


def test_processing_again_changes_nothing(copy: Path) -> None:
    before = content(connect(database_path(copy)))
    assert process(copy)["annotated"] == 0
    assert content(connect(database_path(copy))) == before
    done = process(copy, "--all")
    assert (done["changed"], done["annotated"]) == (0, 0)
    assert content(connect(database_path(copy))) == before


def test_foreign_keys_hold(demo_db: Database) -> None:
    assert not list(demo_db.query("pragma foreign_key_check"))


def test_the_digest_of_the_week_of_the_block_is_written(demo_data: Path) -> None:
    digest = (demo_data / "digests" / "2024-W28.md").read_text()
    assert "OpenAI" in digest
    assert "2024-07-08" in digest
    assert "<html" in (demo_data / "digests" / "2024-W28.html").read_text()
