"""Stories: one event, one label, whatever the order of arrival of what came before."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Article
from pipeline.stories import Labelled, label, stories

DUTIES = [
    (
        "d1",
        "2024-06-12",
        "EU to add duties on Chinese electric cars",
        "Brussels will add duties on electric cars built in China, the Commission said. BYD faces 17.4 percent.",
    ),
    (
        "d2",
        "2024-07-04",
        "Provisional EU duties on electric cars from China begin",
        "Importers of Chinese electric cars pay provisional duties from Friday, the Commission in Brussels said.",
    ),
]
PATENTS = [
    (
        "p1",
        "2024-07-03",
        "China leads in generative AI patents",
        "WIPO counted 38,000 generative AI inventions from China in a patent landscape report.",
    ),
    (
        "p2",
        "2024-07-05",
        "UN agency counts generative AI patents",
        "Inventions in generative AI came mostly from China, WIPO's patent landscape shows.",
    ),
]


def article(row: tuple[str, str, str, str]) -> Article:
    name, day, title, text = row
    return Article(name, f"https://example.org/{name}", "reuters", title, text, day, None, day)


ALL = [article(row) for row in DUTIES + PATENTS]


def test_articles_on_one_event_share_a_label() -> None:
    found = {item.article.id: item.story for item in label(ALL)}
    assert found["d1"] == found["d2"] != found["p1"] == found["p2"]


def test_the_order_of_the_input_does_not_matter() -> None:
    assert list(label(ALL)) == list(label(reversed(ALL)))


def test_known_labels_never_change_and_new_articles_join_them() -> None:
    known = [Labelled(ALL[0], "ev-duties")]
    new = list(label([ALL[1]], known))
    assert [(item.article.id, item.story) for item in new] == [("d2", "ev-duties")]


def test_a_story_gathers_its_articles_oldest_first() -> None:
    by_first = {story.articles[0]: story for story in stories(label(ALL))}
    assert by_first["d1"].articles == ("d1", "d2")
    assert by_first["p1"].title in {row[2] for row in PATENTS}


def test_texts_without_a_word_stand_alone() -> None:
    empty = [Article(str(n), "", "x", "-", "...", "2024-07-01", None, "2024-07-01") for n in range(2)]
    assert len({item.article.id for item in label(empty)}) == 2


WORDS = ["duties", "electric cars", "patents", "chips", "export", "court", "ruling", "Brussels", "Beijing", "privacy"]


@st.composite
def press(draw: st.DrawFn) -> list[Article]:
    """Articles of a few words each, told on days of one quarter."""
    out = []
    for number in range(draw(st.integers(2, 10))):
        day = date(2024, 4, 1) + timedelta(days=draw(st.integers(0, 90)))
        said = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
        out.append(
            article((f"a{number}", day.isoformat(), " ".join(said[:2]), f"{' and '.join(said)} were discussed."))
        )
    return out


@given(told=press(), cuts=st.lists(st.integers(0, 10), max_size=3))
@settings(max_examples=60, deadline=None)
def test_articles_that_arrive_later_rename_no_story_and_move_no_article(told: list[Article], cuts: list[int]) -> None:
    known: list[Labelled] = []
    for first, last in itertools.pairwise([0, *sorted(cuts), len(told)]):
        before = {story.id: story for story in stories(known)}
        known += label(told[first:last], known)
        after = {story.id: story for story in stories(known)}
        assert before.keys() <= after.keys()
        assert all(set(before[name].articles) <= set(after[name].articles) for name in before)
    assert sorted(item.article.id for item in known) == sorted(a.id for a in told)
