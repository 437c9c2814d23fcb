"""What a report recalls is told from its news."""

from __future__ import annotations

import pytest

from pipeline.site.recalled import recalls


@pytest.mark.parametrize(
    ("sentence", "trigger", "recalled"),
    [
        ("In recent years, Peru has tightened curbs on kites.", "tightened", True),
        ("Schools have been forbidden to buy such kites since 2017.", "forbidden", True),
        ("Peru bars shops from selling kites at night.", "bars", True),
        ("The Kite Act bars shops from selling kites at night.", "bars", False),
        ("Peru barred shops from selling kites at night.", "barred", False),
        ("Shops are barred from selling kites until 2026.", "barred", False),
    ],
)
def test_an_act_without_a_date(sentence: str, trigger: str, recalled: bool) -> None:
    assert recalls(sentence, trigger, "in_force", 2024) is recalled


def test_what_is_only_planned_is_no_standing_rule() -> None:
    assert not recalls("Peru bars shops from selling kites.", "bars", "announced", 2024)
