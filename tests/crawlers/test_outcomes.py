"""Every outcome a url can have, each met once by real crawls and a reading of what they archived."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.run import crawl
from pipeline.archive import archives
from pipeline.process import process
from pipeline.records import Outcome
from pipeline.store import connect, database_path
from tests.crawlers.little_site import Answer, Asked, LittleSite, Reply, article, feed, news_sitemap, wipo_url

HEADED = "https://www.bloomberg.com/news/articles/2024-07-09/report-{}"
WALL = "<html><head><title>{}</title></head><body><p>{}</p></body></html>"
DATED = "<p>Geneva, July 9, 2024 PR/2024/1</p><main><article>{}</article></main>"
PROSE = "<p>{} The office said that the rules on filing take effect in August for every applicant abroad.</p>"


def whole(name: str) -> str:
    return DATED.format(f"<h1>{name}</h1>" + "".join(PROSE.format(f"{name}, part {n}.") for n in range(9)))


def tagged(asked: Asked) -> Reply:
    """A page that knows when it was not changed."""
    known = asked.headers.get("If-None-Match") == '"one"'
    return Reply(status=304) if known else Reply(whole("A tagged release"), headers={"ETag": '"one"'})


MET: dict[Outcome, Answer] = {
    Outcome.ARTICLE: Reply(whole("A plain release")),
    Outcome.NOT_MODIFIED: tagged,
    Outcome.DUPLICATE: Reply(status=301, headers={"Location": wipo_url(1)}),
    Outcome.ROBOTS: article(),
    Outcome.BLOCKED: Reply(WALL.format("Just a moment...", "Checking your browser before going on.")),
    Outcome.CONSENT: Reply(WALL.format("Before you continue", "We and our partners use cookies.")),
    Outcome.PAYWALL: Reply(WALL.format("A release", "Subscribe to continue reading.")),
    Outcome.SOFT_404: Reply(status=302, headers={"Location": "/pressroom/en/"}),
    Outcome.GONE: Reply(status=410),
    Outcome.REDIRECT_OFF_SITE: Reply(status=302, headers={"Location": "https://elsewhere.example/"}),
    Outcome.TOO_BIG: Reply(gzip.compress(b"<p>bomb</p>" * 2**20), headers={"Content-Encoding": "gzip"}),
    Outcome.NOT_NEWS: Reply(b"%PDF-1.7", type="application/pdf"),
    Outcome.ERROR: Reply(status=500),
    Outcome.NO_TEXT: Reply(DATED.format("<h1>A release with nothing under its title</h1>")),
    Outcome.NO_DATE: Reply(whole("A release of no day").replace("Geneva, July 9, 2024 PR/2024/1", "Geneva")),
    Outcome.TORN: Reply(whole("A release that is cut")),  # by the test, after the crawl
}
URLS = {outcome: wipo_url(number) for number, outcome in enumerate(MET, 1)}


def pages() -> dict[str, Answer]:
    site: dict[str, Answer] = {URLS[o].removeprefix("https://"): answer for o, answer in MET.items()}
    robots = f"User-agent: *\nDisallow: {URLS[Outcome.ROBOTS].removeprefix('https://www.wipo.int')}\n"
    site["www.wipo.int/robots.txt"] = Reply(robots, type="text/plain")
    site["www.wipo.int/pressroom/en/"] = Reply("<h1>Press room</h1>")
    undated = feed(*URLS.values())
    days = str(undated.body).replace("<pubDate>Tue, 09 Jul 2024 08:00:00 GMT</pubDate>", "")
    site["www.wipo.int/pressroom/en/rss.xml"] = Reply(days, type=undated.type)
    untitled = str(news_sitemap(HEADED.format(1), HEADED.format(2)).body).replace("<n:title>Report 1</n:title>", "")
    site["www.bloomberg.com/sitemaps/news/latest.xml"] = Reply(untitled, type="application/xml")
    return site


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[str]]]:
    """Url -> all outcomes it had in two crawls and one reading between which a WARC record was damaged."""
    data = tmp_path_factory.mktemp("data")
    db = connect(database_path(data))
    with LittleSite(pages()) as site:
        access = {"bloomberg": "headline"}
        crawl(["wipo", "bloomberg"], data=data, press=site.address, access=access)  # type: ignore[arg-type]
        damage_last_record(data)
        first = {r["url"]: {r["outcome"]} for r in db.query("select url, outcome from pages")}
        process(db, archives(data / "archive"))
        for row in db.query("select url, outcome from pages"):
            first[row["url"]].add(row["outcome"])
        db.execute("update pages set next_due = '2000-01-01T00:00:00Z' where outcome = 'article'")
        db.conn.commit()
        crawl(["wipo"], data=data, press=site.address)
        for row in db.query("select url, outcome from fetches"):
            first[row["url"]].add(row["outcome"])
    yield first


def damage_last_record(data: Path) -> None:
    """Overwrite bytes in the middle of the release that is to be torn, as a failing disk does."""
    from pipeline.archive.reader import members

    for warc in archives(data / "archive"):
        torn = [m for m in members(warc) if b"A release that is cut, part 1" in m.data]
        content = bytearray(warc.read_bytes())
        for member in torn:
            middle = (member.start + member.end) // 2
            content[middle : middle + 64] = bytes(64)
        warc.write_bytes(content)


@pytest.mark.parametrize("outcome", MET)
def test_each_kind_of_answer_gets_its_outcome(outcomes: dict[str, set[str]], outcome: Outcome) -> None:
    assert outcome in outcomes[URLS[outcome]], outcomes[URLS[outcome]]


def test_a_torn_record_is_fetched_again_whole(outcomes: dict[str, set[str]]) -> None:
    assert outcomes[URLS[Outcome.TORN]] == {Outcome.ARTICLE, Outcome.TORN}  # and not "not modified"


def test_what_a_list_alone_tells_is_a_headline_or_has_no_title(outcomes: dict[str, set[str]]) -> None:
    told = [outcomes[HEADED.format(number)] for number in (1, 2)]
    assert told == [{Outcome.HEADLINE}, {Outcome.NO_TITLE}]


def test_no_outcome_is_missing_from_this_table() -> None:
    assert set(MET) | {Outcome.HEADLINE, Outcome.NO_TITLE} == set(Outcome)
