"""Shards as CC-NEWS has them, made of the sample press: crawled once, its pages dealt out to WARC files."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.run import crawl
from pipeline.archive import ArchiveWriter, archives, read_pages
from pipeline.archive.writer import forbids_keeping
from pipeline.press import Press
from pipeline.records import Page

SHARDS = 4


@pytest.fixture(scope="session")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of WARC shards."""
    data, folder = tmp_path_factory.mktemp("press"), tmp_path_factory.mktemp("shards")
    with Press() as press:
        crawl(["global_times", "xinhua"], data=data, press=press.address)
    pages = [p for p in read_pages(archives(data / "archive")) if isinstance(p, Page) and not forbids_keeping(p)]
    pages = sorted(pages, key=lambda page: page.url)
    for number in range(SHARDS):
        with ArchiveWriter(folder, f"part-{number}") as writer:
            for page in pages[number::SHARDS]:
                writer.write(page)
    return folder
