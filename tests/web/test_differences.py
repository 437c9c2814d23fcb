"""Figures, and what outlets say otherwise, leave out or add: on their own pages, on those of acts and stories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from sqlite_utils import Database

from pipeline.site import figures
from tests.web import press
from tests.web.conftest import Get
from tests.web.test_pages import STORY


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


def test_what_one_act_does_to_another_stands_with_both(site_db: Database, block: str, get: Get) -> None:
    (eased,) = (row["id"] for row in site_db.query("select id from actions where type = 'propose'"))

    def told(act: str) -> list[str]:
        kinds = html.fromstring(get(f"/acts/{act}").text).xpath("//li[@class='act']/span[@class='kind']")
        return [" ".join(kind.text_content().split()) for kind in kinds]

    assert told(block) == ["eased by"]
    assert told(eased) == ["eased by this act"]
    (row,) = get(f"/dateline/linked_acts.json?_shape=array&act={eased}").json()
    assert (row["change"], row["changed"]) == ("eased", block)
