"""Direct quotations and their speakers on PolNeAR (political news, networkdynamics/PolNeAR).

usage: python -m benchmarks.quotes DATA [--show]

DATA: a folder with ``text/*.txt`` and ``attributions/*.ann`` (brat), such as ``data/dev``. Gold quotations are the
stretches in quotation marks, of four words or more, that lie in an attribution's content. One is found when a
quotation of ours shares most of its words; its speaker is right when half of the telling words are shared with the
source. Where it is a pronoun or a bare "the president" the speaker is not
judged: the gold does not say who it is.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotate import parse
from pipeline.annotate.coreference import resolve
from pipeline.annotate.entities import find_entities
from pipeline.annotate.quotes import find_quotes, read_parts
from pipeline.records import Article, Quote

PRONOUNS = {"he", "she", "they", "it", "i", "we", "who", "his", "her", "said"}
SMALL = {"the", "a", "an", "of", "and", "for", "on", "in", "to", "s", "mr", "mrs", "ms"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One stretch in marks; ``sources`` are the texts of those it is attributed to."""

    start: int
    end: int
    sources: tuple[str, ...]


def words(text: str) -> set[str]:
    """The telling words of a name."""
    return set(re.findall(r"[a-z0-9]+", text.lower())) - SMALL


def read_gold(text: str, brat: str) -> list[Gold]:
    """Gold quotations of one file."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[dict[str, list[str]]] = []
    for line in brat.splitlines():
        fields = line.split("\t")
        if line.startswith("T"):
            ranges = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(r.split()[0]), int(r.split()[1])) for r in ranges]
        elif line.startswith("E"):
            roles: dict[str, list[str]] = {}
            for role in fields[1].split():
                name, key = role.split(":")
                roles.setdefault(name.rstrip("0123456789"), []).append(key)
            events.append(roles)
    found: list[Gold] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        for part in read_parts(text, *paragraph.span()):
            if len(text[part.start : part.end].split()) < 4:
                continue
            sources = [
                text[a:b]
                for roles in events
                if any(a <= part.start + 2 and part.end - 2 <= b for c in roles.get("Content", []) for a, b in spans[c])
                for s in roles.get("Source", [])
                for a, b in spans[s]
            ]
            if sources:
                found.append(Gold(part.start, part.end, tuple(sources)))
    return found


def read(folder: Path) -> Iterator[tuple[Article, list[Gold]]]:
    """Articles that have gold."""
    for file in sorted((folder / "text").glob("*.txt")):
        brat = next(iter(sorted((folder / "attributions").glob(f"{file.stem}*.ann"))), None)  # one annotator a text
        if brat is None:
            continue
        text = file.read_text(encoding="utf-8")
        day = re.search(r"\d{4}-\d\d-\d\d", file.stem)
        published = day[0] if day else "2016-09-01"
        yield (
            Article(file.stem, "", "polnear", "", text, published, None, published),
            read_gold(text, brat.read_text(encoding="utf-8")),
        )


def covers(quote: Quote, gold: Gold) -> bool:
    """Whether the quotation takes in most of the gold stretch."""
    shared = min(quote.end, gold.end) - max(quote.start, gold.start)
    return shared > 0.5 * (gold.end - gold.start)


def main() -> None:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    pairs = list(read(args.data))
    hit = missed = invented = named = judged = 0
    took = 0.0
    for text, (_, golds) in zip(parse(article for article, _ in pairs), pairs, strict=True):
        mentions = resolve(text, find_entities(text))
        start = time.perf_counter()
        quotes = [q for q in find_quotes(text, mentions) if q.direct]
        took += time.perf_counter() - start
        used = set()
        for gold in golds:
            at = next((i for i, q in enumerate(quotes) if covers(q, gold)), None)
            if at is None:
                missed += 1
                if args.show:
                    print(
                        "MISSED  ",
                        gold.sources,
                        "|",
                        text.doc.text[max(0, gold.start - 60) : gold.end + 60].replace("\n", "/"),
                    )
                continue
            used.add(at)
            hit += 1
            if all(s.lower() in PRONOUNS or re.fullmatch(r"[Tt]he [a-z ]+", s) for s in gold.sources):
                continue
            judged += 1
            speaker = words(quotes[at].speaker)
            right = any(
                speaker and (n := words(s)) and len(speaker & n) / min(len(speaker), len(n)) >= 0.5
                for s in gold.sources
            )
            named += right
            if args.show and not right:
                print(
                    "SPEAKER ",
                    quotes[at].speaker,
                    "[",
                    quotes[at].method,
                    "] gold",
                    gold.sources,
                    "|",
                    text.doc.text[max(0, gold.start - 90) : gold.end + 90].replace("\n", "/"),
                )
        extra = [q for i, q in enumerate(quotes) if i not in used]
        invented += len(extra)
        if args.show:
            for q in extra:
                print(
                    "INVENTED",
                    q.speaker,
                    q.method,
                    "|",
                    text.doc.text[max(0, q.start - 60) : q.end + 60].replace("\n", "/"),
                )
    precision, recall = hit / (hit + invented), hit / (hit + missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(pairs)} articles, {hit + missed} quotations, {took:.2f} s")
    print(f"quotations P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   speaker {named / judged:.3f} of {judged}")


if __name__ == "__main__":
    main()
