"""The suite's figures as lines for a terminal and as a page of the documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bench import Figure, Part, Setting

TITLES = {
    "whole": "The whole: WARC -> article -> facts -> SQLite with full-text search",
    "nlp": "The language model",
    "extraction": "Extraction",
    "store": "Dedupe and store",
    "archive": "Archive",
    "crawl": "Crawl",
    "start": "Start",
}
PEERS = """Of peers, newspaper4k and news-please read the same pages where a Python with them is given. Event coders
like GDELT's, or NGEC, cannot run offline: GDELT's is not published whole, and NGEC asks for models and a geographical
index of several gigabytes from the network. They are not measured."""


def machine() -> dict[str, str]:
    """What the figures were measured on and when; nothing that names the place."""
    cpu = [line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = [int(line.split()[1]) >> 20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    return {
        "cpu": cpu[0] if cpu else platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory[0]} GB" if memory else "unknown",
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def _lines(file: str) -> list[str]:
    return Path(file).read_text().splitlines() if Path(file).exists() else []


def lines(part: Part) -> str:
    """One part for a terminal."""
    rows = [f"  {f.what:58}{_value(f):>18}  {_asked(f)}{_mark(f)}" for f in part.figures]
    return "\n".join([part.name, *rows, *(f"  {note}" for note in part.notes)])


def page(parts: Iterable[Part], setting: Setting) -> str:
    """The page ``docs/performance.md``."""
    found, told = list(parts), machine()
    asked = [(part, figure) for part in found for figure in part.figures if figure.met is not None]
    missed = [(part, figure) for part, figure in asked if not figure.met]
    head = [
        "# Performance",
        "",
        f"Measured on {told['date']} by `{_command(setting)}`: Python {told['python']}, {told['cores']} cores of"
        f" {told['cpu']}, {told['memory']}. {_pages(setting)}",
        "",
        "Times are CPU seconds of the process and its children, so that other work on the machine, of which there may"
        f" be much, counts as little as it can; ratios are medians of {setting.rounds} rounds in which the lanes take"
        " turns.",
        "",
        f"{len(asked) - len(missed)} of {len(asked)} targets are met."
        + (" Missed:" if missed else "")
        + "".join(f"\n- {part.name}: {figure.what} {_value(figure)}, {_asked(figure)}" for part, figure in missed),
        "",
        PEERS,
    ]
    return "\n".join(head + [line for part in found for line in _section(part)]) + "\n"


def _command(setting: Setting) -> str:
    words = ["python -m benchmarks", f"--count {setting.count}", f"--rounds {setting.rounds}"]
    words += [f"--pages {setting.pages.name}"] if setting.pages else []
    return " ".join([*words, "--peers PYTHON"] if setting.peers else words)


def _pages(setting: Setting) -> str:
    if setting.pages is None:
        return "The pages are generated out of the sample press's paragraphs."
    return f"The pages are those of {setting.pages.name.replace('+', '/')}, for measuring only."


def _section(part: Part) -> list[str]:
    rows = [f"| {f.what} | {_value(f)} | {_asked(f)} | {_mark(f).strip()} |" for f in part.figures]
    title = TITLES.get(part.name, part.name)
    return ["", f"## {title}", "", *part.notes, "", "| | measured | target | |", "|---|---|---|---|", *rows]


def _value(figure: Figure) -> str:
    digits = 0 if figure.value == int(figure.value) else 3 if figure.value < 10 else 1
    return f"{figure.value:.{digits}f} {figure.unit}".strip()


def _asked(figure: Figure) -> str:
    if figure.least is not None:
        return f"at least {figure.least:.3g}"
    return f"at most {figure.most:.3g}" if figure.most is not None else ""


def _mark(figure: Figure) -> str:
    return "" if figure.met is None else "  met" if figure.met else "  missed"
