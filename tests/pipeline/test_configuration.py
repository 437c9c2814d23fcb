"""Each yml that Dateline reads is typed: what is wrong with it is one line with file and line, before anything runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import dateline, vocabulary, walls, watchlist, yml
from pipeline.configuration import ROOT, check_site, readers
from pipeline.extract import body
from pipeline.records import DatelineError
from pipeline.site.words import Wording


def test_every_vocabulary_has_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    real = yml.read

    def noted(path: Path, *rest: object) -> object:
        read.add(path.name)
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(yml, "read", noted)
    for reader in readers():
        reader.__wrapped__()  # type: ignore[attr-defined] - not what was kept
    assert read == {path.name for path in vocabulary.FOLDER.glob("*.yml")}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("  withdraw: [withdraws, withdraw]", "  withdrawn: [withdraws, withdraw]", "withdrawn"),
        ("  withdraw: [withdraws, withdraw]", "  withdraw: [withdraws]", "length 2"),
        ("determiners:", "articles:", "unknown field `articles`"),
    ],
)
def test_the_wording_of_acts(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    text = (ROOT / "pipeline/site/words.yml").read_text()
    assert right in text
    (tmp_path / "words.yml").write_text(text.replace(right, wrong))
    with pytest.raises(DatelineError, match=r"^words\.yml:\d+: ") as error:
        yml.read(tmp_path / "words.yml", Wording)
    assert said in str(error.value)


METADATA = "title: T\ndatabases:\n  dateline:\n    tables:\n      actions:\n        title: Acts\n        sort: day\n"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("sort: day", "sorted: day", 7, "unknown field `sorted`"),
        ("sort: day", "units: {bytes: B}", 7, "unknown field `units`"),
        ("sort: day", "facets: day", 7, "Expected `array`, got `str`"),
        ("title: Acts", "title: [Acts]", 6, "Expected `str | null`, got `array`"),
        ("tables:", "tabels:", 4, "unknown field `tabels`"),
        ("title: T\n", "title: T: U\n", 1, "mapping values are not allowed"),
        ("databases:", "database:", 2, "unknown field `database`"),
    ],
)
def test_metadata(right: str, wrong: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "metadata.yml"
    path.write_text(METADATA)
    check_site(path)
    path.write_text(METADATA.replace(right, wrong))
    with pytest.raises(DatelineError) as error:
        check_site(path)
    assert str(error.value).startswith(f"metadata.yml:{line}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_our_metadata_is_sound() -> None:
    assert check_site().databases["dateline"].tables


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the vocabularies, from which they are read."""
    copy = tmp_path / "vocabulary"
    shutil.copytree(vocabulary.FOLDER, copy)
    monkeypatch.setattr(yml, "VOCABULARY", copy)
    kept = (dateline.agencies, walls.kinds, body.boilerplate)
    for reader in kept:
        reader.cache_clear()
    yield copy
    for reader in kept:
        reader.cache_clear()


def test_a_bad_regex_or_key_in_what_is_told_from_a_report(folder: Path) -> None:
    lines = (folder / "boilerplate.yml").read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if "pattern:" in line)
    lines[number] = re.sub("pattern:.*", "pattern: '(never closed'", lines[number])
    (folder / "boilerplate.yml").write_text("\n".join(lines))
    with pytest.raises(yml.YmlError, match=rf"^boilerplate.yml:{number + 1}: bad regex"):
        body.boilerplate()
    (folder / "walls.yml").write_text("paywall:\n  below: 10\n  titel: [x]\n")
    with pytest.raises(yml.YmlError, match=r"^walls.yml:3: .*unknown field `titel`"):
        walls.kinds()
    (folder / "agencies.yml").unlink()
    with pytest.raises(yml.YmlError, match=r"^agencies.yml: .*No such file"):
        dateline.agencies()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words: [a]\ntypes: ban/block\n", "odd.yml:2: Expected `array`, got `str`"),
        ("words: [a\n", "odd.yml:2: "),
        ("words: [{a: b}]\n", "odd.yml:1: Expected `int | str`, got `object`"),
    ],
)
def test_a_watchlist(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "watchlists").mkdir()
    (tmp_path / "watchlists" / "odd.yml").write_text(text)
    with pytest.raises(watchlist.WatchlistError) as error:
        watchlist.load(tmp_path, "odd", {})
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_process_says_it_before_it_reads_a_page(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "pipeline", tree / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "crawlers", tree / "crawlers", ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "pipeline" / "vocabulary" / "units.yml").write_text("percent: [percent]\ncolour: red\n")
    command = [sys.executable, "-m", "pipeline.cli", "process", "--data", str(tmp_path / "data")]
    ran = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1].startswith("dateline: units.yml:2: Object contains unknown field `colour`")
    assert not (tmp_path / "data" / "dateline.db").exists()
