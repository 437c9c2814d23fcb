"""Where a day of publication may come from, and whose zone it is told in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.extract.document import Refused, parse
from pipeline.extract.published import published_of
from pipeline.extract.select import Document
from pipeline.extract.structured import structured
from pipeline.records import Hint

LATEST = datetime(2024, 7, 20, tzinfo=UTC)
UTC_META = '<meta property="article:published_time" content="2024-07-09T03:28:35Z">'


def published(markup: str, url: str = "https://post.example/a") -> tuple[str, str | None]:
    tree = parse(f"<html>{markup}<p>A report.</p></html>")
    found = published_of(Document(tree, structured(tree)), None, Hint(), url, LATEST)
    return found.value, found.zone


@pytest.mark.parametrize(
    ("printed", "zone"),
    [
        ('<time datetime="2024-07-08T22:28:35-05:00">Monday</time>', "-05:00"),
        ('<time datetime="2024-07-08 23:28:35">Monday</time>', "-04:00"),
        ('<script>page = {"date": "2024-07-09T11:28:35+0800"}</script>', "+08:00"),
        ('<meta name="displaydate" content="2024-07-09 08:58:35">', "+05:30"),
        ('<time datetime="2024-07-08T22:28:35-06:00">another moment</time>', "+00:00"),
        ('<time datetime="2024-07-06 22:28:35">another day</time>', "+00:00"),
        ('<script>page = {"date": "2024-07-08 22:28:35"}</script>', "+00:00"),
    ],
)
def test_the_zone_the_page_prints_the_same_moment_in(printed: str, zone: str) -> None:
    assert published(UTC_META + printed) == ("2024-07-09T03:28:35Z", zone)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/7/2/a-report", "2024-07-02"),
        ("/2024/07/02/a-report", "2024-07-02"),
        ("/world/a-report-2024-07-02/", "2024-07-02"),
        ("/20240702/1f3a.html", "2024-07-02"),
        ("/2024-07/02/c_1.htm", "2024-07-02"),
        ("/t20240702_1.html", "2024-07-02"),
    ],
)
def test_a_day_in_the_url(path: str, day: str) -> None:
    assert published("", f"https://post.example{path}") == (day, None)


@pytest.mark.parametrize("path", ["/e/5274201507210e58ec", "/2024/13/2/a", "/item-120240702120908039"])
def test_digits_that_are_no_day(path: str) -> None:
    with pytest.raises(Refused, match="no publish date"):
        published("", f"https://post.example{path}")


def test_a_report_published_anew_keeps_the_day_of_its_url() -> None:
    assert published(UTC_META, "https://post.example/2023/5/2/a") == ("2023-05-02", None)
    assert published(UTC_META, "https://post.example/2024/07/08/a")[0] == "2024-07-09T03:28:35Z"


def test_a_copyright_year_is_no_day() -> None:
    with pytest.raises(Refused, match="no publish date"):
        published("<footer>Copyright 2016 The Example Post</footer>")
    assert published("<p class=date>January 1, 2016</p>") == ("2016-01-01", None)


def test_data_that_is_no_json_still_says_when() -> None:
    torn = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A "new" rule",
    "description": "It said "no".", "datePublished": "2024-07-09T03:28:35Z", "author": }</script>"""
    assert published(torn) == ("2024-07-09T03:28:35Z", "+00:00")
