"""Pages in the markup of each outlet's years, read whole; and pages that are no reports."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.extract import Refused, extract, load_page, read_page
from pipeline.records import Article, Hint, Outcome, Page, Skipped
from pipeline.source import Correction, Source, load_all

ANN = ("Ann Example",)
FETCHED = datetime(2024, 7, 20, 12, tzinfo=UTC)
BODY = [
    "The ministry said on Tuesday that licences for chip-making tools will be needed from September 1.",
    "Makers have sixty days to apply, according to the notice. Three of them said they would.",
    '"We are reading the notice closely," a spokesperson for one maker said, and gave no further details.',
]
TEXT = "\n\n".join(BODY)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def page(url: str, markup: str | bytes, *, status: int = 200, source: str = "", hint: Hint | None = None) -> Page:
    body = markup if isinstance(markup, bytes) else markup.encode()
    return Page(url, url, status, (("Content-Type", "text/html"),), body, FETCHED, source, hint or Hint())


def read(url: str, markup: str | bytes, hint: Hint | None = None) -> Article:
    found = read_page(page(url, markup, hint=hint))
    assert isinstance(found, Article), found
    return found


REUTERS_2023 = f"""<html lang="en"><head><title>Tools need licences | Reuters</title>
<meta name="article:published_time" content="2023-05-16T08:42:00Z">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Tools need licences",
"datePublished": "2023-05-16T08:42:00Z", "author": {{"@type": "Person", "byline": "Ann Example"}}}}</script></head>
<body><h1 data-testid="Heading">Tools need licences</h1><time>May 16, 2023 4:42 AM EDT</time>
<div class="article-body__content">{"".join(f'<p data-testid="paragraph-{n}">{t}</p>' for n, t in enumerate(BODY))}
<p data-testid="SignOff">Reporting by Ann Example; Editing by Bob Sample</p>
<p>Our Standards: The Example Principles.</p></div></body></html>"""

REUTERS_2014 = f"""<html><head><title>Tools need licences| Reuters</title>
<meta name="REVISION_DATE" content="Tue Dec 30 11:03:00 UTC 2014"></head><body><h1>Tools need licences</h1>
<div id="articleInfo"><p>BEIJING Tue Dec 30, 2014 4:33pm IST</p></div>
<div class="captionText"><p>A tool in Hefei.</p><p class="credit">Credit: Reuters/Ann Example</p></div>
<span id="articleText"><span class="focusParagraph"><p>{BODY[0]}</p></span><p>{BODY[1]}</p><p>{BODY[2]}</p>
<p>(Reporting by Ann Example; Editing by Bob Sample)</p></span>
<div class="module"><p>Another story Full Article</p></div></body></html>"""

BLOOMBERG = f"""<html><head><title>Bloomberg</title><meta name="parsely-title" content="Tools Need Licenses">
<meta name="iso-8601-publish-date" content="2024-07-09T10:00:00.011Z"><meta name="parsely-author" content="Ann Example">
</head><body><time datetime="2024-07-09T12:00:00Z">July 9, 2024 at 6:00 AM EDT</time>
<div class="body-content"><p>{BODY[0]}</p><aside class="inline-newsletter">The most important news.</aside>
<p>{BODY[1]}</p><div data-component="newsletter">Sign up</div><p>{BODY[2]}</p>
<p>— With assistance by Bob Sample</p></div></body></html>"""

GLOBAL_TIMES = f"""<html><head><meta name="twitter:title" content="Tools need licences"></head><body>
<div class="article_title">Tools need licences</div><span class="byline">Source: Xinhua</span>
<span class="pub_time">Published: Jul 09, 2024 11:11 PM Updated: Jul 10, 2024 12:05 AM</span>
<div class="article_content"><div class="article_right"><p class="picture">A tool. Photo: VCG</p>
{"<br><br>".join(BODY)}<br></div></div></body></html>"""

XINHUA_2019 = f"""<html><head><title>
Tools need licences-新华网
</title></head><body><div class="h-title">Tools need licences</div>
<div class="h-info"><span class="h-time"> 2019-12-10 07:57:40</span></div>
<div id="p-detail"><p><img src="a.jpg"></p><p>A tool in Hefei. (Xinhua/Li Ming)</p>{PARAGRAPHS}</div></body></html>"""

WIPO = f"""<html><head><title>Tools need licences</title></head><body><main><h1>Tools need licences</h1>
<p>Geneva, July 9, 2024<br>PR/2024/900</p>{PARAGRAPHS}</main></body></html>"""


@pytest.mark.parametrize(
    ("url", "markup", "published", "zone", "byline"),
    [
        ("https://www.reuters.com/a/tools-2023-05-16/", REUTERS_2023, "2023-05-16T08:42:00Z", "+00:00", ANN),
        ("http://in.reuters.com/article/tools-idINX", REUTERS_2014, "2014-12-30T11:03:00Z", "+00:00", ANN),
        ("https://www.bloomberg.com/news/articles/2024-07-09/a", BLOOMBERG, "2024-07-09T10:00:00Z", "+00:00", ANN),
        ("https://www.globaltimes.cn/page/202406/1.shtml", GLOBAL_TIMES, "2024-07-09T15:11:00Z", "+08:00", ()),
        ("http://www.xinhuanet.com/world/2019-12/10/c_1.htm", XINHUA_2019, "2019-12-09T23:57:40Z", "+08:00", ()),
        ("https://www.wipo.int/pressroom/en/articles/2024/article_0001.html", WIPO, "2024-07-09", None, ()),
    ],
    ids=["reuters 2023", "reuters 2014", "bloomberg", "global times", "xinhua 2019", "wipo"],
)  # fmt: skip
def test_outlets(url: str, markup: str, published: str, zone: str | None, byline: tuple[str, ...]) -> None:
    found = read(url, markup)
    assert found.title.lower().replace("licenses", "licences") == "tools need licences"
    assert (found.published, found.zone, found.byline) == (published, zone, byline)
    assert found.text.removeprefix("Geneva, July 9, 2024\nPR/2024/900\n\n") == TEXT


def test_a_reprint_is_credited_and_its_update_kept() -> None:
    found = read("https://www.globaltimes.cn/page/202406/1.shtml", GLOBAL_TIMES)
    assert found.agency == "Xinhua"
    assert found.updated == "2024-07-09T16:05:00Z"


UNKNOWN = """<html lang="en"><head><title>Tools need licences | The Example Post</title>
<meta property="og:site_name" content="The Example Post">{head}</head>
<body><nav><a href="/">Home</a></nav><article><h1>Tools need licences</h1>{body}</article></body></html>"""


def test_an_outlet_without_a_yml() -> None:
    head = """<meta property="article:published_time" content="2024-07-09T10:00:00+02:00">
    <meta name="author" content="Ann Example">"""
    found = read("https://post.example.org/a?utm_source=x", UNKNOWN.format(head=head, body=PARAGRAPHS))
    assert (found.title, found.published, found.zone) == ("Tools need licences", "2024-07-09T08:00:00Z", "+02:00")
    assert (found.text, found.url, found.byline) == (TEXT, "https://post.example.org/a", ("Ann Example",))


def test_the_outlets_own_zone_is_kept_where_a_page_states_both() -> None:
    head = """<meta name="article:published_time" content="2024-07-09T02:00:00Z">
    <meta name="pubdate" content="2024-07-08T22:00:00-04:00">"""
    found = read("https://post.example.org/a", UNKNOWN.format(head=head, body=PARAGRAPHS))
    assert (found.published, found.zone, str(found.local_day)) == ("2024-07-09T02:00:00Z", "-04:00", "2024-07-08")


@pytest.mark.parametrize("stated", ["2025-02-30", "2099-01-01", "1066-10-14"])
def test_an_impossible_date_is_refused_with_its_reason(stated: str) -> None:
    head = f'<meta name="article:published_time" content="{stated}">'
    found = read_page(page("https://post.example.org/a", UNKNOWN.format(head=head, body=PARAGRAPHS)))
    assert isinstance(found, Skipped)
    assert found.outcome is Outcome.NO_DATE
    assert stated in found.reason


def test_a_title_that_is_only_the_sites_name_is_none() -> None:
    markup = f"<html><head><title>Bloomberg</title></head><body>{PARAGRAPHS}</body></html>"
    found = read_page(page("https://www.bloomberg.com/news/articles/2024-07-09/tools", markup))
    assert isinstance(found, Skipped)
    assert found.outcome is Outcome.NO_TITLE


def test_charsets() -> None:
    body = PARAGRAPHS.replace("Tuesday", "Tuesday – naïvely –")
    markup = UNKNOWN.format(head='<meta name="date" content="2024-07-09">', body=body)
    declared = markup.replace("<head>", '<head><meta charset="windows-1252">')
    for raw in (markup.encode(), declared.encode("cp1252"), markup.encode("utf-16"), declared.encode()):
        assert "Tuesday – naïvely –" in read("https://post.example.org/a", raw).text


def test_other_languages_are_marked() -> None:
    body = "".join(
        f"<p>{'工信部表示，新规定将于九月一日起施行，企业须在六十天内申请许可。' * 3}{n}</p>" for n in range(3)
    )
    markup = UNKNOWN.format(head='<meta name="date" content="2024-07-09">', body=body)
    assert read("https://post.example.org/a", markup).language == "zh"


@pytest.mark.parametrize(
    ("heading", "shared", "title"),
    [
        ("Tools need licences", "Tools need licences", "Tools need licences"),  # JSON-LD's is for search engines
        ("Chip tools: who needs a licence?", "Tools need licences", "Chip tools: who needs a licence?"),
        ("Latest", "Tools need licences", "Chip tools: who needs a licence?"),  # no heading says either
    ],
)
def test_of_two_headlines_the_one_a_reader_sees_is_taken(heading: str, shared: str, title: str) -> None:
    found = read(
        "https://news.example/a",
        f"""<html><head><meta property="og:title" content="{shared}"><meta name="date" content="2024-07-09">
        <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Chip tools: who needs a licence?",
        "datePublished": "2024-07-09"}}</script></head><body><h1>{heading}</h1><article>{PARAGRAPHS}</article>""",
    )
    assert found.title == title


def test_a_headline_is_an_article_of_what_the_feed_said() -> None:
    hint = Hint(
        title="Tools need licences", published="2024-07-09T10:00:00Z", summary="From September.", section="Tech"
    )
    found = read("https://www.reuters.com/technology/tools-2024-07-09/?utm_source=x", b"", hint)
    assert (found.access, found.text, found.title) == ("headline", "From September.", "Tools need licences")
    assert found.url == "https://www.reuters.com/technology/tools-2024-07-09/"


def test_corrections() -> None:
    url = "https://www.reuters.com/a/tools-2023-05-16/"
    reuters = load_all()["reuters"]

    def corrected(correction: Correction) -> Article | Skipped:
        fields = {name: getattr(reuters, name) for name in reuters.__struct_fields__}
        source = Source(**{**fields, "corrections": (correction,)})
        return next(extract([page(url, REUTERS_2023, source="reuters")], {"reuters": source}))

    mended = corrected(Correction(url=url, published="2023-05-15", why="the month was misprinted"))
    assert isinstance(mended, Article)
    assert mended.published == "2023-05-15"
    assert isinstance(corrected(Correction(url=url, skip=True, why="a test page")), Skipped)


LD_JSON = '<script type="application/ld+json">'
PATHOLOGICAL = {
    "deep nesting": ("<div>" * 100_000, Outcome.TOO_BIG),
    "a paragraph of 2 MB": (f"<p>{'word ' * 400_000}</p>", Outcome.TOO_BIG),
    "a page of 11 MB": (f"<!--{'x' * 11_000_000}-->", Outcome.TOO_BIG),
    "60,000 paragraphs": ("<p>a</p>" * 60_000, Outcome.TOO_BIG),
    "50,000 parentheses": (f"<p>{'(' * 50_000}</p>", None),
    "a million blanks": (f"<p>{' ' * 1_000_000}</p>", None),
    "a paragraph of 10 MB": (f"<p>{'word ' * 2_090_000}</p>", Outcome.TOO_BIG),
    "100,000 nested spans": ("<span>" * 100_000, Outcome.TOO_BIG),
    "blanks and breaks": ("<p>" + " \n" * 500_000 + "</p>", None),
    "blanks between words": (f"<p>{('word' + ' ' * 30) * 9_000}</p>", None),
    "broken JSON-LD of 2 MB": (LD_JSON + '{"@type":' + '"a b", ' * 290_000 + "</script>", None),
    "types without end": (LD_JSON + '"@type":[' * 110_000 + "</script>", None),
    "a script of clocks": (f"<script>{'2024-07-09 10:00:00 ' * 50_000}</script>", None),
    "one long word": (f"<p>{'x' * 400_000}</p>", None),
    "slashes and dates": (f"<p>{'2024-07-09/' * 40_000}</p>", None),
    "tables in tables": (f"{'<table><tr><td>' * 60}{'</td></tr></table>' * 60}", None),
    "deep JSON-LD": (LD_JSON + "[" * 100_000 + "</script>", None),
}


@pytest.mark.parametrize(("junk", "outcome"), PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_pathological_pages_end_soon(junk: str, outcome: Outcome | None) -> None:
    markup = UNKNOWN.format(head='<meta name="date" content="2024-07-09">', body=PARAGRAPHS + junk + PARAGRAPHS)
    begun = time.perf_counter()
    found = read_page(page("https://post.example.org/a", markup))
    assert time.perf_counter() - begun < 2
    assert found.outcome is outcome if isinstance(found, Skipped) else outcome is None


@pytest.mark.parametrize("body", [b"<", b"\x00\x01\x02" * 500, b"%PDF-1.7 ...", b"{}", b"   ", b"<html></html>"])
def test_what_is_no_page_gives_a_reason(body: bytes) -> None:
    found = read_page(page("https://post.example.org/a", body))
    assert isinstance(found, Skipped)
    assert found.reason


@pytest.mark.parametrize("url", ["https://[broken", "javascript:alert(1)", "", "data:text/html,<p>x</p>"])
def test_what_is_no_address_gives_a_reason(url: str) -> None:
    found = read_page(page(url, UNKNOWN.format(head='<meta name="date" content="2024-07-09">', body=PARAGRAPHS)))
    assert isinstance(found, Skipped)


def test_saved_pages(tmp_path: Path) -> None:
    plain, packed, bomb = tmp_path / "a.html", tmp_path / "a.html.gz", tmp_path / "b.html.gz"
    plain.write_text(WIPO)
    packed.write_bytes(gzip.compress(WIPO.encode()))
    url = "https://www.wipo.int/pressroom/en/articles/2024/article_0001.html"
    assert load_page(plain, url).body == load_page(packed, url).body
    assert load_page(plain, url).source == "wipo"
    bomb.write_bytes(gzip.compress(b"0" * 11_000_000))
    with pytest.raises(Refused, match="bytes when unpacked"):
        load_page(bomb, url)
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(Refused, match="broken gzip"):
        load_page(packed, url)
