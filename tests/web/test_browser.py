"""Our pages in a real browser: the policy lets all of their own through, and nothing else."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web import press

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += [
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-logging=stderr",
    "--hide-scrollbars",
]
PAGES = ["/", "/acts", f"/articles/{press.FIRST.id}", "/dateline/actions", "/dateline?sql=select+1"]


@pytest.fixture(scope="module")
def address(site_data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--data", str(site_data), "--port", port]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(150):
            try:
                httpx.get(f"http://127.0.0.1:{port}/-/versions.json")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def browse(url: str, profile: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *flags, url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)


@pytest.mark.parametrize("path", PAGES)
def test_the_browser_refuses_nothing(path: str, address: str, tmp_path: Path) -> None:
    seen = browse(address + path, tmp_path, "--dump-dom", "--window-size=390,900")
    assert "<h1" in seen.stdout
    console = [line for line in seen.stderr.splitlines() if "CONSOLE" in line]
    assert not [line for line in console if re.search(r"Refused|Content Security|violates|Error", line)]


def test_a_script_in_the_page_would_be_refused(address: str, tmp_path: Path) -> None:
    """The check above can fail: a page under the same policy with a script of somebody else's."""
    policy = httpx.get(address).headers["content-security-policy"].replace("frame-ancestors 'none'", "")
    page = tmp_path / "evil.html"
    page.write_text(
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><h1>x</h1><script>alert(1)</script>'
    )
    assert "Content Security Policy" in browse(page.as_uri(), tmp_path / "profile", "--dump-dom").stderr
