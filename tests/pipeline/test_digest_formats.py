"""The digest in its six formats: each read back by a reader of its kind, and hostile words stay words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar
from lxml import etree, html

from pipeline.digest import Digest, compose, made, parse_week, to_html, to_markdown, write
from pipeline.digest.chart import svg
from pipeline.digest.model import Chart
from pipeline.digest.render import MAIL_BYTES, escape, link, to_mail
from pipeline.records import DatelineError
from tests.pipeline.digest_press import act, article, figure, press, quote

EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) | **b** `c` & =cmd()\r\nBcc: all@example.org"
HTML5_TAGS = 801  # libxml2 knows no HTML5 elements such as svg


@pytest.fixture(scope="module")
def digest() -> Digest:
    db = press(
        (article("old", "2024-06-20"), (act(target="model kites", effective_date="2024-07-10", trigger=(24, 29)),)),
        (
            article("a", "2024-07-09", title="EU bans toy drones"),
            (act(effective_date="2024-08-01", deadline_date="2024-07-20"), figure(4500, "drones"),
             quote("Nobody asked the shops before this was decided in Brussels")),
        ),
        (article("b", "2024-07-10", "xinhua"), (act(effective_date="2024-08-01"),)),
    )  # fmt: skip
    return compose(db, parse_week("2024-W28"), base_url="https://policy.example/")


@pytest.fixture(scope="module")
def hostile() -> Digest:
    db = press(
        (
            article("a", "2024-07-09", title=EVIL, url="javascript:alert(1)"),
            (act(target=EVIL, evidence=EVIL, effective_date="2024-08-01"), figure(4500, EVIL, EVIL, EVIL),
             quote(EVIL * 2, EVIL)),
        ),
        (article("b", "2024-07-10", "xinhua", title=EVIL), (act(target=EVIL, effective_date="2024-08-02"),)),
    )  # fmt: skip
    return compose(db, parse_week("2024-W28"))


def mail_of(digest: Digest) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(made(digest, "eml", "desk@example.org"), policy=policy.default))


def test_sections_come_in_order_and_empty_ones_not_at_all(digest: Digest) -> None:
    told = re.findall(r"^## (.+)$", to_markdown(digest), re.MULTILINE)
    assert told == [
        "In short", "New acts", "Changed", "Coming dates", "Figures of the week", "Said",
        "One story, several tellings", "The numbers behind it",
    ]  # fmt: skip
    nothing = compose(press((article("a", "2024-01-02"), ())), parse_week("2024-W28"))
    assert re.findall(r"^## (.+)$", to_markdown(nothing), re.MULTILINE) == ["The numbers behind it"]
    assert "Nothing new was told" in to_markdown(nothing)


def test_every_line_leads_to_its_page_and_to_the_original(digest: Digest) -> None:
    tree = html.document_fromstring(to_html(digest))
    for place in digest.new:
        for group in place.groups:
            (line,) = tree.xpath(f"//ul/li[strong/a[contains(@href, '/acts/{group.head.id}')]]")
            links = line.xpath(".//a/@href")
            assert f"https://policy.example/acts/{group.head.id}" in links
            assert {"https://policy.example/articles/a", "https://news.example/a"} <= set(links)


@pytest.mark.parametrize("page", [to_html, to_mail])
@pytest.mark.parametrize("which", ["digest", "hostile"])
def test_the_page_is_sound_html(page: object, which: str, request: pytest.FixtureRequest) -> None:
    parser = etree.HTMLParser()
    tree = etree.fromstring(page(request.getfixturevalue(which)), parser)  # type: ignore[operator]
    assert [e for e in parser.error_log if e.type != HTML5_TAGS] == []
    assert not tree.xpath("//script | //@*[starts-with(name(), 'on')] | //a[not(starts-with(@href, 'http'))]")


def test_words_of_the_press_stay_words(hostile: Digest) -> None:
    text = html.document_fromstring(to_html(hostile)).text_content()
    assert "<script>alert(1)</script> [x](javascript:alert(1)) | **b** `c` & =cmd()" in text
    rows = html.document_fromstring(to_html(hostile)).xpath("//tbody/tr")
    assert [len(row.xpath("td")) for row in rows] == [4]


@pytest.mark.parametrize(
    "text", ["1. April", "- minus", "# no heading", "+ plus", "> no quote", "a\n\nb", "&lt;b&gt;", "$x$"]
)
def test_escaped_text_comes_back_from_markdown(text: str) -> None:
    from markdown_it import MarkdownIt

    shown = html.fragment_fromstring(MarkdownIt("commonmark").enable("table").render(escape(text)))
    assert (shown.tag, shown.text_content()) == ("p", " ".join(text.split()))


def test_an_address_cannot_end_its_link() -> None:
    assert link("x", "https://a.example/b) <script>") == "[x](https://a.example/b%29%20%3Cscript%3E)"
    assert link("x", "javascript:alert(1)") == "x"


def test_the_mail_reads_back_with_text_html_and_calendar(digest: Digest) -> None:
    mail = mail_of(digest)
    assert not mail.defects
    assert mail["To"] == "desk@example.org"
    assert mail["Subject"].startswith("Dateline digest, 2024-W28: European Commission blocks toy drones")
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == to_markdown(digest)
    assert 'style="' in page.get_content()
    (calendar,) = mail.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "2024-W28.ics")
    assert made(digest, "eml", "desk@example.org") == made(digest, "eml", "desk@example.org")


def test_headers_cannot_be_injected(hostile: Digest) -> None:
    mail = mail_of(hostile)
    assert mail["Bcc"] is None
    assert "Bcc:" in mail["Subject"]
    for bad in ("a@example.org\nBcc: b@example.org", "nobody"):
        with pytest.raises(DatelineError, match="no mail address"):
            made(hostile, "eml", bad)


def test_a_long_mail_is_cut_and_says_so(digest: Digest) -> None:
    one = digest.in_short[0]
    long = replace(digest, changed=digest.changed * 400, said=digest.said * 200)
    page = to_mail(long)
    assert len(page.encode()) <= MAIL_BYTES
    assert "Shortened for mail" in page
    assert one.statement in page
    assert "Shortened" not in to_mail(digest)


def test_the_calendar_reads_back(digest: Digest, hostile: Digest) -> None:
    read = Calendar.from_ical(made(digest, "ics"))
    events = {str(e["uid"]): e for e in read.walk("VEVENT")}
    days = sorted(e["dtstart"].dt.isoformat() for e in events.values())
    assert days == ["2024-07-20", "2024-08-01"]
    assert all(e["dtend"].dt > e["dtstart"].dt and str(e["url"]).startswith("https://policy.example/acts/")
               for e in events.values())  # fmt: skip
    assert "\nBcc:" not in made(hostile, "ics").decode()
    assert len(Calendar.from_ical(made(hostile, "ics")).walk("VEVENT")) == 1


def test_the_feed_reads_back(digest: Digest, hostile: Digest) -> None:
    read = feedparser.parse(made(digest, "atom"))
    assert not read.bozo
    assert read.feed.updated == "2024-07-15T00:00:00+00:00"
    assert {e.link for e in read.entries} >= {f"https://policy.example/acts/{digest.in_short[0].id}"}
    assert len({e.id for e in read.entries}) == len(read.entries) > 0
    assert not feedparser.parse(made(hostile, "atom")).bozo


def test_the_json_holds_each_factor(digest: Digest) -> None:
    read = json.loads(made(digest, "json"))
    assert read["period"] == {"name": "2024-W28", "first": "2024-07-08", "last": "2024-07-14"}
    first = read["in_short"][0]
    assert first["score"] == pytest.approx(sum(f["points"] for f in first["factors"]), abs=0.01)
    assert all(f["why"] for f in first["factors"])


def test_a_chart_tells_its_numbers_in_words_too() -> None:
    drawn = svg(Chart("Acts", ("2024-07-01", "2024-07-08"), (("EU <b>", (1, 0)), ("US", (2, 3)))))
    tree = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    (told,) = tree.iter("{http://www.w3.org/2000/svg}desc")
    assert told.text == "July 1, 2024: EU <b> 1, US 2; July 8, 2024: US 3"


def test_files_are_whole_or_not_there(digest: Digest, tmp_path: Path) -> None:
    kinds = ("md", "html", "eml", "json", "atom", "ics")
    paths = write(digest, tmp_path, kinds)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"2024-W28.{kind}" for kind in kinds)
    before = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write(digest, tmp_path, kinds)] == before
    with pytest.raises(DatelineError):
        write(digest, tmp_path, ("md", "eml"), to="nobody")
    assert [path.read_bytes() for path in paths] == before
