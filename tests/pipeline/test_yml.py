"""A mistake in a yml file is one line that names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.source import SourceError, load
from pipeline.vocabulary import Role, VocabularyError, read

SOURCE = """id: gazette
name: The Gazette
home: https://gazette.example/
zone: UTC
country: GB
hosts: [gazette.example]
article_url: ['/news/']
discover:
  - kind: feed
    url: https://gazette.example/rss
read:
  title:
    - css: h1
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("    url: https", "    adress: https", 10, "unknown field `adress`"),
        ("    - css: h1", "    - cssx: h1", 13, "unknown field `cssx`"),
        ("kind: feed", "kind: fed", 9, "Invalid enum value 'fed'"),
        ("['/news/']", "['/news/', '(']", 7, "bad regex '('"),
        ("css: h1", "css: 'h1 >>'", 13, "bad CSS 'h1 >>'"),
        ("css: h1", "attr: href", 13, "one of css, json_ld and meta"),
        ("zone: UTC", "zone: Mars/Base", 4, "no such zone"),
        ("id: gazette", "id: gazete", 1, "must be the file's stem"),
        ("hosts: [gazette.example]", "hosts: [gazette.example", 7, ""),
        ("name: The Gazette", "name: [The]", 2, "Expected `str`, got `array`"),
    ],
)
def test_a_source(right: str, wrong: str, line: int, said: str, tmp_path: Path) -> None:
    assert right in SOURCE
    path = tmp_path / "gazette.yml"
    path.write_text(SOURCE)
    load(path)
    path.write_text(SOURCE.replace(right, wrong))
    with pytest.raises(SourceError) as error:
        load(path)
    message = str(error.value)
    assert message.startswith(f"gazette.yml:{line}: ")
    assert said in message
    assert "\n" not in message


def test_a_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "roles.yml").write_text("mint:\n  forms: [mint]\nbank:\n  forms: [bank]\n  nam: x\n")
    with pytest.raises(VocabularyError, match=r"^roles.yml.*unknown field `nam`"):
        read("roles.yml", dict[str, Role], tmp_path)
    (tmp_path / "roles.yml").write_text("mint:\n  forms: [mint\nbank:\n")
    with pytest.raises(VocabularyError, match=r"^roles.yml:\d: [^\n]+$"):
        read("roles.yml", dict[str, Role], tmp_path)
    with pytest.raises(VocabularyError, match=r"^none.yml: [^\n]*No such file"):
        read("none.yml", dict[str, Role], tmp_path)
