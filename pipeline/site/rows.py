"""Any table, view or query as Atom: each row an entry that leads to its page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from feedgen.feed import FeedGenerator

TITLES = ("title", "headline", "name", "quote", "sentence", "words", "of_what", "alias", "text")
MOMENTS = (
    "matched_at",
    "reported_at",
    "reported_on",
    "last_reported_at",
    "first_reported_at",
    "published",
    "day",
    "at",
)
PAGES = {"act": "acts", "action": "acts", "article": "articles", "story": "stories", "entity": "entities"}
OWN = {"actions": "acts", "articles": "articles", "stories": "stories", "entities": "entities", "sources": "sources"}
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = "1970-01-01T00:00:00Z"


def can_be_told(columns: Iterable[str]) -> bool:
    """Whether rows of these columns have something to be called by."""
    return not {*TITLES}.isdisjoint(columns)


def atom(rows: Iterable[Mapping[str, Any]], table: str | None, title: str, address: str, itself: str) -> bytes:
    """A feed of rows as RFC 4287. ``address``: the site's, without a slash; ``itself``: the feed's."""
    feed = FeedGenerator()
    feed.id(itself)
    feed.title(_xml(title))
    feed.author(name="Dateline")
    feed.link(href=itself, rel="self")
    feed.link(href=f"{address}/", rel="alternate")
    last = EPOCH
    for row in rows:
        moment = _moment(row)
        last = max(last, moment)
        link = _page(row, table, address)
        entry = feed.add_entry(order="append")
        mark = hashlib.sha256(repr(sorted((k, str(v)) for k, v in row.items())).encode()).hexdigest()[:16]
        entry.id(f"{link or itself}#{mark}")
        entry.link(href=link or itself)
        entry.title(_xml(next((str(row[name]) for name in TITLES if row.get(name)), "(no title)")))
        entry.updated(moment)
        entry.summary(_xml("; ".join(f"{k}: {v}" for k, v in row.items() if v is not None and k not in TITLES)[:2000]))
    feed.updated(last)
    return bytes(feed.atom_str(pretty=True))


def _page(row: Mapping[str, Any], table: str | None, address: str) -> str | None:
    if table in OWN and row.get("id"):
        return f"{address}/{OWN[table]}/{quote(str(row['id']), safe='')}"
    for column, place in PAGES.items():
        if row.get(column):
            return f"{address}/{place}/{quote(str(row[column]), safe='')}"
    return None


def _moment(row: Mapping[str, Any]) -> str:
    for name in MOMENTS:
        value = str(row.get(name) or "")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return f"{value}T00:00:00Z"
        if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
            return value
    return EPOCH


def _xml(text: str) -> str:
    return NOT_XML.sub(" ", text)
