"""Datelines at the head of a report, and the agency a text is credited to."""

from __future__ import annotations

import time

import pytest

from pipeline.dateline import agency_of, find_dateline
from pipeline.records import Dateline

HEADS = [
    ("SHANGHAI, June 25 (Reuters) - The firm", ("SHANGHAI", "June 25", "Reuters"), "The firm"),
    ("BEIJING, Sept. 3 (Xinhua) -- A list", ("BEIJING", "Sept. 3", "Xinhua"), "A list"),
    ("May 13 (Reuters) - A ministry", (None, "May 13", "Reuters"), "A ministry"),
    ("BEIJING/WASHINGTON, Oct 23 - Both", ("BEIJING/WASHINGTON", "Oct 23", None), "Both"),
    ("WASHINGTON/BEIJING July 9 (Reuters) - Both", ("WASHINGTON/BEIJING", "July 9", "Reuters"), "Both"),
    ("WASHINGTON, D.C., July 9 (Reuters) - A court", ("WASHINGTON, D.C.", "July 9", "Reuters"), "A court"),
    ("LAUSANNE, Switzerland, Dec 6 (Reuters) - A", ("LAUSANNE, Switzerland", "Dec 6", "Reuters"), "A"),
    ("MUMBAI (Reuters) - Shares", ("MUMBAI", None, "Reuters"), "Shares"),
    ("BRUSSELS, Belgium (AP) — Ministers", ("BRUSSELS, Belgium", None, "AP"), "Ministers"),
    ("LONDON, 9 July (Reuters) - The", ("LONDON", "9 July", "Reuters"), "The"),
    ("MOSCOW. July 9 (Interfax) - The", ("MOSCOW", "July 9", "Interfax"), "The"),
    ("SÃO PAULO, July 10 (Reuters) - Brazil", ("SÃO PAULO", "July 10", "Reuters"), "Brazil"),
    ("Rio de Janeiro, July 9 (Xinhua) -- The", ("Rio de Janeiro", "July 9", "Xinhua"), "The"),
    ("beijing, july 9 (xinhua) -- a notice", ("beijing", "july 9", "Xinhua"), "a notice"),
    ("Geneva, July 3, 2024\nPR/2024/900\n\nFilings", ("Geneva", "July 3, 2024", None), "Filings"),
    ("Geneva, July 3, 2024\n\nPR/2024/900\n\nFilings", ("Geneva", "July 3, 2024", None), "Filings"),
    ("Riyadh, November 22, 2024 — Members", ("Riyadh", "November 22, 2024", None), "Members"),
    ("The Hague, July 9 - Judges", ("The Hague", "July 9", None), "Judges"),
    ("BEIJING -- A ministry", ("BEIJING", None, None), "A ministry"),
    ("(Bloomberg) -- A bank", (None, None, "Bloomberg"), "A bank"),
    ("新华社北京7月9日电（记者李明）国务院", ("北京", "7月9日", "Xinhua"), "国务院"),
]


@pytest.mark.parametrize(("text", "parts", "begins"), HEADS)
def test_dateline(text: str, parts: tuple[str | None, ...], begins: str) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.day, found.agency) == parts
    assert text[found.end :] == begins


@pytest.mark.parametrize(
    "text",
    [
        "Sunday, July 7 - The day the rules changed",
        "In Beijing, July 9 was a day of talks",
        "The EU, July 9 - a date to remember",
        "A day after July 9 (Reuters) - or so it seemed",
        "EXCLUSIVE -- The plan",
        "Acme (ACME) - The maker of anvils",
        "Acme Inc. - the maker of anvils",
        "Shanghai (Reuters) said nothing",
        "May is a month.",
        "",
    ],
)
def test_running_text_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize("text", ["A " * 50_000, "BEIJING, " * 10_000, "a.b-c'd" * 10_000, "(" * 50_000])
def test_linear(text: str) -> None:
    begun = time.perf_counter()
    assert find_dateline(text) is None
    assert time.perf_counter() - begun < 0.1


def test_a_dateline_of_another_outlet_is_a_credit() -> None:
    dateline = Dateline("BEIJING", "July 9", "Xinhua", 28)
    assert agency_of([], dateline, own=("Global Times", "global_times")) == "Xinhua"
    assert agency_of([], dateline, own=("Xinhua", "xinhua")) is None


@pytest.mark.parametrize("credit", ["Source: Xinhua", "(Xinhua)", "By Xinhua", "Xinhua News Agency", "Source: xinhua "])
def test_credits(credit: str) -> None:
    assert agency_of([credit], None, own=("Global Times",)) == "Xinhua"


def test_a_company_named_as_a_source_is_no_agency() -> None:
    assert agency_of(["Source: company filings", "By Ann Example"], None, own=("Global Times",)) is None
