"""Who said what, on the sample press: points that a careful reader wants, and few that he would not let stand."""

from __future__ import annotations

from sqlite_utils import Database

from benchmarks.tellings import judge

PRECISION, RECALL = 0.9, 0.7


def test_outlets_add_and_leave_out_what_a_reader_sees(demo_db: Database) -> None:
    judged = judge(demo_db)
    assert len(judged.found) + len(judged.missed) >= 25
    assert judged.precision >= PRECISION, judged.wrong
    assert judged.recall >= RECALL, judged.missed
    assert not judged.unread
