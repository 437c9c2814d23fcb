"""Policy acts: each reading of the vocabulary by its own example, then who did what and what is no act."""

from __future__ import annotations

import pytest

from pipeline.annotate.actions.lexicon import words
from tests.pipeline.annotate.acts import acts


@pytest.mark.parametrize("frame", words().frames, ids=lambda f: f.example[:60])
def test_each_reading_fires_on_its_example(frame):
    assert {a.type for a in acts(frame.example)} & set(frame.by.values())


ACTIVE = [
    ("India banned 54 Chinese apps on Monday, citing threats to security.", "India", "ban/block"),
    ("Mexico raised tariffs on cars from China to 50 percent in September.", "Mexico", "impose"),
    ("Spain fined the airline 3 million euros in May.", "Spain", "fine/penalise"),
    ("Taiwan added Huawei to its export control entity list.", "Taiwan", "restrict"),
    ("South Korea ratified the Hague Agreement in 2014.", "South Korea", "agree/sign"),
    ("China suspended imports of beef from four Brazilian plants.", "China", "ban/block"),
    ("Malaysia has introduced a permit requirement for exports of AI chips.", "Malaysia", "restrict"),
    ("The Dutch government revoked the export licence of ASML for some machines.", "Netherlands", "restrict"),
    ("The European Parliament approved the Artificial Intelligence Act on Wednesday.", "European Parliament", "enact"),
    ("The People's Bank of China cut the reserve requirement ratio by 50 basis points.", "People's Bank", "adopt"),
    ("Canada ordered the dissolution of TikTok's business in the country last November.", "Canada", "impose"),
    ("China waived tariffs on some U.S. semiconductors in April.", "China", "lift/repeal"),
    ("Ohio Governor Mike DeWine outlawed the game on school tablets.", "Ohio", "ban/block"),
    ("OpenAI blocked access to its services from China in July.", "OpenAI", "ban/block"),
]


PASSIVE = [
    (
        "Export licences were granted to two mines by the Ministry of Commerce.",
        "Ministry of Commerce",
        "permit/license",
    ),
    ("Apple was fined 500 million euros by the European Commission in April.", "European Commission", "fine/penalise"),
    ("The tariffs will be lifted on May 1, the European Commission said.", "European Commission", "lift/repeal"),
]


REPORTED = [
    ("China will restrict exports of gallium from August 1, the commerce ministry said.", "China", "restrict"),
    ("The European Commission said it would postpone the rules by a year.", "European Commission", "delay/extend"),
    ("The European Commission announced the repeal of the levy on Friday.", "European Commission", "lift/repeal"),
    ("The FCC voted on Thursday to ban equipment from Huawei.", "Federal Communications", "ban/block"),
]


COURTS = [
    ("A U.S. judge blocked the rule on Monday.", "judge", "rule"),
    ("The U.S. Supreme Court refused to strike down the law on Friday.", "Supreme Court", "rule"),
    ("The WTO ruled in July that the measures breached global rules.", "World Trade Organization", "rule"),
]


@pytest.mark.parametrize(("text", "actor", "kind"), [*ACTIVE, *PASSIVE, *REPORTED, *COURTS])
def test_who_did_what(text, actor, kind):
    assert any(actor in a.actor and a.type == kind for a in acts(text)), acts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Donald Trump threatened on Friday to impose a tariff of 80 percent on Brazil.",
        "China firmly opposes the measures and urges Washington to lift the tariffs.",
        "China may restrict exports of the metal next year.",
        "The European Commission is considering a ban on Chinese cameras.",
        "The European Commission could fine the company up to 10 percent of its turnover.",
        "India has not banned the app.",
        "If the talks fail, the United States will raise tariffs.",
        "The United States will raise tariffs if the talks fail.",
        "Norway goes on levying a 7 percent duty on Swedish cheese.",
        "Lawyers called on the court to strike down the rule.",
        "Analysts expect the People's Bank of China to cut rates in June.",
        "Apple launched a new phone on Tuesday and cut the price of the old one.",
        "The club was fined 50,000 pounds by the league after the match.",
        "FIFA banned the striker for six matches.",
        "Nvidia said it had signed a deal to supply chips to a carmaker.",
        "Senators urged the department to restrict exports of the chips.",
    ],
)
def test_what_is_no_act(text):
    assert acts(text) == ()


def test_an_act_carries_its_date_status_sentence_and_state():
    text = "Talks went on. The European Commission fined Nokia 40 million euros on April 23, 2025. Shares fell."
    (act,) = acts(text)
    assert (act.announced_date, act.status, act.jurisdiction) == ("2025-04-23", "in_force", "EU")
    assert (
        text[act.start : act.end]
        == act.evidence
        == "The European Commission fined Nokia 40 million euros on April 23, 2025."
    )
    assert text[slice(*act.trigger)] == "fined"


def test_one_act_told_twice_is_one():
    text = "India banned the TikTok app in June 2020. India banned the TikTok app after a border clash."
    assert len(acts(text)) == 1


def test_a_list_told_and_then_itemised_is_one_act():
    lead = "The U.S. Commerce Department added several Chinese companies to its Entity List on Friday."
    (act,) = acts(f"{lead} The Commerce Department added Sugon, Higon and Hygon to the Entity List.")
    assert "several Chinese companies: Sugon" in act.target


def test_an_order_is_the_act_of_who_gives_it():
    found = acts("India ordered Apple to block the game in its store.")
    assert [(a.actor, a.type) for a in found] == [("India", "ban/block")]


def test_legal_form_follows_the_noun_or_who_acts():
    forms = {
        "Japan issued guidelines on drones on Friday.": "guidance",
        "The U.S. Supreme Court struck down the rule on Friday.": "court_decision",
        "South Korea ratified the Hague Agreement in 2014.": "agreement",
        "OpenAI blocked access to its services from China in July.": "firm_policy",
    }
    assert {text: acts(text)[0].legal_form for text in forms} == forms


def test_a_judge_unnamed_at_first_is_the_one_the_text_names():
    (act,) = acts("A federal judge struck down the rule on Friday. Judge Amit Mehta spoke for an hour.")
    assert (act.actor, act.type) == ("Amit Mehta", "rule")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The United States and the European Union imposed sanctions on the bank.",
            {"United States", "European Union"},
        ),
        ("The United States and China signed a trade agreement.", {"United States; China"}),
        ("Both houses of the Danish parliament approved the law on Monday.", {"Parliament of Denmark"}),
        ("When it banned the app in May, the Indian government gave no reason.", {"India"}),
        ("Norwegian tariffs on cheese were cut to 5 percent on Monday.", {"Norway"}),
        ("China in 2023 barred operators of ports from buying cranes.", {"China"}),
        ("Turkey's competition board fined Nokia 3 million euros.", {"competition board (Turkey)"}),
        ("Microsoft won approval from the European Commission for the deal.", {"European Commission"}),
    ],
)
def test_whose_act_it_is(text, expected):
    assert {a.actor for a in acts(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "The court has yet to rule on the appeal.",
        "The chances that India will ban the app are slim.",
        "Japan will keep the duty until the European Union lifts its own.",
        "The European Commission must approve the merger first.",
        "Norway was slow to ban the app.",
        "Senators seek to block the sale.",
        "Beijing has long restricted foreign ownership of ports.",
        "Nokia said it would appeal the fine.",
        "The trader doubted that a suit brought by a neighbour against the European Commission would last.",
        "None of the rules were lifted by Japan.",
    ],
)
def test_what_is_not_yet_or_never_done_is_no_act(text):
    assert acts(text) == ()
