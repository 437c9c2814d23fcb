"""Policy acts: each reading of the vocabulary by its own example, then tables by rule family and what is no act."""

from __future__ import annotations

import pytest

from pipeline.annotate import parse
from pipeline.annotate.actions import find_actions
from pipeline.annotate.actions.lexicon import words
from pipeline.annotate.coreference import resolve
from pipeline.annotate.dates import find_dates
from pipeline.annotate.entities import find_entities
from pipeline.records import ActionMention, Article


def acts(text: str) -> tuple[ActionMention, ...]:
    """The acts of a text published on 20 December 2025."""
    day = "2025-12-20"
    article = Article("0" * 16, "https://press.example/a", "reuters", "A report", text, day, None, day)
    read = next(iter(parse([article])))
    return find_actions(read, resolve(read, find_entities(read)), find_dates(read))


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


def test_a_provision_of_an_adopted_rule_is_an_act_of_its_maker_and_of_a_proposed_one_none():
    rule = "The Cyberspace Administration of China {} rules on AI labels on Friday. Providers must label such content."
    assert [a.type for a in acts(rule.format("issued"))] == ["issue", "require"]
    assert "require" not in [a.type for a in acts(rule.format("proposed"))]
