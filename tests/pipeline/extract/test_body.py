"""Paragraphs as a browser would break them, and what is not part of a report left out."""

from __future__ import annotations

import time

import pytest
from lxml import html

from pipeline.extract.body import Line, body_by_layout, boilerplate, clean, paragraphs
from pipeline.extract.select import Document
from pipeline.extract.structured import structured


def lines_of(markup: str) -> list[str]:
    return list(paragraphs(html.fragment_fromstring(markup, create_parent="div"), ()))


def test_paragraphs_by_blocks_and_breaks() -> None:
    assert lines_of("<p>One <b>bold</b>\n word.</p><div>Two.</div>tail") == ["One bold word.", "Two.", "tail"]
    assert lines_of("Chips are scarce.<br><br>\nPower is dear.<br>") == ["Chips are scarce.", "Power is dear."]
    assert lines_of("<p>Geneva, July 3, 2024<br>PR/2024/900</p>") == ["Geneva, July 3, 2024\nPR/2024/900"]
    assert lines_of("<p>A<script>x()</script>B</p><style>p{}</style>") == ["AB"]
    assert lines_of("<table><tr><td>Tariff</td><td>35.3%</td></tr><tr><td>Quota</td></tr></table>") == [
        "Tariff 35.3%",
        "Quota",
    ]


RULES = [*boilerplate().lines, *boilerplate().end]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example[:30])
def test_every_rule_matches_its_example(rule: Line) -> None:
    assert rule.matches(rule.example)


REPORT = [
    "GENEVA, July 9 (Reuters) - Member states adopted a treaty on Tuesday, officials said.",
    "The treaty asks applicants to name the source of genetic resources.",
    "Source countries had long asked for such a rule.",
    "Reporting duties begin on July 1, 2025.",
    "Photography was not allowed in the hall.",
    '"We are pleased," she said.',
    "More than 150 countries took part.",
    "By July 1, members must tell the office what they plan.",
    "Editors' unions welcomed the step; subscribers did not notice.",
    "Video platforms are not covered. Share prices fell.",
    "A newsletter of the office will explain the treaty to members.",
    "The last paragraph.",
]


def test_a_reports_own_words_are_kept() -> None:
    assert clean(REPORT).text.split("\n\n") == REPORT


def test_what_is_not_the_report_goes() -> None:
    given = [
        "A Treaty Is Adopted",
        "By Ann Example",
        *REPORT,
        "Delegates applaud in Geneva, July 9, 2024. REUTERS/Ann Example",
        "Sign up here for our newsletter, delivered to your inbox.",
        "Reporting by Ann Example; Editing by Bob Example",
        "Our Standards: The Example Trust Principles.",
        "Another story altogether",
    ]
    found = clean(given, headlines=["A treaty is adopted"])
    assert found.text.split("\n\n") == REPORT
    assert "Reporting by Ann Example; Editing by Bob Example" in found.dropped


def test_inline_and_mojibake() -> None:
    assert clean(["The ministry's statement , opens new tab said so."]).text == "The ministry's statement said so."
    assert clean(["It â€œmayâ€\x9d rise, the caf\u00c3\u00a9 said."]).text == "It “may” rise, the café said."
    assert clean(["“Curly” stays — and 10–20 too."]).text == "“Curly” stays — and 10–20 too."


def test_the_trail_of_sections_above_a_report_goes() -> None:
    page = "".join(f"<p>{line}</p>" for line in ("World", "Asia News", *REPORT * 2))
    tree = html.document_fromstring(f"<html><body><main><article>{page}</article></main></body></html>")
    assert body_by_layout(Document(tree, structured(tree))).text.startswith(REPORT[0])


@pytest.mark.parametrize("text", ["(" * 50_000, "a " * 50_000, "Photo: " * 30_000, "Reuters/" * 20_000, "| " * 50_000])
def test_linear(text: str) -> None:
    begun = time.perf_counter()
    clean([text[:700], text])
    assert time.perf_counter() - begun < 0.5
