"""A sixth source, from the address of its site to its first crawl, in a copy of the project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.draft import url_shapes
from tests.crawlers.little_site import LittleSite, Reply, feed

ROOT = Path(__file__).resolve().parents[2]
HOST = "https://www.gazette.example"
PROSE = "The council said on Tuesday that the rules on market stalls take effect in August for every trader."
REPORT = """<html lang="en"><head>
<title>{title} | The Gazette</title><meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2024-07-0{n}T08:00:00+02:00"></head><body><nav>Home News</nav>
<div class="page"><h1>{title}</h1><div class="story-body">{paragraphs}</div>
<div class="more"><a href="/news/2024/stall-rules-1.html">Related</a></div></div></body></html>"""


def report(n: int) -> Reply:
    paragraphs = "".join(f"<p>{PROSE} Clause {k} of {n}.</p>" for k in range(6))
    return Reply(REPORT.format(title=f"Stall rules take effect, part {n}", n=n, paragraphs=paragraphs))


PAGES = {
    f"{HOST.removeprefix('https://')}{path}": reply
    for path, reply in {
        "/": Reply('<html><link rel="alternate" type="application/rss+xml" href="/rss.xml"><body>The Gazette</body>'),
        "/rss.xml": feed(*(f"{HOST}/news/2024/stall-rules-{n}.html" for n in (1, 2, 3))),
        "/robots.txt": Reply("User-agent: *\nDisallow: /admin\n", type="text/plain"),
        **{f"/news/2024/stall-rules-{n}.html": report(n) for n in (1, 2, 3)},
    }.items()
}


@pytest.fixture(scope="module")
def site() -> Iterator[LittleSite]:
    with LittleSite(PAGES) as served:
        yield served


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, site: LittleSite) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for part in ("crawlers", "pipeline"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "crawlers").mkdir(parents=True)
    made = run(folder, "pipeline.cli", "new-source", "gazette", f"{HOST}/", "--press", site.address)
    assert made.returncode == 0, made.stderr
    return folder


def run(folder: Path, module: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_the_yml_says_where_things_stand(project: Path) -> None:
    yml = (project / "crawlers" / "gazette.yml").read_text()
    assert "name: The Gazette" in yml
    assert "kind: feed" in yml
    assert "css: div.story-body" in yml
    assert "zone: Etc/GMT-2" in yml


def test_its_own_test_passes(project: Path) -> None:
    done = run(project, "pytest", "-q", "-p", "no:cacheprovider", "tests/crawlers/test_gazette.py")
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_its_first_crawl_brings_every_report(project: Path, site: LittleSite) -> None:
    press = ("--press", site.address)
    done = run(project, "pipeline.cli", "crawl", "gazette", "--json", "--data", "data", *press)
    assert json.loads(done.stdout)["counts"] == {"gazette": {"article": 3}}, done.stderr
    looked = json.loads(run(project, "pipeline.cli", "check", "gazette", "--json", "--data", "data").stdout)
    assert (len(looked["pages"]), looked["broken"], looked["drifted"]) == (3, False, [])
    live = run(project, "pipeline.cli", "check", "gazette", "--live", "--pages", "1", *press)
    assert (live.returncode, "div.story-body" in live.stdout) == (0, True)


def test_nothing_is_overwritten(project: Path, site: LittleSite) -> None:
    asked = len(site.asked)
    before = (project / "crawlers" / "gazette.yml").read_bytes()
    again = run(project, "pipeline.cli", "new-source", "gazette", f"{HOST}/", "--press", site.address)
    assert (again.returncode, len(site.asked)) == (2, asked)
    assert "is there already" in again.stderr
    assert (project / "crawlers" / "gazette.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("urls", "shape"),
    [
        (("https://a/news/2024/one-1.html", "https://a/news/2023/two.html"), r"^/news/\d{4}/[^/]+\.html$"),
        (("https://a/p/12", "https://a/p/1345"), r"^/p/\d+$"),
        (("https://a/world/some-slug/",), r"^/world/some\-slug/$"),
    ],
)
def test_urls_become_a_shape(urls: tuple[str, ...], shape: str) -> None:
    assert url_shapes(urls) == (shape,)
