"""The digests of the sample press, week by week: the story as a reader of those Mondays met it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.digest import Digest, compose, items, parse_week, to_html, to_markdown
from pipeline.digest.model import Entry
from pipeline.gather import gather
from pipeline.store import connect, database_path, digest, sent

WEEKS = ("2024-W26", "2024-W27", "2024-W28", "2024-W29")
GOLDEN = Path(__file__).parent / "golden"  # the digests of these weeks, as Markdown
Weeks = dict[str, Digest]


def of_openai(entry: Entry) -> bool:
    return entry.statement.startswith("OpenAI") and entry.effective_on == "2024-07-09"


@pytest.fixture(scope="module")
def db(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A copy of the demo's database that remembers no digest."""
    copy = tmp_path_factory.mktemp("weeks") / "dateline.db"
    shutil.copy(database_path(demo_data), copy)
    db = connect(copy)
    db.table("digest_sent").delete_where()
    return db


@pytest.fixture(scope="module")
def weeks(db: Database) -> Weeks:
    """The four weeks, mailed one after the other."""
    told = {}
    for name in WEEKS:
        period = parse_week(name)
        told[name] = compose(db, period, told=sent.before(db, "", period.first))
        sent.remember(db, "", period.first, period.last, items(told[name]))
    return told


def new(told: Digest) -> list[Entry]:
    return [e for place in told.new for group in place.groups for e in (group.head, *group.also)]


def test_w26_has_the_block_as_new_and_its_day_as_coming(weeks: Weeks) -> None:
    told = weeks["2024-W26"]
    block = told.in_short[0]
    assert of_openai(block)
    assert block in new(told)
    assert len(block.outlets) >= 3
    assert block.status != "in_force"
    assert any(of_openai(c.entry) for c in told.coming if c.day == "2024-07-09")


def test_w27_has_the_moved_start_of_the_duties(weeks: Weeks) -> None:
    moved = [c for e in weeks["2024-W27"].changed for c in e.changes if c.kind == "moved"]
    assert "takes effect July 5, 2024, moved from July 4, 2024" in {c.text for c in moved}


def test_w28_has_the_block_in_force(weeks: Weeks) -> None:
    told = weeks["2024-W28"]
    (block, *_) = [e for e in told.changed if of_openai(e) and len(e.outlets) > 1]
    assert block.status == "in_force"
    assert "in force since July 9, 2024, was adopted" in {c.text for c in block.changes}
    assert block == told.in_short[0]
    assert not any(of_openai(c.entry) for c in told.coming)


def test_each_digest_has_three_to_five_acts_in_short_from_as_many_stories(weeks: Weeks) -> None:
    for told in weeks.values():
        assert len(told.in_short) <= 5
        assert len(told.in_short) >= 3 or len(told.in_short) == len({e.story for e in [*new(told), *told.changed]})
        assert len({e.story for e in told.in_short}) == len(told.in_short)
        assert all(e.why for e in told.in_short)


def test_nothing_is_told_twice(weeks: Weeks) -> None:
    def every(lines: Callable[[Digest], list[object]]) -> list[object]:
        return [line for told in weeks.values() for line in lines(told)]

    for lines in (
        every(lambda told: [e.id for e in new(told)]),
        every(lambda told: [(e.id, c.kind, c.text) for e in told.changed for c in e.changes]),
        every(lambda told: [(c.entry.id, c.kind, c.day) for c in told.coming]),
        every(lambda told: [(f.value, f.unit) for f in told.figures]),
        every(lambda told: [q.text for q in told.said]),
        every(lambda told: [n.id for n in told.newcomers]),
    ):
        assert lines
        assert len(set(lines)) == len(lines)


def test_every_figure_has_somebody_who_says_so_and_every_quote_a_speaker(weeks: Weeks) -> None:
    assert all(f.said_by and f.url for told in weeks.values() for f in told.figures)
    assert all(q.speaker and q.url for told in weeks.values() for q in told.said)


@pytest.mark.parametrize("day", [date(2024, 6, 30), date(2024, 7, 7)])
def test_a_past_week_reads_the_same_from_a_database_that_ends_with_it(
    db: Database, demo_data: Path, tmp_path: Path, day: date
) -> None:
    shutil.copy(database_path(demo_data), tmp_path / "past.db")
    past = connect(tmp_path / "past.db")
    past.execute("pragma foreign_keys = off")
    late = "(select id from articles where day > ?)"
    told = ("mentions", "action_mentions", "statistics", "quotes", "action_reports", "action_events", "figure_reports")
    for table in told:
        past.execute(f"delete from {table} where article in {late}", [f"{day}"])  # noqa: S608 - our tables
    past.execute("delete from articles where day > ?", [f"{day}"])
    for table in ("mention_acts", "ledger_blocks", "act_links", "articles_filed"):  # all is filed anew
        past.execute(f"delete from {table}")  # noqa: S608 - our tables
    past.conn.commit()
    gather(past, digest.kinds(past), day)
    week = parse_week(f"{day:%G-W%V}")
    assert to_html(compose(past, week)) == to_html(compose(db, week))


@pytest.mark.parametrize("week", WEEKS)
def test_the_digest_reads_as_it_was_approved(weeks: Weeks, week: str) -> None:
    """A change of the rules shows here as a change of the text: read it, then ``DATELINE_RENEW=1 pytest FILE``."""
    golden = GOLDEN / f"{week}.md"
    if os.environ.get("DATELINE_RENEW"):
        golden.write_text(to_markdown(weeks[week]), "utf-8")
    assert to_markdown(weeks[week]) == golden.read_text("utf-8")


def dateline(*args: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pipeline.cli", "digest", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def test_the_command_writes_the_file_and_gives_a_pipe_the_document(demo_data: Path, tmp_path: Path) -> None:
    ran = dateline("--data", demo_data, "--week", "2024-W28", "--again", "--format", "eml", "--to", "a@example.org",
                   "--out", tmp_path)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == (tmp_path / "2024-W28.eml").read_bytes()
    assert b"To: a@example.org" in ran.stdout


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--since", "2024-07-01"), b"--since and --until"),
        (("--since", "2024-07-09", "--until", "2024-07-01"), b"ends before it begins"),
        (("--since", "soon", "--until", "2024-07-01"), b"is no day"),
        (("--watchlist", "none"), b"no watchlist"),
    ],
)
def test_bad_options_are_one_clear_line(tmp_path: Path, args: tuple[str, ...], problem: bytes) -> None:
    connect(database_path(tmp_path)).close()
    ran = dateline("--data", tmp_path, *args)
    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)
    assert problem in ran.stderr
