"""The rows of a generated dataset, table by table, in the order in which foreign keys allow them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

FIRST, DAYS = date(2015, 1, 1), 3500
COMMON = [
    "policy",
    "export",
    "control",
    "rule",
    "ban",
    "chips",
    "tariff",
    "court",
    "fine",
    "law",
    "trade",
    "china",
    "duty",
]
WORDS = [*COMMON, *(f"w{n}" for n in range(3000))]
TYPES = ("adopt", "ban/block", "enact", "impose", "issue", "propose", "restrict", "rule")
OUTCOMES = ("article", "article", "article", "duplicate", "not_modified", "blocked", "gone", "error")
TOLD = 3  # reports an act, and events
MENTIONS = 10  # an article
FIGURES = 2  # an article
RUNS = 300

Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How many articles, acts, entities, stories and figures; a few names are in most articles."""

    articles: int
    sources: tuple[str, ...]
    chance: random.Random = field(repr=False)

    @property
    def acts(self) -> int:
        return self.articles * 3 // 10

    @property
    def entities(self) -> int:
        return max(1000, self.articles // 20)

    @property
    def stories(self) -> int:
        return self.articles // 8

    @property
    def figures(self) -> int:
        return self.articles

    def words(self, number: int, of: list[str] = WORDS) -> str:
        return " ".join(self.chance.choices(of, k=number))

    def entity(self) -> str:
        return f"Q{min(self.entities, int(self.chance.paretovariate(0.6)))}"

    def source(self, n: int) -> str:
        return self.sources[n % len(self.sources)]

    def told(self, act: int, k: int) -> Row:
        """The article that tells an act as the k-th, and its outlet."""
        n = min(self.articles - 1, act * self.articles // self.acts + k)
        return {"article": f"{n:016x}", "source": self.source(n)}


def day(number: int, of: int) -> str:
    """The day of one of so many things that are spread over the years."""
    return (FIRST + timedelta(days=number * DAYS // of)).isoformat()


def articles(size: Size) -> Iterator[Row]:
    for n in range(size.articles):
        yield {
            "id": f"{n:016x}",
            "url": f"https://news.example/{n}",
            "source": size.source(n),
            "title": size.words(8),
            "text": f"{size.words(12, COMMON)} {size.words(60)}",
            "published": f"{day(n, size.articles)}T10:00:00Z",
            "day": day(n, size.articles),
            "fetched_at": day(n, size.articles),
            "language": "en",
            "access": "full",
            "content_hash": "x",
            "story": f"s{min(size.stories - 1, n // 8)}",
        }


def mentions(size: Size) -> Iterator[Row]:
    for n, k in product(range(size.articles), range(MENTIONS)):
        at = {"article": f"{n:016x}", "entity": size.entity(), "start": k * 10, "end": k * 10 + 5, "text": "x"}
        yield at | {"kind": "name", "method": "m", "confidence": 1.0}


def actions(size: Size) -> Iterator[Row]:
    for n in range(size.acts):
        actor, moment = size.entity(), f"{day(n, size.acts)}T10:00:00Z"
        yield {
            "id": f"{n:012x}",
            "title": f"Entity {actor}: issue — {size.words(5)}",
            "actor": f"Entity {actor}",
            "actor_entity": actor,
            "type": size.chance.choice(TYPES),
            "target": size.words(5),
            "direction": "unclear",
            "jurisdiction": size.chance.choice(("US", "CN", "EU", "JP")),
            "status": size.chance.choice(("in_force", "proposed", "adopted")),
            "announced_on": day(n, size.acts),
            "effective_on": day(n, size.acts),
            "first_reported_at": moment,
            "last_reported_at": moment,
            "reports": TOLD,
            "sources": TOLD,
            "confidence": 1.0,
            "story": f"s{n * size.stories // size.acts}",
            "actor_entities": json.dumps([actor]),
            "target_entities": json.dumps([size.entity()]),
        }


def action_reports(size: Size) -> Iterator[Row]:
    same = {"sentence": "A sentence.", "start": 0, "end": 10, "trigger_start": 2, "trigger_end": 4, "type": "issue"}
    same |= {"status": "adopted", "method": "m", "confidence": 1.0}
    for n, k in product(range(size.acts), range(TOLD)):
        yield {"action": f"{n:012x}", "reported_at": day(n, size.acts)} | size.told(n, k) | same


def action_events(size: Size) -> Iterator[Row]:
    for n, kind in product(range(size.acts), ("announced", "effective", "status: adopted")):
        yield {"action": f"{n:012x}", "kind": kind, "date": day(n, size.acts), "precision": "day"} | size.told(n, 0)


def act_outlets(size: Size) -> Iterator[Row]:
    for n, k in product(range(size.acts), range(TOLD)):
        told = size.told(n, k)
        found = {"action": f"{n:012x}", "source": told["source"], "origin": told["source"], "reports": 1}
        yield found | {"first_reported_at": day(n, size.acts), "first_article": told["article"]}


def act_points(size: Size) -> Iterator[Row]:
    for n, how in product(range(0, size.acts, 3), ("adds", "leaves_out", "otherwise")):
        point = {"action": f"{n:012x}", "how": how, "kind": "effective", "words": day(n, size.acts), "sources": 1}
        yield point | size.told(n, 0) | {"told_by": size.source(n), "start": 0}


def statistics(size: Size) -> Iterator[Row]:
    for n, k in product(range(size.articles), range(FIGURES)):
        at = {"article": f"{n:016x}", "start": k * 10, "end": k * 10 + 5, "text": "5 percent", "value": float(n % 97)}
        said = {"unit": "percent", "of_what": size.words(3), "attributed_to": size.words(1)}
        yield at | said | {"method": "m", "confidence": 1.0}


def figures(size: Size) -> Iterator[Row]:
    for n in range(size.figures):
        what = {
            "id": f"f{n}",
            "value": float(n % 97),
            "unit": "percent",
            "words": "5 percent",
            "of_what": size.words(3),
        }
        moment = dict.fromkeys(("first_reported_at", "last_reported_at"), day(n, size.figures))
        told = {"story": f"s{min(size.stories - 1, n // 8)}", "reports": FIGURES, "sources": 1 + n % 3}
        yield what | moment | told | {"contradicted": int(n % 50 < 2)}


def figure_reports(size: Size) -> Iterator[Row]:
    for n in range(size.articles * FIGURES):
        article = n // FIGURES
        at = {"statistic": n + 1, "figure": f"f{n // FIGURES}", "article": f"{article:016x}", "start": n % FIGURES * 10}
        told = {"source": size.source(article), "origin": size.source(article), "story": f"s{article // 8}"}
        said = {"reported_at": day(article, size.articles), "value": float(n % 97), "unit": "percent"}
        yield at | told | said | {"of_what": size.words(3), "words": "5 percent", "counted": f"c{n % 5000}"}


def figure_disputes(size: Size) -> Iterator[Row]:
    for n in range(0, size.figures - 1, 50):
        for one, other in ((n, n + 1), (n + 1, n)):
            yield {"figure": f"f{one}", "other": f"f{other}", "counted": "c"}


def quotes(size: Size) -> Iterator[Row]:
    for n in range(size.articles):
        at = {"article": f"{n:016x}", "start": 0, "end": 90, "text": size.words(12), "speaker": f"Speaker {n % 5000}"}
        yield at | {"direct": 1, "method": "m", "confidence": 1.0}


def runs(size: Size) -> Iterator[Row]:
    for n in range(RUNS):
        moment = f"{day(DAYS - RUNS + n, DAYS)}T06:00:00Z"
        yield {"id": n + 1, "command": "crawl", "started_at": moment, "finished_at": moment, "report": "{}"}


def fetches(size: Size) -> Iterator[Row]:
    for n in range(size.articles // 2):
        run = n * RUNS // (size.articles // 2)
        asked = {"run": run + 1, "url": f"https://news.example/{n}", "source": size.source(n), "bytes": 50_000}
        yield asked | {"outcome": OUTCOMES[n % 8], "status": 200, "at": f"{day(DAYS - RUNS + run, DAYS)}T06:00:00Z"}


def pages(size: Size) -> Iterator[Row]:
    for n in range(size.articles):
        seen = dict.fromkeys(("first_seen", "last_seen", "fetched_at"), f"{day(n, size.articles)}T06:00:00Z")
        page = {"url": f"https://news.example/{n}", "source": size.source(n), "outcome": "article", "status": 200}
        yield page | seen | {"warc": "a.warc.gz", "article": f"{n:016x}"}


def quarantine(size: Size) -> Iterator[Row]:
    for n in range(size.articles // 200):
        at = dict.fromkeys(("first_at", "at"), f"{day(n, size.articles // 200)}T06:00:00Z")
        aside = {"step": "extract", "url": f"https://news.example/{n}", "source": size.source(n), "reason": "over 60 s"}
        yield aside | at | {"version": "1", "tries": 1}


def watch_matches(size: Size) -> Iterator[Row]:
    for n in range(0, size.acts, 4):
        yield {"watchlist": f"list {n % 7}", "action": f"{n:012x}", "why": "target", "matched_at": day(n, size.acts)}


def entities(size: Size) -> Iterator[Row]:
    return ({"id": f"Q{n}", "name": f"Entity Q{n}", "type": "ORG"} for n in range(1, size.entities + 1))


def stories(size: Size) -> Iterator[Row]:
    return ({"id": f"s{n}", "title": f"Story {n}"} for n in range(size.stories))


TABLES: dict[str, Callable[[Size], Iterator[Row]]] = {
    make.__name__: make
    for make in (
        *(entities, stories, articles, mentions, actions, action_reports, action_events, act_outlets, statistics),
        *(figures, figure_reports, figure_disputes, act_points, quotes, runs, fetches, pages, quarantine),
        *(watch_matches,),
    )
}
