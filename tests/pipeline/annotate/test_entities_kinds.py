"""What kind of name it is: people, bodies, places, platforms, laws, and what is none of them."""

from __future__ import annotations

import pytest

from pipeline import vocabulary
from pipeline.annotate.entities import find_entities
from tests.pipeline.annotate.names import canonicals, exported, read


def test_who_stands_beside_a_spokesman_is_a_person() -> None:
    assert exported("The spokesman, Mallam Orvo Tebbit, said so on Monday.")["Mallam Orvo Tebbit"] == "PERSON"


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Scott Hale, a union leader, urged the government to wait.", "Scott Hale"),
        ("The ban came late, Cheung Hau-yip, a commander, told the court.", "Cheung Hau-yip"),
        ("Shares fell, according to bank analyst Chris Schott.", "Chris Schott"),
        ("The plan is sound, said Shi Yanhong, an analyst in Beijing.", "Shi Yanhong"),
    ],
)
def test_people_are_told_by_given_name_calling_or_make(text: str, person: str) -> None:
    assert exported(text)[person] == "PERSON"


def test_a_given_name_does_not_make_a_body_a_person() -> None:
    assert "PERSON" not in exported("The Scott Hale Foundation and Scott Bank signed.").values()


def test_the_field_of_a_minister_is_no_name() -> None:
    assert canonicals("Prime Minister Lena Vogt and Finance Minister Mark Hale met.") == ["Lena Vogt", "Mark Hale"]


def test_a_head_of_any_make_names_nobody() -> None:
    assert canonicals("LONDON (CBS.MW) -- A planter has won.") == []
    assert canonicals("ISLAMABAD, Oct 23: A minister spoke.") == []


def test_a_dotted_country_in_a_new_name_is_written_plain() -> None:
    assert "US Office of Harbour Safety" in exported("The U.S. Office of Harbour Safety wrote the rule.")


def test_members_of_a_party_are_not_the_party() -> None:
    assert "Republican Party" not in exported("Republicans blocked the bill in the Senate.")
    assert "Republican Party" in exported("The Republican Party blocked the bill in the Senate.")


@pytest.mark.parametrize(
    ("text", "canonical", "kind"),
    [
        ("The Senate Banking Committee rejected the nominee.", "US Senate Banking Committee", "ORG"),
        ("House Judiciary Chairman Mark Hale spoke.", "US House Judiciary Committee", "ORG"),
        ("Samoa joined the pact.", "Samoa", "GPE"),
        ("San Marino joined the pact.", "San Marino", "GPE"),
        ("The state of Washington sued.", "Washington (state)", "GPE"),
        ("The Senate repealed Obamacare on Friday.", "Affordable Care Act", "LAW"),
        ("The 9th U.S. Circuit Court of Appeals stayed the order.", "US Court of Appeals for the Ninth Circuit", "ORG"),
    ],
)
def test_bodies_states_and_laws_by_their_short_names(text: str, canonical: str, kind: str) -> None:
    assert (canonical, kind) in {(m.canonical, m.type) for m in find_entities(read(text))}


def test_parliaments_are_legislatures() -> None:
    assert {vocabulary.by_id()[e].kind for e in ("knesset", "state-duma", "verkhovna-rada", "sejm")} == {"legislature"}


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("The Chinese embassy in Berlin protested.", "Embassy of China in Germany"),
        ("The U.S. embassy to Russia said so.", "Embassy of the United States in Russia"),
        ("The Russian consulate in Osaka was shut.", "Consulate General of Russia in Osaka"),
        ("JPMorgan analyst Chris Schott cut the target.", "Chris Schott"),
    ],
)
def test_embassies_consulates_and_people_with_firms_names(text: str, canonical: str) -> None:
    assert canonical in canonicals(text)


@pytest.mark.parametrize(
    ("text", "canonical", "kind"),
    [
        ("The envoy, Ambassador Vogtov, will travel.", "Vogtov", "PERSON"),
        ("Lord Haleby paid for the suits, the party said.", "Lord Haleby", "PERSON"),
        ("U.S. District Judge Amy Berman Hale chided the firm.", "Amy Berman Hale", "PERSON"),
        ("The storm struck Puerto Rico on Monday.", "Puerto Rico", "GPE"),
        ("The House Ethics Committee met. The Ethics Committee opened a case.", "US House Ethics Committee", "ORG"),
        ("The Oregon Supreme Court let the rule stand.", "Oregon Supreme Court", "ORG"),
    ],
)
def test_titles_ranks_and_states_of_the_union(text: str, canonical: str, kind: str) -> None:
    assert exported(text).get(canonical) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Hurricane Vera reached the coast.",
        "A gallery opened in St Petersburg.",
        "Two shops in Vellbrug shut. The council of Vellbrug met in Vellbrug.",
    ],
)
def test_storms_and_towns_are_neither_bodies_nor_people(text: str) -> None:
    assert not {"ORG", "PERSON", "EVENT"} & set(exported(text).values())


def test_an_embassy_without_a_sender_is_nobodys() -> None:
    assert "Embassy of the United States in the United States" not in canonicals("The embassy in Washington shut.")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The senator wrote so on Twitter.", "Twitter", "PRODUCT"),
        ("Twitter said it would appeal.", "Twitter", "ORG"),
        ("India banned mobile apps including ByteDance's TikTok and others.", "TikTok", "PRODUCT"),
        ("Shares of Amazon, Facebook and Alphabet rose.", "Facebook", "ORG"),
        ("The council wrote the Ports, Docks and Quays Act 2014.", "Ports, Docks and Quays Act 2014", "LAW"),
        ("The rule covers the European Economic Area.", "European Economic Area", "GPE"),
        ("Federal prosecutors charged two guards.", "US federal prosecutors", "ORG"),
    ],
)
def test_platforms_laws_and_bodies_by_their_use(text: str, name: str, kind: str) -> None:
    assert exported(text).get(name) == kind


@pytest.mark.parametrize(
    "text", ["A fire broke out near Brandenburg Gate.", "The drive holds 80 TB.", "It cited Section 35."]
)
def test_gates_units_and_bare_sections_are_no_names(text: str) -> None:
    assert exported(text) == {}


def test_a_president_is_named_beside_his_administration() -> None:
    assert "Donald Trump" in exported("President Donald Trump's administration must let the ship in.")


def test_commerce_alone_is_the_department_whose_secretary_is_named() -> None:
    text = "Commerce added 140 firms to the list. Commerce Secretary Mark Hale said so."
    assert exported(text).get("US Department of Commerce") == "ORG"
