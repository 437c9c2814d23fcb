"""Lists of every kind, read into urls with their hints."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from crawlers.discovery import Found, ListingError, merge, read_listing, stale_since
from pipeline.records import Hint
from pipeline.source import Discovery, load_all

REUTERS, TIMES, XINHUA, WIPO = (load_all()[n] for n in ("reuters", "global_times", "xinhua", "wipo"))
REPORT = "https://www.reuters.com/world/a-report-2024-07-09/"
SITEMAP = f"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>{REPORT}?utm_source=x#top</loc><lastmod>2024-07-09T09:05:05.946Z</lastmod><news:news><news:publication>
<news:name>Reuters</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-07-09T07:13:38.278Z</news:publication_date><news:title>A report &amp; more</news:title>
<news:keywords>AI, chips</news:keywords></news:news><image:image><image:title>A photo</image:title></image:image></url>
<url><loc>https://www.reuters.com/video/watch/a-2024-07-09/</loc></url>
<url><loc>https://elsewhere.example/world/a-2024-07-09/</loc></url>
<url><loc>javascript:alert(1)</loc></url>
</urlset>"""


def listing(
    kind: str, body: str | bytes, source: object = REUTERS, url: str = "https://www.reuters.com/x", **more: str
):  # type: ignore[no-untyped-def]
    discovery = Discovery(kind=kind, url=url, **more)  # type: ignore[arg-type]
    return read_listing(discovery, source, url, body.encode() if isinstance(body, str) else body)  # type: ignore[arg-type]


def test_a_news_sitemap_gives_clean_urls_with_all_it_says() -> None:
    hint = Hint("A report & more", "2024-07-09T07:13:38Z", None, None, "en", ("AI", "chips"))
    assert listing("news_sitemap", SITEMAP).found == (Found(REPORT, hint, "2024-07-09T09:05:05.946Z"),)


def test_a_gzipped_sitemap_is_unpacked_and_a_bomb_is_not() -> None:
    assert len(listing("news_sitemap", gzip.compress(SITEMAP.encode())).found) == 1
    with pytest.raises(ListingError, match="over 10 MB"):
        listing("news_sitemap", gzip.compress(b" " * (11 * 2**20)))


def test_an_index_names_the_sitemaps_of_its_own_site() -> None:
    index = (
        "<sitemapindex><sitemap><loc>https://www.reuters.com/sitemap/1</loc></sitemap>"
        "<sitemap><loc>https://elsewhere.example/2</loc></sitemap></sitemapindex>"
    )
    assert listing("sitemap_index", index).more == ("https://www.reuters.com/sitemap/1",)


SITEMAP_OF = (
    '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{url}</loc>'
    "<n:news><n:title>{title}</n:title></n:news></url></urlset>"
)
FEED_OF = '<rss version="2.0"><channel><item><title>{title}</title><link>{url}</link></item></channel></rss>'
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(("kind", "shape"), [("news_sitemap", SITEMAP_OF), ("feed", FEED_OF)])
@pytest.mark.parametrize("entity", ["file", "l9", "remote"])
def test_entities_are_not_expanded(kind: str, shape: str, entity: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    declared = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "canary">{BOMB}'
        f'<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY remote SYSTEM "http://127.0.0.1:9/canary">]>'
    )
    [found] = listing(kind, declared + shape.format(url=REPORT, title=f"A report &{entity};")).found
    assert found.url == REPORT
    assert "canary" not in (found.hint.title or "")
    assert len(found.hint.title or "") < 100


def test_what_is_no_sitemap_says_so() -> None:
    with pytest.raises(ListingError, match="not a sitemap but html"):
        listing("news_sitemap", "<html><body>Just a moment</body></html>")


def test_a_feed_gives_summary_and_day() -> None:
    item = (
        "<item><title>Treaty adopted</title><link>https://www.wipo.int/pressroom/en/articles/2024/article_0007.html</link>"
        "<description>&lt;p&gt;A &lt;b&gt;treaty&lt;/b&gt;.&lt;/p&gt;</description>"
        "<pubDate>Fri, 24 May 2024 00:00:00 GMT</pubDate></item>"
    )
    [found] = listing("feed", f"<rss version='2.0'><channel>{item}</channel></rss>", WIPO).found
    assert (found.hint.summary, found.hint.published) == ("A treaty .", "2024-05-24")  # midnight sharp: a bare day


@pytest.mark.parametrize("stated", ["2025-02-30", "2099-01-01", "1066-10-14", "soon"])
def test_absurd_dates_are_dropped(stated: str) -> None:
    body = SITEMAP.replace("2024-07-09T07:13:38.278Z", stated)
    assert listing("news_sitemap", body).found[0].hint.published is None


LIST = """<div class="list"><div class="info"><a href="/page/202407/1.shtml"><img src="a.jpg"></a>
<a href="/page/202407/1.shtml">First report of June 1, 2024</a><p>{}</p><div>By GT | 2024/07/09 22:10:00</div></div>
<div class="info"><a href="/page/202407/2.shtml">Second report</a></div></div><footer>2000-01-01</footer>"""


def test_a_list_page_gives_title_and_the_time_beside_it() -> None:
    found = listing(
        "list", LIST.format("About. " * 40), TIMES, "https://www.globaltimes.cn/china/", section="China"
    ).found
    assert [f.url for f in found] == [f"https://www.globaltimes.cn/page/202407/{n}.shtml" for n in (1, 2)]
    first, second = (f.hint for f in found)
    assert (first.title, first.section) == ("First report of June 1, 2024", "China")
    assert first.published == "2024-07-09T14:10:00Z"  # printed in Beijing time
    assert second.published is None


def test_a_xinhua_page_names_its_json_and_the_json_its_reports() -> None:
    url = "https://english.news.cn/china/index.htm"
    name = "ds_0123456789abcdef0123456789abcdef.json"
    page = '<div data="datasource:0123456789abcdef0123456789abcdef"></div>'
    assert listing("json_list", page, XINHUA, url).more == (f"https://english.news.cn/china/{name}",)
    item = {
        "title": "A <b>report</b>",
        "publishUrl": "/20240709/0123456789abcdef0123456789abcdef/c.html",
        "publishTime": "2024-07-09 08:00:00",
        "keywords": "AI，chips",
    }
    body = json.dumps({"datasource": [item, {"publishUrl": 7}, "x"]})
    [found] = listing("json_list", body, XINHUA, f"https://english.news.cn/china/{name}").found
    assert found.hint == Hint("A report", "2024-07-09T00:00:00Z", keywords=("AI", "chips"))


def test_two_lists_of_one_report_are_one_with_the_best_of_both() -> None:
    sitemap = Found(REPORT, Hint("Title", "2024-07-09T08:00:00Z", keywords=("a",)), "m")
    feed = Found(REPORT, Hint("Title - Site", "2024-07-09", summary="More.", keywords=("a", "b")))
    assert merge([feed, sitemap]) == [
        Found(REPORT, Hint("Title - Site", "2024-07-09T08:00:00Z", None, "More.", None, ("a", "b")), "m")
    ]


@pytest.mark.parametrize(
    ("days", "since"),
    [(("2024-07-01", "2024-07-09"), None), (("2018-03-01", "2018-04-02"), "2018-04-02"), ((None,), None), ((), None)],
)
def test_a_list_that_names_nothing_new_is_stale(days: tuple[str | None, ...], since: str | None) -> None:
    found = [Found(f"{REPORT}{n}", Hint(published=day)) for n, day in enumerate(days)]
    feed = Discovery(kind="feed", url="https://www.reuters.com/feed")
    assert stale_since(feed, found, date(2024, 7, 10)) == since
