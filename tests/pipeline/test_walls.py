"""What stands in an article's place is named, whatever its status; an article that tells of such things is not."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from pipeline.records import Outcome, Page
from pipeline.source import load_all
from pipeline.walls import judge

URL = "https://www.bloomberg.com/news/articles/2024-07-09/a-report"
SENTENCE = "The regulator said on Tuesday that the rules on automated access take effect in August. "
ARTICLE = f"<h1>Rules take effect</h1>{'<p>' + SENTENCE * 3 + '</p>'}"


def verdict(body: str, status: int = 200, final_url: str = URL, kind: str = "text/html") -> Outcome | None:
    head = (("Content-Type", kind),)
    page = Page(URL, final_url, status, head, body.encode(), datetime(2024, 7, 9, tzinfo=UTC), "bloomberg")
    found = judge(page, load_all()["bloomberg"])
    assert found is None or found.reason
    return found.outcome if found else None


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("<title>Are you a robot?</title><p>Please tick the box.</p>", Outcome.BLOCKED),
        ("<title>Just a moment...</title><div id=cf-chl-widget></div>", Outcome.BLOCKED),
        ("<p>Please enable JS and disable any ad blocker</p>", Outcome.BLOCKED),
        ("<title>Site</title><script src='https://geo.captcha-delivery.com/c.js'></script>", Outcome.BLOCKED),
        ("<h1>Before you continue</h1><p>We and our partners use cookies.</p>", Outcome.CONSENT),
        (f"<h1>A report</h1><p>{SENTENCE}</p><h2>Subscribe to continue reading</h2>", Outcome.PAYWALL),
        (f'<script>{{"isAccessibleForFree": false}}</script><h1>A report</h1><p>{SENTENCE}</p>', Outcome.PAYWALL),
        ("<h1>Page not found</h1><p>Back to the home page</p>", Outcome.SOFT_404),
        ("<p>Sorry, the page you’re looking for is gone.</p>", Outcome.SOFT_404),
        ("<p>您访问的页面不存在</p>", Outcome.SOFT_404),
        ("", Outcome.ERROR),
    ],
)
def test_walls_served_with_200(body: str, outcome: Outcome) -> None:
    assert verdict(body) is outcome


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, Outcome.BLOCKED),
        (403, Outcome.BLOCKED),
        (429, Outcome.BLOCKED),
        (402, Outcome.PAYWALL),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (500, Outcome.ERROR),
    ],
)
def test_the_status_is_believed_when_it_says_no(status: int, outcome: Outcome) -> None:
    assert verdict(ARTICLE, status=status) is outcome


def test_a_challenge_with_503_is_a_wall_not_an_outage() -> None:
    assert verdict("<title>Just a moment...</title>", status=503) is Outcome.BLOCKED


@pytest.mark.parametrize(
    "body",
    [
        ARTICLE,
        f"<h1>Forbidden City limits visitors</h1><p>{SENTENCE}</p>",
        f"<h1>Missing plane not found</h1><p>{SENTENCE}</p>",
        f"<h1>Release 404</h1><p>{SENTENCE}</p>",
        f"<script>window._pxAppId='x'</script><form class='h-captcha'></form><h1>A report</h1><p>{SENTENCE * 10}</p>",
        f"<h1>How walls work</h1><p>{SENTENCE * 10}</p><p>It says: are you a robot? Subscribe to continue reading.</p>",
        f'<script>{{"isAccessibleForFree": false}}</script><h1>A report</h1><p>{SENTENCE * 10}</p>',
        "<h1>A flash</h1><p>The chairman has been removed, the board said.</p>",
    ],
)
def test_articles_pass(body: str) -> None:
    assert verdict(body) is None


def test_blanks_and_scripts_are_no_prose() -> None:
    padded = f"<title>Are you a robot?</title>{' ' * 5000}<script>{'x' * 5000}</script><p>{' ' * 5000}Tick.</p>"
    assert verdict(padded) is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("final_url", "outcome"),
    [
        ("https://partner.example/a", Outcome.REDIRECT_OFF_SITE),
        ("https://www.bloomberg.com/markets", Outcome.SOFT_404),
        ("https://www.bloomberg.com/news/articles/2024-07-09/its-new-name", None),
    ],
)
def test_where_a_redirect_led(final_url: str, outcome: Outcome | None) -> None:
    assert verdict(ARTICLE, final_url=final_url) is outcome


def test_a_file_is_not_news() -> None:
    assert verdict("%PDF-1.7", kind="application/pdf") is Outcome.NOT_NEWS


@pytest.mark.parametrize("piece", ["<script ", "<!--", "<nav>", ">", "</nav   ", "<p>" * 50])
def test_hostile_markup_costs_no_time(piece: str) -> None:
    started = time.process_time()
    verdict(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 3
