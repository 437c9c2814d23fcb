"""Write a new source: its spider, yml, saved page and test, worked out from a look at its site."""

from __future__ import annotations

import gzip
import json
import keyword
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec
import yaml

from crawlers.draft import as_yml, front_page, list_urls, listings, probe, reading, url_shapes
from crawlers.look import Seen, look
from pipeline import durable
from pipeline.archive import forbids_keeping
from pipeline.extract import read_page
from pipeline.extract.document import decode, parse
from pipeline.extract.structured import structured
from pipeline.records import Article, DatelineError, Page
from pipeline.source import Discovery, Source, load

TRIES = 3  # reports looked at before giving up
SPIDER = '''"""{name}; how it is found and read stands in ``{id}.yml``."""

from __future__ import annotations

from crawlers.spider import NewsSpider


class {Class}Spider(NewsSpider):
    name = "{id}"
'''
TEST = '''"""{name}: its saved page is a report of its own, and read as the page says."""

from __future__ import annotations

from pathlib import Path

from pipeline.extract import load_page, read_page
from pipeline.extract.check import check, drifted
from pipeline.records import Article
from pipeline.source import load_all

URL = {url}
PAGE = load_page(Path(__file__).parent / "pages" / "{id}.html.gz", URL)
SOURCE = load_all()["{id}"]


def test_the_url_is_one_of_a_report() -> None:
    assert SOURCE.owns(URL)
    assert SOURCE.is_article(URL)


def test_the_page_is_read() -> None:
    read = read_page(PAGE)
    assert isinstance(read, Article), read
    assert read.title == {title}
    assert read.published == {published}
    assert read.text.startswith({begin})
    assert read.text.endswith({end})


def test_each_field_of_the_yml_is_found() -> None:
    assert drifted((check(PAGE, SOURCE),), SOURCE) == ()
'''


class NewSourceError(DatelineError):
    """No source could be made of it; the message says why."""


def new_source(name: str, url: str, *, root: Path, press: str | None = None) -> tuple[Path, ...]:
    """Write ``crawlers/NAME.yml`` and ``.py``, ``tests/crawlers/test_NAME.py`` and its page under ``root``.

    ``url``: the site's front page, or one report. Returns the files. Nothing is overwritten. Raises NewSourceError.
    """
    files = _files(name, root)
    if not url.startswith(("http://", "https://")) or not urlsplit(url).hostname:
        raise NewSourceError(f"{url} is no address; write it like https://www.example.org/")
    home_url = urljoin(url, "/")
    guess = probe(name, home_url)
    seen = look([home_url, urljoin(url, "/robots.txt"), url], press)
    home = seen[home_url]
    if home.status != 200:
        raise NewSourceError(f"{home_url}: {home.failed or f'answered {home.status}'}")
    lists = look(list_urls(home, seen[urljoin(url, "/robots.txt")]), press)
    given = list(listings(guess, lists.values())) or [front_page(guess, home)]
    found = [f.url for _, some in given for f in some]
    page, article = _report(guess, _candidates(url, home_url, found), press)
    source = _source(guess, [d for d, _ in given], [*found, page.url], page, article, home)
    return _write(source, page, article, files)


def _files(name: str, root: Path) -> tuple[Path, Path, Path, Path]:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,40}", name) or keyword.iskeyword(name):
        raise NewSourceError(f"{name!r} cannot name a source; use small letters, digits and _")
    tests = root / "tests" / "crawlers"
    crawlers = root / "crawlers"
    files = (
        *(crawlers / f"{name}.yml", crawlers / f"{name}.py"),
        *(tests / f"test_{name}.py", tests / "pages" / f"{name}.html.gz"),
    )
    if taken := next((path for path in files if path.exists()), None):
        raise NewSourceError(f"{taken.relative_to(root)} is there already; choose another name or remove it")
    return files


def _candidates(url: str, home: str, found: Sequence[str]) -> list[str]:
    """The url given first, unless it is the front page; then the newest of the lists."""
    return list(dict.fromkeys([url, *found] if url != home else found))[:TRIES]


def _report(guess: Source, urls: Sequence[str], press: str | None) -> tuple[Page, Article]:
    """The first of the urls that reads as a report, and may be kept as the test's page."""
    reasons = ["no list of the site names a report; give the address of one"] if not urls else []
    for seen in look(urls, press).values() if urls else ():
        page = seen.page(guess.id)
        read = read_page(page, {guess.id: guess})
        if seen.failed or not isinstance(read, Article):
            reasons.append(f"{seen.url}: {seen.failed or getattr(read, 'reason', '')}")
        elif forbids_keeping(page):
            reasons.append(f"{seen.url} asks not to be kept (noarchive): write the files by hand, as for Reuters")
        else:
            return page, read
    raise NewSourceError("; ".join(reasons))


def _source(
    guess: Source,
    discover: Sequence[Discovery],
    urls: Iterable[str],
    page: Page,
    article: Article,
    home: Seen,
) -> Source:
    data = structured(parse(decode(page)))
    own = (*data.named(("og:site_name",)), *data.at("publisher.name"))
    offset = re.fullmatch(r"([+-])(\d\d):00", article.zone or "")
    zone = f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}" if offset and int(offset[2]) else "UTC"
    return msgspec.structs.replace(
        guess,
        name=next(iter(own), urlsplit(home.url).hostname or guess.id),
        zone=zone,
        language=article.language,
        article_url=url_shapes(dict.fromkeys(urls)),
        discover=tuple(discover),
        read=reading(page, article),
        expect_per_day=(0, 1000),
    )


def _write(source: Source, page: Page, article: Article, files: tuple[Path, Path, Path, Path]) -> tuple[Path, ...]:
    yml, spider, test, saved = files
    words = {"id": source.id, "name": source.name.replace('"', "'").replace("\\", "")}
    camel = "".join(part.capitalize() for part in source.id.split("_"))
    tail = article.text[-40:].splitlines()[-1]
    head = "# Drafted from a look at the site: see that zone, country, article_url and expect_per_day are right.\n"
    text = yaml.safe_dump(as_yml(source), sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    durable.write(yml, (head + text).encode())
    durable.write(spider, SPIDER.format(**words, Class=camel).encode())
    durable.write(saved, gzip.compress(page.body, mtime=0))
    begin = article.text[:60].splitlines()[0]
    told = {"url": page.final_url, "title": article.title, "published": article.published, "begin": begin, "end": tail}
    stated = {k: json.dumps(v, ensure_ascii=False) for k, v in told.items()}
    durable.write(test, TEST.format(**words, **stated).encode())
    load(yml)
    return files
