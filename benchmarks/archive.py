"""Writing the archive: Dateline's writer against warcio's, the same three records a page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.bench import Figure, Part, Setting, timed
from benchmarks.bench_pages import load, write_warc
from benchmarks.bench_peers import ask, hand_over


def measure(setting: Setting) -> Part:
    """CPU seconds of both; warcio only where a Python with it is given."""
    pages = load(setting.pages, setting.count)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        hand_over(pages, folder / "pages.jsonl")
        rounds, missing = [], "no Python with warcio was given (--peers)"
        for number in range(setting.rounds):
            mine = timed(lambda name=str(number): write_warc(folder / name, "all", pages))[0]
            answer = ask(setting.peers, "archive", folder / "pages.jsonl")
            missing = answer.get("missing", {}).get("warcio", missing)
            rounds.append((mine, answer.get("warcio", {}).get("seconds")))
    figures = [Figure("a page", 1000 * median(mine for mine, _ in rounds) / len(pages), "CPU ms")]
    both = [mine / theirs for mine, theirs in rounds if theirs]
    if both:
        figures.insert(0, Figure("writing by warcio's time", median(both), most=0.5))
    size = sum(len(page.body) for page in pages) // len(pages)
    notes = (f"{len(pages)} pages of {size // 1000} kB; ours also syncs and renames the file.",)
    return Part("archive", tuple(figures), notes if both else (*notes, f"warcio is not measured: {missing}."))
