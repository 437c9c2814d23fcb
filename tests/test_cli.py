"""The command line on real input, good and bad: what is printed, what is written, how it ends."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "check",
    "new-source",
    "archive",
    "crawl",
    "process",
    "run",
    "digest",
    "serve",
    "status",
    "demo",
    "extract",
    "annotate",
    "stories",
)
PAGE = """<html lang="en"><head><title>Ministry bans toy drones</title>
<meta property="article:published_time" content="2024-07-03T10:00:00Z"></head><body><article><h1>Ministry bans toy
drones</h1><p>The ministry of transport banned toy drones near airports on Wednesday, after a summer of near misses that
had alarmed pilots.</p><p>The ban starts on Aug. 1, and shops have until then to put a notice on the box, it said.</p>
<p>Clubs that fly models on their own fields may go on doing so, as long as they tell the tower first.</p></article>
</body></html>"""


def dateline(*args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def line(name: str, **fields: str) -> str:
    row = {"id": name, "source": "reuters", "url": "", "published": "2024-06-25T08:00:00Z", "title": "EU fines Acme"}
    text = "The European Commission fined Acme 10 million euros on Monday for breaching its data rules."
    return json.dumps(row | {"text": text} | fields)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_that_teaches(command: str) -> None:
    told = dateline(command, "--help")
    assert told.returncode == 0
    assert "Usage" in told.stdout
    assert len(told.stdout.splitlines()) > 6


def test_no_colours_in_a_pipe() -> None:
    assert "\x1b[" not in dateline("--help").stdout


def test_annotate_does_the_good_lines_and_names_the_bad_ones(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join([line("a"), "{broken", line("b", text=" "), line("c", published="soon"), line("d")]))
    ran = dateline("annotate", given, "-o", out)
    assert ran.returncode == 2
    assert [json.loads(row)["id"] for row in out.read_text().splitlines()] == ["a", "d"]
    complaints = ran.stderr.strip().splitlines()
    assert [c.split(": ")[0] for c in complaints] == [f"{given}:2", f"{given}:3", f"{given}:4"]


def test_annotate_keeps_the_contract(tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text(line("a"))
    row = json.loads(dateline("annotate", given).stdout)
    assert set(row) == {"id", "entities", "dates", "actions", "statistics", "quotes"}
    text = json.loads(line("a"))["text"]
    assert any(e["canonical"] == "European Commission" for e in row["entities"])
    (fine,) = row["actions"]
    assert (fine["actor"], fine["type"], fine["evidence"]) == ("European Commission", "fine/penalise", text)
    for kind in ("entities", "dates", "statistics"):
        assert row[kind]
        assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in row[kind])


def test_annotate_one_text_needs_its_date(tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_text("EU fines Acme\nThe European Commission fined Acme on Monday.")
    assert dateline("annotate", "--text", text).returncode == 2
    done = dateline("annotate", "--text", text, "--published", "2024-06-25")
    assert json.loads(done.stdout)["dates"][0]["value"] == "2024-06-24"


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    for command in ("annotate", "stories"):
        ran = dateline(command, tmp_path / "none.jsonl")
        assert ran.returncode == 2
        assert ran.stderr.count("\n") == 1
        assert "none.jsonl" in ran.stderr


def test_stories_keeps_the_order_of_the_input(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join([line("z", published="2024-07-01"), line("a")]))
    assert dateline("stories", given, "-o", out).returncode == 0
    rows = [json.loads(row) for row in out.read_text().splitlines()]
    assert [r["id"] for r in rows] == ["z", "a"]
    assert rows[0]["story"] == rows[1]["story"]


def test_extract_reads_a_saved_page_also_gzipped(tmp_path: Path) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(gzip.compress(PAGE.encode()))
    row = json.loads(dateline("extract", page, "--url", "https://news.example/drones", "--json").stdout)
    assert row["outcome"] == "article"
    assert row["title"] == "Ministry bans toy drones"
    assert row["published"] == "2024-07-03T10:00:00Z"


def test_extract_of_a_torn_gzip_says_so(tmp_path: Path) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(gzip.compress(PAGE.encode())[:40])
    ran = dateline("extract", page, "--url", "https://news.example/drones")
    assert ran.returncode == 2
    assert "page.html.gz" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("digest", "--week", "2024-99"), "no ISO week"),
        (("digest", "--week", "2024-W28", "--format", "pdf"), "no format 'pdf'"),
        (("crawl", "the-moon"), "no source 'the-moon'"),
        (("crawl", "wipo", "--since", "last week"), "--since"),
    ],
)
def test_bad_options_end_with_2_and_say_what_to_write(tmp_path: Path, args: tuple[str, ...], problem: str) -> None:
    ran = dateline(*args, "--data", tmp_path)
    assert ran.returncode == 2
    assert problem in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_model_that_is_not_installed_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text(line("a"))
    monkeypatch.setenv("DATELINE_MODEL", "en_core_web_lg")
    ran = dateline("annotate", given)
    assert ran.returncode == 2
    assert ran.stderr.strip() == (
        "dateline: the spaCy model 'en_core_web_lg' is not installed; install it or unset DATELINE_MODEL"
    )


def test_annotate_the_fast_way_finds_the_acts(tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text(line("a"))
    full, fast = (json.loads(dateline("annotate", given, *way).stdout) for way in ((), ("--fast",)))
    assert fast["actions"]
    assert fast["actions"] == full["actions"]


def test_annotate_explains_which_rule_fired_on_which_words(tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text(line("a"))
    told = dateline("annotate", given, "--explain").stdout
    assert "European Commission | fine/penalise" in told
    assert "on “fined” at" in told


def test_what_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text(line("a"))
    for command in ("annotate", "stories"):
        ran = dateline(command, given, "-o", tmp_path / "none" / "out.jsonl")
        assert ran.returncode == 2
        assert ran.stderr.startswith("dateline: cannot write ")
        assert ran.stderr.count("\n") == 1


def test_a_file_without_articles_says_so(tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_text("")
    ran = dateline("annotate", given)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "no article" in ran.stderr


@pytest.mark.parametrize("command", ["status", "digest", "watch", "serve", "publish"])
def test_a_folder_without_a_dataset_says_what_to_run_and_stays_as_it_was(tmp_path: Path, command: str) -> None:
    done = dateline(command, "--data", tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"dateline: no database in {tmp_path / 'none'}; run dateline demo or dateline run first\n"
    assert not list(tmp_path.iterdir())


def test_a_data_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = dateline("process", "--data", tmp_path / "file" / "data")
    assert done.returncode == 2
    assert "cannot be a data folder" in done.stderr
    assert "Traceback" not in done.stderr
