"""Figures: one figure, many reports; rounding is no contradiction; what is new joins as if all were read again."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline import figures, source
from pipeline.figures.match import digits
from pipeline.figures.words import counted
from pipeline.records import Annotations, Article, Statistic
from pipeline.store import connect, save

Given = tuple[str, str, str, tuple[Statistic, ...]]  # article, source, story, what it says


def said(words: str, value: float, unit: str = "visas", of_what: str = "visas for students", **rest: Any) -> Statistic:
    usual: dict[str, Any] = {"start": 0, "period": None, "attributed_to": "Home Office", "method": "test"} | rest
    return Statistic(end=usual["start"] + len(words), text=words, value=value, unit=unit, of_what=of_what, **usual)


def text(told: tuple[Statistic, ...], around: str) -> str:
    """A text with each statistic in its place, in sentences that begin every 40 characters."""
    out = ""
    for statistic in sorted(told, key=lambda t: t.start):
        out = out.ljust(statistic.start) + f"{statistic.text} {around}"[:38] + ". "
    return out


def read(
    db: Database, articles: list[Given], day: str = "2024-06-03", around: str = "the office gave students"
) -> None:
    rows = [
        Article(n, f"https://example.org/{n}", s, n, text(told, around), day, None, day) for n, s, _, told in articles
    ]
    save.save_articles(db, rows)
    for name, _, story, _ in articles:
        db.table("stories").upsert({"id": story, "title": story}, pk="id")
        db.table("articles").update(name, {"story": story})
    save.save_annotations(db, [Annotations(n, statistics=told) for n, _, _, told in articles], "test")
    figures.gather(db, [n for n, *_ in articles])


def database(articles: list[Given]) -> Database:
    db = connect(":memory:")
    save.save_sources(db, source.load_all().values())
    read(db, articles)
    return db


def rows(db: Database) -> list[tuple[Any, ...]]:
    return [tuple(r) for r in db.execute("select value, reports, sources, contradicted from figures order by value")]


def two(one: Statistic, other: Statistic, stories: str = "aa") -> Database:
    return database([("first", "reuters", stories[0], (one,)), ("second", "xinhua", stories[1], (other,))])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("38,210 visas", 38210), said("38,210", 38210, of_what="students")),
        (said("38,210 visas", 38210), said("38,000 visas", 38000, bound="at_least")),
        (said("38,210 visas", 38210), said("about 40,000 visas", 40000, bound="about")),
        (said("24.6%", 24.6, "percent", "share of exports"), said("25 percent", 25, "percent", "share of exports")),
        (said("33.4%", 33.4, "percent", "share of exports"), said("a third", 33.3333, "percent", "share of exports")),
    ],
)
def test_a_value_and_its_rounding_are_one_figure_that_shows_the_exact_one(one: Statistic, other: Statistic) -> None:
    assert rows(two(one, other)) == [(one.value, 2, 2, 0)]
    assert rows(two(other, one)) == [(one.value, 2, 2, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("38,210 visas", 38210), said("41,500 visas", 41500)),
        (said("12%", 12, "percent", "fall in exports"), said("15%", 15, "percent", "fall in exports")),
    ],
)
def test_other_values_for_one_thing_stand_side_by_side(one: Statistic, other: Statistic) -> None:
    db = two(one, other)
    assert rows(db) == [(one.value, 1, 1, 1), (other.value, 1, 1, 1)]
    pair = next(db.query("select * from contradicting_figures"))
    told = {(pair["words"], pair["outlets"]), (pair["other_words"], pair["other_outlets"])}
    assert told == {(one.text, "Reuters"), (other.text, "Xinhua")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("$63.20", 63.2, "USD", "company's shares"), said("$65.09", 65.09, "USD", "company's shares")),
        (said("128 other visas", 128, of_what="other student visas"), said("140 visas", 140, of_what="student visas")),
    ],
)
def test_what_moves_and_what_leaves_some_out_contradicts_nothing(one: Statistic, other: Statistic) -> None:
    assert {c for *_, c in rows(two(one, other))} == {0}


def test_a_value_told_weeks_later_is_no_contradiction() -> None:
    db = database([("first", "reuters", "a", (said("38,210 visas", 38210),))])
    read(db, [("second", "xinhua", "a", (said("41,500 visas", 41500),))], day="2024-06-24")
    assert {c for *_, c in rows(db)} == {0}


def test_a_short_value_is_one_figure_where_its_sentences_share_words() -> None:
    three = said("three visas", 3, of_what="visas")
    db = database([("first", "reuters", "a", (three,))])
    read(db, [("second", "xinhua", "a", (three,))], around="for dancers went unused")
    assert len(rows(db)) == 2
    read(db, [("third", "bloomberg", "a", (three,))])
    assert sorted(n for _, n, _, _ in rows(db)) == [1, 2]


def test_who_tells_decimals_has_rounded_nothing() -> None:
    listed = (said("20%", 20, "percent", "duty on one"), said("38.1%", 38.1, "percent", "duty on two", start=40))
    db = database([("first", "reuters", "a", listed)])
    read(db, [("second", "xinhua", "a", (said("19.9%", 19.9, "percent", "duty on one"),))], day="2024-06-24")
    assert len(rows(db)) == 3


@pytest.mark.parametrize(
    ("one", "other", "stories"),
    [
        (said("3 visas", 3), said("4 visas", 4, of_what="visas for nurses"), "aa"),
        (
            said("10%", 10, "percent", "share of visas"),
            said("6%", 6, "percent", "share of visas", bound="at_most"),
            "ab",
        ),
        (said("up to 10%", 10, "percent", "fines", bound="at_most"), said("6%", 6, "percent", "fines"), "aa"),
        (said("38,210", 38210, period="2022"), said("41,500", 41500, period="2023"), "aa"),
        (
            said("12%", 12, "percent", "exports", change="rise"),
            said("15%", 15, "percent", "exports", change="fall"),
            "aa",
        ),
    ],
)
def test_different_things_neither_merge_nor_contradict(one: Statistic, other: Statistic, stories: str) -> None:
    assert {(n, c) for _, n, _, c in rows(two(one, other, stories))} == {(1, 0)}


def test_from_story_to_story_a_body_and_a_precise_value_make_one_figure() -> None:
    assert len(rows(two(said("38,210 visas", 38210), said("38,210", 38210), "ab"))) == 1
    assert len(rows(two(said("38,210 visas", 38210), said("38,210", 38210, attributed_to="Rail union"), "ab"))) == 2


def test_a_rounded_value_joins_the_nearest_and_binds_no_two() -> None:
    values = [("38.1%", 38.1), ("38%", 38), ("37.6%", 37.6)]
    told: list[Given] = [
        (f"a{n}", s, "story", (said(words, value, "percent", "duty on cars"),))
        for n, (s, (words, value)) in enumerate(zip(("reuters", "bloomberg", "xinhua"), values, strict=True))
    ]
    assert rows(database(told)) == [(37.6, 1, 1, 1), (38.1, 2, 2, 1)]


def test_a_rounded_value_rounds_what_is_told_in_its_days() -> None:
    db = database([("old", "reuters", "story", (said("38.1%", 38.1, "percent", "duty on cars"),))])
    new: list[Given] = [("new", "xinhua", "story", (said("37.6%", 37.6, "percent", "duty on cars"),))]
    read(db, [*new, ("round", "bloomberg", "story", (said("38%", 38, "percent", "duty on cars"),))], day="2024-07-05")
    assert [(value, n) for value, n, _, _ in rows(db)] == [(37.6, 2), (38.1, 1)]


def test_an_article_that_lists_values_under_one_wording_contradicts_nobody() -> None:
    listed = (said("38,210", 38210), said("39,900", 39900, start=40))
    db = database([("first", "reuters", "a", listed), ("second", "xinhua", "a", (said("41,500", 41500),))])
    assert {c for *_, c in rows(db)} == {0}


def test_a_corrected_article_takes_its_value_back() -> None:
    db = two(said("38,210 visas", 38210), said("41,500 visas", 41500))
    read(db, [("second", "xinhua", "a", (said("38,210 visas", 38210),))])
    assert rows(db) == [(38210, 2, 2, 0)]
    read(db, [("second", "xinhua", "a", ())])
    assert rows(db) == [(38210, 1, 1, 0)]


def test_the_key_leaves_out_the_unit_and_bounds() -> None:
    assert counted("visas for students (more than)", "visas") == counted("student visas", "visas") == "student"
    assert [digits(v) for v in (38210, 38000, 134.9e9, 0.5, 7)] == [4, 2, 4, 1, 1]


VALUES = [("38.1%", 38.1), ("38%", 38.0), ("37.6%", 37.6), ("38.4%", 38.4), ("42%", 42.0), ("two fifths", 40.0)]


@st.composite
def press(draw: st.DrawFn) -> list[Given]:
    out: list[Given] = []
    for number in range(draw(st.integers(2, 6))):
        told = tuple(
            said(words, value, "percent", draw(st.sampled_from(["duty on cars", "car duty", "duty"])), start=place * 40)
            for place, (words, value) in enumerate(draw(st.lists(st.sampled_from(VALUES), max_size=2, unique=True)))
        )
        out.append((f"a{number}", draw(st.sampled_from(["reuters", "xinhua"])), draw(st.sampled_from("ab")), told))
    return out


def everything(db: Database) -> list[list[tuple[Any, ...]]]:
    tables = (
        "select * from figures",
        "select figure, article, start from figure_reports",
        "select * from figure_disputes",
    )
    return [sorted(map(tuple, db.execute(sql)), key=repr) for sql in tables]


@given(articles=press(), order=st.permutations(range(6)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_by_one_in_any_order_as_all_at_once(articles: list[Given], order: list[int]) -> None:
    step_by_step = database([])
    for number in itertools.filterfalse(lambda n: n >= len(articles), order):
        read(step_by_step, [articles[number]])
    read(step_by_step, [articles[0]])  # read again
    assert everything(step_by_step) == everything(database(articles))


@pytest.mark.parametrize(
    ("count", "unit", "figures"), [(80, "excavators", 1), (80, "people", 2), (80, "miles", 2), (3, "excavators", 2)]
)
def test_so_many_of_a_kind_are_in_a_story_once(count: int, unit: str, figures: int) -> None:
    one = said(f"{count} {unit}", count, unit, f"{unit} that dig")
    other = said(f"{count} {unit}", count, unit, f"{unit} sent north")
    db = database([("first", "reuters", "a", (one,))])
    read(db, [("second", "xinhua", "a", (other,))], around="went to mines in winter")
    assert len(rows(db)) == figures
