"""The digest on a small press: what is new, what changed, what is told once, and how it ranks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.digest import Digest, Period, Watchlist, compose, items, load, parse_week
from pipeline.records import DatelineError
from pipeline.store import reviews, sent
from tests.pipeline.digest_press import ACTOR_ID, act, article, figure, press, quote

W27, W28, W29 = map(parse_week, ("2024-W27", "2024-W28", "2024-W29"))


def mailed(db: Database, period: Period, watchlist: Watchlist | None = None) -> Digest:
    """Composed as the command does: what earlier ones told is left out, what this one tells is remembered."""
    name = watchlist.name if watchlist else ""
    made = compose(db, period, watchlist=watchlist, told=sent.before(db, name, period.first))
    sent.remember(db, name, period.first, period.last, items(made))
    return made


def test_a_week_has_a_name_and_seven_days() -> None:
    week = parse_week("2024-W28")
    assert (week.first, week.last, week.name) == (date(2024, 7, 8), date(2024, 7, 14), "2024-W28")
    assert Period(date(2024, 7, 1), date(2024, 7, 10)).name == "2024-07-01_2024-07-10"
    with pytest.raises(ValueError, match="2024-W28"):
        parse_week("28")
    with pytest.raises(DatelineError, match="ends before it begins"):
        Period(date(2024, 7, 2), date(2024, 7, 1))


def test_an_act_is_new_once_and_in_force_when_its_day_comes() -> None:
    db = press((article("a", "2024-07-02"), (act(effective_date="2024-07-16"),)))
    first, second, third = (mailed(db, week) for week in (W27, W28, W29))
    (entry,) = first.in_short
    assert entry.statement == "European Commission blocks toy drones"
    assert entry.state == "adopted, takes effect July 16, 2024"
    assert [c.day for c in first.coming] == ["2024-07-16"]
    assert not (second.new or second.changed or second.coming)
    assert second.numbers.before == 1
    (change,) = third.changed[0].changes
    assert change.text == "in force since July 16, 2024, was adopted"
    assert change.evidence.article == "a"


def test_a_moved_date_is_a_change_and_is_told_again() -> None:
    db = press(
        (article("a", "2024-07-02"), (act(effective_date="2024-07-16"),)),
        (article("b", "2024-07-09"), (act(effective_date="2024-08-01"),)),
    )
    mailed(db, W27)
    second = mailed(db, W28)
    assert [c.text for e in second.changed for c in e.changes] == [
        "takes effect August 1, 2024, moved from July 16, 2024"
    ]
    assert [c.day for c in second.coming] == ["2024-08-01"]


def test_a_day_within_the_month_told_before_is_no_move() -> None:
    db = press(
        (article("a", "2024-07-02"), (act(effective_date="2024-08"),)),
        (article("b", "2024-07-09"), (act(effective_date="2024-08-01"),)),
    )
    assert not compose(db, W28).changed


def test_the_past_does_not_know_the_future() -> None:
    early = (article("a", "2024-07-02"), (act(effective_date="2024-07-16"),))
    late = (article("b", "2024-07-20"), (act(status="repealed", type="ban/block", effective_date="2024-07-16"),))
    assert compose(press(early, late), W27) == compose(press(early), W27)


def test_the_same_week_twice_is_the_same_digest() -> None:
    db = press((article("a", "2024-07-02"), (act(effective_date="2024-07-16"), figure(4500, "drones"))))
    assert mailed(db, W27) == mailed(db, W27)


def test_a_figure_and_a_quote_are_told_once() -> None:
    words = quote("Nobody asked the shops before this was decided in Brussels")
    db = press(
        (article("a", "2024-07-02"), (act(), figure(4500, "drones"), words)),
        (article("b", "2024-07-09", "xinhua"), (act(deadline_date="2024-09-01"), figure(4500, "drones"), words)),
    )
    first, second = mailed(db, W27), mailed(db, W28)
    assert [(f.value, f.said_by) for f in first.figures] == [(4500, "Eurostat")]
    assert [q.speaker for q in first.said] == ["shopkeeper in Lille"]
    assert (second.figures, second.said) == ((), ())


def test_a_figure_is_told_as_the_figures_table_has_it_with_what_contradicts_it() -> None:
    text = "The number of drones that shops in Lille sold to children"
    db = press(
        (article("a", "2024-07-02", text=text), (act(), figure(4500, "drones"))),
        (article("b", "2024-07-02", "xinhua", text=text), (act(), replace(figure(4532, "drones"), bound="about"))),
        (article("c", "2024-07-03", "wipo", text=text), (act(), figure(6100, "drones"))),
    )
    found = {f.value: (f.outlets, f.against) for f in compose(db, W27).figures}
    assert found == {
        4500: (("Reuters", "Xinhua"), ("6,100 drones (WIPO)",)),
        6100: (("WIPO",), ("4,500 drones (Reuters, Xinhua)",)),
    }


def test_a_figure_that_outlets_tell_of_different_things_is_left_out() -> None:
    db = press(
        (article("a", "2024-07-02"), (act(), figure(4521, "drones", of_what="drones in Sweden"))),
        (article("b", "2024-07-02", "xinhua"), (act(), figure(4521, "drones", of_what="drones of the army"))),
        (article("c", "2024-07-02", "wipo"), (act(), figure(733, "drones", of_what="drones in Norway"))),
        (article("d", "2024-07-03", "reuters"), (act(), figure(733, "drones", of_what="Norwegian drones"))),
    )
    assert [f.value for f in compose(db, W27).figures] == [733]


def test_a_day_that_reports_give_without_an_act_is_coming_too() -> None:
    text = "The European Commission bans toy drones. A second list of toys applies from Aug. 1, it said. More follows."
    db = press((article("a", "2024-07-02", text=text), (act(effective_date="2024-07-16"),)))
    for value, start in (("2024-08-01", text.index("Aug.")), ("2024-07-16", 0), ("2025-08-01", 10)):
        row = {"article": "a", "start": start, "end": start + 6, "text": "Aug. 1", "value": value, "role": "effective"}
        db.table("date_mentions").insert(
            row | {"precision": "day", "basis": "explicit", "method": "test", "confidence": 1.0}
        )
    (found,) = mailed(db, W27).dated  # July 16 is the act's own
    assert (found.day, found.kind) == ("2024-08-01", "effective")
    assert found.evidence[0].sentence == "A second list of toys applies from Aug. 1, it said."
    assert mailed(db, W28).dated == ()


def test_an_act_that_is_only_called_the_act_is_told_by_its_name() -> None:
    named = act(type="enact", target="act", instrument="Toy Safety Act", trigger=(24, 28))
    (entry,) = compose(press((article("a", "2024-07-02"), (named,))), W27).in_short
    assert entry.statement == "European Commission enacts Toy Safety Act"


def test_a_measure_stands_before_its_provisions() -> None:
    rules = act(type="issue", target="rules on toy drones", trigger=(24, 28))
    part = act(target="drones over crowds", start=41, end=80, trigger=(50, 54), effective_date="2024-07-16")
    db = press(
        (article("a", "2024-07-02"), (rules, part)),
        (article("b", "2024-07-03", "xinhua"), (rules,)),
    )
    made = compose(db, W27)
    scores = {e.type: e.score for e in (made.new[0].groups[0].head, *made.new[0].groups[0].also)}
    assert scores["ban/block"] > scores["issue"]
    ((place,),) = (made.new,)
    assert [e.type for e in (place.groups[0].head, *place.groups[0].also)] == ["issue", "ban/block"]
    assert [e.type for e in made.in_short] == ["issue"]


@pytest.mark.parametrize("cut", ["drones of", "drones in which", "drones before they", "drones, because it"])
def test_a_clause_cut_short_is_not_begun(cut: str) -> None:
    (entry,) = compose(press((article("a", "2024-07-02"), (act(target=cut),))), W27).in_short
    assert entry.statement == "European Commission blocks drones"


def test_a_story_shows_what_an_outlet_leaves_out() -> None:
    dated = act(effective_date="2024-07-16")
    db = press(
        (article("a", "2024-07-02"), (dated,)),
        (article("b", "2024-07-03", "bloomberg"), (dated,)),
        (article("c", "2024-07-03", "xinhua"), (act(),)),
    )
    (tale,) = compose(db, W27).tales
    assert {o.name: o.notes for o in tale.outlets} == {
        "Reuters": (),
        "Bloomberg": (),
        "Xinhua": ("leaves out: from July 16, 2024",),
    }


def test_deadlines_stand_before_other_dates() -> None:
    db = press(
        (article("a", "2024-07-02"), (act(effective_date="2024-07-16"),)),
        (article("b", "2024-07-02"), (act(type="propose", status="proposed", target="rules on model kites",
                                          deadline_date="2024-08-20", trigger=(25, 29)),)),
    )  # fmt: skip
    assert [(c.kind, c.day) for c in compose(db, W27).coming] == [
        ("deadline", "2024-08-20"),
        ("effective", "2024-07-16"),
    ]


def test_several_outlets_and_an_official_source_rank_higher_and_every_factor_is_told() -> None:
    one = compose(press((article("a", "2024-07-02"), (act(),))), W27).in_short[0]
    two = compose(
        press((article("a", "2024-07-02"), (act(),)), (article("b", "2024-07-03", "wipo"), (act(),))), W27
    ).in_short[0]
    assert two.score > one.score
    assert {"independent sources", "official source"} <= {f.name for f in two.factors}
    assert two.score == pytest.approx(sum(f.points for f in two.factors), abs=0.01)
    assert two.why.startswith("told by 2 outlets")


@pytest.mark.parametrize(
    "told",
    [
        {"announced_date": "2021-04"},
        {"announced_date": "2024"},  # "at the start of this year", told in July
        {"status": "in_force"},  # "The Commission bans ...", of no day: it has long done so
        {"status": "in_force", "evidence": "In recent years, the Commission has banned toy drones."},
    ],
)
def test_what_lies_long_back_is_recalled_not_new(told: dict[str, str]) -> None:
    made = compose(press((article("a", "2024-07-02"), (act(**told),))), W27)
    assert (made.new, made.numbers.background) == ((), 1)


def test_a_story_shows_which_outlet_says_which_date_on_whose_word() -> None:
    db = press(
        (article("a", "2024-07-02"), (act(effective_date="2024-07-16", on_word_of="a spokesperson"),)),
        (article("b", "2024-07-03", "xinhua"), (act(effective_date="2024-07-17"),)),
    )
    (tale,) = compose(db, W27).tales
    assert {o.name: o.notes for o in tale.outlets} == {
        "Reuters": ("says from July 16, 2024", "on the word of a spokesperson"),
        "Xinhua": ("says from July 17, 2024",),
    }


def test_a_rejected_act_is_left_out_and_a_correction_wins() -> None:
    db = press((article("a", "2024-07-02"), (act(effective_date="2024-07-16"),)))
    (entry,) = compose(db, W27).in_short
    right = reviews.Review(entry.id, "corrected", "ann", {"target": "toy balloons", "effective_on": "2024-07-18"})
    reviews.add(db.conn, right)
    (entry,) = compose(db, W27).in_short
    assert (entry.statement, entry.effective_on) == ("European Commission blocks toy balloons", "2024-07-18")
    reviews.add(db.conn, reviews.Review(entry.id, "rejected", "ann"))
    assert compose(db, W27).empty


def test_a_watchlist_takes_its_own_and_remembers_apart(tmp_path: Path) -> None:
    (tmp_path / "watchlists").mkdir()
    (tmp_path / "watchlists" / "drones.yml").write_text("entities: [european commission]\nwords: [drone]\n")
    db = press((article("a", "2024-07-02"), (act(effective_date="2024-07-16"),)))
    watched = load(tmp_path, "drones", {ACTOR_ID: "European Commission"})
    assert watched.entities == (ACTOR_ID,)
    mailed(db, W27)
    assert mailed(db, W28, watched).coming
    assert not mailed(db, W29, replace(watched, entities=(), words=("balloons",))).changed


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [("none", None, "no watchlist"), ("../x", None, "no name"), ("bad", "entities: 3", r"bad\.yml:1: .*entities"),
     ("odd", "colours: [red]", r"odd\.yml:1: .*colours"), ("torn", "words: [", "torn.yml")],
)  # fmt: skip
def test_a_bad_watchlist_is_one_clear_line(tmp_path: Path, name: str, text: str | None, problem: str) -> None:
    (tmp_path / "watchlists").mkdir()
    if text:
        (tmp_path / "watchlists" / f"{name}.yml").write_text(text)
    with pytest.raises(DatelineError, match=problem) as raised:
        load(tmp_path, name, {})
    assert "\n" not in str(raised.value)
