"""Our pages over a real database: each answers, shows what it should, and trusts no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import feedparser
import pytest
from icalendar import Calendar
from lxml import html
from sqlite_utils import Database

from pipeline import publish, steps
from pipeline.site import figures
from tests.web import press
from tests.web.conftest import Get, asking, started

STORY = press.STORIES[0].id
PAGES = {
    "/": ["New acts", "OpenAI blocks API traffic from China", "Coming dates", "August 4, 2099", "Stories of the week"],
    "/acts": ["OpenAI blocks API traffic from China", "in force", "from <time>July 9, 2024"],
    "/acts?type=propose": ["proposes rules on investment"],
    f"/articles/{press.FIRST.id}": ["Read the original", press.FIRST.url, "takes effect", "a spokesperson"],
    f"/articles/{press.SECOND.id}": ["at least 4,500 companies", "the ministry"],
    f"/entities/{press.OPENAI}": [
        "What it does",
        "OpenAI blocks API traffic",
        "wikidata.org/wiki/Q21708200",
    ],
    f"/entities/{press.TREASURY}": ["also as US Treasury", "Acts by month"],
    f"/entities/{press.CHINA}": ["What is done to it", "OpenAI blocks API traffic from China", "Named with"],
    f"/stories/{STORY}": [
        "As each outlet tells it",
        "Reuters",
        "Bloomberg",
        "Global Times",
        "Day by day",
        "Where they disagree",
    ],
    "/stories": ["OpenAI to block API traffic from China", "3 articles of 3 outlets"],
    "/sources": ["Xinhua", "broken", "ok"],
    "/sources/reuters": ["Health by day", "Latest articles", "Reported first here", "Last run"],
    "/figures": ["at least more than 4,500", "AI companies in China", "the ministry"],
    "/figures?q=companies": ["AI companies in China"],
    "/figures?q=nothing+like+it": ["No figure is like this"],
    "/charts": ["United States", "Acts by week and jurisdiction", "Reports by week and outlet", "<desc", "<caption>"],
    "/digests": ["Weekly digests"],
    "/search": ["Words"],
    "/search?q=api+traffic": ["<mark>API</mark>", "OpenAI blocks API traffic"],
    "/search?q=openai": [f"/entities/{press.OPENAI}"],
    "/search?q=rules&type=propose": ["Articles that tell an act of this kind", "proposes rules on investment"],
    "/search?q=zebra": ["Nothing has all of these words"],
    "/calendar": ["August 4, 2099", "2099"],
    "/calendar?since=2024-07-01": ["July 9, 2024"],
    "/dateline/actions": ["OpenAI: ban/block"],
}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_what_it_should(path: str, get: Get) -> None:
    answer = get(path)
    assert answer.status_code == 200
    for words in PAGES[path]:
        assert words in answer.text, words


def test_an_act_quotes_each_outlet_and_leads_to_the_place(block: str, get: Get) -> None:
    page = get(f"/acts/{block}").text
    assert page.index("Reuters") < page.index("Bloomberg") < page.index("Global Times")
    assert press.SENTENCE in page
    assert f"/articles/{press.FIRST.id}#at-0" in page
    assert 'id="at-0"' in get(f"/articles/{press.FIRST.id}").text
    assert "on the word of OpenAI" in page


@pytest.mark.parametrize("path", ["/acts", "/articles", "/entities", "/stories", "/sources", "/dateline", "/no/such"])
def test_what_is_not_there_is_not_found(path: str, get: Get) -> None:
    for ending in ("nothing", "nothing.json", "no/thing/at/all"):
        assert get(f"{path}/{ending}").status_code == 404


def test_filters_narrow_a_search(get: Get) -> None:
    asked = "/search?q=China&since=2024-06-25&until=2024-06-25"
    assert press.THIRD.id in get(asked).text
    assert press.SECOND.id not in get(asked).text
    assert press.FIRST.id not in get(asked + "&source=bloomberg").text
    assert press.THIRD.id not in get("/search?q=China&type=issue").text
    assert press.HOSTILE.id in get("/search?q=China&type=issue&jurisdiction=CN").text
    assert press.HOSTILE.id not in get("/search?q=China&type=issue&jurisdiction=US").text


def facet(page: str, name: str) -> dict[str, str]:
    """The values of a facet with their counts, as the page shows them."""
    (section,) = html.fromstring(page).xpath(f"//section[@aria-labelledby='by-{name}']")
    return {row.xpath("string(a|strong)"): row.xpath("string(span)") for row in section.xpath(".//li")}


def test_facets_count_what_is_found_and_narrow_it(get: Get) -> None:
    page = get("/search?q=China").text
    assert facet(page, "source") == {"Reuters": "2", "Bloomberg": "1", "Global Times": "1", "Xinhua": "1"}
    assert facet(page, "month") == {"July 2024": "2", "June 2024": "3"}
    assert facet(page, "type") == {"ban/block": "3", "propose": "1", "issue": "1"}
    assert facet(page, "jurisdiction") == {"United States": "4", "China": "1"}
    (june,) = html.fromstring(page).xpath("//aside//a[text()='June 2024']/@href")
    assert "since=2024-06-01" in june
    assert "until=2024-06-30" in june
    narrowed = get(june).text
    assert facet(narrowed, "source") == {"Reuters": "2", "Bloomberg": "1"}
    (back,) = html.fromstring(narrowed).xpath("//aside//a[text()='all']/@href")
    assert back == "/search?q=China"


LISTS = ["/acts?type=propose", f"/entities/{press.OPENAI}", f"/stories/{STORY}", "/stories", "/sources", "/calendar"]
LISTS += [
    "/sources/reuters",
    "/search?q=China&source=reuters",
    "/charts",
    "/figures",
    "/figures?q=companies",
    "/acts/ACT",
]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_leads_to_its_question_its_rows_and_a_feed(path: str, block: str, get: Get) -> None:
    links = html.fromstring(get(path.replace("ACT", block)).text)
    kinds: dict[str, list[str]] = {}
    for link in links.xpath("//p[@class='data-links']/a"):
        kinds.setdefault(link.text, []).append(link.get("href"))
    assert {"JSON", "CSV", "a table", "SQL"} <= kinds.keys()
    for address in {a for found in kinds.values() for a in found}:
        assert get(address).status_code == 200, address
    for question in kinds["SQL"]:
        assert get(question.replace("/dateline?", "/dateline.json?")).json()["ok"]


def test_without_sql_for_visitors_no_list_leads_to_it(site_data: Path) -> None:
    get = asking(started([*steps.datasette_arguments(site_data), "--setting", "default_allow_sql", "off"]))
    assert ">JSON</a>" in get("/acts").text
    assert "sql=" not in get("/acts").text
    assert get("/dateline.json?sql=select+1").status_code == 403
    assert get("/dateline/changed_since.json?since=2024-06-01&_shape=array").json()


@pytest.mark.parametrize(("setting", "status"), [("off", 403), ("on", 200)])
def test_the_database_can_be_downloaded_by_one_setting(
    setting: str, status: int, site_data: Path, tmp_path: Path
) -> None:
    release = publish.publish(site_data, tmp_path)
    arguments = steps.datasette_arguments(release, immutable=True)
    get = asking(started([*arguments, "--setting", "allow_download", setting]))
    assert get("/dateline.db").status_code == status


def test_untrusted_text_is_shown_as_text(get: Get) -> None:
    page = get(f"/articles/{press.HOSTILE.id}").text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>notice" not in page
    assert 'href="javascript:' not in page
    for path in ("/", "/acts", "/search?q=notice", "/dateline/articles", f"/entities/{press.CHINA}"):
        shown = get(path).text
        assert "<script>alert" not in shown
        assert "<b>notice" not in shown
        assert 'href="javascript:' not in shown


HOSTILE = ["'", '"', "%00", "a%00b", "*", "NEAR(", "AND OR NOT", "a:b", "-", "<script>", "%ff%fe", "..%2f", "x" * 5000]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_parameters_never_break_a_page(value: str, get: Get) -> None:
    paths = [f"/search?q={value}", f"/search?q=a&source={value}&since={value}&type={value}&page={value}"]
    paths += [f"/acts?type={value}&before={value}", f"/calendar?since={value}&jurisdiction={value}"]
    paths += [f"/{kind}/{value}" for kind in ("acts", "articles", "entities", "stories", "sources")]
    paths += [f"/dateline/figures_on?text={value}", f"/dateline/articles?_search={value}"]
    paths += [f"/dateline/acts_by_actor?actor={value}", f"/calendar.ics?since={value}"]
    for path in paths:
        assert get(path).status_code < 500, path


@pytest.mark.parametrize(
    "path", [*PAGES, "/dateline", "/dateline/acts_by_actor", "/calendar.ics", "/acts/nothing", "/x"]
)
def test_every_answer_carries_the_policy(path: str, get: Get) -> None:
    policy = get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_sql_is_bounded(get: Get) -> None:
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    assert get(f"/dateline.json?sql={quote(slow)}").status_code == 400
    assert get("/dateline.json?sql=" + quote("select '" + "x" * 21_000 + "'")).status_code == 400
    assert get("/dateline.json?sql=" + quote("select length(zeroblob(500000000))")).status_code == 400


def test_the_calendar_can_be_read_by_others(get: Get) -> None:
    answer = get("/calendar.ics?since=2024-07-01")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = list(Calendar.from_ical(answer.text).walk("VEVENT"))
    assert len({event["uid"] for event in events}) == len(events) == 2
    assert "DTSTART;VALUE=DATE:20240709" in answer.text
    assert all(event["dtstamp"] and "/acts/" in event["url"] for event in events)


@pytest.mark.parametrize(
    ("path", "entries"),
    [
        ("/acts.atom", 3),
        ("/acts.atom?type=propose", 1),
        (f"/entities/{press.OPENAI}.atom", 1),
        (f"/stories/{STORY}.atom", 1),
    ],
)
def test_acts_can_be_read_as_a_feed(path: str, entries: int, get: Get) -> None:
    answer = get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert len(feed.entries) == entries
    assert feed.feed.id == f"http://localhost{path}"
    assert all(get(urlsplit(entry.link).path).status_code == 200 for entry in feed.entries)


def test_a_figure_is_quoted_from_each_article_and_leads_to_its_place(get: Get, site_db: Database) -> None:
    (row,) = site_db.query("select figure, start from figure_reports where article = ?", [press.SECOND.id])
    page = get(f"/figures/{row['figure']}").text
    assert "China counted more than 4,500 AI companies in 2023, the ministry said.</p></blockquote>" in page
    assert f"/articles/{press.SECOND.id}#at-{row['start']}" in page
    article = get(f"/articles/{press.SECOND.id}").text
    assert f'id="at-{row["start"]}"' in article
    assert f'href="/figures/{row["figure"]}"' in article


@pytest.mark.parametrize(
    ("text", "at", "found"),
    [
        ("One. Two, 5 percent. Three.", "5", "Two, 5 percent."),
        ("The U.S. rate rose 2.5 percent in May.", "2.5", "The U.S. rate rose 2.5 percent in May."),
        ("A title\n\nIt fell 3 percent.” More.", "3", "It fell 3 percent.”"),
        ("only 7", "7", "only 7"),
    ],
)
def test_the_sentence_around_a_figure(text: str, at: str, found: str) -> None:
    assert figures.sentence(text, text.index(at)) == found


def test_places_are_named_in_tables_and_facets(get: Get) -> None:
    page = get("/dateline/actions").text
    assert 'United States <span class="code">US</span>' in page
    assert re.search(r'<a href="[^"]*jurisdiction=US">United States</a> 2', page)
    assert ">in force</a>" in page
    assert get("/dateline/actions.json?jurisdiction=US&_shape=array").json()[0]["jurisdiction"] == "US"


def test_a_row_is_told_with_the_meaning_of_its_columns(block: str, get: Get) -> None:
    page = get(f"/dateline/actions/{block}").text
    assert f'href="/acts/{block}">Read it as a page' in page
    assert "Stable id, the same after every re-reading." in page
    assert f'<a href="/entities/{press.OPENAI}">OpenAI</a>' in page
    assert f'<a href="/stories/{STORY}">{press.STORIES[0].title}</a>' in page
    assert "Reports of acts</a>: 3 by <code>action</code>" in page
    assert "ledger_blocks" not in page


def test_cells_lead_to_our_pages(block: str, get: Get) -> None:
    answer = get("/dateline/first_reported?text=traffic").text
    assert f'<a href="/acts/{block}">OpenAI: ban/block' in answer
    assert f'<a href="/articles/{press.FIRST.id}">{press.FIRST.title}</a>' in answer
    assert f'<a href="/entities/{press.OPENAI}">OpenAI</a>' in get("/dateline/actions").text


def test_evidence_leads_to_its_place_in_the_original(block: str, get: Get) -> None:
    (link,) = {a for a in html.fromstring(get(f"/acts/{block}").text).xpath("//a/@href") if press.FIRST.url in a}
    assert "#:~:text=" in link
    assert unquote(link.partition("#:~:text=")[2].partition(",")[0]) in press.SENTENCE


@pytest.fixture
def otherwise(site_db: Database, block: str) -> Iterator[None]:
    """An outlet that gives another day for an act."""
    point = {"action": block, "source": "bloomberg", "how": "otherwise", "kind": "effective", "sources": 1}
    told = {"words": "2024-07-10", "others": "2024-07-09; 2024-07-11", "told_by": "Reuters, Global Times"}
    site_db.table("act_points").insert(point | told | {"article": press.THIRD.id, "start": 0})
    yield
    site_db.execute("delete from act_points where words = '2024-07-10'")
    site_db.conn.commit()


@pytest.mark.usefixtures("otherwise")
@pytest.mark.parametrize("path", ["/acts/ACT", f"/stories/{STORY}"])
def test_what_an_outlet_alone_says_stands_with_the_act_and_its_story(path: str, block: str, get: Get) -> None:
    (point,) = html.fromstring(get(path.replace("ACT", block)).text).xpath(
        "//ul[@class='points']/li[@class='otherwise']"
    )
    words = " ".join(point.text_content().split())
    assert (
        "says otherwise takes effect July 10, 2024 others: July 9, 2024; July 11, 2024 Reuters, Global Times" in words
    )
    assert point.xpath(f".//a[@href='/articles/{press.THIRD.id}#at-0']")


def test_whom_the_outlets_quote_is_shown(get: Get) -> None:
    page = get(f"/stories/{STORY}").text
    assert "We are taking additional steps" in page.partition("Whom they quote")[2].partition("Where they disagree")[0]


@pytest.fixture
def troubled(site_data: Path, site_db: Database) -> Iterator[None]:
    """Two figures that contradict each other, and a document set aside."""
    figure = {"of_what": "firms", "unit": "firms", "story": STORY, "reports": 1, "sources": 1, "contradicted": 1}
    figure |= dict.fromkeys(("first_reported_at", "last_reported_at"), "2024-07-09T00:00:00Z")
    site_db.table("figures").insert_all(figure | {"id": n, "value": v, "words": f"{v} firms"} for n, v in TWO.items())
    site_db.table("figure_disputes").insert_all(
        {"figure": one, "other": other, "counted": "firms"} for one, other in ("ab", "ba")
    )
    aside = dict.fromkeys(("first_at", "at"), "2024-07-09T00:00:00Z") | {"version": "1", "tries": 2}
    site_db.table("quarantine").insert(
        aside | {"step": "extract", "url": "javascript:x", "source": "wipo", "reason": "over 60 s of <b>time"}
    )
    yield
    site_db.execute("delete from figure_disputes where figure in ('a', 'b')")
    site_db.execute("delete from figures where id in ('a', 'b')")
    site_db.execute("delete from quarantine where url = 'javascript:x'")
    site_db.conn.commit()


TWO = {"a": 300.0, "b": 400.0}


@pytest.mark.usefixtures("troubled")
def test_what_contradicts_or_could_not_be_read_is_shown(get: Get) -> None:
    one = get("/figures/a").text
    assert one.index("300.0 firms") < one.index("Told otherwise") < one.index('<a href="/figures/b">400.0 firms')
    listed = get("/figures?disputed=1").text
    assert '<a href="/figures/a">' in listed
    assert "AI companies in China" not in listed
    story = get(f"/stories/{STORY}").text
    assert story.index("Figures that differ") < story.index("300.0 firms") < story.index("400.0 firms")
    source = get("/sources/wipo").text
    assert "over 60 s of &lt;b&gt;time" in source
    assert 'href="javascript' not in source
