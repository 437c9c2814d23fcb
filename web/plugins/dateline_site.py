"""Dateline's pages hung on Datasette: routes, safety on every answer, links to our pages in every cell."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

from datasette import NotFound, Response, hookimpl
from datasette import handle_exception as datasette_handler
from markupsafe import Markup

from pipeline.site import (
    acts,
    around,
    articles,
    charts,
    dates,
    entities,
    feeds,
    home,
    newest,
    remember,
    safety,
    search,
    sources,
    stories,
    words,
)
from pipeline.site.ask import dataset

STATIC = Path(__file__).resolve().parent.parent / "static"
PER_PAGE = 40
datasette_handler.rich = None  # with rich installed Datasette 0.65 fails on an address that no route takes
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Columns of tables and queries that hold the id of something with a page of ours.
PAGES = {
    "action": "acts",
    "act": "acts",
    "changes": "acts",
    "article": "articles",
    "reprint_of": "articles",
    "entity": "entities",
    "actor_entity": "entities",
    "speaker_entity": "entities",
    "story": "stories",
    "source": "sources",
}
# Names in the answers of queries and views, and the column beside them that holds the id.
NAMES = {"title": "act", "headline": "article"}
OWN = ("articles", "entities", "stories", "sources")  # tables each row of which has a page of ours


@hookimpl
def register_routes():
    return [
        (r"^/$", show_home),
        (r"^/acts$", list_acts),
        (r"^/acts\.atom$", send_acts),
        (r"^/entities/(?P<id>[^/]+)\.atom$", _sends(entities.ONE, "name", entities.AS_ACTOR)),
        (r"^/stories/(?P<id>[^/]+)\.atom$", _sends(stories.ONE, "title", stories.ACTS)),
        (r"^/acts/(?P<id>[^/]+)$", show_act),
        (r"^/articles/(?P<id>[^/]+)$", show_article),
        (r"^/entities/(?P<id>[^/]+)$", _shows("entity.html", entities.page)),
        (r"^/stories/(?P<id>[^/]+)$", _shows("story.html", stories.page)),
        (r"^/stories$", list_stories),
        (r"^/sources/(?P<id>[^/]+)$", _shows("source.html", sources.page)),
        (r"^/sources$", list_sources),
        (r"^/search$", show_search),
        (r"^/charts$", show_charts),
        (r"^/calendar$", show_calendar),
        (r"^/calendar\.ics$", send_calendar),
    ]


@hookimpl
def startup(datasette):
    """Count once what does not change."""
    remember.replace(datasette, dataset(datasette))


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
    """Put the security headers on every answer."""
    return safety.with_headers


@hookimpl
def handle_exception(datasette, request, exception):
    """A question that takes longer than the limit gets an answer that says so."""
    if not safety.ran_out_of_time(exception):
        return None

    async def too_long():
        page = await datasette.render_template("503.html", {}, request=request)
        return Response.html(page, status=503)

    return too_long


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """What every template may use, that of an error too."""
    env.filters.update(words.FILTERS)
    env.filters["safe_url"] = safety.safe_url
    env.globals["own_pages"] = {"actions": "acts"} | {name: name for name in OWN}
    env.globals["dataset"] = dataset(datasette).name
    env.globals["style_version"] = hashlib.sha256((STATIC / "dateline.css").read_bytes()).hexdigest()[:8]
    env.globals["query"] = lambda **values: urlencode({name: value for name, value in values.items() if value})


@hookimpl
def render_cell(row, value, column, table, database, datasette):
    """Lead from an id, or from the name shown for it, to its page of ours."""
    if not value or database != dataset(datasette).name:
        return None
    key, name = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    if column in NAMES and NAMES[column] in row.keys():  # noqa: SIM118 - a sqlite3.Row holds its values
        column = NAMES[column]
        key = row[column]
    if column not in PAGES or not key:
        return None
    return Markup('<a href="{}">{}</a>').format(
        datasette.urls.path(f"/{PAGES[column]}/{quote(str(key), safe='')}"), name
    )


def _shows(template, page):
    """The view of one thing by its id; a NotFound where there is none."""

    async def view(request, datasette):
        shown = await page(dataset(datasette), _id(request))
        return await _render(datasette, request, template, _found(shown))

    return view


def _id(request):
    return unquote(request.url_vars["id"])


def _found(shown):
    if shown is None:
        raise NotFound("There is nothing under this address.")
    return shown


async def _render(datasette, request, template, context):
    return Response.html(await datasette.render_template(template, context, request=request))


async def show_act(request, datasette):
    db, act = dataset(datasette), _id(request)
    shown = await around.page(db, act)
    if shown is None and (now := await around.now_at(db, act)):
        return Response.redirect(datasette.urls.path(f"/acts/{quote(now, safe='')}"), status=301)
    return await _render(datasette, request, "act.html", _found(shown))


async def show_home(request, datasette):
    return await _render(datasette, request, "home.html", await home.page(dataset(datasette)))


async def _acts(request, datasette, limit):
    chosen = {name: request.args.get(name) or None for name in ("type", "jurisdiction", "status", "before")}
    after = request.args.get("after") or ""
    filters = acts.Filters(**chosen, after=after)
    asked = {name: value for name, value in chosen.items() if value} | {"after": after}
    return filters, await acts.listing(filters).all(dataset(datasette), **asked, limit=limit)


async def list_acts(request, datasette):
    db = dataset(datasette)
    filters, found = await _acts(request, datasette, PER_PAGE + 1)
    context = {
        "acts": found[:PER_PAGE],
        "filters": filters,
        "last": found[PER_PAGE - 1] if len(found) > PER_PAGE else None,
        "choices": {name: await acts.values(name).all(db) for name in ("type", "jurisdiction", "status")},
    }
    return await _render(datasette, request, "acts.html", context)


async def send_acts(request, datasette):
    _, found = await _acts(request, datasette, PER_PAGE)
    return _feed(request, datasette, found, "Dateline: new acts")


def _sends(one, name, listed):
    """The view of a feed of the acts of one thing."""

    async def view(request, datasette):
        db, key = dataset(datasette), _id(request)
        found = _found(await one.one(db, id=key))
        return _feed(request, datasette, await listed.all(db, id=key), f"Dateline: {getattr(found, name)}")

    return view


def _feed(request, datasette, found, title):
    itself = datasette.absolute_url(request, request.full_path)
    body = feeds.atom(found, title, _address(request, datasette), itself)
    return Response(body.decode(), content_type="application/atom+xml; charset=utf-8")


def _address(request, datasette):
    return datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")


async def show_article(request, datasette):
    shown = await articles.page(dataset(datasette), _id(request), datasette.urls.path)
    return await _render(datasette, request, "article.html", _found(shown))


async def list_stories(request, datasette):
    db = dataset(datasette)
    return await _render(datasette, request, "stories.html", {"stories": await stories.NEWEST.all(db, limit=100)})


async def list_sources(request, datasette):
    return await _render(datasette, request, "sources.html", {"health": await sources.HEALTH.all(dataset(datasette))})


async def show_search(request, datasette):
    given = {name: (request.args.get(name) or "")[:200] for name in ("q", "source", "type", "jurisdiction")}
    days = {name: value if DAY.fullmatch(value := request.args.get(name) or "") else "" for name in ("since", "until")}
    number = request.args.get("page") or ""
    page = int(number) if re.fullmatch(r"[1-9]\d{0,2}", number) else 1
    asked = search.Asked(**given, **days, page=page)
    return await _render(datasette, request, "search.html", await search.page(dataset(datasette), asked))


async def show_charts(request, datasette):
    return await _render(datasette, request, "charts.html", await charts.page(dataset(datasette)))


async def _coming(request, datasette, limit):
    db, since = dataset(datasette), request.args.get("since") or ""
    first = since if DAY.fullmatch(since) else (await dates.as_of(db)).isoformat()
    place = (request.args.get("jurisdiction") or "")[:20]
    return first, place, await dates.COMING.all(db, since=first, jurisdiction=place, limit=limit)


async def show_calendar(request, datasette):
    first, place, coming = await _coming(request, datasette, 500)
    places = await acts.values("jurisdiction").all(dataset(datasette))
    years = [(year, list(days)) for year, days in groupby(coming, lambda item: item.day[:4])]
    context = {"since": first, "jurisdiction": place, "years": years, "jurisdictions": places}
    return await _render(datasette, request, "calendar.html", context)


async def send_calendar(request, datasette):
    _, _, coming = await _coming(request, datasette, 1000)
    body = dates.calendar(coming, _address(request, datasette), datetime.now(UTC).replace(microsecond=0))
    return Response(body.decode(), content_type="text/calendar; charset=utf-8")
