"""The ledger on the sample press: sentences that a careful reader holds to tell one act share one."""

from __future__ import annotations

from sqlite_utils import Database

from benchmarks.act_pairs import judge

PRECISION, RECALL = 0.95, 0.85
UNREAD = 10  # labelled sentences that Dateline may read no act from


def test_pairs_of_sentences_share_an_act_where_they_tell_one(demo_db: Database) -> None:
    found = judge(demo_db)
    assert len(found.right) + len(found.missed) >= 120
    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed
    assert found.links[0] == found.links[1]
    assert len(found.unread) <= UNREAD, found.unread
