"""Whatever a page holds, reading ends with an Article or a reason; whatever a string holds, reading it ends."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dateline import find_dateline
from pipeline.extract import read_page
from pipeline.extract.body import clean
from pipeline.extract.moment import BadDateError, read_moment
from pipeline.extract.names import people, reporters
from pipeline.extract.urls import clean_url
from pipeline.records import Article, Hint, Page, Skipped

NOW = datetime(2024, 7, 20, tzinfo=UTC)
PIECES = st.sampled_from(
    ["July", "9", ",", " ", "2024", "(Reuters)", "-", "--", "BEIJING", "By", "and", "Reporting by", ":", "/", "+08:00",
     "Photo", "©", "T", "10:00", "PM", "\n", "年", "<p>", "</p>", "<div class='article_right'>", "<br>", "&#x0;", '"',
     "<script type='application/ld+json'>", '{"@type":"NewsArticle","datePublished":', "]", "}", "\ud800", "\x00"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join))
QUICK = settings(max_examples=80, deadline=None, derandomize=True, database=None)


@QUICK
@given(TEXTS)
def test_strings(text: str) -> None:
    with contextlib.suppress(BadDateError):
        read_moment(text, latest=NOW)
    found = find_dateline(text)
    assert found is None or 0 < found.end <= len(text)
    assert all(name.strip() for name in (*people([text]), *reporters([text])))
    url = clean_url(text)
    assert url is None or url.startswith(("http://", "https://"))
    kept = clean(text.split("\n")).text
    assert "\n\n\n" not in kept


@QUICK
@given(st.one_of(st.binary(max_size=2000), TEXTS.map(lambda text: text.encode("utf-8", "replace"))), TEXTS)
def test_pages(body: bytes, hint: str) -> None:
    url = "https://www.globaltimes.cn/page/202407/1.shtml"
    page = Page(url, url, 200, (("Content-Type", hint[:40]),), body, NOW, "global_times", Hint(hint, hint, hint, hint))
    assert isinstance(read_page(page), Article | Skipped)
