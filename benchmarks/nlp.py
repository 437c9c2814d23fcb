"""The language model's time: spaCy's default ``nlp.pipe``, ours, and our fast way, side by side; what each tells.

usage: python -m benchmarks.nlp [DOCS...] [--rounds N] [--least RATIO] [--least-fast RATIO] [--acts SHARE]

DOCS: folders of documents or files of JSON lines, each measured by itself; without any the sample press. *Default* is
the installed model as ``spacy.load`` gives it, *ours* the pipeline of ``annotate/language.py``, *fast* the one that
parses only sentences that may tell an act. Only for the count of labels the default is told, as ours is, where a news
text's sentences begin and the vocabulary's lemmas. All read texts and titles in turn, round by round in one process;
times are CPU seconds, the ratio the median of the rounds' ratios. Of the fast way is told which share it finds of what
the full one does: acts by actor and type, other facts by their place.
Exit 1 where a label differs or a figure is below what it is held to.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.articles import load
from pipeline.annotate import BATCH, annotate
from pipeline.annotate.language import MODEL
from pipeline.annotate.language import load as load_ours
from pipeline.annotate.lemmas import teach
from pipeline.records import Annotations, Article

LABELS = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB")


def docs_of(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """Texts and titles, as the annotators hand them over."""
    for article in articles:
        doc = nlp.make_doc(article.text)
        doc._.text_begins = article.dateline.end if article.dateline else 0
        yield doc
        yield nlp.make_doc(article.title)


def seconds(nlp: Language, articles: list[Article], size: int | None) -> tuple[float, list[Doc]]:
    """CPU seconds of one pass, the tokenizer's among them, and what it gave."""
    start = time.process_time()
    docs = list(nlp.pipe(docs_of(nlp, articles), batch_size=size))
    return time.process_time() - start, docs


def differences(articles: list[Article], ours: list[Doc]) -> dict[str, int]:
    """Tokens whose label is not the one the model gives untuned, for each label."""
    plain = spacy.load(MODEL)
    plain.add_pipe("news_layout", before="parser")
    teach(plain)
    _, theirs = seconds(plain, articles, None)
    strings = [plain.vocab.strings, load_ours().vocab.strings]
    found = dict.fromkeys(LABELS, 0)
    for name in LABELS:
        for pair in zip(theirs, ours, strict=True):
            told = [doc.to_array(name).tolist() for doc in pair]
            if name in {"TAG", "POS", "DEP", "LEMMA", "ENT_TYPE"}:
                told = [[s[key] for key in keys] for s, keys in zip(strings, told, strict=True)]
            elif name == "MORPH":
                told = [[str(token.morph) for token in doc] for doc in pair]
            found[name] += sum(a != b for a, b in zip(*told, strict=True))
    return found


def shares(articles: list[Article]) -> dict[str, float]:
    """The share of the full way's facts that the fast way finds, by kind."""
    told = [[facts(found) for found in annotate(articles, fast=fast)] for fast in (False, True)]
    found = {}
    for kind in told[0][0] if articles else ():
        full = sum(len(one[kind]) for one in told[0])
        both = sum(len(one[kind] & other[kind]) for one, other in zip(*told, strict=True))
        found[kind] = both / full if full else 1.0
    return found


def facts(found: Annotations) -> dict[str, set[Hashable]]:
    """What makes each fact of an article that fact."""
    placed: dict[str, tuple[Any, ...]] = {
        "names": found.mentions,
        "dates": found.dates,
        "figures": found.statistics,
        "quotes": found.quotes,
    }
    acts: dict[str, set[Hashable]] = {"acts": {(act.actor, act.type) for act in found.actions}}
    return acts | {kind: {(fact.start, fact.end) for fact in told} for kind, told in placed.items()}


def measured(articles: list[Article], rounds: int) -> tuple[dict[str, float], list[Doc]]:
    """Medians: CPU seconds of each lane, how many times faster than the default ours are; and what ours gave."""
    lanes = {"default": spacy.load(MODEL), "ours": load_ours(), "fast": load_ours(fast=True)}
    for nlp in lanes.values():
        seconds(nlp, articles[:8], BATCH)  # what is made at the first use
    costs: list[dict[str, float]] = []
    docs: list[Doc] = []
    for _ in range(rounds):
        costs.append({})
        for name, nlp in lanes.items():
            costs[-1][name], read = seconds(nlp, articles, None if name == "default" else BATCH)
            docs = read if name == "ours" else docs
    told = {name: median(cost[name] for cost in costs) for name in lanes}
    told |= {f"{name} ratio": median(c["default"] / c[name] for c in costs) for name in ("ours", "fast")}
    return told, docs


def report(place: Path | None, args: argparse.Namespace) -> bool:
    """Measure one set of articles and print; whether all is as it should be."""
    articles = load(place)
    told, docs = measured(articles, args.rounds)
    tokens = sum(len(doc) for doc in docs)
    print(f"{place or 'sample press'}: {len(articles)} articles, {tokens} tokens")
    for name in ("default", "ours", "fast"):
        ratio = f"  {told[f'{name} ratio']:.2f} times as fast" if name != "default" else ""
        print(f"  {name:8} {told[name]:7.2f} s  {1e6 * told[name] / tokens:5.1f} microseconds a token{ratio}")
    differing, kept = differences(articles, docs), shares(articles)
    print("  labels that differ: " + ", ".join(f"{name} {n}" for name, n in differing.items()))
    print("  of what the full way finds the fast one finds: " + ", ".join(f"{k} {v:.3f}" for k, v in kept.items()))
    quick = told["ours ratio"] >= args.least and told["fast ratio"] >= args.least_fast
    return quick and not any(differing.values()) and kept.get("acts", 1.0) >= args.acts


def main() -> int:
    """Run, print; exit 1 where a label differs or a figure is too low."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path, nargs="*", metavar="DOCS")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=float, default=0.0, metavar="RATIO")
    parser.add_argument("--least-fast", type=float, default=0.0, metavar="RATIO")
    parser.add_argument("--acts", type=float, default=0.0, metavar="SHARE")
    args = parser.parse_args()
    good = [report(place, args) for place in args.docs or [None]]  # all are measured, whatever the first gives
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
