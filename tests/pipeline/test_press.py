"""The sample press, asked over HTTP as a crawler asks it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from lxml import etree, html

from pipeline.press import Press, SampleReport, reports
from pipeline.sample import SampleError, sites

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


@pytest.fixture(scope="module")
def open_press() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def press(open_press: Press) -> Iterator[Press]:
    yield open_press
    open_press.as_of = None


@pytest.fixture
def ask(press: Press) -> Iterator[Ask]:
    """Send a request for a real url to the press, as the crawler's middleware does."""
    with httpx.Client(base_url=press.address) as client:

        def send(url: str, method: str = "GET", headers: dict[str, str] | None = None, **kw: Any) -> httpx.Response:
            parts = urlsplit(url)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            return client.request(method, target, headers={"Host": parts.netloc, **(headers or {})}, **kw)

        yield send


@pytest.fixture(scope="module")
def newest() -> dict[str, SampleReport]:
    """The last version of each report, by url."""
    return {report.url: report for report in reports()}


def of(newest: dict[str, SampleReport], source: str) -> set[str]:
    return {url for url, report in newest.items() if report.source == source}


def locations(answer: httpx.Response) -> list[str]:
    return etree.fromstring(answer.content).xpath("//*[local-name()='loc']/text()")


# The texts


def test_there_are_sixty_reports_of_five_sources(newest: dict[str, SampleReport]) -> None:
    counts = Counter(report.source for report in newest.values())
    assert set(counts) == {"bloomberg", "global_times", "reuters", "wipo", "xinhua"}
    assert sum(counts.values()) >= 60


def test_no_two_reports_share_a_url_and_a_version() -> None:
    seen = Counter((report.url, report.version) for report in reports())
    assert max(seen.values()) == 1


@pytest.mark.parametrize("report", reports(), ids=lambda r: r.path)
def test_a_report_is_complete_and_dated_in_the_sample_weeks(report: SampleReport) -> None:
    assert report.title
    assert report.summary
    assert report.section
    assert "2024-06-10" <= report.day <= "2024-07-21"
    assert len(report.paragraphs) >= 4
    assert report.language == "zh" or 140 <= len(report.text.split()) <= 400
    assert (report.zone is None) == (report.source == "wipo") == (len(report.published) == 10)
    assert report.changed is None or report.changed > report.moment
    assert not re.search(r"\]\(http|^#|\*\*", report.text)


def test_front_matter_with_a_fault_is_refused_by_name(tmp_path: Any) -> None:
    folder = tmp_path / "daily"
    (folder / "reports").mkdir(parents=True)
    (folder / "site.yml").write_text("{name: Daily, hosts: [daily.example], routes: [], sections: {}}")
    report = folder / "reports" / "one.md"
    report.write_text("---\nurl: /a\ntitle: A\npublished: 2024-07-01T08:00:00\nsection: a\nsummary: a\n---\nText.\n")
    with pytest.raises(SampleError, match=r"one\.md.*offset"):
        list(sites(tmp_path))


# The pages


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


# The discovery files


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
