"""Our pages, feeds and calendars: each address and the view that answers it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import quote, unquote

from datasette import NotFound, Response, hookimpl

from pipeline.site import (
    acts,
    around,
    articles,
    charts,
    dates,
    entities,
    feeds,
    figures,
    home,
    questions,
    search,
    sources,
    stories,
)
from pipeline.site.ask import dataset

PER_PAGE = 40
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ACT_FILTERS = ("type", "jurisdiction", "status")


@hookimpl
def register_routes():
    return [
        (r"^/$", _shows_all("home.html", home.page)),
        (r"^/acts$", list_acts),
        (r"^/acts\.atom$", send_acts),
        (r"^/entities/(?P<id>[^/]+)\.atom$", _sends(entities.ONE, "name", entities.AS_ACTOR)),
        (r"^/stories/(?P<id>[^/]+)\.atom$", _sends(stories.ONE, "title", stories.ACTS)),
        (r"^/acts/(?P<id>[^/]+)$", show_act),
        (r"^/articles/(?P<id>[^/]+)$", show_article),
        (r"^/entities/(?P<id>[^/]+)$", _shows("entity.html", entities.page)),
        (r"^/figures/(?P<id>[^/]+)$", _shows("figure.html", figures.page)),
        (r"^/figures$", list_figures),
        (r"^/stories/(?P<id>[^/]+)$", _shows("story.html", stories.page)),
        (r"^/stories$", list_stories),
        (r"^/sources/(?P<id>[^/]+)$", _shows("source.html", sources.page)),
        (r"^/sources$", list_sources),
        (r"^/search$", show_search),
        (r"^/charts$", _shows_all("charts.html", charts.page)),
        (r"^/calendar$", show_calendar),
        (r"^/calendar\.ics$", send_calendar),
    ]


@hookimpl
def prepare_jinja2_environment(env):
    """Each list leads to its question, to be asked and changed."""
    asked = questions.named()
    env.globals["as_sql"] = lambda name, **params: asked[name].address(**params)


def _shows(template, page):
    """The view of one thing by its id; a NotFound where there is none."""

    async def view(request, datasette):
        shown = await page(dataset(datasette), _id(request))
        return await _render(datasette, request, template, _found(shown))

    return view


def _shows_all(template, page):
    """The view of a page that needs to be told nothing."""

    async def view(request, datasette):
        return await _render(datasette, request, template, await page(dataset(datasette)))

    return view


def _sends(one, name, listed):
    """The view of a feed of the acts of one thing."""

    async def view(request, datasette):
        db, key = dataset(datasette), _id(request)
        found = _found(await one.one(db, id=key))
        return _feed(request, datasette, await listed.all(db, id=key), f"Dateline: {getattr(found, name)}")

    return view


def _id(request):
    return unquote(request.url_vars["id"])


def _found(shown):
    if shown is None:
        raise NotFound("There is nothing under this address.")
    return shown


async def _render(datasette, request, template, context):
    return Response.html(await datasette.render_template(template, context, request=request))


def _feed(request, datasette, found, title):
    itself = datasette.absolute_url(request, request.full_path)
    body = feeds.atom(found, title, _address(request, datasette), itself)
    return Response(body.decode(), content_type="application/atom+xml; charset=utf-8")


def _address(request, datasette):
    return datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")


def _day(request, name):
    value = request.args.get(name) or ""
    return value if DAY.fullmatch(value) else ""


async def show_act(request, datasette):
    db, act = dataset(datasette), _id(request)
    shown = await around.page(db, act)
    gone = shown is None or shown["whole"].withdrawn
    if gone and (now := await around.now_at(db, act)):
        return Response.redirect(datasette.urls.path(f"/acts/{quote(now, safe='')}"), status=301)
    return await _render(datasette, request, "act.html", _found(shown))


async def _acts(request, datasette, limit):
    chosen = {name: request.args.get(name) or None for name in (*ACT_FILTERS, "before")}
    after = request.args.get("after") or ""
    filters = acts.Filters(**chosen, after=after)
    asked = {name: value for name, value in chosen.items() if value} | {"after": after, "limit": limit}
    question = acts.listing(filters)
    return filters, await question.all(dataset(datasette), **asked), question.address(**asked)


async def list_acts(request, datasette):
    db = dataset(datasette)
    filters, found, sql = await _acts(request, datasette, PER_PAGE + 1)
    context = {
        "acts": found[:PER_PAGE],
        "filters": filters,
        "sql": sql,
        "last": found[PER_PAGE - 1] if len(found) > PER_PAGE else None,
        "choices": {name: await acts.values(name).all(db) for name in ACT_FILTERS},
    }
    return await _render(datasette, request, "acts.html", context)


async def send_acts(request, datasette):
    _, found, _ = await _acts(request, datasette, PER_PAGE)
    return _feed(request, datasette, found, "Dateline: new acts")


async def show_article(request, datasette):
    shown = await articles.page(dataset(datasette), _id(request), datasette.urls.path)
    return await _render(datasette, request, "article.html", _found(shown))


async def list_figures(request, datasette):
    q, disputed = (request.args.get("q") or "")[:200], request.args.get("disputed") == "1"
    found = await figures.listing(dataset(datasette), q, disputed, limit=PER_PAGE)
    return await _render(datasette, request, "figures.html", {"q": q, "disputed": disputed, "figures": found})


async def list_stories(request, datasette):
    found = await stories.NEWEST.all(dataset(datasette), limit=100)
    return await _render(datasette, request, "stories.html", {"stories": found})


async def list_sources(request, datasette):
    return await _render(datasette, request, "sources.html", {"health": await sources.HEALTH.all(dataset(datasette))})


async def show_search(request, datasette):
    given = {name: (request.args.get(name) or "")[:200] for name in ("q", "source", "type", "jurisdiction")}
    number = request.args.get("page") or ""
    page = int(number) if re.fullmatch(r"[1-9]\d{0,2}", number) else 1
    asked = search.Asked(**given, since=_day(request, "since"), until=_day(request, "until"), page=page)
    return await _render(datasette, request, "search.html", await search.page(dataset(datasette), asked))


async def _coming(request, datasette, limit):
    db = dataset(datasette)
    first = _day(request, "since") or (await dates.as_of(db)).isoformat()
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
