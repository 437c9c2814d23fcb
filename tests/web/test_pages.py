"""Our pages over a real database: each answers, shows what it should, and trusts no text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import feedparser
import pytest
from icalendar import Calendar
from lxml import html
from sqlite_utils import Database

from tests.web import press
from tests.web.conftest import Get

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
    "/charts": ["Acts by week and jurisdiction", "Reports by week and outlet", "<desc", "<caption>"],
    "/digests": ["Weekly digests"],
    "/search": ["Words"],
    "/search?q=api+traffic": ["<mark>API</mark>", "OpenAI blocks API traffic"],
    "/search?q=openai": [f"/entities/{press.OPENAI}"],
    "/search?q=rules&type=propose": ["articles are left out", "proposes rules on investment"],
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
def troubled(site_data: Path, site_db: Database) -> Iterator[None]:
    """Two figures that contradict each other, and a document set aside."""
    figure = {"of_what": "firms", "unit": "firms", "story": STORY, "reports": 1, "sources": 1}
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
    story = get(f"/stories/{STORY}").text
    assert story.index("Figures that differ") < story.index("300.0 firms") < story.index("400.0 firms")
    source = get("/sources/wipo").text
    assert "over 60 s of &lt;b&gt;time" in source
    assert 'href="javascript' not in source
