"""Reprints: the same text again, exactly or nearly, and whose it is."""

from __future__ import annotations

import random
from dataclasses import replace

from pipeline.dateline import find_dateline
from pipeline.dedupe import Deduper, dedupe
from pipeline.records import Article

WORDS = [f"word{number}" for number in range(900)]
DRAW = random.Random(7)  # noqa: S311 - a text, not a secret


def text_of(length: int = 220) -> str:
    return " ".join(DRAW.choice(WORDS) for _ in range(length))


def article(name: str, text: str, *, published: str = "2024-07-09T10:00:00Z", agency: str | None = None) -> Article:
    return Article(
        id=name,
        url=f"https://example.org/{name}",
        source="example",
        title=name,
        text=text,
        published=published,
        zone=None,
        fetched_at=published,
        dateline=find_dateline(text),
        agency=agency,
    )


def edited(text: str, rate: float) -> str:
    return " ".join(DRAW.choice(WORDS) if DRAW.random() < rate else word for word in text.split())


def test_the_earliest_is_the_original_and_order_is_kept() -> None:
    text = text_of()
    late, early = article("late", text, published="2024-07-09T12:00:00Z"), article("early", text)
    assert [(a.id, a.reprint_of) for a in dedupe([late, early])] == [("late", "early"), ("early", None)]


def test_the_agencys_own_report_is_the_original_even_if_later() -> None:
    text = text_of()
    reprint = article("reprint", text, published="2024-07-09T08:00:00Z", agency="Xinhua")
    own = article("own", text, published="2024-07-09T09:00:00Z")
    assert [a.reprint_of for a in dedupe([reprint, own])] == ["own", None]


def test_an_own_report_that_comes_later_takes_its_place() -> None:
    text = text_of()
    seen = Deduper([article("first", text, agency="Xinhua")])
    assert seen.judge(article("second", text, agency="Xinhua")).reprint_of == "first"
    own = replace(article("own", text, agency="Xinhua"), source="xinhua")
    assert seen.judge(own).reprint_of is None
    assert seen.regraded() == {"first": "own", "second": "own"}
    assert seen.judge(article("third", text, agency="Xinhua")).reprint_of == "own"


def test_a_dateline_does_not_hide_a_reprint() -> None:
    text = text_of()
    own = article("own", f"BEIJING, July 9 (Xinhua) -- {text}")
    reprint = article("reprint", text, published="2024-07-10")
    assert [a.reprint_of for a in dedupe([own, reprint])] == [None, "own"]


def test_five_percent_edited_is_found() -> None:
    originals = [article(f"o{number}", text_of()) for number in range(60)]
    reprints = [
        article(f"r{number}", edited(o.text, 0.05), published="2024-07-10") for number, o in enumerate(originals)
    ]
    found = [a.reprint_of == f"o{a.id[1:]}" for a in dedupe(reprints, known=originals)]
    assert sum(found) >= 58


def test_half_another_text_is_a_report_of_its_own() -> None:
    text = text_of()
    half = " ".join(text.split()[:110]) + " " + text_of(110)
    assert [a.reprint_of for a in dedupe([article("a", text), article("b", half)])] == [None, None]


def test_a_new_version_of_the_same_article_is_no_reprint() -> None:
    text = text_of()
    seen = Deduper([article("a", text)])
    assert seen.judge(article("a", text + " more")).reprint_of is None


def test_a_reprint_of_a_reprint_names_the_original() -> None:
    text = text_of()
    seen = Deduper()
    names = ("a", "b", "c")
    assert [seen.judge(article(name, text)).reprint_of for name in names] == [None, "a", "a"]


def test_short_texts_are_alike_by_chance() -> None:
    assert [a.reprint_of for a in dedupe([article("a", "Markets closed."), article("b", "Markets closed.")])] == [
        None,
        None,
    ]


def test_what_is_only_asked_for_is_not_kept() -> None:
    text = text_of()
    seen = Deduper([article("a", text)])
    assert seen.original_of(article("b", edited(text, 0.05))) == "a"
    assert seen.original_of(article("c", text_of())) is None
    assert seen.judge(article("d", text)).reprint_of == "a"
