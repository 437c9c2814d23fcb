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
        "Lena Vogt said in a statement that she would stay, and said the port was a “plain tool of one single firm.”",
        "Lena Vogt",
        "plain tool of one single firm.",
    ),
    (
        "“The ambassador will visit the state in May,” RIA quoted the Russian embassy to the United States as saying.",
        "Embassy of Russia in the United States",
        "The ambassador will visit the state in May",
    ),
    (
        "The envoy, Lena Vogt, was quoted as saying: “We will not sign it this week.”",
        "Lena Vogt",
        "We will not sign it this week.",
    ),
    (
        "The senator wrote that he “does not expect them to stay,” a port official said.",
        "port official",
        "does not expect them to stay",
    ),
    (
        "Ten ministers wrote to the port. Monday’s letter from the ministers listed the harm.\n\n“The noise keeps "
        "the whole town awake,” the letter said.",
        "ministers",
        "The noise keeps the whole town awake",
    ),
    (
        "The port's director of safety, Lena Vogt, said: “We are glad that the committee took its time.”",
        "Lena Vogt",
        "We are glad that the committee took its time.",
    ),
    (
        "Lena Vogt wrote that the towns’  “plain right to decide for themselves” had to be kept.",
        "Lena Vogt",
        "plain right to decide for themselves",
    ),
    (
        "“The port cannot take more boxes this year,” O’Dowd said.",
        "O'Dowd",
        "The port cannot take more boxes this year",
    ),
    (
        "Two senators sent a letter to the port.\n\n“Loading at night puts crews at risk,” says the letter, signed by "
        "Sens. Lena Vogt and Mark Hale.",
        "Lena Vogt; Mark Hale",
        "Loading at night puts crews at risk",
    ),
    (
        "Lena Vogt issued a statement on Tuesday that said: “Any decision to leave is mine to make.”",
        "Lena Vogt",
        "Any decision to leave is mine to make.",
    ),
    (
        "Nvidia said in a filing that sales would fall.\n\n“We cannot ship these cards to any buyer there,” "
        "according to the filing.",
        "Nvidia",
        "We cannot ship these cards to any buyer there",
    ),
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


def test_an_open_mark_runs_on_and_each_paragraph_is_a_quotation_of_the_same_speaker() -> None:
    text = "“We waited two years for this.\n\n“Now the work begins for every firm,” said a lobbyist in Brussels."
    first, second = quotes(text)
    assert first.speaker == second.speaker == "lobbyist in Brussels"
    assert (first.text, second.text) == ("We waited two years for this.", "Now the work begins for every firm")


def test_a_speaker_named_before_an_open_mark_holds_for_the_next_paragraph() -> None:
    text = "Lena Vogt added: “We waited two years for this.\n\n“Now the work begins for every firm.”"
    assert [q.speaker for q in quotes(text)] == ["Lena Vogt", "Lena Vogt"]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "‘The ports cannot carry the load of two fleets,’ said a pilot in Rotterdam.",
            "pilot in Rotterdam",
            "The ports cannot carry the load of two fleets",
        ),
        (
            "The delegation said the ports were full, arguing that ‘no fleet on earth could be served there’.",
            "delegation",
            "no fleet on earth could be served there",
        ),
        (
            "'The ship doesn't belong to the owners' friends,' the harbour master said.",
            "harbour master",
            "The ship doesn't belong to the owners' friends",
        ),
    ],
)
def test_single_marks_are_no_apostrophes(text: str, speaker: str, words: str) -> None:
    assert [(q.speaker, q.text) for q in quotes(text)] == [(speaker, words)]


def test_a_term_in_marks_within_a_quotation_does_not_end_it() -> None:
    (quote,) = quotes("“They gave us the role of “honest broker”, and we shall take it,” said a lawyer in Bonn.")
    assert quote.text.startswith("They gave us") and quote.text.endswith("we shall take it")


def test_coordinated_fragments_are_one_quotation() -> None:
    (quote,) = quotes("Lena Vogt said that “all the members pay fees” and “none of them complains about it”.")
    assert quote.text == "all the members pay fees none of them complains about it"


def test_what_follows_a_closed_fragment_does_not_name_its_speaker() -> None:
    text = "The note spoke of “a wide and growing gap.” Lena Vogt said nothing of the kind had come up."
    assert quotes(text) == []


NAMED_LATER = [
    (
        "A ministry spokeswoman said the report “does not accord with the facts at hand.” Talks go on.\n\n"
        "Relations are poor. The spokeswoman, Lena Vogt, said nothing else.",
        "Lena Vogt",
    ),
    ("“We shall go on with the talks,” the spokesman, Jonas Brandt, said.", "Jonas Brandt"),
    ("The envoy to Britain Lena Vogt said the firm “will not sit and wait for it”.", "Lena Vogt"),
    ("“It harms the whole of the region,” the WIPO statement reads.", "World Intellectual Property Organization"),
    ("Lena Vogt told reporters the panel asked in June, but “never did so in plain words”.", "Lena Vogt"),
]


@pytest.mark.parametrize(("text", "speaker"), NAMED_LATER)
def test_the_speaker_is_named_beside_or_after(text: str, speaker: str) -> None:
    assert [q.speaker for q in quotes(text)] == [speaker]


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


def test_what_is_told_in_between_parts_two_quotations() -> None:
    text = (
        "“The fee is far too high for small firms,” said Lena Vogt. “Nobody here can pay it.” Not this year. The "
        "office will meet in May. “I feel like a guest in here,” Mark Hale said."
    )
    assert [q.speaker for q in quotes(text)] == ["Lena Vogt", "Mark Hale"]


def test_the_name_of_a_show_is_no_quotation() -> None:
    assert quotes("Lena Vogt said so on Fox News’ “Sunday Morning Letters With Mark Hale.”") == []


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
