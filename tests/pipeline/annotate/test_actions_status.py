"""The latest status of a measure, by its own words and by what a later act of the article made of it."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts

OWN = [
    ("The Senate passed a bill on drones on Tuesday.", "proposed"),
    ("Governor Gavin Newsom vetoed a bill on drones on Tuesday.", "rejected"),
    ("The US Supreme Court upheld a law under which the app must be sold from March 3.", "in_force"),
    ("China said it will impose a duty on copper.", "announced"),
    ("Prosecutors charged two traders with smuggling chips on Tuesday.", "under_investigation"),
    ("The ministry extended the deadline for applications to June 30.", "in_force"),
    ("Meta withdrew its chatbot from app stores in Turkey.", "in_force"),
    ("The Senate confirmed Jane Doe as trade commissioner.", "in_force"),
    ("China issued rules on drones on Friday which take effect 20 days after publication.", "adopted"),
]
LATER = [
    (
        "Norway banned the app on official phones in March 2022.\n\nIt lifted the ban on Friday.",
        ("ban/block", "repealed"),
    ),
    ("Norway on Friday suspended the tariffs on copper it imposed in March.", ("impose", "suspended")),
    (
        "The European Commission on Friday fined Garmin 20 million euros.\n\n"
        "The Commission opened the investigation in March last year.",
        ("investigate", "in_force"),
    ),
]


@pytest.mark.parametrize(("text", "status"), OWN)
def test_status_by_its_own_words(text, status):
    assert [a.status for a in acts(text)] == [status]


@pytest.mark.parametrize(("text", "expected"), LATER)
def test_status_by_a_later_act(text, expected):
    assert expected in [(a.type, a.status) for a in acts(text)]


def test_another_measure_is_left_alone():
    told = acts("Norway banned the app in March 2022.\n\nIt lifted a tariff on copper on Friday.")
    assert [(a.type, a.status) for a in told] == [("ban/block", "in_force"), ("lift/repeal", "repealed")]


def test_what_is_being_done_is_no_future():
    (act,) = acts("The US Department of Commerce is rescinding a rule on chips.")
    assert act.factuality == "asserted"
