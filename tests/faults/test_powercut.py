"""The power is cut at every step of what writes files: what was acknowledged before the cut is there, whole."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import archive, durable
from pipeline.publish import current, publish
from pipeline.records import Page, Skipped
from pipeline.store import connect, database_path
from tests.faults.powercut import cut_at_every_step

NOW = datetime(2024, 7, 20, tzinfo=UTC)


def page(number: int, *, kept: bool = True) -> Page:
    url = f"https://www.wipo.int/pressroom/en/articles/2024/article_{number:04}.html"
    robots = () if kept else (("X-Robots-Tag", "noarchive"),)
    return Page(url, url, 200, (("Content-Type", "text/html"), *robots), b"<p>word " * 50, NOW, "wipo")


def read(folder: Path) -> tuple[set[str], list[Skipped]]:
    """The urls in an archive, and what of it cannot be read."""
    found = list(archive.read_pages(archive.archives(folder)))
    return {i.url for i in found if isinstance(i, Page)}, [i for i in found if isinstance(i, Skipped)]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def test_a_page_that_was_acknowledged_is_in_the_archive(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged: set[str] = set()

    def check(left: Path) -> None:
        urls, torn = read(left / "data" / "archive")
        assert acknowledged <= urls
        assert not torn

    with cut_at_every_step(disk, tmp_path / "left", check, monkeypatch) as looked:
        for run in (1, 2):
            with archive.ArchiveWriter(disk / "data" / "archive", f"run{run}") as writer:
                for number in range(4):
                    writer.write(some := page(10 * run + number, kept=number != 2))
                    writer.sync()
                    acknowledged.add(some.url)
    assert looked[0] > 60


def test_what_a_killed_run_left_is_never_lost_while_it_is_recovered(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = archive.ArchiveWriter(disk, "killed")
    writer.write(page(1))
    writer.sync()
    with (disk / "killed.warc.gz.part").open("ab") as file:
        file.write(b"\x1f\x8b\x08 a torn record")
    with cut_at_every_step(disk, tmp_path / "left", lambda left: _has_first(left), monkeypatch):
        archive.recover(disk)
    assert read(disk) == ({page(1).url}, [])


def _has_first(left: Path) -> None:
    assert read(left)[0] == {page(1).url}


def test_a_file_is_there_once_acknowledged_and_whole_at_any_time(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [b"# The week\n" * n for n in (200, 100)]
    said: list[bytes] = []

    def check(left: Path) -> None:
        digest = left / "digests" / "2024-W28.md"
        assert (digest.read_bytes() if digest.exists() else None) in (*(said[-1:] or [None]), *texts[len(said) :][:1])

    with cut_at_every_step(disk, tmp_path / "left", check, monkeypatch):
        for text in texts:
            durable.write(disk / "digests" / "2024-W28.md", text)
            said.append(text)


def test_a_release_is_there_once_acknowledged_and_whole_at_any_time(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    connect(database_path(tmp_path / "data")).close()
    (tmp_path / "data" / "digests").mkdir()
    (tmp_path / "data" / "digests" / "2024-W28.md").write_text("# The week")
    said: list[str] = []

    def check(left: Path) -> None:
        release = current(left / "out")
        assert release or not said
        if release:
            assert release.name >= said[-1] if said else True
            assert (release / "digests" / "2024-W28.md").read_text() == "# The week"
            with sqlite3.connect(release / "dateline.db") as copy:
                assert copy.execute("pragma quick_check").fetchone() == ("ok",)
                assert copy.execute("select count(*) from articles").fetchone() == (0,)

    with cut_at_every_step(disk, tmp_path / "left", check, monkeypatch):
        for day in (1, 2, 3):
            release = publish(tmp_path / "data", disk / "out", datetime(2024, 7, day, tzinfo=UTC))
            said.append(release.name)
