"""Search in Datasette's tables (``?_search=``) among the newest matches: a common word stands in most rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from datasette.utils import await_me_maybe

NEWEST = 2000  # matches, as on the site's own search
ALL = "all"  # ?_matches=all takes every match, as plain Datasette does
_SEARCH = re.compile(r"(.+ in \(select rowid from .+ match .+)\)", re.DOTALL)


def narrowed(filters: list[Any]) -> list[Callable[[], Any]]:
    """Datasette's answers to the hook ``filters_from_request``, its search held to the newest matches."""
    return [partial(_narrowed, found) for found in filters]


async def _narrowed(found: Any) -> Any:
    answer = await await_me_maybe(found)
    if answer and answer.extra_context.get("search"):
        answer.where_clauses = [
            _SEARCH.sub(rf"\1 order by rowid desc limit {NEWEST})", clause) for clause in answer.where_clauses
        ]
        answer.human_descriptions.append(f"is among the newest {NEWEST:,} matches")
    return answer
