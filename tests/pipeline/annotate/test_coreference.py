"""Descriptions and pronouns find the name they stand for."""

from __future__ import annotations

import pytest

from pipeline.annotate.coreference import resolve
from pipeline.annotate.entities import find_entities
from tests.pipeline.annotate.names import read


def stands_for(text: str) -> dict[str, str]:
    report = read(text)
    return {m.text: m.canonical for m in resolve(report, find_entities(report)) if m.kind != "name"}


@pytest.mark.parametrize(
    ("text", "phrase", "canonical"),
    [
        ("Nvidia lost its licence. The company will appeal.", "The company", "Nvidia"),
        ("Ofcom fined a broadcaster. The regulator also warned two others.", "The regulator", "Ofcom"),
        ("Apple met Nexperia. The Dutch firm makes diodes.", "The Dutch firm", "Nexperia"),
        ("Apple and Spotify disagree. The iPhone maker will appeal.", "The iPhone maker", "Apple"),
        ("The European Commission opened a probe. The commission has a year.", "The commission", "European Commission"),
        ("The Data Act was published. The law applies to sensors.", "The law", "Data Act"),
        ("TikTok went dark. The app returned within a day.", "The app", "TikTok"),
        ("Cohere, the Toronto-based firm, hired lawyers.", "the Toronto-based firm", "Cohere"),
        ("Apple rose. A Google spokesperson said the company would pay.", "the company", "Google"),
        ("China answered the European Union after the bloc raised duties.", "the bloc", "European Union"),
        ("Chinese regulators questioned the deal.", "Chinese regulators", "China"),
    ],
)
def test_a_description_finds_its_name(text: str, phrase: str, canonical: str) -> None:
    assert stands_for(text)[phrase] == canonical


@pytest.mark.parametrize(
    ("text", "pronoun", "canonical"),
    [
        ("Qualcomm said it would contest the fine.", "it", "Qualcomm"),
        ("Margrethe Vestager spoke first. She defended the rules.", "She", "Margrethe Vestager"),
        ("The ruling hurts Meta, which must delete the data.", "which", "Meta Platforms"),
    ],
)
def test_a_subject_pronoun_finds_its_name(text: str, pronoun: str, canonical: str) -> None:
    assert stands_for(text)[pronoun] == canonical


def test_it_that_means_no_one_is_left() -> None:
    assert "it" not in stands_for("Apple lost. Lawyers said it is clear that the case will go on.")


def test_a_description_of_another_country_is_left() -> None:
    assert "The Japanese firm" not in stands_for("Samsung Electronics raised prices. The Japanese firm followed.")


def test_quoted_words_are_left() -> None:
    assert stands_for("Apple appealed. “The company is big,” a rival said.") == {}


def test_mentions_stay_in_order_and_true_to_the_text() -> None:
    report = read("Nvidia said it would appeal. The chipmaker has a month.")
    mentions = resolve(report, find_entities(report))
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert all(report.article.text[m.start : m.end] == m.text for m in mentions)
