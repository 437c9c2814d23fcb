"""A canary set wherever a secret may stand is found in no log, archive, table, digest or page of an error."""

from __future__ import annotations

import gzip
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import log
from tests.crawlers.little_site import LittleSite, Reply, wipo_site, wipo_url

CANARY = "c4n4ry-0f-the-m1ne"
PROXY = f"http://me:{CANARY}@127.0.0.1:9"
ENVIRONMENT = {"DATELINE_REVIEW_PASSWORD": CANARY, "API_TOKEN": CANARY, "http_proxy": PROXY, "HTTPS_PROXY": PROXY}


def texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            yield path, gzip.decompress(data) if path.suffix == ".gz" else data


def test_no_step_lets_a_secret_out(tmp_path: Path) -> None:
    pages = wipo_site(3)
    tells = {"Set-Cookie": f"session={CANARY}", "X-Robots-Tag": "all"}
    pages = {
        p: Reply(r.body, headers=tells) if "article_" in p and isinstance(r, Reply) else r for p, r in pages.items()
    }
    said = ""
    with LittleSite(pages) as site:
        steps = (
            ["crawl", "wipo", "--press", site.address],
            ["process"],
            ["digest", "--week", "2024-W28"],
            ["status", "--json"],
        )
        for step in steps:
            command = [sys.executable, "-m", "pipeline.cli", *step, "--data", str(tmp_path)]
            ran = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **ENVIRONMENT}
            )
            assert ran.returncode == 0, ran.stderr
            said += ran.stdout + ran.stderr
    assert wipo_url(1) in b"".join(data for _, data in texts(tmp_path / "archive")).decode()
    assert [path for path, data in texts(tmp_path) if CANARY.encode() in data] == []
    assert CANARY not in said


@pytest.mark.parametrize(
    "event",
    [
        f"proxy {PROXY} refused",
        f"Cookie: a={CANARY}",
        f"{{'Authorization': 'Basic {CANARY}'}}",
        f"https://user:{CANARY}x@h.example/a",
        f"token is {CANARY}",
    ],
)
def test_a_line_of_the_log_has_no_secret(event: str) -> None:
    known = tuple(s for s in log.secrets(ENVIRONMENT) if len(s) >= log.SHORTEST)
    record = logging.LogRecord("dateline", logging.ERROR, "", 0, event, (), None)
    for plain in (False, True):
        assert CANARY not in log.Lines(known, plain=plain).format(record)


def test_an_error_that_nobody_caught_is_one_line_of_json_without_secrets() -> None:
    code = f"from pipeline import log; log.start(); raise RuntimeError('sent Cookie: {CANARY}')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told = json.loads(ran.stderr)
    assert ran.returncode == 1
    assert (told["level"], told["from"]) == ("critical", "dateline")
    assert told["said"] == "RuntimeError: sent Cookie: [secret]"
