"""The five spiders, unchanged, over the sample press by real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.run import CrawlReport, crawl
from pipeline.archive import archives, read_pages
from pipeline.press import Press, reports, sites
from pipeline.records import Outcome, Page
from pipeline.store import connect, database_path


@dataclass
class Crawled:
    data: Path
    press: Press
    report: CrawlReport
    progress: list[tuple[str, int, int]]

    def outcomes(self) -> dict[str, str]:
        return {r["url"]: r["outcome"] for r in connect(database_path(self.data)).query("select * from pages")}

    def again(self) -> CrawlReport:
        self.press.asked.clear()
        return crawl([], data=self.data, press=self.press.address)

    def make_all_due(self) -> None:
        db = connect(database_path(self.data))
        db.execute("update pages set next_due = '2000-01-01T00:00:00Z'")
        db.conn.commit()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data, heard = tmp_path_factory.mktemp("data"), []
    with Press() as press:
        report = crawl([], data=data, press=press.address, progress=lambda *said: heard.append(said))
        yield Crawled(data, press, report, heard)


def test_every_report_the_press_lists_is_archived(crawled: Crawled) -> None:
    pages = {p.url: p for p in read_pages(archives(crawled.data / "archive")) if isinstance(p, Page)}
    missing = {r.url for r in reports()} - set(pages)
    assert missing == set()
    for report in reports():
        assert pages[report.url].source == report.source


def test_every_trap_has_the_outcome_of_its_kind(crawled: Crawled) -> None:
    expected = {
        "bot_wall": Outcome.BLOCKED,
        "paywall": Outcome.PAYWALL,
        "soft_404": Outcome.SOFT_404,
        "dead_link": Outcome.GONE,
        "robots": Outcome.ROBOTS,
        "redirect_off_site": Outcome.REDIRECT_OFF_SITE,
    }
    found = crawled.outcomes()
    for site in sites():
        for trap in site.traps:
            if trap.kind == "redirect":
                assert found[site.absolute(trap.url)] in (Outcome.DUPLICATE, Outcome.SOFT_404)
            elif trap.listed:
                assert found[site.absolute(trap.url)] == expected[trap.kind], trap.url


def test_no_trap_is_archived(crawled: Crawled) -> None:
    archived = {p.final_url for p in read_pages(archives(crawled.data / "archive")) if isinstance(p, Page)}
    for site in sites():
        assert archived.isdisjoint(site.absolute(t.url) for t in site.traps)


def test_what_robots_disallows_is_never_asked_for(crawled: Crawled) -> None:
    assert not any("/brandfeatures/" in a.url for a in crawled.press.asked)


def test_hints_travel_with_the_page(crawled: Crawled) -> None:
    pages = {p.url: p for p in read_pages(archives(crawled.data / "archive")) if isinstance(p, Page)}
    told = {r.url: r for r in reports()}
    for url, page in pages.items():
        assert page.hint.title == told[url].title, url
    xinhua = [u for u, p in pages.items() if p.source == "xinhua" and told[u].language == "en"]
    assert xinhua
    for url in xinhua:  # the list tells the minute in Beijing time, the hint in UTC
        assert pages[url].hint.published == told[url].published


def test_a_bare_day_stays_a_day(crawled: Crawled) -> None:
    days = [
        p.hint.published
        for p in read_pages(archives(crawled.data / "archive"))
        if isinstance(p, Page) and p.source == "wipo"
    ]
    assert days
    assert all(len(d or "") == len("2024-07-03") for d in days)


def test_counts_and_progress_add_up(crawled: Crawled) -> None:
    for source, by_outcome in crawled.report.counts.items():
        assert sum(by_outcome.values()) == crawled.report.discovered[source]
        assert (source, sum(by_outcome.values()), crawled.report.discovered[source]) in crawled.progress


def test_running_again_fetches_no_page_and_archives_nothing(crawled: Crawled) -> None:
    before = crawled.outcomes()
    report = crawled.again()
    listed = set(before)
    assert [a.url for a in crawled.press.asked if a.url in listed] == []
    assert report.warcs == ()
    assert crawled.outcomes() == before


def test_what_is_due_again_is_asked_for_conditionally(crawled: Crawled) -> None:
    before = crawled.outcomes()
    crawled.make_all_due()
    report = crawled.again()
    assert report.total("article") == 0
    assert report.total("not_modified") == list(before.values()).count("article")
    unchanged = {a.url for a in crawled.press.asked if a.status == 304}
    assert unchanged == {url for url, outcome in before.items() if outcome == "article"}
    assert crawled.outcomes() == before


def test_headline_access_asks_for_lists_only(crawled: Crawled, tmp_path: Path) -> None:
    crawled.press.asked.clear()
    report = crawl(
        ["reuters", "bloomberg"],
        data=tmp_path,
        press=crawled.press.address,
        access={"reuters": "headline", "bloomberg": "headline"},
    )
    assert set(report.counts["reuters"]) == set(report.counts["bloomberg"]) == {"headline"}
    articles = {r.url for r in reports()}
    assert articles.isdisjoint(a.url for a in crawled.press.asked)
    pages = [p for p in read_pages(report.warcs) if isinstance(p, Page)]
    assert all(p.status == 0 and not p.body and p.hint.title and p.hint.published for p in pages)
    assert any(p.hint.summary for p in pages)  # told by the feed, though the sitemap came first
    again = crawl(["reuters"], data=tmp_path, press=crawled.press.address, access={"reuters": "headline"})
    assert again.counts["reuters"] == {}
