"""What instruments oblige, forbid and allow, and duties told as states."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts


def test_a_provision_of_an_adopted_rule_is_an_act_of_its_maker_and_of_a_proposed_one_none():
    rule = "The Cyberspace Administration of China {} rules on AI labels on Friday. Providers must label such content."
    assert [a.type for a in acts(rule.format("issued"))] == ["issue", "require"]
    assert "require" not in [a.type for a in acts(rule.format("proposed"))]


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


def test_what_a_firm_says_of_its_service_is_no_provision():
    text = "India issued rules for apps on Friday. The company says that messages cannot be forwarded."
    assert [a.type for a in acts(text)] == ["issue"]


def test_an_instrument_named_in_passing_is_no_act():
    assert not acts("Nokia has not read the order, which India published in May.")
