"""Acts of headlines alone, and of titles whose body words them otherwise."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts


@pytest.mark.parametrize(
    ("headline", "actor", "kind", "status"),
    [
        ("EU fines Nokia over roaming fees", "European Union", "fine/penalise", "in_force"),
        ("India lifts ban on rice exports", "India", "lift/repeal", "repealed"),
        ("EU to impose duties on Thai biodiesel", "European Union", "impose", "adopted"),
        ("Turkey blocks Discord access", "Turkey", "ban/block", "in_force"),
    ],
)
def test_a_headline_alone_is_read_as_told(headline, actor, kind, status):
    (act,) = acts(headline, access="headline")
    assert (act.actor, act.type, act.status) == (actor, kind, status)


def test_the_title_tells_an_act_that_the_body_words_otherwise():
    text = "The chat tool is gone from Apple's store in India since Friday. Users of the chat tool were surprised."
    (act,) = acts(text, "Apple removes chat app from India store")
    assert (act.actor, act.type, act.method) == ("Apple", "ban/block", "title")
    assert text[act.start : act.end] == act.evidence


def test_a_comma_in_a_title_joins_two_states_that_act_as_one():
    text = "The tariffs of China and Japan on steel stay suspended for another year, both of them told reporters."
    (act,) = acts(text, "China, Japan extend suspension of steel tariffs")
    assert (act.actor, act.jurisdiction) == ("China; Japan", "INT")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("India bans drones", "Shares rose in Oslo on Friday. Oil was little changed."),
        ("Norway defends Peru sanctions work", "Norway defended its work on the Peru sanctions on Friday."),
        ("India may ban drones", "India is thinking about a ban on drones, people said."),
    ],
)
def test_what_only_a_title_claims_is_no_act(title, text):
    assert acts(text, title) == ()
