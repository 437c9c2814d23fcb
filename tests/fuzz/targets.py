"""What is fuzzed: each target takes bytes and raises only where a parser of ours does what it must not do."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawlers.discovery import ListingError, read_listing
from pipeline.annotate.quotes.marks import read_parts
from pipeline.annotate.statistics.numbers import read_numbers
from pipeline.archive import read_pages
from pipeline.dateline import find_dateline
from pipeline.digest.period import parse_week, span
from pipeline.extract import read_page
from pipeline.extract.moment import BadDateError, read_moment
from pipeline.extract.urls import clean_url
from pipeline.jsonl import BadLine, parse_lines
from pipeline.records import Article, DatelineError, Page, Skipped
from pipeline.source import SourceError, load, load_all
from pipeline.watchlist import load as load_watchlist

NOW = datetime(2024, 7, 20, tzinfo=UTC)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def urls(data: bytes) -> None:
    """A cleaned url is an http url, and cleaning it again changes nothing."""
    url = clean_url(_text(data))
    assert url is None or (url.startswith(("http://", "https://")) and clean_url(url) == url)


def moments(data: bytes) -> None:
    """A time is read as one that is not after now, or refused."""
    with contextlib.suppress(BadDateError):
        found = read_moment(_text(data), latest=NOW)
        assert found is None or "1900" < found.value[:4] <= "2024"


def datelines(data: bytes) -> None:
    """A dateline ends within the text."""
    text = _text(data)
    found = find_dateline(text)
    assert found is None or 0 < found.end <= len(text)


def figures(data: bytes) -> None:
    """Numbers lie within the text and are numbers."""
    text = _text(data)
    for number in read_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        assert not math.isnan(number.value)


def quotes(data: bytes) -> None:
    """Quoted parts lie within the text, in order."""
    text = _text(data)
    ends = [0]
    for part in read_parts(text, 0, len(text)):
        assert ends[-1] <= part.start <= part.end <= len(text)
        ends.append(part.end)


def periods(data: bytes) -> None:
    """A week and a date's span, or a ValueError for the week."""
    with contextlib.suppress(ValueError):
        week = parse_week(_text(data))
        assert week.first <= week.last
    found = span(_text(data))
    assert found is None or found[0] <= found[1]


def lines(data: bytes) -> None:
    """A line of JSON is an article or a bad line."""
    for item in parse_lines(data.split(b"\n"), "given"):
        assert isinstance(item, Article | BadLine)
        if isinstance(item, Article):
            assert item.local_day


def feeds(data: bytes) -> None:
    """A listing gives urls of its source, or a ListingError."""
    _listing("feed", data)


def sitemaps(data: bytes) -> None:
    """As feeds."""
    _listing("news_sitemap", data)


def lists(data: bytes) -> None:
    """As feeds."""
    _listing("list", data)
    _listing("json_list", data)


def pages(data: bytes) -> None:
    """A page is an article or a reason."""
    url = "https://www.globaltimes.cn/page/202407/1.shtml"
    page = Page(url, url, 200, (("Content-Type", "text/html"),), data, NOW, "global_times")
    assert isinstance(read_page(page), Article | Skipped)


def warcs(data: bytes) -> None:
    """An archive gives pages and reasons, never an error."""
    path = _folder() / "given.warc.gz"
    path.write_bytes(data)
    for item in read_pages([path]):
        assert isinstance(item, Page | Skipped)


def sources(data: bytes) -> None:
    """A source's yml is one, or told in one line."""
    path = _folder() / "given.yml"
    path.write_bytes(data)
    try:
        load(path)
    except SourceError as error:
        assert str(error).startswith("given.yml")


def watchlists(data: bytes) -> None:
    """A watchlist's yml is one, or told in one line."""
    folder = _folder() / "watchlists"
    folder.mkdir(exist_ok=True)
    (folder / "given.yml").write_bytes(data)
    with contextlib.suppress(DatelineError):
        load_watchlist(folder.parent, "given", {})


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _listing(kind: str, data: bytes) -> None:
    source = load_all()["wipo"]
    discovery = next(d for s in load_all().values() for d in (*s.discover, *s.backfill) if d.kind == kind)
    with contextlib.suppress(ListingError):
        for item in read_listing(discovery, source, "https://www.wipo.int/list", data).found:
            assert source.owns(item.url)


PAGE = "https://www.wipo.int/pressroom/en/articles/2024/article_0001.html"
RSS = (
    f"<rss version='2.0'><channel><item><title>T &amp; U</title><link>{PAGE}</link>"
    "<pubDate>Tue, 09 Jul 2024 10:00:00 GMT</pubDate></item></channel></rss>"
)
MAP = (
    f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{PAGE}</loc>'
    "<lastmod>2024-07-09T10:00:00Z</lastmod></url></urlset>"
)
AGES = tuple(
    b'{"id":"a","published":"%s","title":"T","text":"x"}' % when
    for when in (
        b"0859-07-09T10:00:00+08:00",
        b"0001-01-01T00:00:00+08:00",
        b"9999-12-31T23:59:59-08:00",
        b"0859-07-09",
    )
)
TARGETS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "urls": (urls, (PAGE.encode(), b"HTTP://user:p@[::1]:80/a/../b?utm_source=x&b=1#f", b"//x.example/%zz?a=;b")),
    "moments": (moments, (b"Tue, 09 Jul 2024 10:00:00 +0800", b"2024-07-09T15:11:00.123Z", "2024年7月9日".encode())),
    "datelines": (
        datelines,
        (b"BEIJING/WASHINGTON, July 9, 2024 (Reuters) - A", b"(Reuters) - x", "新华社北京7月9日电".encode()),
    ),
    "figures": (
        figures,
        (b"$1.2 billion, 38.5 percent, one in three", b"two-thirds of 12,000 and 3/4, 1.2m", b"a dozen"),
    ),
    "quotes": (quotes, ("“We ‘will’ act,” he said, “soon.”".encode(), b'"a" \'90s 6\'2" "b', "«a» “b".encode())),
    "periods": (periods, (b"2024-W28", b"2024-07-01/2024-07-14", b"2024-02-30", b"9999-12")),
    "lines": (
        lines,
        (b'{"id":"a","published":"2024-07-09T10:00:00+08:00","title":"T","text":"x"}', b'\xef\xbb\xbf{"id":1}', *AGES),
    ),
    "feeds": (
        feeds,
        (RSS.encode(), b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='x'/></entry></feed>", b""),
    ),
    "sitemaps": (
        sitemaps,
        (MAP.encode(), b"\x1f\x8b\x08\x00", b"<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>"),
    ),
    "lists": (
        lists,
        (f'<li><span>July 9, 2024</span> <a href="{PAGE}">A</a></li>'.encode(), b'{"datasource":[{"url":"x"}]}'),
    ),
    "pages": (
        pages,
        (b"<html><title>A report</title><div class='article_right'>" + b"Word and word. " * 20 + b"</div>",),
    ),
    "warcs": (warcs, (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x0b\x77\x0c\x72\xd6\x37\xd4\x33\xe4\x02\x00",)),
    "sources": (
        sources,
        (b"id: given\nname: G\nhome: h\nzone: UTC\ncountry: GB\nhosts: [a]\narticle_url: ['x']\ndiscover: []\n",),
    ),
    "watchlists": (watchlists, (b"entities: [openai]\nwords: [foundation model]\n", b"words: {a: [1]}\n")),
}
