"""The sample press's pages: each outlet's markup, and discovery files that lead to every report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import httpx
from lxml import etree, html

from pipeline.press import SampleReport, sites

Ask = Callable[..., httpx.Response]
REUTERS = "https://www.reuters.com"
BLOOMBERG = "https://www.bloomberg.com"
GLOBAL_TIMES = "https://www.globaltimes.cn"
XINHUA = "https://english.news.cn"
WIPO = "https://www.wipo.int"


def of(newest: dict[str, SampleReport], source: str) -> set[str]:
    return {url for url, report in newest.items() if report.source == source}


def locations(answer: httpx.Response) -> list[str]:
    return [str(url) for url in etree.fromstring(answer.content).xpath("//*[local-name()='loc']/text()")]


def test_every_report_answers_with_its_title_and_paragraphs(ask: Ask, newest: dict[str, SampleReport]) -> None:
    for url, report in newest.items():
        answer = ask(url)
        assert answer.status_code == 200, url
        seen = " ".join(html.fromstring(answer.content).text_content().replace(", opens new tab", "").split())
        for words in (report.title, *report.text.split("\n\n")):
            assert " ".join(words.split()) in seen, url


def test_each_outlets_markup(ask: Ask, newest: dict[str, SampleReport]) -> None:
    def page(source: str) -> tuple[SampleReport, html.HtmlElement]:
        report = next(r for r in newest.values() if r.source == source and r.language == "en" and not r.credit)
        return report, html.fromstring(ask(report.url).content)

    report, tree = page("reuters")
    (article, _) = map(json.loads, tree.xpath("//script[@type='application/ld+json']/text()"))
    assert article["@type"] == "NewsArticle"
    assert article["datePublished"] == report.published
    assert [author["name"] for author in article["author"]] == list(report.byline)
    assert len(tree.cssselect("div[data-testid^=paragraph]")) == len(report.paragraphs)
    report, tree = page("bloomberg")
    assert tree.xpath("//meta[@name='iso-8601-publish-date']/@content") == [report.published.replace("Z", ".000Z")]
    assert len(tree.cssselect(".body-copy-v2 > p:not(.assist)")) == len(report.paragraphs)
    report, tree = page("global_times")
    assert tree.cssselect("div.article_title")[0].text_content() == report.title
    printed = tree.cssselect("span.pub_time")[0].text_content()
    assert printed == f"Published: {report.moment:%b %d, %Y %I:%M %p}"
    assert len(tree.cssselect("h1, script[type='application/ld+json']")) == 0
    report, tree = page("xinhua")
    assert tree.cssselect("h1")[0].text_content() == report.title
    assert tree.cssselect(".time")[0].text_content() == f"{report.moment:%Y-%m-%d %H:%M:%S}"
    report, tree = page("wipo")
    first, second = (p.text_content() for p in tree.cssselect(".article-body > p")[:2])
    assert first == f"Geneva, {report.moment:%B} {report.moment.day}, 2024"
    assert re.fullmatch(r"PR/2024/\d+", second)


def test_robots_of_every_host(ask: Ask) -> None:
    for site in sites():
        for host in site.hosts:
            answer = ask(f"https://{host}/robots.txt")
            assert (answer.status_code, "User-agent: *" in answer.text) == (200, True), host


def test_reuters_sitemaps_lead_to_every_report(ask: Ask, newest: dict[str, SampleReport]) -> None:
    outbound = f"{REUTERS}/arc/outboundfeeds"
    for index in ("news-sitemap-index", "sitemap-index"):
        slices = locations(ask(f"{outbound}/{index}/?outputType=xml"))
        assert len(slices) > 1
        urls = [url for part in slices for url in locations(ask(part)) if url.endswith("/")]
        assert of(newest, "reuters") <= set(urls)
        assert len(urls) == len(set(urls))
    day = locations(ask(f"{outbound}/sitemap3/2024-07-09/?outputType=xml"))
    assert set(day) >= {u for u in of(newest, "reuters") if newest[u].day == "2024-07-09"}
    assert locations(ask(f"{outbound}/sitemap3/2024-05-01/?outputType=xml")) == []


def test_bloomberg_sitemaps_and_feeds(ask: Ask, newest: dict[str, SampleReport]) -> None:
    index = locations(ask(f"{BLOOMBERG}/sitemaps/news/index.xml"))
    assert index == [f"{BLOOMBERG}/sitemaps/news/{name}.xml" for name in ("latest", "2024-7", "2024-6")]
    latest, july, june = (set(locations(ask(url))) for url in index)
    assert latest == july | june
    assert of(newest, "bloomberg") <= latest
    for section in ("markets", "politics", "technology", "wealth"):
        feed = etree.fromstring(ask(f"https://feeds.bloomberg.com/{section}/news.rss").content)
        expected = {u for u in of(newest, "bloomberg") if newest[u].section.split("/")[0] == section}
        assert set(feed.xpath("//item/link/text()")) >= expected


def test_global_times_sitemap_lists_and_search(ask: Ask, newest: dict[str, SampleReport]) -> None:
    mine = of(newest, "global_times")
    assert mine <= set(locations(ask(f"{GLOBAL_TIMES}/sitemap.xml")))
    for section in ("source", "china", "opinion", "world", "life"):
        tree = html.fromstring(ask(f"{GLOBAL_TIMES}/{section}/index.html").content)
        expected = {u for u in mine if newest[u].section.split("/")[0] == section}
        assert set(tree.xpath("//a[@class='new_title_ms']/@href")) >= expected
    search = "https://search.globaltimes.cn/SearchCtrl"
    found = ask(search, "POST", data={"begin_date": "2024-07-01", "end_date": "2024-07-05"})
    hits = set(html.fromstring(found.content).xpath("//h4/a/@href"))
    assert hits == {u for u in mine if "2024-07-01" <= newest[u].day <= "2024-07-05"}
    assert ask(search).status_code == 404
    assert "30 Apr 2021" in ask(f"{GLOBAL_TIMES}/rss/outbrain.xml").text


def test_xinhua_list_pages_name_their_json_lists(ask: Ask, newest: dict[str, SampleReport]) -> None:
    found: set[str] = set()
    for section in ("latest", "china", "world", "business", "tech", "culture", "sports"):
        page = ask(f"{XINHUA}/{section}/index.htm").text
        (key,) = re.findall(r"datasource:([0-9a-f]{32})", page)
        items = ask(f"{XINHUA}/{section}/ds_{key}.json").json()["datasource"]
        urls = {str(httpx.URL(XINHUA).join(item["publishUrl"])) for item in items}
        found |= urls if section != "latest" else set()
        assert all(re.fullmatch(r"2024-\d\d-\d\d \d\d:\d\d:\d\d", item["publishTime"]) for item in items)
        assert section != "latest" or of(newest, "xinhua") <= urls
    assert of(newest, "xinhua") <= found
    (key,) = re.findall(r"datasource:([0-9a-f]{32})", ask(f"{XINHUA}/home.htm").text)
    assert len(ask(f"{XINHUA}/ds_{key}.json").json()["datasource"]) >= len(found)


def test_wipo_feed_archive_and_year_lead_to_every_release(ask: Ask, newest: dict[str, SampleReport]) -> None:
    mine = of(newest, "wipo")
    feed = etree.fromstring(ask(f"{WIPO}/pressroom/en/rss.xml").content)
    assert set(feed.xpath("//item/link/text()")) == mine

    def listed(url: str) -> set[str]:
        tree = html.fromstring(ask(url).content, base_url=WIPO)
        tree.make_links_absolute()
        return set(tree.xpath("//li[@class='news-item']/a/@href"))

    assert listed(f"{WIPO}/pressroom/en/articles/2024/index.html") == mine
    archive = f"{WIPO}/pressroom/en/articles/archive.html?page="
    assert listed(archive + "1") | listed(archive + "2") == mine
    assert not listed(archive + "3")
