"""The parts that other benchmarks measure, as parts of the suite: the model, extraction, the crawl."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import crawl as crawling
from benchmarks.bench import Figure, Lane, Part, Setting, ratio, running, timed
from benchmarks.bench_pages import known_set, load, readable
from benchmarks.bench_peers import ask, hand_over
from benchmarks.extraction import WARM, Tally, headings
from benchmarks.extraction_readers import Found, bare, dateline
from benchmarks.extraction_sets import Gold
from pipeline.records import Page


def nlp(setting: Setting) -> Part:
    """The model's time by spaCy's default ``nlp.pipe``, each in a process of its own, and what it tells."""
    from benchmarks.nlp import differences, seconds, shares
    from pipeline.annotate import BATCH
    from pipeline.annotate.language import load as load_ours

    articles = [article for _, article in readable(load(setting.pages, setting.count))]
    names = ("default", "ours", "fast")
    with running({name: Lane(f"benchmarks.bench_others:{name}_pipe", (articles,)) for name in names}) as lanes:
        rounds = [{name: lane.round() for name, lane in lanes.items()} for _ in range(setting.rounds)]
    _, docs = seconds(load_ours(), articles, BATCH)
    tokens = sum(len(doc) for doc in docs)
    kept = shares(articles)
    return Part(
        "nlp",
        (
            Figure("default nlp.pipe by ours", ratio(rounds, "default", "ours"), least=2.0),
            Figure("labels that differ", sum(differences(articles, docs).values()), most=0),
            Figure("default nlp.pipe by the fast way", ratio(rounds, "default", "fast"), least=3.3),
            Figure("acts that the fast way finds, of the full way's", kept.pop("acts"), least=0.98),
            *(Figure(f"{kind} that the fast way finds, of the full way's", share) for kind, share in kept.items()),
            *(Figure(f"{n}, a token", 1e6 * mean(r[n] for r in rounds) / tokens, "CPU µs") for n in rounds[0]),
        ),
        (
            f"{len(articles)} articles with their titles, {tokens} tokens.",
            "The fast way (`--fast`) parses only sentences that may tell an act, and their context.",
        ),
    )


def default_pipe(articles: list[Any]) -> Any:
    """A round of the model as ``spacy.load`` gives it."""
    import spacy

    from benchmarks.nlp import seconds
    from pipeline.annotate.language import MODEL

    model = spacy.load(MODEL)
    seconds(model, articles[:8], None)
    return lambda: seconds(model, articles, None)[0]


def ours_pipe(articles: list[Any], *, fast: bool = False) -> Any:
    """A round of our pipeline."""
    from benchmarks.nlp import seconds
    from pipeline.annotate import BATCH
    from pipeline.annotate.language import load as load_ours

    seconds(load_ours(fast=fast), articles[:8], BATCH)
    return lambda: seconds(load_ours(fast=fast), articles, BATCH)[0]


def fast_pipe(articles: list[Any]) -> Any:
    """A round of the pipeline that parses only sentences that may tell an act."""
    return ours_pipe(articles, fast=True)


def extraction(setting: Setting) -> Part:
    """Our reader, bare trafilatura and peers over the same pages; with gold, what each gets right."""
    pairs = _with_gold(setting)
    tallies = {"dateline": Tally(), "trafilatura": Tally()}
    size = 4 if setting.pages and (setting.pages / "ground-truth.json").exists() else 1
    for page, _ in pairs[:WARM]:
        dateline(page), bare(page)
    for page, gold in pairs:
        for name, read in (("dateline", dateline), ("trafilatura", bare)):
            spent, found = timed(lambda read=read, page=page: read(page))
            tallies[name].add(found, gold, spent, size, headings(page))
    missing = _peers(setting, pairs, tallies, size)
    base = sum(tallies["trafilatura"].seconds)
    figures = [Figure("reading by bare_extraction's time", sum(tallies["dateline"].seconds) / base, most=0.85)]
    for name, tally in tallies.items():
        figures.append(Figure(f"{name}, a page", 1000 * sum(tally.seconds) / len(pairs), "CPU ms"))
        if pairs[0][1].text:
            least = f1(tallies["trafilatura"]) if name == "dateline" else None
            figures.append(Figure(f"{name}, body F1", f1(tally), least=least))
        figures += _rights(name, tally, pairs)
    note = (
        f"{len(pairs)} pages; where there is gold, bodies are compared by {size}-grams of words, titles but for white"
        " space and the shape of quotation marks. A page may state two headlines, one of them for search engines or"
        " for sharing: title or heading counts also what the page prints as its heading."
    )
    return Part("extraction", tuple(figures), (note, *missing))


def _with_gold(setting: Setting) -> list[tuple[Page, Gold]]:
    gold = known_set(setting.pages) if setting.pages else None
    return list(gold) if gold else [(page, Gold()) for page in load(setting.pages, setting.count)]


def _peers(setting: Setting, pairs: list[tuple[Page, Gold]], tallies: dict[str, Tally], size: int) -> tuple[str, ...]:
    """Add the peers' tallies; a sentence for each that is missing."""
    if setting.peers is None:
        return ("newspaper4k and news-please are not measured: no Python with them was given (--peers).",)
    with tempfile.TemporaryDirectory() as scratch:
        hand_over((page for page, _ in pairs), Path(scratch) / "pages.jsonl")
        answer = ask(setting.peers, "extraction", Path(scratch) / "pages.jsonl")
    missing = answer.pop("missing", {})
    for name, told in answer.items():
        tallies[name] = Tally()
        for (page, gold), (title, text) in zip(pairs, told["found"], strict=True):
            found, cost = Found(title, text), told["seconds"] / len(pairs)
            tallies[name].add(found, gold._replace(published=None), cost, size, headings(page))
    return tuple(f"{name} is not measured: {why}." for name, why in missing.items())


def f1(tally: Tally) -> float:
    """Body F1 of the mean precision and recall."""
    precision, recall = mean(s.precision for s in tally.bodies), mean(s.recall for s in tally.bodies)
    return 2 * precision * recall / ((precision + recall) or 1)


def _rights(name: str, tally: Tally, pairs: list[tuple[Page, Gold]]) -> list[Figure]:
    given = {"title": sum(g.title is not None for _, g in pairs)}
    given["title or heading"] = given["title"]
    given |= {"published": sum(g.published is not None for _, g in pairs)}
    least = {"title": 0.9, "published": 0.99} if name == "dateline" else {}
    return [
        Figure(f"{name}, {what} right", tally.right[what] / count, least=least.get(what))
        for what, count in given.items()
        if count and what in tally.right
    ]


def crawl(setting: Setting) -> Part:
    """Our crawl by bare Scrapy over a site on loopback."""
    found = crawling.measure(500)
    mine, theirs = found["ours"], found["bare"]
    return Part(
        "crawl",
        (
            Figure(
                "pages a second by bare Scrapy's",
                mine["pages_a_second"] / theirs["pages_a_second"],
                least=crawling.FLOOR,
            ),
            Figure("ours", mine["pages_a_second"], "pages a second"),
            Figure("bare Scrapy", theirs["pages_a_second"], "pages a second"),
            Figure("ours, a page", mine["cpu_ms_a_page"], "CPU ms"),
            Figure("bare Scrapy, a page", theirs["cpu_ms_a_page"], "CPU ms"),
        ),
        ("500 pages; by the clock, so that other work on the machine shows; ours also judges and archives each page.",),
    )
