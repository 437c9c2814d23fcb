"""Names in short reports: which actor, of which country, and what is no name."""

from __future__ import annotations

import pytest

from pipeline.annotate.entities import find_entities, find_title_entities
from tests.pipeline.annotate.names import canonicals, exported, read


def test_offsets_are_those_of_the_text() -> None:
    report = read("SEOUL, March 4 (Reuters) - Naver said it would appeal to the Fair Trade Commission.")
    for m in find_entities(report):
        assert report.article.text[m.start : m.end] == m.text


def test_names_of_one_company_are_one_entity() -> None:
    mentions = find_entities(read("Micron Technology Inc. sued. Micron said on Monday it had filed in Idaho."))
    assert {m.entity for m in mentions if m.type == "ORG"} == {"micron-technology"}


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("BEIJING, March 4 (Xinhua) -- The Ministry of Commerce announced a list.", "Ministry of Commerce (China)"),
        ("Japan's foreign ministry lodged a protest.", "Ministry of Foreign Affairs (Japan)"),
        ("The Polish finance ministry drafted a levy.", "Ministry of Finance (Poland)"),
        ("South Korea's privacy watchdog fined a bank.", "Personal Information Protection Commission (South Korea)"),
        ("In Brazil, the antitrust regulator opened a case.", "Administrative Council for Economic Defense"),
        ("The U.S. Commerce Department wrote rules.", "US Department of Commerce"),
        ("China's embassy in Germany urged restraint.", "Embassy of China in Germany"),
    ],
)
def test_an_office_is_that_of_the_state_in_context(text: str, canonical: str) -> None:
    assert canonical in canonicals(text)


def test_the_dateline_decides_where_nothing_else_does() -> None:
    assert "Ministry of Foreign Affairs (Japan)" in canonicals("TOKYO, March 4 (Reuters) - The foreign ministry spoke.")
    assert "Ministry of Foreign Affairs (India)" not in canonicals(
        "TOKYO, March 4 (Reuters) - The foreign ministry spoke."
    )


def test_a_capital_that_acts_is_its_government_and_a_place_is_not() -> None:
    assert "China" in canonicals("Beijing has tightened its controls on magnets.")
    assert "China" not in canonicals("The court sat in Beijing on Tuesday.")


def test_a_government_is_listed_under_its_state() -> None:
    assert exported("The Dutch government published the rules.") == {"Netherlands": "GPE"}


def test_a_state_only_in_an_adjective_is_not_indexed() -> None:
    assert "United States" not in exported("Sales of U.S. chipmakers rose, Qualcomm said.")
    assert "United States" in exported("The United States lowered the duty, Qualcomm said.")


def test_a_number_after_a_name_counts_what_follows() -> None:
    found = exported("The agency added to the Export Watch List 11 Danish companies on Monday.")
    assert "Export Watch List" in found and not any("11" in name for name in found)


def test_words_of_the_trade_are_no_names() -> None:
    text = "The CEO said the API and the GPU would change how AI is built, and the IPO would wait."
    assert canonicals(text) == []


def test_an_acronym_belongs_to_the_name_before_it() -> None:
    text = "The Maritime Cable Protection Agency (MCPA) fined two ships. The MCPA said more fines would follow."
    assert set(canonicals(text)) == {"Maritime Cable Protection Agency"}


def test_a_stray_acronym_is_not_a_far_off_body() -> None:
    assert "Chinese Academy of Sciences" not in canonicals("The CAS number of the solvent is on the label.")


def test_a_surname_is_the_person_named_in_full() -> None:
    text = "Marta Kowalczyk, an analyst, said demand was weak. Kowalczyk expects cuts."
    assert set(canonicals(text)) == {"Marta Kowalczyk"}


def test_a_title_is_no_part_of_the_name() -> None:
    mentions = find_entities(read("Trade Minister Carla Bengtsson met Prime Minister Jonas Lind."))
    assert [m.text for m in mentions if m.type == "PERSON"] == ["Carla Bengtsson", "Jonas Lind"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Parliament passed the Harbour Safety Act on Monday.", "Harbour Safety Act", "LAW"),
        ("He revoked Executive Order 13999 in May.", "Executive Order 13999", "LAW"),
        ("The Treaty on Open Weather Data was signed.", "Treaty on Open Weather Data", "LAW"),
        ("Delegates met at the Global Quantum Summit.", "Global Quantum Summit", "EVENT"),
        ("The Baltic Grid Agency issued a licence.", "Baltic Grid Agency", "ORG"),
    ],
)
def test_the_shape_of_a_name_gives_its_type(text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(m.canonical, m.type) for m in find_entities(read(text))}


