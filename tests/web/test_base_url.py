"""The site under a path of a host that has other sites too."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import serving
from tests.web.conftest import asking, started


def test_every_link_stays_under_the_path(site_data: Path, block: str) -> None:
    get = asking(started([*serving.datasette_arguments(site_data), "--setting", "base_url", "/policy/"]))
    for path in ("/", f"/acts/{block}", "/acts", "/search?q=openai", "/calendar", "/dateline/actions"):
        page = get(path).text
        links = [link for link in re.findall(r'(?:href|src|action)="(/[^"]*)"', page) if not link.startswith("//")]
        assert links
        assert [link for link in links if not link.startswith("/policy/")] == []
