"""Work out a source's yml from its site: what lists its reports, what their urls look like, where fields stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import html

from crawlers.discovery import Found, ListingError, read_listing
from crawlers.look import Seen
from pipeline.extract.body import body_by_selectors
from pipeline.extract.document import decode, parse
from pipeline.extract.select import Document, stated
from pipeline.extract.structured import structured
from pipeline.records import Article, Page
from pipeline.source import Discovery, Reading, Selector, Source

_SITEMAP = re.compile(r"^\s*sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_REPORT = re.compile(r"\d{4}|\w+-\w+-\w+")  # a path without a number or a slug is a section
TRIED: dict[str, tuple[Selector, ...]] = {
    "title": (Selector(css="h1"), Selector(json_ld="headline"), Selector(meta="og:title")),
    "byline": (Selector(json_ld="author.name"), Selector(meta="author"), Selector(css="[rel=author]")),
    "published": (
        Selector(json_ld="datePublished"),
        Selector(meta="article:published_time"),
        Selector(css="time", attr="datetime"),
    ),
    "updated": (Selector(json_ld="dateModified"), Selector(meta="article:modified_time")),
    "section": (Selector(json_ld="articleSection"), Selector(meta="article:section")),
}


def probe(name: str, home: str) -> Source:
    """A source of which no more is known than its address: every path is taken for a report."""
    host = urlsplit(home).netloc
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    return Source(
        id=name,
        name=name,
        home=home,
        zone="UTC",
        country="",
        hosts=(host, other),
        article_url=(_REPORT.pattern,),
        discover=(),
    )


def list_urls(home: Seen, robots: Seen) -> list[str]:
    """What may list reports: sitemaps that robots.txt names, feeds that the front page names, the usual places."""
    found = _SITEMAP.findall(robots.body.decode("utf-8", "replace")) if robots.status == 200 else []
    if home.body:
        links = html.fromstring(home.body).xpath("//link[@rel='alternate'][contains(@type, 'xml')]/@href")
        found += [urljoin(home.final_url, link) for link in links]
    return list(dict.fromkeys((*found, urljoin(home.url, "/sitemap.xml"), urljoin(home.url, "/feed"))))


def listings(source: Source, seen: Iterable[Seen]) -> Iterator[tuple[Discovery, tuple[Found, ...]]]:
    """Each list that names reports, with what it names."""
    for one in seen:
        for kind in ("news_sitemap", "feed") if one.status == 200 else ():
            discovery = Discovery(kind=kind, url=one.url)
            try:
                listing = read_listing(discovery, source, one.final_url, one.body)
            except ListingError:
                continue
            if listing.more:
                yield Discovery(kind="sitemap_index", url=one.url), listing.found
                break
            if listing.found:
                yield discovery, listing.found
                break


def front_page(source: Source, home: Seen) -> tuple[Discovery, tuple[Found, ...]]:
    """The front page as a list, where a site has neither sitemap nor feed."""
    discovery = Discovery(kind="list", url=home.url)
    return discovery, read_listing(discovery, source, home.final_url, home.body).found


def url_shapes(urls: Iterable[str]) -> tuple[str, ...]:
    """Regexes of the paths, the commonest depths first: what all share stays, numbers and slugs are opened."""
    by_depth: dict[int, list[list[str]]] = {}
    for url in urls:
        parts = urlsplit(url).path.split("/")[1:]
        by_depth.setdefault(len(parts), []).append(parts)
    groups = sorted(by_depth.values(), key=len, reverse=True)
    most = len(groups[0])
    return tuple(f"^/{'/'.join(_segments(group))}$" for group in groups[:3] if len(group) * 20 >= most)


def _segments(group: Sequence[Sequence[str]]) -> Iterator[str]:
    for at, column in enumerate(zip(*group, strict=True)):
        last = at == len(group[0]) - 1
        shared = len(set(column)) == 1 and not last and not column[0].isdigit()
        endings = {part.rpartition(".")[2] if "." in part else "" for part in column}
        if shared or not any(column):
            yield re.escape(column[0])
        elif all(part.isdigit() for part in column):
            lengths = {len(part) for part in column}
            yield rf"\d{{{lengths.pop()}}}" if len(lengths) == 1 and column[0][:2] == "20" else r"\d+"
        else:
            yield r"[^/]+" + (rf"\.{re.escape(endings.pop())}" if len(endings) == 1 and "" not in endings else "")


def reading(page: Page, article: Article) -> Reading:
    """The selectors that give on this page what the reader found in it without any."""
    tree = parse(decode(page))
    document = Document(tree, structured(tree))
    chosen = {
        field: tuple(s for s in selectors if next(stated(document, (s,)), None))[:2]
        for field, selectors in TRIED.items()
    }
    chosen["title"] = tuple(s for s in chosen["title"] if _gives(document, s, article.title))
    return msgspec.structs.replace(Reading(text=_text_selectors(document, article)), **chosen)


def _gives(document: Document, selector: Selector, wanted: str) -> bool:
    return any(value.startswith(wanted) for value, _ in stated(document, (selector,)))


def _text_selectors(document: Document, article: Article) -> tuple[Selector, ...]:
    """The innermost element with a name of its own that holds the text, and little else."""
    wanted = Counter(article.text.split())
    best: tuple[float, int, Selector] | None = None
    for depth, node in enumerate(document.tree.iter("article", "main", "section", "div")):
        for name in _names(node):
            selector = Selector(css=name)
            found = Counter(body_by_selectors(document, Reading(text=(selector,)), {article.title}).text.split())
            shared = sum((wanted & found).values())
            score = 2 * shared / max(1, sum(wanted.values()) + sum(found.values()))
            if score > 0.9 and (best is None or (score, depth) > best[:2]):
                best = (score, depth, selector)
    return (best[2],) if best else ()


def _names(node: html.HtmlElement) -> Iterator[str]:
    if re.fullmatch(r"[A-Za-z][\w-]*", node.get("id", "")):
        yield f"#{node.get('id')}"
    words = [w for w in node.get("class", "").split() if re.fullmatch(r"[A-Za-z][\w-]*", w)]
    if words:
        yield f"{node.tag}.{words[0]}"
    elif node.tag in ("article", "main"):
        yield str(node.tag)


def as_yml(source: Source) -> dict[str, Any]:
    """The source as its yml has it: defaults left out."""
    plain: dict[str, Any] = msgspec.to_builtins(source)
    blank = msgspec.to_builtins(probe("x", "https://x/"))
    always = ("id", "name", "home", "country", "zone", "access", "hosts", "article_url", "expect_per_day", "discover")
    made = {key: plain[key] for key in always}
    made |= {k: v for k, v in plain.items() if k not in always and k != "read" and v != blank[k]}
    defaults = msgspec.to_builtins(Discovery(kind="list", url=""))
    made["discover"] = [{k: v for k, v in d.items() if k == "kind" or v != defaults[k]} for d in plain["discover"]]
    fields = {k: [{n: v for n, v in s.items() if v is not None} for s in plain["read"][k]] for k in (*TRIED, "text")}
    return made | {"read": {k: v for k, v in fields.items() if v}}
