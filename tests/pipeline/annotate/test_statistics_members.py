"""Figures in a row, each by its own name."""

from __future__ import annotations

import pytest

from pipeline.annotate import annotate
from pipeline.records import Article


def of_what(text: str) -> dict[float, str]:
    article = Article(
        id="a", url="", source="reuters", title="Kites", text=text, published="2024-07-03T08:00:00Z", zone=None,
        fetched_at="2024-07-03T09:00:00Z",
    )  # fmt: skip
    (found,) = annotate([article])
    return {s.value: s.of_what for s in found.statistics}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Peru registered 910 kite designs, followed by Chile with 455, Brazil with 309 and Mexico with 150.",
            {455: "Chile", 309: "Brazil", 150: "Mexico"},
        ),
        (
            "In all, 910 designs came from Peru, 455 from Chile, 309 from Brazil and 150 from Mexico.",
            {455: "Chile", 309: "Brazil", 150: "Mexico"},
        ),
        (
            "Toyota will be charged 17.4%, Honda 19.9% and Nissan 37.6%, the ministry said.",
            {19.9: "Honda", 37.6: "Nissan"},
        ),
        (
            "The rates are 17.4% for Toyota Motor Corp., 19.9% for Honda Motor Co. and 37.6% for Nissan.",
            {19.9: "Honda Motor Co.", 37.6: "Nissan"},
        ),
    ],
)
def test_each_figure_of_a_row_belongs_to_the_name_beside_it(text: str, names: dict[float, str]) -> None:
    found = of_what(text)
    assert {value: found[value] for value in names} == names


def test_one_figure_beside_a_name_is_left_to_its_noun() -> None:
    assert of_what("The plan would cover 455 schools from Chile.")[455] != "Chile"
