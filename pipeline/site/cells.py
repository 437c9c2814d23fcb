"""Cells of Datasette's tables and queries: ids lead to pages of ours, codes of places are shown by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from pipeline.site import words
from pipeline.site.ask import Query, Store

# Columns that hold the id of something with a page of ours.
PAGES = {
    "action": "acts",
    "act": "acts",
    "changes": "acts",
    "changed": "acts",
    "article": "articles",
    "first_article": "articles",
    "reprint_of": "articles",
    "entity": "entities",
    "actor_entity": "entities",
    "speaker_entity": "entities",
    "figure": "figures",
    "other": "figures",
    "story": "stories",
    "source": "sources",
}
# Names in the answers of queries and views, and the column beside them that holds the id.
NAMES = {"title": "act", "headline": "article"}
OWN = {  # tables each row of which has a page of ours, and the column that names the row
    "actions": ("acts", "title"),
    "articles": ("articles", "title"),
    "entities": ("entities", "name"),
    "figures": ("figures", "words"),
    "sources": ("sources", "name"),
    "stories": ("stories", "title"),
}
PLACES = {"jurisdiction", "country"}
TOUCHED = {*PAGES, *NAMES, *PLACES, *(name for _, name in OWN.values())}


def cell(row: Any, value: Any, column: str, table: str | None, path: Callable[[str], str]) -> Markup | None:
    """The cell as HTML, or None where it is none of ours. ``value`` is an id, or a dict of id and label."""
    if not value or column not in TOUCHED:
        return None
    if column in PLACES:
        return _place(str(value))
    key, name = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    beside: Sequence[str] = row.keys()
    page, told = PAGES.get(column), column in NAMES
    if told and NAMES[column] in beside:
        page, key = PAGES[NAMES[column]], row[NAMES[column]]
    elif table in OWN and column == OWN[table][1]:
        page, key = OWN[table][0], row["id"]
    if not page or not key:
        return None
    bare = ' class="id"' if name == key else ""
    return Markup(f'<a href="{path(f"/{page}/")}{quote(str(key), safe="")}"{bare}>{escape(name)}</a>')  # noqa: S704 - quoted and escaped


async def named(db: Store, row: Any, key: str, column: str, table: str, path: Callable[[str], str]) -> Markup | None:
    """As ``cell``, for an id that Datasette has no name for: the name is asked for."""
    found = await _NAMES[PAGES[column]].one(db, id=key)
    return cell(row, {"value": key, "label": found.name if found else key}, column, table, path)


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


_NAMES = {
    page: Query(f"select [{name}] as name from [{table}] where id = :id", _Name)  # noqa: S608 - our names
    for table, (page, name) in OWN.items()
}


@cache
def _place(code: str) -> Markup | None:
    name = words.place(code)
    return None if name == code else Markup(f'{escape(name)} <span class="code">{escape(code)}</span>')  # noqa: S704 - escaped


def body(rows: Iterable[Iterable[Any]], columns: Sequence[str]) -> Markup:
    """Rows of a table in one piece: a template that walks a thousand of them takes longer than the database."""
    starts = [f'<td class="col-{to_css_class(column)}">' for column in columns]
    lines = ("".join(f"{start}{escape(value)}</td>" for start, value in zip(starts, row, strict=True)) for row in rows)
    return Markup("".join(f"<tr>{line}</tr>\n" for line in lines))  # noqa: S704 - each value is escaped
