"""A description of the dataset for programs: OpenAPI 3.1, made from the tables as they are and ``metadata.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TYPES = {"INTEGER": "integer", "FLOAT": "number", "REAL": "number", "TEXT": "string"}
COMMON: dict[str, tuple[str, dict[str, Any]]] = {
    "_size": ("How many rows, at most 1000.", {"type": "integer", "minimum": 0, "maximum": 1000}),
    "_next": ("Where the next page begins, as told by the link header of this one.", {"type": "string"}),
    "_labels": ("on: an id comes with the name of what it stands for.", {"type": "string", "enum": ["on"]}),
    "_where": ("A condition in SQL.", {"type": "string"}),
}
FILES = {
    "/acts.atom": ("New acts as a feed", "application/atom+xml", ("type", "jurisdiction", "status")),
    "/calendar.ics": ("Coming dates as a calendar", "text/calendar", ("since", "jurisdiction")),
    "/digests.atom": ("Weekly digests as a feed", "application/atom+xml", ()),
    "/entities/{id}.atom": ("Acts of an entity as a feed", "application/atom+xml", ("id",)),
    "/stories/{id}.atom": ("Acts of a story as a feed", "application/atom+xml", ("id",)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as SQLite declares it."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view with its columns; ``searched``: it can be asked for words."""

    name: str
    columns: tuple[Column, ...]
    searched: bool = False


def describe(
    tables: Iterable[Table], metadata: Mapping[str, Any], database: str, address: str, version: str
) -> dict[str, Any]:
    """The description. ``metadata``: the database's part of it; ``address``: the site's, without a slash."""
    known: Mapping[str, Any] = metadata["tables"]
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for table in tables:
        about = known[table.name]
        schemas[table.name] = _row(table, about.get("columns", {}), about["title"])
        paths[f"/{database}/{table.name}.json"] = {"get": _rows(table, about)}
    for name, query in metadata["queries"].items():
        asked = [_parameter(p, "", {"type": "string"}) for p in query.get("params", ())]
        rows = {"type": "array", "items": {"type": "object"}}
        paths[f"/{database}/{name}.json"] = {"get": _operation(name, query, [_SHAPE, *asked], rows)}
    for path, (title, kind, names) in FILES.items():
        where = [_parameter(n, "", {"type": "string"}, place="path" if f"{{{n}}}" in path else "query") for n in names]
        answers = {"200": {"description": title, "content": {kind: {"schema": {"type": "string"}}}}}
        paths[path] = {"get": {"summary": title, "parameters": where, "responses": answers}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "description": metadata["description"], "version": version},
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _row(table: Table, told: Mapping[str, str], title: str) -> dict[str, Any]:
    """A row as JSON Schema; columns that a view computes may hold anything."""
    fields: dict[str, dict[str, Any]] = {}
    for column in table.columns:
        kind = TYPES.get(column.type.upper())
        fields[column.name] = {"type": kind if column.required else [kind, "null"]} if kind else {}
        if column.name in told:
            fields[column.name]["description"] = told[column.name]
    return {"title": title, "type": "object", "properties": fields, "required": [c.name for c in table.columns]}


def _rows(table: Table, about: Mapping[str, Any]) -> dict[str, Any]:
    orders = about.get("sortable_columns", [c.name for c in table.columns])
    asked = [_SHAPE, *(_parameter(name, words, schema) for name, (words, schema) in COMMON.items())]
    if orders:
        one_of = {"type": "string", "enum": orders}
        asked += [_parameter("_sort", "Order.", one_of), _parameter("_sort_desc", "Order, the last first.", one_of)]
    if table.searched:
        asked.append(_parameter("_search", "Words that every row must have.", {"type": "string"}))
    asked += [_parameter(c.name, f"Rows with this {c.name}.", {"type": "string"}) for c in table.columns]
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{table.name}"}}
    return _operation(table.name, about, asked, rows)


def _operation(name: str, about: Mapping[str, Any], asked: list[Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": about["title"],
        "description": about.get("description", ""),
        "parameters": asked,
        "responses": {
            "200": {"description": "The rows.", "content": {"application/json": {"schema": rows}}},
            "400": {"description": "The question cannot be answered: a name is wrong, or it takes too long."},
        },
    }


def _parameter(name: str, words: str, schema: Mapping[str, Any], place: str = "query") -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "description": words, "schema": schema}


_SHAPE = _parameter("_shape", "array: the rows alone.", {"type": "string", "enum": ["array"]}) | {"required": True}
