"""What is told in the words of an act but is none: crime, purposes, generalities, wishes."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts


@pytest.mark.parametrize(
    "text",
    [
        "Police in India arrested a man of 40 at his home on Monday.",
        "The fire is being investigated by the Japanese safety authorities.",
        "The Indian government warned residents to leave the valley on Friday.",
        "President Joe Biden named a retired judge as ambassador to Norway.",
        "The Indian space agency announced plans to launch two missions.",
        "Nokia licenses its patents to makers of cars.",
        "South Korea proposed talks with its neighbour on Monday.",
        "Nokia cannot get the merger approved by the European Commission.",
        "Sweden has changed little, said a traveller to the country, which requires a visa.",
    ],
)
def test_crime_accidents_appointments_talks_and_trade_are_no_policy(text):
    assert not acts(text)


def test_arrests_in_matters_of_trade_are_policy():
    (act,) = acts("Prosecutors in Japan charged two men on Monday with smuggling chips.")
    assert act.type == "enforce"


@pytest.mark.parametrize(
    "text",
    [
        "Traders fear for countries that tax imports.",
        "Before any penalty is imposed by India, traders are heard.",
        "Japan held a summit on Friday, capping a week of visits.",
    ],
)
def test_what_is_of_no_case_in_particular_is_no_act(text):
    assert not acts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Norway sent samples abroad in May to allow the agency to test them.",
        "Aiming to lift barriers to trade, the European Union held a summit.",
        "The Japanese government stressed the importance of removing barriers to trade.",
        "The United States doubts the ability of India to ban the app.",
        "India and Norway will speed up talks to sign a trade agreement.",
    ],
)
def test_what_something_is_done_for_is_not_done(text):
    assert not acts(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peru became the first state to ban the app.", "ban/block"),
        ("Norway vetoed the sale of the port, only to approve the sale in May.", "permit/license"),
        ("India answered by suspending imports of drones.", "ban/block"),
    ],
)
def test_what_came_of_it_is_done(text, kind):
    assert kind in [a.type for a in acts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "China announced plans to launch a space probe.",
        "Sweden told citizens to keep some cash at home.",
        "Japan summoned the ambassador of Peru on Monday.",
        "Donald Trump questioned the worth of the treaty.",
        "Senators approved the nomination of a judge.",
        "North Korea cleared the last hurdle on its way to space.",
        "Two men were charged with burglary.",
    ],
)
def test_what_only_sounds_like_policy_is_none(text):
    assert not acts(text)
