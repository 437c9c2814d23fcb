"""Dateline's ways hung on Datasette: safety on every answer, what is counted kept, our words in every page."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from datasette import Response, hookimpl
from datasette import handle_exception as datasette_handler
from datasette.utils.asgi import BadRequest

from pipeline.site import cells, newest, remember, safety, spreadsheets, words
from pipeline.site.ask import dataset

STATIC = Path(__file__).resolve().parent.parent / "static"
# With rich, Datasette 0.65 fails on an address that no route takes, and logs the cookies of who met an error.
datasette_handler.rich = None


@hookimpl
def startup(datasette):
    """Count once what does not change, and read once who may see what: the metadata is that of the start."""
    remember.replace(datasette, dataset(datasette))
    datasette._table_permission_allows = cache(datasette._table_permission_allows)


@hookimpl(hookwrapper=True)
def filters_from_request(request):
    """Hold the search of Datasette's tables to the newest matches, if not asked for all."""
    answered = yield
    if request.args.get("_matches") != newest.ALL:
        answered.force_result(newest.narrowed(answered.get_result()))


@hookimpl
def prepare_connection(conn, database, datasette):
    """Bound every statement on the served databases."""
    if database != "_internal":
        safety.limit(conn)
        if (datasette.plugin_config("dateline_site") or {}).get("texts") == "hidden":
            safety.hide_texts(conn)


@hookimpl
def asgi_wrapper(datasette):
    """Put the security headers on every answer; let no CSV hold a formula."""
    return lambda app: safety.with_headers(spreadsheets.defused(app))


@hookimpl
def handle_exception(datasette, request, exception):
    """A question that takes longer than the limit, or that cannot be understood, gets an answer that says so."""
    if safety.is_mistaken(exception):
        return datasette_handler.handle_exception(datasette, request, BadRequest(safety.told(exception)))
    if not safety.ran_out_of_time(exception):
        return None

    async def too_long():
        page = await datasette.render_template("503.html", {}, request=request)
        return Response.html(page, status=503)

    return too_long


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """What every template may use, that of an error too."""
    db = dataset(datasette).name
    tables = (datasette.metadata("tables", database=db) or {}).items()
    env.filters.update(words.FILTERS)
    env.filters["safe_url"] = safety.safe_url
    env.filters["table_body"] = cells.body
    env.globals["own_pages"] = {table: page for table, (page, _) in cells.OWN.items()}
    env.globals["titles"] = {name: about["title"] for name, about in tables if "title" in about}
    env.globals["dataset"] = db
    env.globals["style_version"] = hashlib.sha256((STATIC / "dateline.css").read_bytes()).hexdigest()[:8]
    env.globals["query"] = lambda **values: urlencode({name: value for name, value in values.items() if value})
    env.globals["may_ask"] = bool(datasette.setting("default_allow_sql"))


@hookimpl
def render_cell(row, value, column, table, database, datasette):
    """Lead from an id, or from the name shown for it, to its page of ours."""
    if column not in cells.TOUCHED or database != dataset(datasette).name:
        return None  # most cells, and a page may have ten thousand
    path = partial(_path, datasette)
    if table in cells.OWN and value and column in cells.PAGES and not isinstance(value, dict):  # on the page of a row
        return cells.named(dataset(datasette), row, value, column, table, path)
    return cells.cell(row, value, column, table, path)


@cache
def _path(datasette, path):
    return datasette.urls.path(path)
