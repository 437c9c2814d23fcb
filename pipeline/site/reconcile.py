"""Names to entities for OpenRefine and others: the Reconciliation Service API, version 0.2, of the W3C group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pipeline.site import words
from pipeline.site.ask import Query, Store

MAX_QUERIES = 100  # a request
MAX_RESULTS = 25
SURE = 85.0  # from this score on, the best of the results is called a match where it is alone
TYPES = ("ORG", "GPE", "PERSON", "LAW", "PRODUCT", "EVENT")


class MalformedError(ValueError):
    """Queries that are not what the API says."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity and the name by which it was found."""

    id: str
    name: str
    type: str
    found: str


CANDIDATES = Query(
    """select id, name, type, found from (
      select e.id, e.name, e.type, a.alias as found from aliases a join entities e on e.id = a.entity
      where a.alias in (:q, upper(:q), :title)
      union
      select e.id, e.name, e.type, e.name from entities e where e.rowid in (
        select rowid from entities_fts where entities_fts match fts_start(:q) limit 200)
    ) where :type = '' or type = :type limit 300""",
    Candidate,
)


def manifest(address: str) -> dict[str, Any]:
    """What the service is. ``address``: the site's, without a slash."""
    return {
        "versions": ["0.2"],
        "name": "Dateline: states, bodies, companies, people, laws",
        "identifierSpace": "http://www.wikidata.org/entity/",
        "schemaSpace": f"{address}/dateline/entities",
        "view": {"url": f"{address}/entities/{{{{id}}}}"},
        "defaultTypes": [{"id": kind, "name": words.label(kind)} for kind in TYPES],
    }


async def answer(db: Store, queries: Any) -> dict[str, Any]:
    """The candidates for each query. Raises MalformedError."""
    if not isinstance(queries, dict) or len(queries) > MAX_QUERIES:
        raise MalformedError(f"queries must be an object of at most {MAX_QUERIES}")
    return {key: {"result": await _results(db, query)} for key, query in queries.items()}


async def _results(db: Store, query: Any) -> list[dict[str, Any]]:
    if not isinstance(query, Mapping) or not isinstance(query.get("query"), str):
        raise MalformedError('each query must be an object with a "query"')
    name = " ".join(query["query"].split())[:200]
    kind, limit = query.get("type") or "", query.get("limit") or 5
    kind = kind[0] if isinstance(kind, list) and kind else kind
    if not isinstance(kind, str) or not isinstance(limit, int):
        raise MalformedError("type must be a word and limit a number")
    if not name:
        return []
    found = await CANDIDATES.all(db, q=name, title=name.title(), type=kind)
    best: dict[str, tuple[float, Candidate]] = {}
    for one in found:
        score = likeness(name, one.found)
        if score > best.get(one.id, (-1.0, one))[0]:
            best[one.id] = (score, one)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], len(pair[1].name), pair[1].id))
    sure = [score for score, _ in ranked if score >= SURE]
    return [
        {
            "id": one.id,
            "name": one.name,
            "score": score,
            "match": score >= SURE and len(sure) == 1,
            "type": [{"id": one.type, "name": words.label(one.type)}],
        }
        for score, one in ranked[: max(1, min(limit, MAX_RESULTS))]
    ]


def likeness(asked: str, name: str) -> float:
    """0 to 100: how alike two names are, without regard to case and points."""
    one, two = (re.sub(r"\W+", " ", text.casefold().replace(".", "")).strip() for text in (asked, name))
    return round(100 * SequenceMatcher(None, one, two, autojunk=False).ratio(), 1)
