"""A source's yml: read as written, and each mistake told in one line with the file's name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.source import SourceError, load, load_all, source_of

GOOD = """
id: example
name: The Example Post
home: https://post.example.org/
country: GB
zone: Europe/London
hosts: [post.example.org]
article_url: ['^/news/']
skip_url: ['^/news/video/']
discover: []
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "example.yml"
    path.write_text(text)
    return path


def test_the_five_sources_load() -> None:
    assert {"bloomberg", "global_times", "reuters", "wipo", "xinhua"} <= set(load_all())
    assert all(source.read.title and source.read.published and source.read.text for source in load_all().values())


def test_a_url_belongs_to_its_outlet() -> None:
    found = source_of("https://english.news.cn/20240709/0123456789abcdef0123456789abcdef/c.html")
    assert found is not None
    assert found.id == "xinhua"
    assert source_of("https://post.example.org/news/a") is None


def test_which_urls_are_reports(tmp_path: Path) -> None:
    source = load(written(tmp_path, GOOD))
    assert source.is_article("https://post.example.org/news/a?x=1")
    assert not source.is_article("https://post.example.org/news/video/a")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("read: {title: [{css: 'h1['}]}", "bad CSS"),
        ("read: {title: [{css: h1, pattern: '('}]}", "bad regex"),
        ("read: {title: [{attr: href}]}", "a selector names one of"),
        ("read: {tilte: []}", "tilte"),
        ("zone: Europe/Atlantis", "no such zone"),
        ("corrections: [{url: 'https://post.example.org/a', skip: true}]", "why"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, line: str, said: str) -> None:
    text = GOOD.replace("zone: Europe/London\n", "") if line.startswith("zone") else GOOD
    with pytest.raises(SourceError, match=said) as caught:
        load(written(tmp_path, text + line))
    assert re.match(r"example\.yml:\d+: ", str(caught.value))
    assert "\n" not in str(caught.value)


def test_id_is_the_files_stem(tmp_path: Path) -> None:
    path = tmp_path / "other.yml"
    path.write_text(GOOD)
    with pytest.raises(SourceError, match="stem"):
        load(path)
