"""Time expressions on TempEval-3: strict and relaxed span, value.

usage: python -m benchmarks.timex DATA [--types DATE TIME] [--show]

DATA: a folder of TimeML files (TBAQ: ``TempEval3/Training/TBAQ-cleaned``). Value F1 counts overlapping spans with the same
value, as TempEval-3 does. Only the text is scored; the day of creation is the anchor.
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


def main() -> None:
    """Print the scores of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--types", nargs="+", default=["DATE", "TIME", "DURATION", "SET"])
    parser.add_argument("--show", action="store_true", help="list what was missed, invented or misread")
    options = parser.parse_args()
    nlp = load()
    tallies = dict.fromkeys(("gold", "found", "strict", "relaxed", "value"), 0)
    seconds = 0.0
    docs = list(documents(options.data))
    for document, doc in zip(docs, nlp.pipe(unwrapped(d.text) for d in docs), strict=True):
        start = time.perf_counter()
        found = [t for t in find_timexes(doc, document.day) if t.type in options.types]
        seconds += time.perf_counter() - start
        gold = [t for t in document.gold if t.type in options.types]
        spans = {(t.start, t.end) for t in found}
        left = list(found)
        tallies["gold"] += len(gold)
        tallies["found"] += len(found)
        for g in gold:
            tallies["strict"] += (g.start, g.end) in spans
            f = next((t for t in left if t.start < g.end and g.start < t.end), None)
            if f is None:
                if options.show:
                    print(f"missed   {document.name} {g.type} {g.text!r} {g.value}")
                continue
            left.remove(f)
            tallies["relaxed"] += 1
            tallies["value"] += same_value(g.value, f.value)
            if options.show and (not same_value(g.value, f.value) or (g.start, g.end) != (f.start, f.end)):
                kind = "span    " if same_value(g.value, f.value) else "value   "
                print(
                    f"{kind} {document.name} {g.type} {g.text!r} {g.value} found {f.type} {f.text!r} {f.value} of {document.day}"
                )
        if options.show:
            for f in left:
                print(
                    f"invented {document.name} {f.type} {f.text!r} {f.value} | {doc.text[max(f.start - 40, 0) : f.end + 30]!r}"
                )
    print(f"{len(docs)} documents, types {' '.join(options.types)}, {seconds / len(docs) * 1000:.1f} ms a document")
    for name in ("strict", "relaxed", "value"):
        score(
            {"strict": "strict span", "relaxed": "relaxed span"}.get(name, name),
            tallies[name],
            tallies["gold"],
            tallies["found"],
        )


if __name__ == "__main__":
    main()
