"""The sample press as a server: conditional requests, its clock, and the traps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from lxml import etree, html

from pipeline.press import Press, SampleReport, sites

Ask = Callable[..., httpx.Response]
JULY_5 = datetime(2024, 7, 5, tzinfo=UTC)
REUTERS = "https://www.reuters.com"
BLOOMBERG = "https://www.bloomberg.com"
GLOBAL_TIMES = "https://www.globaltimes.cn"
XINHUA = "https://english.news.cn"
WIPO = "https://www.wipo.int"
EXPLAINER = (
    f"{REUTERS}/technology/artificial-intelligence/"
    "explainer-what-openais-block-means-for-developers-in-china-2024-07-04/"
)


def of(newest: dict[str, SampleReport], source: str) -> set[str]:
    return {url for url, report in newest.items() if report.source == source}


def locations(answer: httpx.Response) -> list[str]:
    return [str(url) for url in etree.fromstring(answer.content).xpath("//*[local-name()='loc']/text()")]


# The protocol


def test_an_unchanged_page_is_304_by_etag_and_by_date(ask: Ask) -> None:
    first = ask(EXPLAINER)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert parsedate_to_datetime(changed) == datetime(2024, 7, 9, 9, 5, tzinfo=UTC)
    for condition in ({"If-None-Match": etag}, {"If-None-Match": f'"x", {etag}'}, {"If-Modified-Since": changed}):
        again = ask(EXPLAINER, headers=condition)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


def test_a_changed_page_is_sent_again_and_the_etag_outranks_the_date(ask: Ask) -> None:
    changed = ask(EXPLAINER).headers["Last-Modified"]
    for condition in (
        {"If-None-Match": '"other"', "If-Modified-Since": changed},
        {"If-Modified-Since": "Thu, 04 Jul 2024 03:30:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert ask(EXPLAINER, headers=condition).status_code == 200


def test_bodies_are_zipped_only_where_asked(ask: Ask) -> None:
    plain = ask(EXPLAINER, headers={"Accept-Encoding": "identity"})
    zipped = ask(EXPLAINER, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) < int(plain.headers["Content-Length"])
    assert zipped.content == plain.content


def test_head_has_no_body_and_a_stranger_host_no_site(ask: Ask) -> None:
    head = ask(EXPLAINER, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert ask("https://www.example.com/").status_code == 421
    assert ask(f"{REUTERS}/no/such-page-2024-07-01/").status_code == 404


def test_the_press_listens_on_loopback_and_tells_what_was_asked(press: Press, ask: Ask) -> None:
    assert press.address.startswith("http://127.0.0.1:")
    ask(f"{WIPO}/robots.txt")
    assert press.asked[-1].url == f"{WIPO}/robots.txt"


# The clock


def test_later_reports_are_neither_served_nor_listed(press: Press, ask: Ask, newest: dict[str, SampleReport]) -> None:
    press.as_of = JULY_5
    for url, report in newest.items():
        assert ask(url).status_code == (200 if report.moment <= JULY_5 else 404), url
    listed = locations(ask(f"{GLOBAL_TIMES}/sitemap.xml"))
    assert {u for u in of(newest, "global_times") if newest[u].moment <= JULY_5} <= set(listed)
    assert not [url for url in listed if url in newest and newest[url].moment > JULY_5]
    assert not [
        u
        for u in locations(ask(f"{BLOOMBERG}/sitemaps/news/latest.xml"))
        if "/2024-07-0" in u and u > f"{BLOOMBERG}/news/articles/2024-07-05"
    ]


def test_an_update_changes_the_page_its_etag_and_nothing_else_does(press: Press, ask: Ask) -> None:
    press.as_of = JULY_5
    before = ask(EXPLAINER)
    assert "July 4 (Reuters)" in before.text
    press.as_of = datetime(2024, 7, 9, 9, 4, tzinfo=UTC)
    assert ask(EXPLAINER, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    press.as_of = datetime(2024, 7, 9, 9, 5, tzinfo=UTC)
    after = ask(EXPLAINER, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "July 9 (Reuters)" in after.text


# The traps


def test_a_trap_answers_with_its_status_and_is_listed_as_if_it_were_a_report(ask: Ask) -> None:
    kinds: set[str] = set()
    for site in sites():
        listed = {report.url for report in site.listed(None)}
        for trap in site.traps:
            assert ask(site.absolute(trap.url)).status_code == trap.status
            assert site.absolute(trap.url) in listed
            kinds.add(trap.kind)
    assert kinds == {
        "bot_wall", "paywall", "soft_404", "robots", "redirect", "redirect_off_site", "dead_link"
    }  # fmt: skip


def test_walls_say_what_the_real_walls_say(ask: Ask) -> None:
    wall = ask(f"{REUTERS}/technology/chipmakers-weigh-new-plants-in-southeast-asia-2024-06-10/")
    assert (wall.status_code, wall.headers["X-DataDome"]) == (401, "protected")
    assert "captcha-delivery" in wall.text
    robot = ask(f"{BLOOMBERG}/news/articles/2024-06-10/chip-stocks-lead-asia-gains-as-traders-await-fed")
    assert (robot.status_code, "Are you a robot?" in robot.text, "px-captcha" in robot.text) == (200, True, True)
    fence = ask(f"{BLOOMBERG}/news/articles/2024-06-28/inside-the-scramble-for-china-s-ai-developers")
    assert (fence.status_code, '"isAccessibleForFree": false' in fence.text) == (200, True)
    soft = ask(f"{GLOBAL_TIMES}/page/202406/1314802.shtml")
    assert (soft.status_code, "not found" in soft.text) == (200, True)


def test_redirects_lead_on_site_and_off(ask: Ask, newest: dict[str, SampleReport]) -> None:
    on_site = ask(f"{REUTERS}/technology/openai-tightens-api-access-for-china-2024-06-25/")
    assert on_site.headers["Location"] in newest
    off = ask(f"{BLOOMBERG}/news/articles/2024-07-01/china-startups-map-life-after-openai")
    assert urlsplit(off.headers["Location"]).hostname == "partner.example"


def test_robots_txt_keeps_the_paid_feature_from_us(ask: Ask) -> None:
    assert "Disallow: /brandfeatures/" in ask(f"{REUTERS}/robots.txt").text.split("User-agent: *")[1]


def test_one_text_stands_at_two_outlets(ask: Ask, newest: dict[str, SampleReport]) -> None:
    reprint = next(r for r in newest.values() if r.credit)
    original = next(r for r in newest.values() if r.text == reprint.text and r is not reprint)
    assert (original.source, reprint.source) == ("xinhua", "global_times")
    assert original.moment < reprint.moment
    assert "Source: Xinhua" in ask(reprint.url).text


def test_a_later_report_moves_a_date(newest: dict[str, SampleReport]) -> None:
    duties = sorted(
        (r for r in newest.values() if r.source == "reuters" and "electric cars" in r.keywords),
        key=lambda r: r.moment,
    )
    assert "introduced from July 4" in duties[0].text
    assert "apply from July 5" in duties[-1].text


def test_a_page_in_chinese_and_a_list_dated_only_by_its_footer(ask: Ask, newest: dict[str, SampleReport]) -> None:
    (chinese,) = [r for r in newest.values() if r.language == "zh"]
    assert html.fromstring(ask(chinese.url).content).findtext(".//title").strip().endswith("-新华网")
    assert chinese.path in ask("https://www.news.cn/tech/index.html").text
    assert re.findall(r"\d{4}", ask(f"{XINHUA}/weekly.htm").text) == ["2000", "2024"]
