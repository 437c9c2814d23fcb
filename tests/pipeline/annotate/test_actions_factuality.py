"""On whose word an act is told, and whether it is news, to come, or of the past."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts


def test_on_whose_word_an_act_is_told():
    (act,) = acts("India has banned the game, according to the Financial Times.")
    assert act.on_word_of == "Financial Times"
    (act,) = acts("The European Commission said on Friday it had fined Nokia 3 million euros.")
    assert act.on_word_of == "European Commission"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India banned the game on Friday.", "asserted"),
        ("India will ban the game in May.", "future"),
        ("India banned the game in May 2020.", "historical"),
        ("India, which had banned the game, wants talks.", "historical"),
        ("India has banned the game, the Financial Times reported.", "reported"),
        ("India has banned the game, two sources said.", "reported"),
        ("The Indian government said it had banned the game.", "asserted"),
    ],
)
def test_how_an_act_is_told(text, expected):
    assert [a.factuality for a in acts(text)] == [expected]


def test_what_a_former_leader_did_is_history():
    told = acts("The tariffs keep in place duties that former President Donald Trump imposed on copper.")
    assert [a.factuality for a in told if a.actor == "Donald Trump"] == ["historical"]
