"""Our pages over a real database: each answers, shows what it should, and leads on."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from icalendar import Calendar
from lxml import html

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


def test_evidence_leads_to_its_place_in_the_original(block: str, get: Get) -> None:
    (link,) = {a for a in html.fromstring(get(f"/acts/{block}").text).xpath("//a/@href") if press.FIRST.url in a}
    assert "#:~:text=" in link
    assert unquote(link.partition("#:~:text=")[2].partition(",")[0]) in press.SENTENCE
