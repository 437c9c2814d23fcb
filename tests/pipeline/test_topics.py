"""Topics: what articles and acts are about, by words."""

from __future__ import annotations

import pytest

from pipeline import topics
from pipeline.records import Article


def article(title: str, text: str = "Nothing else.") -> Article:
    return Article("a1", "https://example.org/a1", "reuters", title, text, "2024-06-25", None, "2024-06-25")


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Washington widens curbs on AI chips", "semiconductors"),
        ("Beijing eases cross-border data flows", "data and privacy"),
        ("Brussels sets duties on electric cars", "trade"),
        ("Brussels sets duties on electric cars", "critical minerals and energy technology"),
        ("Twelve firms added to the Entity List", "export controls and sanctions"),
        ("Treaty on genetic resources adopted", "intellectual property"),
    ],
)
def test_a_title_tells_the_topic(title: str, topic: str) -> None:
    assert topic in topics.of_article(article(title))


def test_one_word_in_a_text_is_no_topic_but_three_are() -> None:
    assert not topics.of_article(article("A long day", "The patent was old."))
    assert "intellectual property" in topics.of_article(article("A long day", "Patents, a patent, patents."))


def test_words_match_whole() -> None:
    assert not topics.of_article(article("The chairman said again: captains and chipmunks"))


def test_every_topic_has_words() -> None:
    assert all(topic.words for topic in topics.topics().values())
