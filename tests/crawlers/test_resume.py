"""Stopped, killed, limited, dry: what was fetched is kept, and the next crawl does the rest."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawlers.run import crawl
from pipeline.archive import archives, read_pages
from pipeline.press import Press, reports
from pipeline.records import Page
from pipeline.store import connect, database_path
from tests.crawlers.little_site import Asked, LittleSite, Reply, article, wipo_site, wipo_url

COUNT = 40


def rows(data: Path) -> list[tuple[str, str]]:
    query = "select url, outcome from pages order by url"
    return [(r["url"], r["outcome"]) for r in connect(database_path(data)).query(query)]


def archived(data: Path) -> list[str]:
    return sorted(p.url for p in read_pages(archives(data / "archive")) if isinstance(p, Page))


WHOLE = [(wipo_url(n), "article") for n in range(1, COUNT + 1)]


def slow_site(seconds: float) -> LittleSite:
    pages = wipo_site(COUNT)
    return LittleSite({p: Reply(article().body, wait=seconds) if "article_" in p else r for p, r in pages.items()})


def start(site: LittleSite, data: Path) -> subprocess.Popen[bytes]:
    code = (
        "import pathlib; from crawlers.run import crawl; "
        f"crawl(['wipo'], data=pathlib.Path({str(data)!r}), press={site.address!r})"
    )
    command = [sys.executable, "-c", code]
    return subprocess.Popen(
        command, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2], preexec_fn=heed_interrupts
    )


def heed_interrupts() -> None:
    """A shell's background job is started deaf to SIGINT; the process under test must not inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(site: LittleSite, articles: int) -> None:
    until = time.monotonic() + 20
    while sum("article_" in p for p in site.paths()) < articles and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_after_a_kill_or_a_stop_the_same_command_ends_where_one_run_would(how: signal.Signals, tmp_path: Path) -> None:
    with slow_site(0.04) as site:
        running = start(site, tmp_path)
        wait_for(site, 10)
        running.send_signal(how)
        running.wait()
        time.sleep(0.3)  # a killed parent's crawling process ends at the end of its input
        asked = sum("article_" in p for p in site.paths())
        assert asked < COUNT
        report = crawl(["wipo"], data=tmp_path, press=site.address)
        assert sum("article_" in p for p in site.paths()) <= COUNT + 50
    assert rows(tmp_path) == WHOLE
    assert sorted(set(archived(tmp_path))) == [url for url, _ in WHOLE]
    assert not list((tmp_path / "archive").glob("*.part"))
    if how is signal.SIGINT:  # an orderly stop loses nothing
        assert report.total("article") == COUNT - asked
        assert archived(tmp_path) == [url for url, _ in WHOLE]


def test_limit_takes_the_newest_and_the_next_crawl_goes_on(tmp_path: Path) -> None:
    pages = wipo_site(0)
    urls = [wipo_url(n) for n in range(1, 7)]
    items = "".join(
        f"<item><title>R{n}</title><link>{u}</link><pubDate>{n} Jul 2024 10:00:00 GMT</pubDate></item>"
        for n, u in enumerate(urls, 1)
    )
    pages["/pressroom/en/rss.xml"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>")
    pages |= {u.removeprefix("https://www.wipo.int"): article() for u in urls}
    with LittleSite(pages) as site:
        dry = crawl(["wipo"], data=tmp_path / "dry", press=site.address, dry_run=True, limit=2)
        assert dry.would_fetch == (urls[5], urls[4])
        assert not (tmp_path / "dry").exists()
        assert not any("article_" in p for p in site.paths())
        first = crawl(["wipo"], data=tmp_path, press=site.address, limit=2)
        assert (first.total("article"), archived(tmp_path)) == (2, urls[4:])
        days = {"since": date(2024, 7, 2), "until": date(2024, 7, 3)}
        assert crawl(["wipo"], data=tmp_path, press=site.address, **days).total("article") == 2
        assert archived(tmp_path) == [*urls[1:3], *urls[4:]]
        site.pages["/pressroom/en/rss.xml"] = Reply("<rss version='2.0'><channel></channel></rss>")
        last = crawl(["wipo"], data=tmp_path, press=site.address)  # no list names them any more
    assert last.total("article") == 2
    assert archived(tmp_path) == urls


def test_an_updated_report_is_fetched_again_when_its_list_says_so(tmp_path: Path) -> None:
    updated = next(r for r in reports() if r.version == 2 and r.source == "reuters")
    with Press(as_of=updated.shown_from - timedelta(minutes=1)) as press:
        crawl(["reuters"], data=tmp_path, press=press.address)
        press.as_of = updated.shown_from
        report = crawl(["reuters"], data=tmp_path, press=press.address, until=updated.shown_from.date())
    assert report.total("article") == 1
    versions = [p.body for p in read_pages(archives(tmp_path / "archive")) if p.url == updated.url]
    assert len(versions) == len(set(versions)) == 2


def test_backfill_walks_back_by_day(tmp_path: Path) -> None:
    def search(asked: Asked) -> Reply:
        day = asked.body.partition("begin_date=")[2][:10]
        return Reply(
            f'<a href="https://www.globaltimes.cn/page/202407/{day.replace("-", "")}.shtml">Report of {day}</a>'
        )

    days = [f"2024070{n}" for n in (3, 2, 1)]
    pages = {f"/page/202407/{d}.shtml": article() for d in days}
    with LittleSite({"search.globaltimes.cn/SearchCtrl": search, **pages}) as site:
        report = crawl(
            ["global_times"],
            data=tmp_path,
            press=site.address,
            since=date(2024, 7, 1),
            until=date(2024, 7, 3),
            backfill=True,
        )
    assert report.total("article") == 3
    asked = [a.body.partition("begin_date=")[2][:10] for a in site.asked if a.path == "/SearchCtrl"]
    assert list(dict.fromkeys(asked)) == ["2024-07-03", "2024-07-02", "2024-07-01"]


def test_a_fallback_stands_in_for_lists_that_are_empty(tmp_path: Path) -> None:
    archive = f'<li><span>July 9, 2024</span> <a href="{wipo_url(1)}">A release</a></li>'
    pages = {**wipo_site(1), "/pressroom/en/rss.xml": Reply(status=404)}
    with LittleSite({**pages, "/pressroom/en/articles/archive.html?page=1": Reply(archive)}) as site:
        report = crawl(["wipo"], data=tmp_path, press=site.address)
    assert report.total("article") == 1
    assert any("stood in" in text for _, text in report.warnings)
