"""The dataset for other programs: any list as Atom, names to entities, and the weekly digests."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from urllib.parse import parse_qs

from datasette import NotFound, Response, hookimpl

from pipeline import steps
from pipeline.site import digests, openapi, reconcile
from pipeline.site import rows as every
from pipeline.site.ask import dataset

ATOM = "application/atom+xml; charset=utf-8"
VERSION = metadata.version("dateline")
ANYWHERE = {"access-control-allow-origin": "*"}


@hookimpl
def register_routes():
    return [
        (r"^/reconcile$", reconciled),
        (r"^/openapi\.json$", describe),
        (r"^/digests$", list_digests),
        (r"^/digests\.atom$", send_digests),
        (r"^/digests/(?P<name>[\w-]+)(\.(?P<ending>[a-z]+))?$", send_digest),
    ]


@hookimpl
def register_output_renderer(datasette):
    return {"extension": "atom", "render": _as_atom, "can_render": lambda columns: every.can_be_told(columns)}


@hookimpl
def skip_csrf(scope):
    """Names are only looked up, and OpenRefine has no form of ours."""
    return scope["type"] == "http" and scope["path"].endswith("/reconcile")


def address(request, datasette):
    return datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")


def _as_atom(datasette, request, rows, columns, table, query_name):
    if not every.can_be_told(columns):
        return Response.text(f"no column to call an entry by; one of {', '.join(every.TITLES)}\n", status=400)
    title = f"Dateline: {(query_name or table or 'a query').replace('_', ' ')}"
    itself = datasette.absolute_url(request, request.full_path)
    told = [dict(zip(columns, tuple(row), strict=True)) for row in rows]
    return Response(every.atom(told, table, title, address(request, datasette), itself).decode(), content_type=ATOM)


async def reconciled(request, datasette):
    given = await request.post_body() if request.method == "POST" else request.query_string.encode()
    asked = parse_qs(given.decode(errors="replace"), max_num_fields=20).get("queries")
    if not asked:
        return Response.json(reconcile.manifest(address(request, datasette)), headers=ANYWHERE)
    try:
        answers = await reconcile.answer(dataset(datasette), json.loads(asked[0]))
    except ValueError as error:
        return Response.json({"ok": False, "error": str(error)}, status=400, headers=ANYWHERE)
    return Response.json(answers, headers=ANYWHERE)


async def describe(request, datasette):
    """OpenAPI: the tables as they are now, in the words of the metadata."""
    db = dataset(datasette)
    about = datasette.metadata("databases")[db.name]
    names = {*await db.table_names(), *await db.view_names()}
    tables = [
        await _table(db, name) for name, table in about["tables"].items() if name in names and not table.get("hidden")
    ]
    told = openapi.describe(tables, about, db.name, address(request, datasette), VERSION)
    return Response.json(told, headers=ANYWHERE)


async def _table(db, name):
    found = await db.table_column_details(name)
    columns = tuple(openapi.Column(c.name, c.type, bool(c.notnull or c.is_pk)) for c in found)
    return openapi.Table(name, columns, searched=bool(await db.fts_table(name)))


def _folder(datasette):
    return Path(dataset(datasette).path or ".").parent / "digests"


async def list_digests(request, datasette):
    context = {"digests": digests.listed(_folder(datasette))}
    return Response.html(await datasette.render_template("digests.html", context, request=request))


async def send_digests(request, datasette):
    itself = datasette.absolute_url(request, request.full_path)
    body = digests.atom(digests.listed(_folder(datasette)), address(request, datasette), itself)
    return Response(body.decode(), content_type=ATOM)


async def send_digest(request, datasette):
    """The digest as a page of ours; with an ending, the file as it was written."""
    name, ending = request.url_vars["name"], request.url_vars["ending"]
    body = digests.read(_folder(datasette), name, ending or "html")
    if body is None:
        raise NotFound("There is nothing under this address.")
    if ending:
        return Response(body, content_type=digests.TYPES[ending])
    digest = next(d for d in digests.listed(_folder(datasette)) if d.name == name)
    context = {"digest": digest, "body": digests.inside(body, steps.BASE_URL, datasette.urls.path)}
    return Response.html(await datasette.render_template("digest.html", context, request=request))
