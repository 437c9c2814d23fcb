"""Time expressions on TempEval-3: strict and relaxed span, value.

usage: python -m benchmarks.timex DATA [--types DATE TIME] [--show]

DATA: a folder of TimeML files (TBAQ: ``TempEval3/Training/TBAQ-cleaned``). Value F1 counts overlapping spans with the
same value, as TempEval-3 does. Only the text is scored; the day of creation is the anchor.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from pipeline.annotate.dates.timexes import Timex, find_timexes
from pipeline.annotate.language import load


@dataclass(frozen=True, slots=True)
class Document:
    """One TimeML file: its text, its day, its time expressions."""

    name: str
    text: str
    day: date
    gold: tuple[Timex, ...]


def read(file: Path) -> Document | None:
    """Read one file; None where it has no text or no day of creation."""
    root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, recover=True))
    created, body = root.find("DCT/TIMEX3"), root.find("TEXT")
    if created is None or body is None:
        return None
    text, gold = "", []
    for kind, node in etree.iterwalk(body, events=("start", "end")):
        if kind == "start":
            start, text = len(text), text + (node.text or "")
            node.set("at", str(start))
            continue
        if node.tag == "TIMEX3":
            at = int(node.get("at"))
            gold.append(Timex(at, len(text), text[at:], node.get("type"), node.get("value")))
        if node is not body:
            text += node.tail or ""
    day = re.match(r"\d{4}-\d\d-\d\d", created.get("value", ""))
    return Document(file.name, text, date.fromisoformat(day.group()), tuple(gold)) if day else None


def documents(folder: Path) -> Iterator[Document]:
    """The documents of a folder, in order of their names."""
    for file in sorted(folder.rglob("*.tml")):
        if (document := read(file)) is not None:
            yield document


def unwrapped(text: str) -> str:
    """Line breaks inside a paragraph as blanks: same length, so offsets hold."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def same_value(gold: str, found: str) -> bool:
    """Whether two values are the same; a time of day may leave out its minutes."""
    return gold == found or (":00" in found and gold == found.replace(":00", ""))


def score(name: str, hits: int, gold: int, found: int) -> None:
    """Print precision, recall and F1."""
    precision, recall = hits / (found or 1), hits / (gold or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    print(f"{name:14} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   gold {gold} found {found}")


def compare(document: Document, found: list[Timex], gold: list[Timex]) -> Iterator[tuple[Timex | None, Timex | None]]:
    """Pair gold and found by overlap, one to one; None stands for what has no partner."""
    left = list(found)
    for g in gold:
        f = next((t for t in left if t.start < g.end and g.start < t.end), None)
        if f is not None:
            left.remove(f)
        yield g, f
    yield from ((None, f) for f in left)


def show(document: Document, g: Timex | None, f: Timex | None) -> None:
    """Print a pair that differs."""
    if g is None or f is None:
        t = g or f
        print(f"{'missed' if f is None else 'invented':8} {document.name} {t.type} {t.text!r} {t.value}")
    elif not same_value(g.value, f.value) or (g.start, g.end) != (f.start, f.end):
        kind = "span" if same_value(g.value, f.value) else "value"
        print(f"{kind:8} {document.name} {g.text!r} {g.value} found {f.text!r} {f.value} of {document.day}")


def main() -> None:
    """Print the scores of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--types", nargs="+", default=["DATE", "TIME", "DURATION", "SET"])
    parser.add_argument("--show", action="store_true", help="list what was missed, invented or misread")
    options = parser.parse_args()
    nlp, docs = load(), list(documents(options.data))
    pairs: list[tuple[Timex | None, Timex | None]] = []
    seconds = 0.0
    for document, doc in zip(docs, nlp.pipe(unwrapped(d.text) for d in docs), strict=True):
        start = time.perf_counter()
        found = [t for t in find_timexes(doc, document.day) if t.type in options.types]
        seconds += time.perf_counter() - start
        for g, f in compare(document, found, [t for t in document.gold if t.type in options.types]):
            pairs.append((g, f))
            if options.show:
                show(document, g, f)
    both = [(g, f) for g, f in pairs if g and f]
    gold, found_count = sum(g is not None for g, _ in pairs), sum(f is not None for _, f in pairs)
    print(f"{len(docs)} documents, types {' '.join(options.types)}, {seconds / len(docs) * 1000:.1f} ms a document")
    score("strict span", sum((g.start, g.end) == (f.start, f.end) for g, f in both), gold, found_count)
    score("relaxed span", len(both), gold, found_count)
    score("value", sum(same_value(g.value, f.value) for g, f in both), gold, found_count)


if __name__ == "__main__":
    main()
