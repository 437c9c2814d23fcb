"""Figures of the sample press: numbers that a careful reader holds to be one figure are one."""

from __future__ import annotations

import yaml
from sqlite_utils import Database

from benchmarks.figures import LABELS, judge
from benchmarks.labels import article_ids

PRECISION, RECALL = 0.95, 0.85
UNREAD = 10  # labelled numbers that Dateline may not read


def test_pairs_of_numbers_are_one_figure_where_they_tell_one(demo_db: Database) -> None:
    found = judge(demo_db, yaml.safe_load(LABELS.read_text()), article_ids(demo_db))
    assert len(found.right) + len(found.missed) >= 120
    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed
    assert len(found.unread) <= UNREAD, found.unread


def test_the_sample_press_contradicts_itself_nowhere(demo_db: Database) -> None:
    assert list(demo_db.query("select words, other_words from contradicting_figures")) == []
