"""A small press for the digest's tests: articles with an act each, filed by the real ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline import source
from pipeline.gather import gather
from pipeline.records import ActionMention, Annotations, Article, Mention, Quote, Statistic, Story
from pipeline.store import connect, save

ACTOR = "European Commission"
ACTOR_ID = "Q8880"


def article(name: str, day: str, outlet: str = "reuters", **fields: Any) -> Article:
    text = "The European Commission bans toy drones."
    given: dict[str, Any] = {
        "id": name,
        "url": f"https://news.example/{name}",
        "source": outlet,
        "title": "EU bans toy drones",
        "text": text,
        "published": f"{day}T09:00:00Z",
        "zone": None,
        "fetched_at": f"{day}T10:00:00Z",
    }
    return Article(**given | fields)


def act(**told: Any) -> ActionMention:
    fields: dict[str, Any] = {
        "start": 0,
        "end": 40,
        "evidence": "The European Commission bans toy drones.",
        "actor": ACTOR,
        "type": "ban/block",
        "target": "toy drones",
        "status": "adopted",
        "jurisdiction": "EU",
        "trigger": (24, 28),
        "method": "active",
        "actor_entities": (ACTOR_ID,),
    }
    return ActionMention(**fields | told)


def figure(value: float, unit: str, said_by: str = "Eurostat", of_what: str = "drones sold") -> Statistic:
    return Statistic(4, 12, f"{value:g}", value, unit, of_what, None, said_by, "amount")


def quote(text: str, speaker: str = "shopkeeper in Lille") -> Quote:
    return Quote(0, 10, text, speaker, None, "said", "marks")


def press(
    *reports: tuple[Article, tuple[ActionMention | Statistic | Quote, ...]], today: date = date(2024, 12, 31)
) -> Database:
    """A database in memory that has read the reports; all are one story."""
    db = connect(":memory:")
    outlets = source.load_all().values()
    save.save_sources(db, outlets)
    save.save_articles(db, [report for report, _ in reports])
    named = Mention(4, 23, ACTOR, "ORG", ACTOR, ACTOR_ID, "gazetteer", country="EU")
    save.save_annotations(
        db,
        [
            Annotations(
                report.id,
                mentions=(named,),
                actions=tuple(f for f in facts if isinstance(f, ActionMention)),
                statistics=tuple(f for f in facts if isinstance(f, Statistic)),
                quotes=tuple(f for f in facts if isinstance(f, Quote)),
            )
            for report, facts in reports
        ],
        "test",
    )
    ids = tuple(report.id for report, _ in reports)
    save.save_stories(db, [Story("drones", "EU bans toy drones", ids)], dict.fromkeys(ids, "drones"))
    gather(db, {s.id: s.kind for s in outlets}, today)
    return db
