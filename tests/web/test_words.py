"""Values in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import get_args

import pytest

from pipeline.records import ActionType
from pipeline.site import words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2024-07-09", "July 9, 2024"),
        ("2024-07", "July 2024"),
        ("2024", "2024"),
        ("2024-07/2024-09", "July 2024 to September 2024"),
        ("--07-09", "--07-09"),
        (None, ""),
    ],
)
def test_days(value: str | None, shown: str) -> None:
    assert words.day(value) == shown


def test_moments_are_told_in_utc() -> None:
    assert words.moment("2024-07-09T23:11:00+08:00") == "July 9, 2024, 15:11 UTC"
    assert words.moment("2024-07-09") == "July 9, 2024"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (25, "percent", "25%"),
        (81e9, "USD", "USD 81 billion"),
        (38210, "inventions", "38,210 inventions"),
        (37.6, "percent", "37.6%"),
        (3.8e12, "CNY", "CNY 3.8 trillion"),
    ],
)
def test_figures(value: float, unit: str, shown: str) -> None:
    assert words.figure(value, unit) == shown


@pytest.mark.parametrize(
    ("actor", "kind", "target", "shown"),
    [
        ("OpenAI", "ban/block", "API traffic", "OpenAI blocks API traffic"),
        ("China; Germany", "agree/sign", "a memorandum", "China and Germany sign a memorandum"),
        ("member states", "agree/sign", "terms", "Member states agree to terms"),
        ("China", "restrict", "exports of gallium", "China restricts exports of gallium"),
        ("China", "restrict", "curbs on exports of gallium", "China sets curbs on exports of gallium"),
        ("India", "ban/block", "apps to share data", "India forbids apps to share data"),
        ("India", "ban/block", "apps to immediately stop sharing", "India orders apps to immediately stop sharing"),
        ("India", "restrict", "exports of rice to the Gulf", "India restricts exports of rice to the Gulf"),
        ("India", "restrict", "apps to be sold to minors", "India forbids apps to be sold to minors"),
        ("China", "propose", "resolution proposed by China", "China proposes resolution"),
        ("Japan", "enact", "Japan's first AI law", "Japan enacts first AI law"),
        ("Peru; Chile", "restrict", "own rules", "Peru and Chile set their own rules"),
        ("China", "investigate", "EU pork", "China investigates EU pork"),
        ("Apple", "restrict", "Apple Pencil in Peru", "Apple restricts Apple Pencil in Peru"),
        ("European Union", "issue", "EU's Toy Regulation", "European Union issues Toy Regulation"),
        ("EU countries (European Union)", "adopt", "ferry rules", "EU countries adopt ferry rules"),
        ("Peru", "rule", "banks to refund fees", "Peru orders banks to refund fees"),
        ("Peru", "require", "banks to mend an error before they", "Peru requires banks to mend an error"),
        ("Peru", "require", "banks to refund it.", "Peru requires banks to refund it"),
        ("Peru", "fine/penalise", "Acme Inc.", "Peru penalises Acme Inc."),
        ("Peru", "restrict", "a patent to lapse solely because data was not", "Peru forbids a patent to lapse"),
        ("China", "investigate", "anti-dumping probe into pork", "China opens anti-dumping probe into pork"),
    ],
)
def test_an_act_in_a_sentence(actor: str, kind: str, target: str, shown: str) -> None:
    assert words.statement(SimpleNamespace(actor=actor, type=kind, target=target)) == shown


@pytest.mark.parametrize(
    ("target", "shown"),
    [("those new rules", "Peru issues Kite Rules"), ("rules on kites", "Peru issues rules on kites")],
)
def test_for_words_that_name_no_measure_stands_the_instrument(target: str, shown: str) -> None:
    act = SimpleNamespace(actor="Peru", type="issue", target=target, instrument="Kite Rules")
    assert words.statement(act) == shown


@pytest.mark.parametrize("kind", get_args(ActionType))
def test_every_type_of_act_has_a_verb(kind: str) -> None:
    assert words.statement(SimpleNamespace(actor="A", type=kind, target="b")).startswith("A ")
