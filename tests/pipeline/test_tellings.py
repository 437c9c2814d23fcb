"""Who said what: what each outlet adds to an act, leaves out of it, or says otherwise than the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline import source
from pipeline.gather import gather
from pipeline.records import ActionMention, Annotations, Article, Quote, Statistic
from pipeline.store import save
from tests.pipeline.digest_press import act, article, figure, press, quote

Fact = ActionMention | Statistic | Quote
Report = tuple[Article, tuple[Fact, ...]]
TODAY = date(2024, 12, 31)
FOUR = ("reuters", "bloomberg", "xinhua", "wipo")


def told(outlet: str, *facts: Fact, **fields: Any) -> Report:
    """One article of an outlet on one ban of toy drones; the days follow the order of ``FOUR``."""
    day = f"2024-06-{10 + FOUR.index(outlet)}"
    return article(outlet, day, outlet, **fields), (*(facts or (act(),)),)


def points(db: Database) -> list[tuple[Any, ...]]:
    """(outlet, how, kind, words, what others say, who says it, independent sources) of all acts."""
    sql = "select outlet, how, kind, words, others, told_by, sources from act_differences order by outlet, kind, words"
    return [tuple(row) for row in db.execute(sql)]


def test_a_date_that_one_outlet_alone_gives() -> None:
    db = press(told("reuters"), told("bloomberg", act(effective_date="2024-07-01")))
    assert points(db) == [("Bloomberg", "adds", "effective", "2024-07-01", None, "Bloomberg", 1)]


def test_each_outlet_says_its_date_against_the_others() -> None:
    db = press(told("reuters", act(effective_date="2024-07-01")), told("bloomberg", act(effective_date="2024-07-09")))
    assert points(db) == [
        ("Bloomberg", "otherwise", "effective", "2024-07-09", "2024-07-01", "Reuters", 1),
        ("Reuters", "otherwise", "effective", "2024-07-01", "2024-07-09", "Bloomberg", 1),
    ]


def test_a_month_is_no_other_date_than_a_day_within_it() -> None:
    db = press(told("reuters", act(effective_date="2024-07")), told("bloomberg", act(effective_date="2024-07-09")))
    assert points(db) == []


def test_who_has_come_round_to_the_others_date_no_longer_says_otherwise() -> None:
    again = article("later", "2024-06-20"), (act(effective_date="2024-07-09"),)
    db = press(
        told("reuters", act(effective_date="2024-07-01")), told("bloomberg", act(effective_date="2024-07-09")), again
    )
    assert [p[:4] for p in points(db)] == []


def test_what_two_independent_sources_have_a_third_leaves_out() -> None:
    dated = act(effective_date="2024-07-01")
    db = press(told("reuters", dated), told("bloomberg", dated), told("xinhua"))
    assert points(db) == [("Xinhua", "leaves_out", "effective", "2024-07-01", None, "Reuters, Bloomberg", 2)]


def test_a_source_that_only_repeats_another_does_not_make_two() -> None:
    dated = act(effective_date="2024-07-01")
    repeats = act(effective_date="2024-07-01", on_word_of="Reuters")
    db = press(told("reuters", dated), told("bloomberg", repeats), told("xinhua"))
    assert points(db) == []
    whose = db.execute("select outlet, word_of from act_tellings order by outlet").fetchall()
    assert whose == [("Bloomberg", "Reuters"), ("Reuters", None), ("Xinhua", None)]


def test_a_headline_leaves_nothing_out() -> None:
    dated = act(effective_date="2024-07-01")
    db = press(told("reuters", dated), told("bloomberg", dated), told("xinhua", access="headline"))
    assert points(db) == []


def test_a_figure_and_a_voice_of_one_outlet() -> None:
    voice = quote("They fell on my roof", "neighbour of the shop")
    db = press(told("reuters", act(), figure(340, "drones")), told("bloomberg", act(), voice))
    assert [p[:4] for p in points(db)] == [
        ("Bloomberg", "adds", "quote", "neighbour of the shop: They fell on my roof"),
        ("Reuters", "adds", "figure", "340 drones sold"),
    ]


def test_one_spokesperson_named_in_two_ways_is_one_voice() -> None:
    words = "the toys are not safe"
    db = press(told("reuters", act(), quote(words, "spokesperson")), told("bloomberg", act(), quote(words, "official")))
    assert points(db) == []


def test_contradicting_figures_stand_against_each_other() -> None:
    text = "The number of drones that shops in Lille sold to children"
    db = press(
        told("reuters", act(), figure(340, "drones"), text=text),
        told("bloomberg", act(), figure(410, "drones"), text=text),
    )
    assert [p[:6] for p in points(db)] == [
        ("Bloomberg", "otherwise", "figure", "410 drones sold", "340 drones sold", "Reuters"),
        ("Reuters", "otherwise", "figure", "340 drones sold", "410 drones sold", "Bloomberg"),
    ]


def test_a_scope_and_an_instrument_that_only_one_names() -> None:
    wide = act(target="toy drones, kites and balloons", instrument="Playthings Safety Regulation")
    db = press(told("reuters"), told("bloomberg", wide))
    assert [p[:4] for p in points(db)] == [
        ("Bloomberg", "adds", "instrument", "Playthings Safety Regulation"),
        ("Bloomberg", "adds", "target", "toy drones, kites and balloons"),
    ]


def test_words_that_stand_in_the_others_article_are_not_alone() -> None:
    text = "The European Commission bans toy drones. The rules also cover kites and balloons."
    wide = act(target="toy drones, kites and balloons")
    db = press(told("reuters", text=text), told("bloomberg", wide))
    assert points(db) == []


def test_each_outlet_has_its_first_report_and_their_number() -> None:
    again = article("later", "2024-06-20", "bloomberg"), (act(on_word_of="a spokesperson"),)
    db = press(told("reuters"), told("bloomberg"), again)
    rows = db.execute("select outlet, article, reports, on_word_of, sources from act_tellings order by 1").fetchall()
    assert rows == [("Bloomberg", "bloomberg", 2, "a spokesperson", 2), ("Reuters", "reuters", 1, None, 2)]


@pytest.mark.parametrize("second", [act(effective_date="2024-07-09"), act(target="imports of toy drones")])
def test_an_article_read_again_says_what_it_says_now(second: ActionMention) -> None:
    first = told("reuters", act(effective_date="2024-07-01"))
    db = press(first, told("bloomberg", act(effective_date="2024-07-02")))
    read(db, [(told("bloomberg")[0], (second,))])
    assert points(db) == points(press(first, told("bloomberg", second)))


def read(db: Database, reports: list[Report]) -> None:
    save.save_articles(db, [a for a, _ in reports])
    for a, facts in reports:
        db.table("articles").update(a.id, {"story": "drones"})
        save.save_annotations(
            db, [Annotations(a.id, actions=_of(facts, ActionMention), statistics=_of(facts, Statistic))], "test"
        )
    gather(db, {s.id: s.kind for s in source.load_all().values()}, TODAY)


def _of(facts: tuple[Fact, ...], kind: type[Any]) -> tuple[Any, ...]:
    return tuple(f for f in facts if isinstance(f, kind))


FACTS = st.tuples(
    st.builds(
        act,
        effective_date=st.sampled_from([None, "2024-07-01", "2024-07-09"]),
        deadline_date=st.sampled_from([None, "2024-09-01"]),
        on_word_of=st.sampled_from([None, "Reuters", "state media"]),
        target=st.sampled_from(["toy drones", "imports of toy drones and kites"]),
    ),
    st.builds(figure, st.sampled_from([340.0, 410.0, 400.0]), st.just("drones")),
)


@given(facts=st.lists(FACTS, min_size=2, max_size=4), order=st.permutations(range(4)))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_by_one_in_any_order_as_all_at_once(facts: list[tuple[Fact, ...]], order: list[int]) -> None:
    reports = [told(outlet, *said) for outlet, said in zip(FOUR, facts, strict=False)]
    steps = [reports[n] for n in order if n < len(reports)]
    db = press(steps[0])
    for step in steps[1:]:
        read(db, [step])
    assert points(db) == points(press(*reports))


def test_a_figure_belongs_to_the_act_of_its_sentence() -> None:
    other = act(type="impose", target="toy cars", start=60, end=120, trigger=(70, 75))
    db = press(told("reuters"), told("bloomberg", act(), other, replace(figure(12, "executives"), start=80, end=82)))
    assert [p for p in points(db) if p[2] == "figure"] == []


@pytest.mark.parametrize(("day", "added"), [("2024-06-12", ["340 factories"]), ("2024-08-01", [])])
def test_figures_beside_the_act_are_its_own_while_it_is_news(day: str, added: list[str]) -> None:
    beside = replace(figure(340, "factories", of_what="factories in Asia"), start=300, end=303)
    db = press(told("reuters"), (article("bloomberg", day, "bloomberg"), (act(), beside)))
    assert [p[3].partition(":")[0].partition(" in")[0] for p in points(db) if p[2] == "figure"] == added
