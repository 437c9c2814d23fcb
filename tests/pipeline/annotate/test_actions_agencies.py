"""Acts as news agencies tell them: lists, levies by their rates, means to an end, leave given and refused."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts

TOLD = [
    ("Two cloud firms were put on the unreliable entities list, according to MOFCOM's notice No. 7.", "restrict"),
    ("The carrier was placed under sanctions by Washington in 2021.", "impose"),
    ("Taiwan was granted a two-year waiver by Washington.", "permit/license"),
    ("Thailand has granted visa-free entry to citizens of nine more countries.", "permit/license"),
    ("Japan and South Korea agreed to suspend 12 percentage points of tariffs for 60 days.", "delay/extend"),
    ("India's finance ministry said it would scrap the tax rebate on exports of copper from May 1.", "lift/repeal"),
    ("The European Union's AI Act entered into force on August 1.", "enact"),
    ("Britain's Competition and Markets Authority cleared Amazon's hiring of the lab's staff.", "permit/license"),
    ("The Chinese government has not allowed the lender to open branches in four cities.", "restrict"),
    ("Meta said it will not release its newest models in the EU.", "restrict"),
    ("Meta has taken its chatbot offline in Italy after a complaint.", "withdraw"),
    ("Japan published a broad set of export controls on Friday.", "restrict"),
    ("Japan put new requirements in place on Friday for operators of drones.", "require"),
    ("The French data watchdog found the retailer guilty of sending customers' data abroad.", "rule"),
    ("Japan issued new rules, due to take effect in May, that will block the firm from its market.", "ban/block"),
    ("The bank said it had received the Chinese regulator's consent to sell the unit.", "permit/license"),
    ("The SEC dismissed its lawsuit against the exchange.", "withdraw"),
    ("A federal appeals court on Monday revived the agency's lawsuit against the lender.", "rule"),
    ("The AI Act's ban on social scoring will apply from February 2, 2025.", "ban/block"),
    ("China's market regulator approved Synopsys' $35 billion takeover of Ansys.", "permit/license"),
    ("Britain's competition watchdog designated Google with strategic market status.", "issue"),
    ("Malaysia will require permits for exports of AI chips from the United States.", "restrict"),
    ("India will mandate that platforms label videos made by machines.", "require"),
    ("Brazil stepped up its efforts with a raft of new rules, including curbs on exports of ore.", "restrict"),
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_an_act_is_found(text, kind):
    assert kind in {a.type for a in acts(text)}


RATES = [
    ("Canada raised tariffs on steel. The levy on aluminium will rise to 40% from 25%.", ["impose", "impose"]),
    ("Canada raised tariffs on steel. The levy on aluminium will fall to 10% from 25%.", ["impose", "lift/repeal"]),
    ("Canada raised tariffs on steel. The price of aluminium will rise to 40 dollars.", ["impose"]),
]


@pytest.mark.parametrize(("text", "kinds"), RATES)
def test_a_levy_whose_rate_changes_is_an_act_of_who_told_of_it(text, kinds):
    found = acts(text)
    assert [a.type for a in found] == kinds
    assert {a.actor for a in found} == {"Canada"}


def test_the_administration_is_the_one_named_last():
    text = "The Biden administration banned the app on Monday. The administration also fined the lender in May."
    assert [a.actor for a in acts(text)] == ["Biden administration"] * 2


def test_of_many_departments_those_named_act():
    (act,) = acts(
        "The rules were jointly issued by four departments including the Cyberspace Administration of China and the"
        " Ministry of Public Security."
    )
    assert act.actor.startswith("Cyberspace Administration of China; Ministry of Public Security")


def test_a_federal_judge_is_of_the_federation_not_of_the_state_named_most():
    act = acts(
        "The app is China's. Montana banned the app of the Chinese firm from China in May. In the U.S. a federal judge"
        " blocked the ban on the app in November."
    )[-1]
    assert (act.type, act.jurisdiction) == ("rule", "US")


def test_new_measures_told_as_means_to_an_end_are_acts():
    found = acts(
        "The Biden administration escalated its efforts to keep chips out of rivals' hands with a slew of new rules,"
        " including curbs on the sale of processors. The latest regulations also restrict exports to two startups."
    )
    assert [(a.actor, a.type) for a in found] == [("Biden administration", "restrict")] * 2


def test_what_draft_rules_are_for_is_no_act_beside_the_proposal():
    found = acts("The Treasury on Friday issued draft rules for banning or requiring notice of some deals.")
    assert [a.type for a in found] == ["propose"]


def test_the_day_of_the_words_is_not_the_day_of_the_deed():
    (act,) = acts("Japan's trade ministry said on Wednesday it would restrict exports of gallium from December 1.")
    assert act.announced_date is not None
    assert act.effective_date is not None
    assert act.announced_date < act.effective_date
    assert act.effective_date.endswith("-12-01")


def test_a_treaty_that_one_state_ratifies_and_another_joins_ends_where_the_second_clause_begins():
    first = acts("India ratified the Marrakesh Treaty and Samoa acceded to the Patent Cooperation Treaty.")[0]
    assert first.target == "Marrakesh Treaty"
