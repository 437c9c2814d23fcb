"""Selectors tried one by one: what each gave, and which fields nothing gives any more."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.extract.check import check, drifted
from pipeline.records import Page
from pipeline.source import Reading, Selector, Source

PROSE = "The ministry said on Tuesday that the new rules take effect in August and apply to every company. " * 8
MARKUP = f"<html><h1>Rules take effect</h1><i class='when'>2024-07-09 10:00</i><div id=body><p>{PROSE}</p></div></html>"


def source(**read: tuple[Selector, ...]) -> Source:
    return Source(
        id="gazette",
        name="Gazette",
        home="https://gazette.example/",
        zone="UTC",
        country="",
        hosts=("gazette.example",),
        article_url=("^/n/",),
        discover=(),
        read=Reading(**read),
    )


def page(markup: str = MARKUP, status: int = 200) -> Page:
    url = "https://gazette.example/n/2024-07-09/1"
    return Page(url, url, status, (), markup.encode(), datetime(2024, 7, 9, tzinfo=UTC), "gazette")


def test_each_selector_says_what_it_gave() -> None:
    outlet = source(
        title=(Selector(css="h2"), Selector(css="h1")),
        published=(Selector(css=".when", pattern=r"(\d{4}-\d\d-\d\d)"),),
        section=(Selector(css="h1", until=date(2020, 1, 1)),),
        text=(Selector(css="#body"),),
    )
    found = check(page(), outlet)
    given = [(t.field, t.gave and t.gave[:14], t.old) for t in found.tried]
    assert given == [
        ("title", None, False),
        ("title", "Rules take eff", False),
        ("published", "2024-07-09", False),
        ("section", "Rules take eff"[:0] or None, True),
        ("text", f"{len(PROSE) - 1} characters"[:14], False),
    ]
    assert drifted((found,), outlet) == ("section",)


def test_a_field_that_no_page_gives_has_drifted() -> None:
    outlet = source(title=(Selector(css="h1"),), published=(Selector(css=".gone"),))
    assert drifted((check(page(), outlet),), outlet) == ("published",)


def test_a_wall_is_named_and_proves_no_drift() -> None:
    outlet = source(title=(Selector(css="h1"),))
    walled = check(page(status=403), outlet)
    assert walled.refused == "blocked: answered 403"
    assert drifted((walled,), outlet) == ()
