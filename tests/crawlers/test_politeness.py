"""Robots, refusals and pleas for rest are taken at their word. One crawl meets a rude or careful host a source."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.manners import retry_after
from crawlers.middlewares.robots import doubt_of
from crawlers.run import CrawlReport, crawl
from pipeline.archive import archives
from pipeline.store import connect, database_path
from tests.crawlers.little_site import Answer, Asked, LittleSite, Reply, article, feed, news_sitemap, wipo_site

REUTERS = "https://www.reuters.com/world/report-{}-2024-07-09/"
TIMES = "https://www.globaltimes.cn/page/202407/{}.shtml"
BLOOMBERG = "https://www.bloomberg.com/news/articles/2024-07-09/report-{}"
XINHUA = "https://english.news.cn/20240709/{:032x}/c.html"


SETTINGS = {  # as at the real sites, only quicker
    "CRAWL_DELAY_OBEY": True,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 0.01,
}


def at(template: str, count: int) -> list[str]:
    return [template.format(n) for n in range(1, count + 1)]


def pages() -> dict[str, Answer]:
    made: dict[str, Answer] = {}
    # Global Times turns everyone away.
    made["www.globaltimes.cn/sitemap.xml"] = news_sitemap(*at(TIMES, 8))
    made |= {u.removeprefix("https://"): Reply("<h1>No</h1>", status=403) for u in at(TIMES, 8)}
    # Bloomberg asks for one second's rest, once; and sets a cookie.
    made["www.bloomberg.com/sitemaps/news/latest.xml"] = news_sitemap(*at(BLOOMBERG, 3))
    rested: list[Asked] = []

    def tired(asked: Asked) -> Reply:
        if not rested:
            rested.append(asked)
            return Reply(status=429, headers={"Retry-After": "1"})
        return Reply(article().body, headers={"Set-Cookie": "token=canary"})

    made |= {u.removeprefix("https://"): tired for u in at(BLOOMBERG, 3)}
    # Reuters wants 0.4 seconds between two requests.
    made["www.reuters.com/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 0.4\n", type="text/plain")
    made["www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml"] = news_sitemap(*at(REUTERS, 2))
    made |= {u.removeprefix("https://"): article() for u in at(REUTERS, 2)}
    made["feeds.bloomberg.com/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 86400\n", type="text/plain")
    # Xinhua serves a challenge in place of robots.txt, WIPO is out of order.
    made["english.news.cn/robots.txt"] = Reply("<!DOCTYPE html><html><title>Just a moment...</title></html>")
    made["english.news.cn/home.htm"] = Reply(f'<a href="{XINHUA.format(1)}">A report</a>')
    made |= {f"www.wipo.int{path}": page for path, page in wipo_site(2).items()}
    made["www.wipo.int/robots.txt"] = Reply(status=503)
    return made


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LittleSite, CrawlReport, Path]]:
    data = tmp_path_factory.mktemp("data")
    with LittleSite(pages()) as site:
        yield site, crawl([], data=data, press=site.address, settings=SETTINGS), data


Met = tuple[LittleSite, CrawlReport, Path]


@pytest.mark.parametrize(
    ("host", "source", "why"),
    [
        ("english.news.cn", "xinhua", "a web page stands in place of robots.txt"),
        ("www.wipo.int", "wipo", "robots.txt answered 503"),
        ("feeds.bloomberg.com", "bloomberg", "asks for 86400 s between requests"),
    ],
)
def test_unreadable_robots_mean_no(met: Met, host: str, source: str, why: str) -> None:
    site, report, _ = met
    assert set(site.paths(host)) == {"/robots.txt"}
    assert any(s == source and why in text for s, text in report.warnings)


def test_a_source_that_yields_nothing_says_so(met: Met) -> None:
    silent = {source for source, text in met[1].warnings if text == "no list named a single report"}
    assert silent == {"xinhua", "wipo"}


def test_a_host_that_refuses_three_times_is_left_alone(met: Met) -> None:
    site, report, data = met
    assert sum(p.startswith("/page/") for p in site.paths("www.globaltimes.cn")) == 3
    assert report.counts["global_times"] == {"blocked": 8}
    assert any(s == "global_times" and "left alone" in text for s, text in report.warnings)
    db = connect(database_path(data))
    titles = [r["title"] for r in db.query("select title from pages where source = 'global_times'")]
    assert len(titles) == 8
    assert all(titles)  # the headlines are kept


def test_retry_after_is_waited_for(met: Met) -> None:
    site, report, _ = met
    asked = [a for a in site.asked if a.path.startswith("/news/articles/")]
    assert report.counts["bloomberg"] == {"article": 3}
    assert asked[1].at - asked[0].at >= 0.99


def test_crawl_delay_is_kept(met: Met) -> None:
    site, report, _ = met
    times = [a.at for a in site.asked if a.host == "www.reuters.com"]
    assert report.counts["reuters"] == {"article": 2}
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.3  # 0.4, less the machine's jitter


def test_the_crawler_says_who_it_is_and_sends_no_cookie(met: Met) -> None:
    site, _, _ = met
    assert {a.headers["User-Agent"].split("/")[0] for a in site.asked} == {"Dateline"}
    assert not any("Cookie" in a.headers or "Referer" in a.headers for a in site.asked)


def test_cookies_are_kept_nowhere(met: Met) -> None:
    *_, data = met
    for path in archives(data / "archive"):
        assert b"canary" not in gzip.decompress(path.read_bytes())
    assert b"canary" not in database_path(data).read_bytes()


def test_the_contact_is_in_the_user_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", "desk@news.example\r\nX-Injected: 1")
    with LittleSite({"/pressroom/en/rss.xml": feed()}) as site:
        crawl(["wipo"], data=tmp_path, press=site.address)
    assert "desk@news.example" in site.asked[0].headers["User-Agent"]
    assert "X-Injected" not in site.asked[0].headers


def test_a_host_that_asks_for_a_long_rest_is_left_alone(tmp_path: Path) -> None:
    site_pages = wipo_site(5)
    for path in [p for p in site_pages if "article_" in p]:
        site_pages[path] = Reply(status=429, headers={"Retry-After": "3600"})
    with LittleSite(site_pages) as site:
        report = crawl(["wipo"], data=tmp_path, press=site.address)
    assert sum("article_" in p for p in site.paths()) == 1
    assert report.counts["wipo"] == {"blocked": 5}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120.0),
        (b"Tue, 09 Jul 2024 12:01:00 GMT", 60.0),
        (b"Tue, 09 Jul 2024 11:00:00 GMT", 0.0),
        (b"soon", None),
        (None, None),
    ],
)
def test_retry_after_in_both_forms(header: bytes | None, seconds: float | None) -> None:
    assert retry_after(header, datetime(2024, 7, 9, 12, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("status", "body", "readable"),
    [
        (200, b"User-agent: *\nAllow: /", True),
        (200, b"", True),
        (404, b"<html>not found</html>", True),
        (200, b"\n <!DOCTYPE html><p>hm", False),
        (401, b"", False),
        (429, b"", False),
        (500, b"", False),
    ],
)
def test_what_counts_as_robots(status: int, body: bytes, readable: bool) -> None:
    assert (doubt_of(status, body) is None) == readable