def test_one_word_of_another_name_is_not_the_known_actor() -> None:
    found = canonicals("Researchers at the University of Washington met the painter Melania Cook.")
    assert "United States" not in found
    assert "Tim Cook" not in found


def test_a_newspaper_is_indexed_only_as_a_source() -> None:
    assert "Financial Times" in exported("The Financial Times reported that Arm would raise fees.")
    assert "Reuters" not in exported("LONDON, March 4 (Reuters) - Arm will raise fees, it told Reuters.")


def test_a_newspaper_that_was_first_to_report_is_indexed() -> None:
    assert "Bloomberg" in canonicals("Bloomberg was the first to report the plan of the German government.")


def test_title_names_have_offsets_in_the_title() -> None:
    report = read("The firm lost.", title="Nvidia loses licence as Brussels wavers")
    assert [(m.text, m.canonical) for m in find_title_entities(report)] == [
        ("Nvidia", "Nvidia"),
        ("Brussels", "European Union"),
    ]


def test_a_state_that_acts_in_the_title_is_indexed() -> None:
    assert "China" in exported("The customs office published the list.", title="China lists more minerals")


def test_credits_and_headings_are_passed_over() -> None:
    text = "Arm will raise fees.\n\nWHO PAYS WHAT\n\nSmall makers pay more.\n\nA plant in Suzhou. Photo: Xinhua"
    assert canonicals(text) == ["Arm"]


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        (
            "The Bakers' Federation of Wales objected. BFW said the levy was unfair.",
            "Bakers' Federation of Wales",
            "ORG",
        ),
        ("The ferry crossed the Tamsel River before it reached the Kolvar Bridge.", "Tamsel River", None),
        ("GUESTS WHO LEFT EARLY paid a fee to the club.", "World Health Organization", None),
        ("Shares in the chipmaker Quorvane fell after the notice.", "Quorvane", "ORG"),
        ("They will meet on New Year's Eve, the ministry said.", "New Year's Eve", None),
        ("The two shops in Ostervik closed on Friday.", "Ostervik", None),
    ],
)
def test_unlisted_names_by_what_stands_around_them(text: str, name: str, type_: str | None) -> None:
    assert exported(text).get(name) == type_


def test_a_town_is_not_its_police() -> None:
    report = "The Marlow Police Department arrested two men. Marlow said the inquiry went on."
    assert "Marlow Police Department" in exported(report)
    assert {m.canonical for m in find_entities(read(report)) if m.text == "Marlow"} <= {"Marlow"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kenyan Supreme Court heard the appeal. The Supreme Court ruled on Friday.", "Supreme Court of Kenya"),
        ("Peru's Congress debated the bill. Congress will vote in May.", "Congress (Peru)"),
        ("The Philippine Senate backed the treaty.", "Senate (Philippines)"),
        ("The commerce department said on Friday that it would add firms.", "US Department of Commerce"),
        ("The State of Washington sued the maker of the app.", "Washington (state)"),
    ],
)
def test_a_body_is_that_of_the_state_it_is_named_with(text: str, name: str) -> None:
    assert name in canonicals(text)
    assert not {"US Supreme Court", "US Congress", "US Senate", "White House"} & set(canonicals(text))


def test_another_states_agency_is_not_the_listed_one() -> None:
    found = find_entities(read("The Kenyan Federal Trade Commission opened an inquiry."))
    assert [(m.canonical, m.country) for m in found] == [("Kenyan Federal Trade Commission", "KE")]


def test_both_states_bodies_stay_apart() -> None:
    found = canonicals(
        "The US Supreme Court ruled in May. India's Supreme Court had agreed. The Supreme Court sat again."
    )
    assert found == ["US Supreme Court", "India", "Supreme Court of India", "US Supreme Court"]


def test_the_last_word_of_a_longer_name_is_not_the_known_body() -> None:
    assert "European Commission" not in canonicals("The State Grain and Data Commission issued rules.")


def test_an_acronym_after_a_state_that_it_does_not_spell_is_another_name() -> None:
    found = find_entities(read("The Relief Office for Palestine (ROFP) was closed. ROFP staff left."))
    assert "Palestine" not in {m.canonical for m in found if m.text == "ROFP"}
