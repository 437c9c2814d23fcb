"""Publish times: what is stated, in UTC, with its zone; nothing coerced."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.extract.moment import BadDateError, read_moment

LATEST = datetime(2024, 7, 20, tzinfo=UTC)
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("stated", "value", "zone"),
    [
        ("2024-06-25T08:42:00Z", "2024-06-25T08:42:00Z", "+00:00"),
        ("2024-06-25T08:42:13.511Z", "2024-06-25T08:42:13Z", "+00:00"),
        ("2016-12-07T05:00:00-05:00", "2016-12-07T10:00:00Z", "-05:00"),
        ("2016-05-13T16:43:53+0000", "2016-05-13T16:43:53Z", "+00:00"),
        ("20240709T231100Z", "2024-07-09", None),
        ("20240709T23:11:00Z", "2024-07-09T23:11:00Z", "+00:00"),
        ("Tue, 09 Jul 2024 08:00:00 GMT", "2024-07-09T08:00:00Z", "+00:00"),
        ("Tue Jul 9 11:03:00 UTC 2024", "2024-07-09T11:03:00Z", "+00:00"),
        ("July 9, 2024 4:33pm IST", "2024-07-09T11:03:00Z", "+05:30"),
        ("1720512660", "2024-07-09T08:11:00Z", "+00:00"),
        ("July 3, 2024", "2024-07-03", None),
        ("3 July 2024", "2024-07-03", None),
        ("2024-07-09", "2024-07-09", None),
        ("2024-07-09T10:00:00", "2024-07-09", None),
        ("25/06/2024", "2024-06-25", None),
        ("05/06/2024", None, None),
        ("yesterday", None, None),
        ("0001-01-01T00:00:00", None, None),
    ],
)
def test_stated(stated: str, value: str | None, zone: str | None) -> None:
    found = read_moment(stated, latest=LATEST)
    assert (found.value, found.zone) == (value, zone) if found else value is None


@pytest.mark.parametrize(
    "stated",
    ["Jul 09, 2024 11:11 PM", "2024-07-09 23:11:00", "2024年07月09日 23:11", "Published: Jul 09, 2024 11:11 PM"],
)
def test_printed_in_beijing(stated: str) -> None:
    found = read_moment(stated, zone=BEIJING, latest=LATEST)
    assert found is not None
    assert (found.value, found.zone) == ("2024-07-09T15:11:00Z", "+08:00")


def test_a_bare_day_stays_a_day_in_every_zone() -> None:
    found = read_moment("July 9, 2024", zone=BEIJING, latest=LATEST)
    assert found is not None
    assert (found.value, found.zone) == ("2024-07-09", None)


def test_an_odd_template() -> None:
    found = read_moment("2024 07 / 09 22:48:30", zone=BEIJING, latest=LATEST, form="%Y %m / %d %H:%M:%S")
    assert found is not None
    assert found.value == "2024-07-09T14:48:30Z"


@pytest.mark.parametrize("stated", ["2025-02-30", "2099-01-01", "1066-10-14T10:00:00Z", "2024-13-01", "June 31, 2024"])
def test_impossible_and_absurd_are_refused(stated: str) -> None:
    with pytest.raises(BadDateError):
        read_moment(stated, latest=LATEST)


@pytest.mark.parametrize("stated", ["(" * 50_000, " " * 100_000, "2024-" * 50_000, "12:" * 50_000, "May " * 50_000])
def test_linear(stated: str) -> None:
    begun = time.perf_counter()
    read_moment(stated, latest=LATEST)
    assert time.perf_counter() - begun < 0.1
