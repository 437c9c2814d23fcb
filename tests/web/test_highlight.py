"""Marks in a text: overlapping, nested, beyond the edge, and never more than text."""

from __future__ import annotations

from pipeline.site.highlight import Span, paragraphs


def test_marks_nest_within_a_sentence_that_tells_an_act() -> None:
    (made,) = paragraphs("OpenAI acts.", [Span(0, 6, "entity", "OpenAI", "/e"), Span(0, 12, "act")])
    assert made == (
        '<span id="at-0" class="in-act"><a class="mark entity" href="/e" title="OpenAI">OpenAI</a></span>'
        '<span class="in-act"> acts.</span>'
    )


def test_of_two_names_the_longer_is_marked_whole() -> None:
    (made,) = paragraphs("Bank of China", [Span(8, 13, "entity", "China", "/c"), Span(0, 13, "entity", "Bank", "/b")])
    assert made == '<a class="mark entity" href="/b" title="Bank">Bank of China</a>'


def test_text_stays_text() -> None:
    (made,) = paragraphs("<b>&", [Span(0, 3, "date", '"><script>')])
    assert made == '<span class="mark date" title="&#34;&gt;&lt;script&gt;">&lt;b&gt;</span>&amp;'


def test_spans_may_cross_paragraphs_and_the_end() -> None:
    first, second = paragraphs("One.\n\nTwo.", [Span(2, 99, "quote")])
    assert first == 'On<span class="in-quote">e.</span>'
    assert second == '<span class="in-quote">Two.</span>'


def test_all_of_the_text_is_shown_once() -> None:
    text = "A text of several words."
    spans = [Span(i, i + 7, kind) for i in range(0, 20, 3) for kind in ("act", "quote", "date", "figure", "entity")]  # type: ignore[arg-type]
    (made,) = paragraphs(text, spans)
    assert made.striptags() == text
