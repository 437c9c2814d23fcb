"""Known vulnerabilities of what ``requirements.lock`` pins: ``python -m tests.faults.audit PIP_AUDIT [LOCK]``.

Runs pip-audit. Ends with 1 where a package has a known vulnerability, with 2 where the service that knows them was not
reached: pip-audit itself calls packages that it could not ask about skipped, and all well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def verdict(report: dict[str, Any] | None) -> tuple[int, list[str]]:
    """Exit code and lines for what pip-audit reports; None where it gave no report."""
    packages = (report or {}).get("dependencies", [])
    asked = [p for p in packages if "skip_reason" not in p]
    found = [f"{p['name']} {p['version']}: {v['id']}, {_mend(v)}" for p in asked for v in p["vulns"]]
    if not asked:
        return 2, ["audit: the service that knows of vulnerabilities was not reached; nothing was audited. Try online."]
    missed = [f"audit: not known to the service, look yourself: {p['name']}" for p in packages if p not in asked]
    return int(bool(found)), [*found, *missed, f"audit: {len(asked)} packages, {len(found)} known vulnerabilities"]


def _mend(vulnerability: dict[str, Any]) -> str:
    fixed = vulnerability.get("fix_versions")
    return f"mended in {', '.join(fixed)}" if fixed else "not mended yet"


def main() -> int:
    tool, lock = sys.argv[1], (sys.argv[2:] or ["requirements.lock"])[0]
    # with --no-deps and --disable-pip the lock is taken as it is: nothing is installed or resolved
    command = [tool, "-r", lock, "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(ran.stdout)
    except ValueError:
        print(ran.stderr.strip()[-500:], file=sys.stderr)
        report = None
    code, lines = verdict(report)
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
