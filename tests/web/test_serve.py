"""`dateline serve` as a user starts it: a real process on a real port, and its plain words when it cannot."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from pipeline import steps
from pipeline.store import database_path

SERVE = [sys.executable, "-m", "pipeline.cli", "serve"]


def test_it_serves_on_a_free_port_and_stops_when_told(site_data: Path) -> None:
    command = [*SERVE, "--data", str(site_data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address
        try:
            assert "New acts" in wait_for(address[0])
            assert httpx.get(f"{address[0]}/static/dateline.css").status_code == 200
            assert httpx.get(f"{address[0]}/dateline.db").status_code in (403, 404)
        finally:
            process.terminate()
        process.wait(timeout=10)
    with pytest.raises(httpx.ConnectError):
        httpx.get(address[0])


def test_the_plain_line_of_datasette_serves_the_same_pages(site_data: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    line = "-m metadata.yml --template-dir web/templates --plugins-dir web/plugins --static static:web/static"
    command = [sys.executable, "-m", "datasette", str(database_path(site_data)), *line.split(), "--port", port]
    with subprocess.Popen(
        command, cwd=steps.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            assert "New acts" in wait_for(address)
            answers = {path: httpx.get(address + path) for path in (*PLAIN, "/static/dateline.css")}
        finally:
            process.terminate()
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert "Narrow the search" in answers["/search?q=China"].text
    assert "default-src 'none'" in answers["/dateline/actions"].headers["content-security-policy"]


PLAIN = ["/search?q=China", "/acts.atom", "/calendar.ics", "/dateline/actions", "/openapi.json", "/charts"]


def wait_for(address: str) -> str:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            return httpx.get(address).text
        except httpx.ConnectError:
            time.sleep(0.1)
    pytest.fail("the server did not answer")


def test_without_a_database_it_says_what_to_run(tmp_path: Path) -> None:
    ran = subprocess.run([*SERVE, "--data", str(tmp_path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "run dateline demo or dateline run first" in ran.stderr


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "dateline.db").write_text("no database")
    ran = subprocess.run([*SERVE, "--data", str(tmp_path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"dateline: cannot open {tmp_path}")


def test_a_taken_port_is_named(site_data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [*SERVE, "--data", str(site_data), "--port", port]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert port in ran.stderr
    assert "choose another --port" in ran.stderr
