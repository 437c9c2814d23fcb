"""The language model's time: spaCy's default ``nlp.pipe`` and ours, side by side, and whether both say the same.

usage: python -m benchmarks.nlp [DOCS] [--rounds N] [--least RATIO]

DOCS: a folder of documents or a file of JSON lines; without it the sample press. *Default* is the installed model as
``spacy.load`` gives it, *ours* the pipeline of ``annotate/language.py``. Only for the count of labels the default is
told, as ours is, where a news text's sentences begin and the vocabulary's lemmas. Both read texts and titles in turn,
round by round in one process; times are CPU seconds, the ratio the median of the rounds' ratios. Exit 1 where a label
differs or, with ``--least``, where ours is not that many times faster.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.articles import load
from pipeline.annotate import BATCH
from pipeline.annotate.language import MODEL
from pipeline.annotate.language import load as load_ours
from pipeline.annotate.lemmas import teach
from pipeline.records import Article

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


def main() -> int:
    """Run, print; exit 1 where a label differs or the ratio is too low."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path, nargs="?", metavar="DOCS")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=float, default=0.0, metavar="RATIO")
    args = parser.parse_args()
    articles = load(args.docs)
    default, ours = spacy.load(MODEL), load_ours()
    for nlp in (default, ours):
        seconds(nlp, articles[:8], BATCH)  # what is made at the first use
    costs = []
    for _ in range(args.rounds):
        slow, _ = seconds(default, articles, None)
        quick, docs = seconds(ours, articles, BATCH)
        costs.append((slow, quick))
    tokens = sum(len(doc) for doc in docs)
    for name, cost in zip(("default", "ours"), zip(*costs, strict=True), strict=True):
        print(f"{name:8} {median(cost):7.2f} s  {1e6 * median(cost) / tokens:5.1f} microseconds a token")
    ratio = median(slow / quick for slow, quick in costs)
    differing = differences(articles, docs)
    print(f"{len(articles)} articles, {tokens} tokens: {ratio:.2f} times as fast")
    print("labels that differ: " + ", ".join(f"{name} {n}" for name, n in differing.items()))
    return int(any(differing.values()) or ratio < args.least)


if __name__ == "__main__":
    sys.exit(main())
