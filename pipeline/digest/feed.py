"""The digest as Atom (RFC 4287): an entry an act that is new or changed, the highest ranked first."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from feedgen.feed import FeedGenerator

from pipeline.digest.model import Digest, Entry
from pipeline.digest.render import title

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(digest: Digest) -> str:
    """The feed; its time is the end of the period, so that the same digest is the same file."""
    at = datetime.combine(digest.period.last + timedelta(days=1), time(), UTC)
    feed = FeedGenerator()
    feed.id(f"{digest.base_url}/digests/{digest.period.name}")
    feed.title(title(digest))
    feed.author(name="Dateline")
    feed.link(href=f"{digest.base_url}/digests/{digest.period.name}", rel="alternate")
    feed.updated(at)
    for entry in entries(digest):
        item = feed.add_entry(order="append")
        item.id(f"{digest.base_url}/acts/{entry.id}#{digest.period.name}")
        item.link(href=f"{digest.base_url}/acts/{entry.id}")
        item.title(_xml(entry.statement))
        item.updated(at)
        item.published(at)
        changed = [change.text for change in entry.changes]
        told = [f"{e.outlet}, {e.day}: {e.sentence}" for e in entry.evidence[:3]]
        item.summary(_xml("\n".join(["; ".join(changed) or entry.state, *told])))
        item.category(term=entry.type)
    return bytes(feed.atom_str(pretty=True)).decode()


def entries(digest: Digest) -> list[Entry]:
    """The acts of the digest, each once."""
    new = [e for place in digest.new for group in place.groups for e in (group.head, *group.also)]
    return sorted([*new, *digest.changed], key=lambda e: (-e.score, e.id))


def _xml(text: str) -> str:
    return NOT_XML.sub(" ", text)
