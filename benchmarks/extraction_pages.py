"""Saved pages of the five outlets, read with their yml, against the gold their manifest knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.tokens import token_f1
from pipeline.dateline import find_dateline
from pipeline.extract import load_page, read_page
from pipeline.extract.body import clean
from pipeline.extract.document import gunzip
from pipeline.records import Article

HOMES = {
    "bloomberg": "https://www.bloomberg.com/news/articles/2024-01-01/a-report",
    "globaltimes": "https://www.globaltimes.cn/page/202609/1371340.shtml",
}


def saved_pages(folder: Path) -> Iterator[str]:
    """Each page of the manifest: outcome, and whether it agrees with the gold that is known."""
    for row in (line.split("\t") for line in (folder / "MANIFEST.tsv").read_text().splitlines()[1:]):
        name, url, known = row[0], row[1], row[5]
        path = next((p for p in (folder / name, folder / f"{name}.gz") if p.exists()), None)
        if path is None or name.endswith((".xml", ".txt")):
            continue
        found = read_page(load_page(path, url or HOMES[name.split("/")[0]]))
        if not isinstance(found, Article):
            yield f"{name}: {found.outcome} ({found.reason})"
            continue
        gold = dict(pair.split("=", 1) for pair in known.split("; ") if "=" in pair)
        said = [f"article, {len(found.text)} characters, {found.language}, by {', '.join(found.byline) or 'nobody'}"]
        if "title" in gold:
            said.append(f"title {found.title == gold['title'].split(' (trafilatura')[0]}")
        if "date" in gold:
            said.append(f"published {gold['date'][:16].split(' ')[0] in found.published}")
        if wanted := _gold_text(folder, name):
            score = token_f1(found.text, wanted)
            said.append(f"body precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}")
            said.append(f"to gold without captions and credits {token_f1(found.text, _report_of(wanted)).f1:.3f}")
        yield f"{name}: {'; '.join(said)}"


def _gold_text(folder: Path, name: str) -> str | None:
    number = re.search(r"newspaper_(\d)", name)
    if not number:
        return None
    path = folder / Path(name).parent / f"GOLD_newspaper_{number[1]}.txt"
    return path.read_text() if path.exists() else gunzip(path.with_name(path.name + ".gz").read_bytes()).decode()


def _report_of(gold: str) -> str:
    """The gold's paragraphs from the dateline on, without the closing credits, which the reader leaves out."""
    lines = [line for line in gold.split("\n") if line.strip()]
    begin = next((at for at, line in enumerate(lines) if find_dateline(line)), 0)
    return clean(lines[begin:]).text
