"""The digests of the sample press against the running site: sound HTML, and every link of ours leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from lxml import html

from pipeline.digest import compose, parse_week, to_html
from pipeline.digest.model import Digest
from pipeline.digest.render import to_mail
from pipeline.serving import datasette_arguments
from pipeline.store import connect, database_path
from tests.web.conftest import Get, asking, started

BASE = "http://dateline.test"
WEEKS = ("2024-W26", "2024-W27", "2024-W28", "2024-W29")


@pytest.fixture(scope="module")
def digests(demo_data: Path) -> dict[str, Digest]:
    db = connect(database_path(demo_data))
    return {week: compose(db, parse_week(week), base_url=BASE) for week in WEEKS}


@pytest.fixture(scope="module")
def demo_site(demo_data: Path) -> Get:
    return asking(started(datasette_arguments(demo_data)))


def ours(page: str) -> Iterator[str]:
    for *_, link, _ in html.document_fromstring(page).iterlinks():
        if link.startswith(BASE):
            yield urlsplit(link).path


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("form", [to_html, to_mail])
def test_a_strict_parser_takes_the_page(digests: dict[str, Digest], week: str, form: object) -> None:
    html5lib.HTMLParser(strict=True).parse(form(digests[week]))  # type: ignore[operator]


@pytest.mark.parametrize("week", WEEKS)
def test_every_link_resolves_on_the_running_site(digests: dict[str, Digest], demo_site: Get, week: str) -> None:
    paths = {*ours(to_html(digests[week]))}
    assert {path.split("/")[1] for path in paths} >= {"acts", "articles"}
    assert {path: demo_site(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_a_link_that_leads_nowhere_would_be_seen(demo_site: Get) -> None:
    assert demo_site("/acts/000000000000").status_code == 404
