"""Figures: value, unit, bound, source; and what is no figure."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.annotate import parse
from pipeline.annotate.coreference import resolve
from pipeline.annotate.entities import find_entities
from pipeline.annotate.statistics import find_statistics
from pipeline.annotate.statistics.numbers import read_numbers
from pipeline.records import Article, DateMention, Statistic


def statistics(text: str, dates: tuple[DateMention, ...] = ()) -> list[Statistic]:
    article = Article("t", "", "xinhua", "A report", text, "2024-07-09", None, "2024-07-09")
    parsed = next(parse([article]))
    return list(find_statistics(parsed, resolve(parsed, find_entities(parsed)), dates))


def rows(text: str) -> list[tuple[float, str]]:
    return [(s.value, s.unit) for s in statistics(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.8 trillion", 3.8e12),
        ("1.2bn", 1.2e9),
        ("38,000", 38000.0),
        ("two dozen", 24.0),
        ("half a million", 500000.0),
        ("one hundred and twenty-five thousand", 125000.0),
        ("two and a half million", 2.5e6),
        ("2½", 2.5),
    ],
)
def test_numbers_are_expanded(text: str, value: float) -> None:
    assert [n.value for n in read_numbers(text)] == [value]


@pytest.mark.parametrize("text", ["GPT-4", "the 14th plan", "a 5G network", "at 9:30", "No. 7", "20240709123456789012"])
def test_names_ordinals_and_times_hold_no_number(text: str) -> None:
    assert read_numbers(text) == ()


CASES: list[tuple[str, list[tuple[float, str]]]] = [
    ("The regulator fined the bank 12.5 million euros ($13.4 million).", [(12.5e6, "EUR"), (13.4e6, "USD")]),
    ("The core industry was worth 578 billion yuan.", [(578e9, "CNY")]),
    ("The plan costs HK$3 billion and NT$40 million.", [(3e9, "HKD"), (4e7, "TWD")]),
    ("Spending will be between $30 billion and $32 billion.", [(30e9, "USD"), (32e9, "USD")]),
    ("The fund may grow to $400-$500 million.", [(4e8, "USD"), (5e8, "USD")]),
    ("Exports rose by 4.2 percent, imports by 3.1%.", [(4.2, "percent"), (3.1, "percent")]),
    ("The rate went from 1.5 to 1.75 per cent.", [(1.5, "percent"), (1.75, "percent")]),
    ("The bank lowered the ratio by half a percentage point.", [(0.5, "percentage points")]),
    ("Two-thirds of the imports came by sea.", [(66.6666666667, "percent")]),
    ("One in four firms had left.", [(25.0, "percent")]),
    ("Some 161 countries and territories are on the list.", [(161.0, "countries and territories")]),
    ("The app has 50 million monthly active users.", [(5e7, "monthly active users")]),
    ("The hall covers 1.5 million square meters.", [(1.5e6, "square meters")]),
    ("The treaty needs 15 contracting parties.", [(15.0, "contracting parties")]),
    ("Ships pay $50 per net ton.", [(50.0, "USD per net ton")]),
    ("A billion-dollar fund opened in Riyadh.", [(1e9, "USD")]),
    ("China filed 38,210 inventions, ahead of Japan with 3,409.", [(38210.0, "inventions"), (3409.0, "inventions")]),
    ("The House voted 308-122 to pass the bill.", [(308.0, "votes"), (122.0, "votes")]),
    ("The number of applications rose to 273,900.", [(273900.0, "applications")]),
    ("Seven gallium-related and five germanium-related items are listed.", [(7.0, "items"), (5.0, "items")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_value_and_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert rows(text) == [(pytest.approx(value), unit) for value, unit in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The truce was extended by 90 days and may last six months.",
        "Article 5 of the law and Section 301 of the act still apply.",
        "Two companies and one bank answered.",
        "The model is called Ernie 3.5 and runs on Windows 11.",
        "He is 54 years old and came on July 9, 2024.",
        "Hundreds of firms and dozens of banks took part.",
        "The top 10 exporters met for the third time.",
    ],
)
def test_what_nobody_would_tabulate_is_left_out(text: str) -> None:
    assert rows(text) == []


def test_the_base_of_a_rate_is_no_count() -> None:
    assert rows("By June Denmark had 12.5 patents per 10,000 people.") == [(12.5, "patents")]


def test_a_date_that_is_given_is_masked() -> None:
    text = "In fiscal 2,025 the duty applied to 40 products."
    day = DateMention(3, 15, "fiscal 2,025", None, "other", "year", "explicit", "test")
    assert [s.value for s in statistics(text, (day,))] == [40.0]


def test_bound_and_change() -> None:
    (share,) = statistics("Exports fell by more than 12 percent.")
    assert (share.bound, share.change) == ("at_least", "fall")
    assert share.of_what.endswith("(more than)")


def test_levels_are_no_changes_and_open_numbers_are_bounds() -> None:
    before, after = statistics("The rate rose from 4.1 percent to 5.2 percent.")
    assert before.change is after.change is None
    (accounts,) = statistics("The agency closed 3,700-odd accounts.")
    assert (accounts.value, accounts.bound) == (3700.0, "about")


def test_a_conversion_measures_the_same_thing() -> None:
    yuan, dollars = statistics("The core industry topped 578 billion yuan (about 81 billion U.S. dollars).")
    assert yuan.of_what == dollars.of_what != ""
    assert (yuan.unit, dollars.unit) == ("CNY", "USD")


def test_phone_numbers_and_addresses_are_no_figures() -> None:
    assert rows("Call 800-273-8255 or write to 575 Hill Road for help with the vote.") == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Output reached 40 million tons, according to the World Bank.", "World Bank"),
        ("The World Bank said it dropped 14 projects, citing national security concerns.", "World Bank"),
        ("The European Commission estimates that firms could save 5 billion euros.", "European Commission"),
        ("Shipments fell by 8 percent, official data showed.", "official data"),
        ("“We sold 4,000 machines in one week,” said a dealer in Lagos.", "dealer in Lagos"),
        ("Output reached 40 million tons.", None),
        ("The town's health department said the tally rose to 749 people.", "town's health department"),
        ("China plans to write more than 50 standards, according to the guideline.", "guideline"),
        ("The Commerce Department added 140 entities to a list.", None),
        ("Output grew by 40 percent last year, said Lena Vogt, head of the office.", "Lena Vogt"),
        ("Several US media outlets put the rate that was averted at 145 percent.", "Several US media outlets"),
        ("Some 60 percent came by sea, by the reckoning of American lawmakers.", "American lawmakers"),
        ("The town's disaster agency (AFAD) said 29 people died.", "AFAD"),
        ("She led by six percentage points in a CBS News poll released on Sunday.", "CBS News"),
        (
            "The votes surfaced after a Committee on Levies estimated it would cost $4 billion.",
            "Committee on Levies",
        ),
        ("It would cut the rate to 21 percent, according to a summary sent by tax writers.", "tax writers"),
        ("The firm spent 18 billion yuan, the Financial Times reported, citing aides.", "Financial Times"),
        ("Aides confirmed a report by CNN. The club has 49 members.", None),
        ("It is a sweeping harbour bill that will add $5 billion to the debt.", None),
        ("The 13 senators, in a letter seen by Reuters, asked for an answer.", None),
    ],
)
def test_on_whose_word(text: str, source: str | None) -> None:
    (figure,) = statistics(text)
    assert figure.attributed_to == source


def test_a_report_goes_on_in_the_next_sentence() -> None:
    first, second = statistics("WIPO's report counts 54,000 inventions. Of these, 25 percent came in one year.")
    assert first.attributed_to == second.attributed_to == "World Intellectual Property Organization"


BARE: list[tuple[str, list[tuple[float, str]]]] = [
    ("The office said 29 died on the pier and 1,500 were injured.", [(29, "people"), (1500, "people")]),
    ("The death toll of the storm rose to 31.", [(31, "people")]),
    ("The Nasdaq closed up 0.6 percent at 8,204.14.", [(0.6, "percent"), (8204.14, "points")]),
    ("The vote was 180 in favour of the bill.", [(180, "votes")]),
    ("Norway has banned 59, mostly foreign, mobile apps.", [(59, "apps")]),
    ("The treasury set R4bn and R1,200,000 aside.", [(4e9, "ZAR"), (1.2e6, "ZAR")]),
    ("The heavier Block 1B flies next.", []),
]


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_the_unit_of_a_bare_number_is_told_by_its_clause(text: str, expected: list[tuple[float, str]]) -> None:
    assert rows(text) == expected


def test_a_paragraph_may_name_its_source_at_the_end() -> None:
    text = "Filings reached 78,000 in spring. Permits reached 12,700, up from 9,000, Lena Vogt said."
    assert {s.attributed_to for s in statistics(text)} == {"Lena Vogt"}


def test_hearsay_goes_on_with_the_source_before() -> None:
    text = "Lena Vogt said ships had met at sea. At least 30 transfers allegedly occurred since October."
    assert [s.attributed_to for s in statistics(text)] == ["Lena Vogt"]


def test_real_estate_is_no_money() -> None:
    assert rows("He posted four real estate properties as bail.") == [(4, "properties")]


def test_a_figure_told_twice_is_one_row() -> None:
    assert rows("The fine is 20 million euros. The 20 million euros are due in May.") == [(2e7, "EUR")]


def test_a_long_run_of_digits_costs_no_time() -> None:
    assert read_numbers("1" * 200_000 + " " + "1," * 50_000 + "one " * 1000) is not None


ODD: Any = st.text(alphabet="0123456789,.-–%$€£ ½amkbn(one)two\n'\"", max_size=80)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ODD)
def test_any_text_is_read(text: str) -> None:
    for figure in statistics(text):
        assert 0 <= figure.start < figure.end <= len(text)


SERIES = [
    (
        "Norway led with 512 patents, followed by Chile with 340 and Kenya with 210.",
        ["patents (Norway)", "patents (Chile)", "patents (Kenya)"],
    ),
    ("Inventors in Norway filed 512 patents, more than those in Chile, with 340.", None),
    ("Norway filed 512 patents, 340 from Chile and 210 from Kenya.", [None, "patents (Chile)", "patents (Kenya)"]),
    ("BYD will be charged 11.4%, Geely 12.9% and SAIC 21.6%.", ["BYD", "Geely", "SAIC"]),
    (
        "Norway, Chile and Kenya filed 120, 90 and 45 patents respectively.",
        ["patents (Norway)", "patents (Chile)", "patents (Kenya)"],
    ),
    (
        "It imposes duties of 11.4 percent on BYD, 12.9 percent on Geely and 21.6 percent on SAIC.",
        ["BYD", "Geely", "SAIC"],
    ),
    (
        "The duty on cars will rise to 40% from 10%, on cranes to 20% and on needles to 15%.",
        [None, None, "cranes", "needles"],
    ),
]


@pytest.mark.parametrize(("text", "whose"), SERIES)
def test_each_figure_of_a_row_is_of_its_own_member(text, whose):
    found = [s.of_what for s in statistics(text)]
    if whose is None:
        assert "Norway" not in found[-1]
        assert "Chile" in found[-1]
        return
    assert len(found) == len(whose)
    assert [f for f, w in zip(found, whose, strict=True) if w] == [w for w in whose if w]


def test_what_makes_up_a_share_does_not_rise():
    (share,) = statistics("Videos made up 45 percent of them.")
    assert share.change is None
