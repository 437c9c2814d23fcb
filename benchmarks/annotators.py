"""What the annotators cost beside the model: CPU of ``nlp.pipe``, then of each annotator, in one run.

usage: python -m benchmarks.annotators [DOCS] [--rounds N] [--most PERCENT]

DOCS: a folder of documents (one JSON object a file) or a file of JSON lines; without it the sample press. Each round
parses texts and titles anew and then runs every annotator over the fresh parses; printed are medians over the rounds,
beside ``nlp.pipe`` as we have hastened it and as ``spacy.load`` gives it. With ``--most`` the run fails where the
annotators together cost more than that percentage of our ``nlp.pipe``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import spacy
from spacy.language import Language

from benchmarks.articles import load
from benchmarks.nlp import seconds
from pipeline.annotate import marked, parse
from pipeline.annotate.actions import find_actions
from pipeline.annotate.coreference import resolve
from pipeline.annotate.dates import find_dates, find_title_dates, settle_roles
from pipeline.annotate.entities import find_entities, find_title_entities
from pipeline.annotate.language import MODEL
from pipeline.annotate.quotes import find_quotes
from pipeline.annotate.statistics import find_statistics
from pipeline.annotate.text import Text
from pipeline.records import Article

PARSE, DEFAULT = "nlp.pipe", "spaCy's own nlp.pipe"
NAMES = ("entities", "coreference", "dates", "title names", "actions", "index", "statistics", "quotes")


def timed(costs: dict[str, float], name: str, step: Callable[..., Any], *given: object) -> Any:
    """The step's result; its CPU seconds are added under ``name``."""
    start = time.process_time()
    result = step(*given)
    costs[name] += time.process_time() - start
    return result


def read(text: Text, costs: dict[str, float]) -> None:
    """Every annotator over one parse, as ``pipeline.annotate.read`` runs them."""
    names = timed(costs, "entities", find_entities, text)
    mentions = timed(costs, "coreference", resolve, text, names)
    dates = timed(costs, "dates", find_dates, text)
    quotes = timed(costs, "quotes", find_quotes, text, mentions)
    titled = timed(costs, "title names", find_title_entities, text)
    actions = timed(costs, "actions", find_actions, text, mentions, dates, titled)
    timed(costs, "index", marked, text, mentions)
    timed(costs, "dates", settle_roles, dates, actions)
    timed(costs, "dates", settle_roles, timed(costs, "dates", find_title_dates, text), actions)
    timed(costs, "statistics", find_statistics, text, mentions, dates, quotes)


def one_round(articles: list[Article]) -> dict[str, float]:
    """CPU seconds by step over fresh parses of all articles."""
    costs = dict.fromkeys((PARSE, *NAMES), 0.0)
    texts: list[Text] = timed(costs, PARSE, lambda: list(parse(articles)))
    for text in texts:
        read(text, costs)
    costs[DEFAULT], _ = seconds(default(), articles, None)
    return costs


@cache
def default() -> Language:
    """The model as it comes, loaded once."""
    return spacy.load(MODEL)


def main() -> int:
    """Run, print; exit 1 where the annotators cost more than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path, nargs="?", metavar="DOCS")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=float, metavar="PERCENT")
    args = parser.parse_args()
    articles = load(args.docs)
    one_round(articles[:3])  # model, matchers and patterns are made once a process
    rounds = [one_round(articles) for _ in range(args.rounds)]
    cost = {name: median(r[name] for r in rounds) for name in rounds[0]}
    for name in NAMES:
        print(f"{name:12} {cost[name]:7.3f} s {100 * cost[name] / cost[PARSE]:6.1f} %")
    ratio = 100 * median(sum(r[n] for n in NAMES) / r[PARSE] for r in rounds)
    untuned = 100 * median(sum(r[n] for n in NAMES) / r[DEFAULT] for r in rounds)
    print(f"{PARSE:12} {cost[PARSE]:7.3f} s over {len(articles)} articles; the annotators cost {ratio:.1f} % of it")
    print(f"{DEFAULT:12} {cost[DEFAULT]:7.3f} s; the annotators cost {untuned:.1f} % of it")
    return int(args.most is not None and ratio > args.most)


if __name__ == "__main__":
    sys.exit(main())
