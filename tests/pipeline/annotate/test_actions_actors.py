"""Who acts, and for which state, where the report gives the actor no name of its own."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts

STATES = [
    ("An Indonesian court fined the bank 3 million dollars.", "Indonesian court", "ID"),
    ("China exports cars to the EU. Member states approved duties on Chinese cars.", "Member states", "EU"),
    (
        "China fears a ban. Sweden's telecoms regulator barred ZTE, a ban which an appeals court upheld.",
        "appeals",
        "SE",
    ),
    ("Finance Minister Thabo Dlamini of South Africa imposed a tax on sugar.", "Dlamini", "ZA"),
]


@pytest.mark.parametrize(("text", "actor", "state"), STATES)
def test_an_actor_acts_for_its_own_state(text, actor, state):
    assert [a.jurisdiction for a in acts(text) if actor in a.actor] == [state]


def test_a_clause_below_a_group_is_not_part_of_its_name():
    (act,) = acts("Several lawmakers, backed by the World Trade Organization, sued the Treasury.")
    assert act.actor == "Several lawmakers"


def test_a_leader_s_body_is_named_for_the_leader():
    (act,) = acts("President Donald Trump's commission banned the app.")
    assert act.actor == "commission (Donald Trump)"


def test_the_judge_is_nobody_named_only_later():
    (act,) = acts("All parties were ordered by the judge to leave.\n\nPaul Doe, a lobbyist of Iran, said he was angry.")
    assert act.actor == "judge"


def test_a_court_that_a_suit_is_filed_in_does_not_sue():
    assert not acts("The lawsuit, filed in U.S. District Court in Manhattan, is new.")


def test_what_a_panel_said_it_was_probing_is_no_future():
    (act,) = acts("The House Ethics Committee said on Thursday it was investigating a member.")
    assert act.factuality == "asserted"
