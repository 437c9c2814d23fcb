"""How long a day's articles take to join a large ledger.

usage: python -m benchmarks.ledger_growth [--mentions 1000000] [--day 2000] [--data FOLDER]

Made-up articles of ten years, each telling five acts of states, bodies and companies of the vocabulary (a few in
most of them), each act told about four times; then one day of 2,000 more.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from sqlite_utils import Database

from pipeline import source, vocabulary
from pipeline.gather import gather
from pipeline.store import connect, save

FIRST, DAYS, EACH = date(2015, 1, 1), 3650, 5
TYPES = ("restrict", "ban/block", "issue", "propose", "delay/extend", "lift/repeal", "investigate", "fine/penalise")
COMMON = ("exports", "chips", "duties", "data", "rules", "platforms", "tariffs", "China", "steel", "AI", "licences")
RARE = tuple(f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(5000))
Row = tuple[object, ...]


class Press:
    """Made-up acts and articles: the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secrets here
        public = {"ministry", "regulator", "state", "company", "commission", "legislature"}
        self.actors = [a for a in vocabulary.actors() if a.kind in public]
        self.chance.shuffle(self.actors)
        self.running: list[Row] = []
        self.numbers = count()

    def act(self) -> Row:
        """(actor, entity, country, type, target, story): a new act, or one that runs."""
        if self.running and self.chance.random() < 0.75:
            return self.chance.choice(self.running)
        actor = self.actors[min(len(self.actors) - 1, int(self.chance.paretovariate(0.5)) - 1)]
        words = self.chance.sample(RARE, 4) + self.chance.sample(COMMON, 2)
        made = (actor.name, actor.entity, actor.country, self.chance.choice(TYPES), " ".join(words))
        self.running = [*self.running[-400:], made]
        return made

    def day(self, day: date, articles: int, outlets: list[str]) -> Iterator[tuple[Row, list[Row]]]:
        """Articles of a day with their mentions, as rows."""
        for _ in range(articles):
            number = next(self.numbers)
            name = f"{number:016x}"
            yield (
                (name, f"https://news.example/{number}", outlets[number % len(outlets)], day.isoformat()),
                [(name, place, f"Sentence {place}.", *self.act()) for place in range(EACH)],
            )


def fill(db: Database, told: Iterator[tuple[Row, list[Row]]]) -> None:
    """Put articles and mentions where the annotators would have put them."""
    article = """insert into articles (id, url, source, published, day, title, text, fetched_at, language, access,
      content_hash) values (?, ?, ?, ?, ?, 'A report', 'A text of some words.', ?, 'en', 'full', '')"""
    mention = """insert into action_mentions (article, start, end, evidence, actor, actor_entities, jurisdiction, type,
      target, status, trigger_start, trigger_end, method, target_entities, direction, factuality, confidence)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'adopted', 0, 1, 'made', '[]', 'unclear', 'asserted', 1.0)"""
    with db.conn:
        for (name, url, outlet, day), mentions in told:
            db.conn.execute(article, (name, url, outlet, day, day, day))
            rows = [
                (a, p, int(str(p)) + 9, e, actor, f'["{entity}"]', country, kind, target)
                for a, p, e, actor, entity, country, kind, target in mentions
            ]
            db.conn.executemany(mention, rows)


def main() -> None:
    """Print the seconds of the first filing and of the day's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--day", type=int, default=2000)
    parser.add_argument("--data", type=Path, default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.data) as folder:
        db = connect(Path(folder) / "dateline.db")
        db.execute("pragma synchronous = off")
        save.save_sources(db, source.load_all().values())
        entities = ((a.entity, a.name, a.type) for a in vocabulary.actors())
        with db.conn:
            db.conn.executemany("insert into entities (id, name, type) values (?, ?, ?)", entities)
        press, outlets = Press(), list(source.load_all())
        daily = asked.mentions // EACH / DAYS
        for n in range(DAYS):
            fill(db, press.day(FIRST + timedelta(n), int((n + 1) * daily) - int(n * daily), outlets))
        first = _timed(db)
        fill(db, press.day(FIRST + timedelta(DAYS), asked.day, outlets))
        then = _timed(db)
        acts = db.table("actions").count
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{asked.mentions} mentions, {acts} acts: filed in {first[0]:.1f} s (of the processor {first[1]:.1f} s)")
    print(
        f"{asked.day} articles join in {then[0]:.1f} s (of the processor {then[1]:.1f} s); memory at most {memory} MB"
    )


def _timed(db: Database) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    gather(db, {}, FIRST + timedelta(DAYS))
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    main()
