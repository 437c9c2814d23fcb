"""Too large, too slow, endless, elsewhere: each has its outcome, and the rest of the crawl goes on."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

try:
    from compression import zstd
except ImportError:  # before Python 3.14
    from backports import zstd

from crawlers.network import is_public
from crawlers.run import CrawlError, CrawlReport, crawl
from crawlers.settings import DOWNLOAD_HANDLERS
from pipeline.archive import read_pages
from pipeline.store import connect, database_path
from tests.crawlers.little_site import LittleSite, Reply, article, wipo_site, wipo_url

ROOT = Path(__file__).resolve().parents[2]


def path(number: int) -> str:
    return wipo_url(number).removeprefix("https://www.wipo.int")


PAGES = {
    **wipo_site(11),
    path(2): Reply(b"x" * (11 * 2**20)),
    path(3): Reply(gzip.compress(b"<p>bomb</p>" * 2**20), headers={"Content-Encoding": "gzip"}),
    path(10): Reply(brotli.compress(b"<p>bomb</p>" * 2**20), headers={"Content-Encoding": "br"}),
    path(11): Reply(zstd.compress(b"<p>bomb</p>" * 2**20), headers={"Content-Encoding": "zstd"}),
    path(4): Reply(article().body, wait=3.0),
    path(5): Reply(status=302, headers={"Location": path(5)}),
    path(6): Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}),
    path(7): Reply(status=302, headers={"Location": "file:///etc/passwd"}),
    path(8): Reply(b"%PDF-1.7", type="application/pdf"),
    path(9): Reply(status=500),
}
EXPECTED = {
    1: "article",
    2: "too_big",
    3: "too_big",
    4: "error",
    5: "error",
    6: "redirect_off_site",
    7: "error",
    8: "not_news",
    9: "error",
    10: "too_big",
    11: "too_big",
}


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CrawlReport, dict[str, str]]]:
    data = tmp_path_factory.mktemp("data")
    settings = {"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0}
    with LittleSite(PAGES) as site:
        report = crawl(["wipo"], data=data, press=site.address, settings=settings)
    rows = connect(database_path(data)).query("select url, outcome from pages")
    yield report, {r["url"]: r["outcome"] for r in rows}


@pytest.mark.parametrize(("number", "outcome"), EXPECTED.items())
def test_each_fault_has_its_outcome(met: tuple[CrawlReport, dict[str, str]], number: int, outcome: str) -> None:
    assert met[1][wipo_url(number)] == outcome


def test_only_the_article_is_archived(met: tuple[CrawlReport, dict[str, str]]) -> None:
    assert [p.url for p in read_pages(met[0].warcs)] == [wipo_url(1)]


@pytest.mark.parametrize("host", ["127.1", "localhost"])  # an address in disguise, and a name's DNS answer
def test_without_a_press_no_private_address_is_reached(host: str) -> None:
    """``scrapy fetch`` with our settings, robots aside: the last guard is the resolver."""
    with LittleSite({"/": article()}) as site:
        done = fetch(f"http://{host}:{site.address.rpartition(':')[2]}/")
    assert site.asked == []
    assert "not public" in done.stderr


def test_files_are_not_urls_to_fetch(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("canary")
    done = fetch(secret.as_uri())
    assert "canary" not in done.stdout
    assert "Unsupported URL scheme" in done.stderr


def fetch(url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "fetch", "-s", "ROBOTSTXT_OBEY=0", url]
    env = {**os.environ, "DATELINE_PRESS": "", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "s3"])
def test_other_schemes_have_no_handler(scheme: str) -> None:
    assert DOWNLOAD_HANDLERS[scheme] is None


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public


def test_an_unknown_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match="no source guardian; there are bloomberg, "):
        crawl(["guardian"], data=tmp_path)


def test_a_folder_that_cannot_be_written_ends_the_crawl_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file in the way")
    with LittleSite(wipo_site(2)) as site, pytest.raises(CrawlError, match=r"FileExistsError|NotADirectoryError"):
        crawl(["wipo"], data=tmp_path, press=site.address)
