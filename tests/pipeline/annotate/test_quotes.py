"""Quotations: whose words, from where to where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.annotate import parse
from pipeline.annotate.coreference import resolve
from pipeline.annotate.entities import find_entities
from pipeline.annotate.quotes import find_quotes, read_parts
from pipeline.records import Article, Quote


def quotes(text: str, direct: bool = True) -> list[Quote]:
    article = Article("t", "", "reuters", "A report", text, "2024-07-09", None, "2024-07-09")
    parsed = next(parse([article]))
    return [q for q in find_quotes(parsed, resolve(parsed, find_entities(parsed))) if q.direct is direct]


CASES: list[tuple[str, str, str]] = [
    (
        'OpenAI tightened its rules. "We are taking additional steps this summer," an OpenAI spokesperson said.',
        "OpenAI spokesperson",
        "We are taking additional steps this summer",
    ),
    (
        "“The tariff helps nobody who builds things here,” said a trade lawyer in Geneva.",
        "trade lawyer in Geneva",
        "The tariff helps nobody who builds things here",
    ),
    (
        "“It will be slow,” said a broker in Tokyo who asked not to be named. “Nobody has the forms yet.”",
        "broker in Tokyo",
        "It will be slow, Nobody has the forms yet.",
    ),
    (
        '"The door stays open," Daren Tang, who heads the agency, told reporters, "but it opens slowly."',
        "Daren Tang",
        "The door stays open, but it opens slowly.",
    ),
    (
        'The minister announced the plan on Monday. He said: "We will not wait for the others to move."',
        "minister",
        "We will not wait for the others to move.",
    ),
    (
        "A lawyer in Bonn studied the order. The firm was pleased. “Read the second page,” the lawyer said.",
        "lawyer in Bonn",
        "Read the second page",
    ),
    (
        "The ministry said the measure was “a plain violation of trade rules” and asked for talks.",
        "ministry",
        "a plain violation of trade rules",
    ),
    (
        "“A treaty is a beginning and not an end,”\n\nDaren Tang, WIPO Director General",
        "Daren Tang",
        "A treaty is a beginning and not an end",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "words"), CASES)
def test_words_and_speaker(text: str, speaker: str, words: str) -> None:
    found = quotes(text)
    assert [(q.speaker, q.text) for q in found] == [(speaker, words)]
    assert text[found[0].start : found[0].end].startswith(words[:12])


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "small yard and high fence" approach has not changed.',
        'The company sells a phone called "The Next Big Thing Ever" in Europe.',
        "The “de minimis” rule ended on Friday, the agency said.",
        "Nothing is quoted here, the ministry said.",
    ],
)
def test_names_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert quotes(text) == []


def test_an_open_mark_runs_on_into_the_next_paragraph() -> None:
    text = "“We waited two years for this.\n\n“Now the work begins for every firm,” said a lobbyist in Brussels."
    (quote,) = quotes(text)
    assert quote.speaker == "lobbyist in Brussels"
    assert quote.text.startswith("We waited two years") and quote.text.endswith("every firm")


def test_a_speaker_named_before_an_open_mark_holds_for_the_next_paragraph() -> None:
    text = "Lena Vogt added: “We waited two years for this.\n\n“Now the work begins for every firm.”"
    (quote,) = quotes(text)
    assert quote.speaker == "Lena Vogt"
    assert quote.text.endswith("every firm.")


def test_the_next_paragraph_is_no_name_line() -> None:
    text = (
        "Vogt Motors said the fee keeps prices low.\n\n“It is a model that works for everybody here.”\n\n"
        "Apple responded to an email by repeating a statement of last week."
    )
    assert [q.speaker for q in quotes(text)] == ["Vogt Motors"]


def test_a_double_prime_opens_a_quotation() -> None:
    (quote,) = quotes("″We took this step for the safety of all,” the minister Lena Vogt said.")
    assert quote.text.startswith("We took this step")


def test_two_speakers_in_one_paragraph_stay_apart() -> None:
    text = '"The cap is far too low," said a grower in Ohio. "The cap is far too high," said a mayor in Texas.'
    assert [q.speaker for q in quotes(text)] == ["grower in Ohio", "mayor in Texas"]


def test_reported_speech_is_marked_indirect() -> None:
    (quote,) = quotes("The ministry said that the duties would stay until March.", direct=False)
    assert (quote.speaker, quote.direct, quote.cue) == ("ministry", False, "said")


def test_parts_run_from_mark_to_mark() -> None:
    text = 'He said "one" and “two” and "three'
    assert [(text[p.start : p.end], p.open) for p in read_parts(text, 0, len(text))] == [
        ("one", False),
        ("two", False),
        ("three", True),
    ]


ODD: Any = st.text(alphabet='ab "“”‘’«».,!?\n-—', max_size=120)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ODD)
def test_any_marks_in_any_order_are_read(text: str) -> None:
    for quote in quotes(text):
        assert 0 <= quote.start < quote.end <= len(text)
