"""Policy acts: each reading of the vocabulary by its own example, then tables by rule family and what is no act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.annotate import parse
from pipeline.annotate.actions import find_actions
from pipeline.annotate.actions.lexicon import words
from pipeline.annotate.coreference import resolve
from pipeline.annotate.dates import find_dates
from pipeline.annotate.entities import find_entities, find_title_entities
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


@pytest.mark.parametrize(
    ("text", "actor", "kind", "target"),
    [
        ("The ministers of Peru adopted, by a wide margin, a law on data brokers.", "", "enact", "data brokers"),
        ("Norway cut from 15 percent to 5 percent the duty on salmon.", "Norway", "lift/repeal", "salmon"),
        ("Japan, for its part, lifted curbs on beef last week.", "Japan", "lift/repeal", "beef"),
        ("The United States hit steel from Brazil with a tariff of 50 percent.", "United States", "impose", "tariff"),
        ("The US Postal Service will no longer accept parcels from Peru.", "Postal", "ban/block", "parcels"),
        ("The New York Times sued Microsoft in December 2023.", "New York Times", "sue/challenge", "Microsoft"),
        ("The European Commission fined the bank. It also looked into how Nokia sells phones.", "", "investigate", "N"),
    ],
)
def test_constructions_that_lead_the_parser_astray(text, actor, kind, target):
    assert any(actor in a.actor and a.type == kind and target in a.target for a in acts(text)), acts(text)


def test_an_order_is_the_act_of_who_gives_it():
    found = acts("India ordered Apple to block the game in its store.")
    assert [(a.actor, a.type) for a in found] == [("India", "ban/block")]


def test_what_takes_effect_is_an_act_of_its_maker():
    (act,) = acts("The European Union's extra duties on Chinese bicycles took effect on December 15.")
    assert (act.actor, act.type, act.effective_date, act.method) == (
        "European Union",
        "impose",
        "2025-12-15",
        "takes_effect",
    )


def test_a_start_told_later_belongs_to_the_act_before():
    (act,) = acts("Japan issued rules on drone exports on Friday. They take effect on February 1, 2026.")
    assert (act.type, act.effective_date, act.status) == ("issue", "2026-02-01", "adopted")


@pytest.mark.parametrize(
    ("duty", "kind"),
    [
        ("Providers must label such content.", "require"),
        ("Platforms are told to keep records for three years.", "require"),
        ("Operators are forbidden to sell the data.", "restrict"),
        ("No provider may hide the labels.", "restrict"),
        ("Small firms no longer have to file a contract.", "permit/license"),
        ("Exporters may now send trade data abroad.", "permit/license"),
    ],
)
def test_provisions_of_a_rule_in_force(duty, kind):
    rule = "The Cyberspace Administration of China issued rules on AI labels on Friday."
    found = acts(f"{rule} {duty}")
    assert [(a.actor, a.type) for a in found[1:]] == [("Cyberspace Administration of China", kind)]
    assert found[1].status == found[0].status


@pytest.mark.parametrize(
    "text",
    [
        "The Cyberspace Administration of China issued rules on Friday. A vote must come by May.",
        "The Cyberspace Administration of China issued rules on Friday. Users have until May to comment.",
        "The Cyberspace Administration of China issued rules on Friday.\n\nWhat firms must do\n\nShares fell.",
        "The Cyberspace Administration of China issued rules on Friday. The Senate may not act this year.",
    ],
)
def test_no_provision_without_somebody_who_is_told(text):
    assert [a.type for a in acts(text)] == ["issue"]


def test_legal_form_follows_the_noun_or_who_acts():
    forms = {
        "Japan issued guidelines on drones on Friday.": "guidance",
        "The U.S. Supreme Court struck down the rule on Friday.": "court_decision",
        "South Korea ratified the Hague Agreement in 2014.": "agreement",
        "OpenAI blocked access to its services from China in July.": "firm_policy",
    }
    assert {text: acts(text)[0].legal_form for text in forms} == forms


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
    day = "2025-12-20"
    article = Article("0" * 16, "https://press.example/a", "reuters", headline, headline, day, None, day)
    read = next(iter(parse([replace(article, access="headline")])))
    (act,) = find_actions(read, resolve(read, find_entities(read)), find_dates(read))
    assert (act.actor, act.type, act.status) == (actor, kind, status)


def titled(title: str, text: str) -> tuple[ActionMention, ...]:
    day = "2025-12-20"
    article = Article("0" * 16, "https://press.example/a", "reuters", title, text, day, None, day)
    read = next(iter(parse([article])))
    return find_actions(read, resolve(read, find_entities(read)), find_dates(read), find_title_entities(read))


def test_the_title_tells_an_act_that_the_body_words_otherwise():
    text = "The chat tool is gone from Apple's store in India since Friday. Users of the chat tool were surprised."
    (act,) = titled("Apple removes chat app from India store", text)
    assert (act.actor, act.type, act.method) == ("Apple", "withdraw", "title")
    assert text[act.start : act.end] == act.evidence


def test_a_comma_in_a_title_joins_two_states_that_act_as_one():
    text = "The tariffs of China and Japan on steel stay suspended for another year, both of them told reporters."
    (act,) = titled("China, Japan extend suspension of steel tariffs", text)
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
    assert titled(title, text) == ()


def test_on_whose_word_an_act_is_told():
    (act,) = acts("India has banned the game, according to the Financial Times.")
    assert act.on_word_of == "Financial Times"
    (act,) = acts("The European Commission said on Friday it had fined Nokia 3 million euros.")
    assert act.on_word_of == "European Commission"


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
    ("text", "kind", "effective"),
    [
        ("Exports of drones will need a licence from March 1, Japan's trade ministry said.", "restrict", "2026-03-01"),
        ("India said on Monday that imports of drones require a permit.", "restrict", None),
        ("Norway announced that sales of small boats were exempt.", "permit/license", None),
        ("India banned exports of rice on December 15, with immediate effect.", "ban/block", "2025-12-15"),
        ("India will ban exports of rice as of January 5.", "ban/block", "2026-01-05"),
    ],
)
def test_duties_told_as_states_and_starts_told_beside_the_act(text, kind, effective):
    assert [(a.type, a.effective_date) for a in acts(text)] == [(kind, effective)]


@pytest.mark.parametrize(
    ("text", "kind", "announced"),
    [
        ("India opened a probe into Nokia on May 3, 2025 and fined Apple.", "fine/penalise", "2025-05-03"),
        ("Norway ended on Monday the tariff it had imposed on May 3, 2025.", "lift/repeal", "2025-12-15"),
    ],
)
def test_a_date_belongs_to_the_act_of_its_own_clause(text, kind, announced):
    assert (kind, announced) in [(a.type, a.announced_date) for a in acts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Danish parliament approved a bill that bans fees on Friday.", ["enact"]),
        ("Two U.S. senators introduced legislation on data brokers.", ["propose"]),
        ("China requested the WTO to set up a panel on the tariffs.", ["sue/challenge"]),
        ("Norway defended the country's decision to impose export control measures on salmon.", ["restrict"]),
        ("Danish makers of drones will be required to have an export licence, the government announced.", ["restrict"]),
        ("The United States' announcement of new tariffs on wine upset traders.", ["impose"]),
        ("The Japanese government launched a crackdown on counterfeit goods.", ["enforce"]),
        ("The Japanese ministry urged Norway to keep to the treaty and cease using quotas.", []),
        ("The European Commission will likely open an investigation into Nokia.", []),
        ("Other measures of the European Commission include revoking licences.", []),
        ("Japan investigated 6,529 cases last year.", []),
        ("The FTC has sent civil investigative demands to Nokia.", ["investigate"]),
        ("Norway asked for talks, and India requested the establishment of a WTO panel.", ["sue/challenge"]),
        ("The U.S. Supreme Court declined to hear the appeal of Nokia.", ["rule"]),
        ("The European Commission said in preliminary findings that Nokia broke the law.", ["rule"]),
        ("Norway withdrew from the treaty on Friday.", ["withdraw"]),
        ("Japan acceded to the Singapore Treaty in May.", ["agree/sign"]),
        ("Apple pulled the app from its store.", ["ban/block"]),
        ("Peru is mulling a law to ban fees.", []),
    ],
)
def test_acts_by_the_words_that_carry_them(text, expected):
    assert [a.type for a in acts(text)] == expected


def test_a_list_told_and_then_itemised_is_one_act():
    lead = "The U.S. Commerce Department added several Chinese companies to its Entity List on Friday."
    (act,) = acts(f"{lead} The Commerce Department added Sugon, Higon and Hygon to the Entity List.")
    assert "several Chinese companies: Sugon" in act.target


def test_a_judge_unnamed_at_first_is_the_one_the_text_names():
    (act,) = acts("A federal judge struck down the rule on Friday. Judge Amit Mehta spoke for an hour.")
    assert (act.actor, act.type) == ("Amit Mehta", "rule")


def test_a_day_is_shared_with_the_act_that_explains_it():
    text = "The Japanese ministry has collected the fees since June 3, 2024, the day India banned exports of drones."
    assert ("India", "2024-06-03") in [(a.actor, a.effective_date) for a in acts(text)]


def test_what_a_pronoun_starts_is_the_measure_told_before():
    (act,) = acts("Japan banned the app, but Norway wondered if it would be compulsory as of March 3, 2026.")
    assert act.effective_date == "2026-03-03"


def test_what_a_firm_says_of_its_service_is_no_provision():
    text = "India issued rules for apps on Friday. The company says that messages cannot be forwarded."
    assert [a.type for a in acts(text)] == ["issue"]


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


def test_an_instrument_named_in_passing_is_no_act():
    assert not acts("Nokia has not read the order, which India published in May.")
