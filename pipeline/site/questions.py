"""Every question of the pages by its name, so that a page can lead to it and a test can hold it to an index."""

from __future__ import annotations

from functools import cache
from typing import Any

from pipeline.site import (
    acts,
    around,
    articles,
    charts,
    dates,
    entities,
    figures,
    home,
    points,
    reconcile,
    search,
    sources,
    stories,
)
from pipeline.site.ask import Query

ROOMS = (acts, around, articles, charts, dates, entities, figures, home, points, reconcile, search, sources, stories)


@cache
def named() -> dict[str, Query[Any]]:
    """The questions as ``entities.AS_ACTOR``."""
    return {
        f"{room.__name__.rpartition('.')[2]}.{name}": value
        for room in ROOMS
        for name, value in vars(room).items()
        if isinstance(value, Query)
    }
