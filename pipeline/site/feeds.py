"""Acts as Atom, for readers of news: all or a narrowed list, an entity's, a story's."""

from __future__ import annotations

from collections.abc import Sequence

from feedgen.feed import FeedGenerator

from pipeline.site import words
from pipeline.site.acts import Act


def atom(acts: Sequence[Act], title: str, address: str, itself: str) -> bytes:
    """A feed of acts as RFC 4287. ``address``: the site's, without a slash; ``itself``: the feed's."""
    feed = FeedGenerator()
    feed.id(itself)
    feed.title(title)
    feed.author(name="Dateline")
    feed.link(href=itself, rel="self")
    feed.link(href=f"{address}/", rel="alternate")
    feed.updated(max((_moment(act.first_reported_at) for act in acts), default="1970-01-01T00:00:00Z"))
    for act in acts:
        entry = feed.add_entry(order="append")
        entry.id(f"{address}/acts/{act.id}")
        entry.link(href=f"{address}/acts/{act.id}")
        entry.title(words.statement(act))
        entry.updated(_moment(act.first_reported_at))
        entry.published(_moment(act.first_reported_at))
        entry.summary("; ".join(_facts(act)))
        entry.category(term=act.type)
    return bytes(feed.atom_str(pretty=True))


def _facts(act: Act) -> list[str]:
    dates = (("announced", act.announced_on), ("from", act.effective_on), ("due", act.deadline_on))
    told = [f"{name} {words.day(value)}" for name, value in (*dates, ("until", act.expires_on)) if value]
    return [words.label(act.status), *told, f"told by {act.outlets}"]


def _moment(value: str) -> str:
    return value if "T" in value else f"{value}T00:00:00Z"
