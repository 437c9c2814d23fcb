"""Review of acts by people who are signed in; off until the configuration has a password."""

from __future__ import annotations

import asyncio
import secrets
import time
from urllib.parse import quote, unquote

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.utils import baseconv

from pipeline.site.ask import dataset
from pipeline.store import reviews

DAY = 24 * 3600
SIGNED_IN_FOR = 30 * DAY
WRONG_PASSWORD_S = 1.0  # a guess takes at least so long


def _password(datasette):
    """The password of the configuration, or None where there is no review: none is set, or nothing can be written."""
    given = (datasette.plugin_config("dateline_site") or {}).get("review_password")
    return str(given) if given and dataset(datasette).is_mutable else None


def _matches(datasette, given):
    password = _password(datasette)
    return bool(password) and secrets.compare_digest(str(given or "").encode(), password.encode())


def _reviewer(datasette, request):
    """The name of the reviewer who asks, or None."""
    actor = request.actor or {} if request else {}
    return actor.get("reviewer") if _password(datasette) else None


@hookimpl
def register_routes():
    return [
        (r"^/sign-in$", sign_in),
        (r"^/acts/(?P<id>[^/]+)/review$", review),
    ]


@hookimpl
def actor_from_request(datasette, request):
    """A program signs in with the password as its bearer token."""
    kind, _, token = (request.headers.get("authorization") or "").partition(" ")
    if kind.lower() == "bearer" and _matches(datasette, token):
        return {"id": "token", "reviewer": "token"}
    return None


@hookimpl
def extra_template_vars(datasette, request):
    return {
        "reviewer": _reviewer(datasette, request),
        "review_is_on": bool(_password(datasette)),
        "correctable": reviews.CHOICES,
    }


async def sign_in(request, datasette):
    if not _password(datasette):
        raise NotFound("Nobody signs in here.")
    context = {"wrong": False, "next": _inside(request.args.get("next"))}
    if request.method != "POST":
        return await _page(datasette, request, context)
    given = await request.post_vars()
    context["next"] = _inside(given.get("next"))
    name = " ".join((given.get("name") or "").split())[:60]
    if not name or not _matches(datasette, given.get("password")):
        await asyncio.sleep(WRONG_PASSWORD_S)
        return await _page(datasette, request, context | {"wrong": True}, 403)
    answer = Response.redirect(datasette.urls.path(context["next"]))
    actor = {"a": {"id": name, "reviewer": name}, "e": baseconv.base62.encode(int(time.time()) + SIGNED_IN_FOR)}
    secure = bool(datasette.setting("force_https_urls")) or request.scheme == "https"
    answer.set_cookie("ds_actor", datasette.sign(actor, "actor"), httponly=True, secure=secure, max_age=SIGNED_IN_FOR)
    return answer


async def _page(datasette, request, context, status=200):
    return Response.html(await datasette.render_template("sign_in.html", context, request=request), status=status)


def _inside(path):
    """A path of this site, nothing else: no other host can be the way on."""
    return path if path and path.startswith("/acts/") and "\\" not in path else "/"


async def review(request, datasette):
    """Take a verdict on an act; Datasette has checked that the form is ours."""
    name = _reviewer(datasette, request)
    if name is None:
        raise Forbidden("Sign in to review acts.")
    act = unquote(request.url_vars["id"])
    page = datasette.urls.path(f"/acts/{quote(act, safe='')}")
    if request.method != "POST":
        return Response.redirect(page)
    given = await request.post_vars()
    verdict, note = given.get("verdict"), " ".join((given.get("note") or "").split())[:500] or None
    if verdict not in ("accepted", "rejected", "corrected"):
        return Response.text("verdict: accepted, rejected or corrected\n", status=400)
    try:
        changes = await _changes(dataset(datasette), act, given) if verdict == "corrected" else {}
        said = reviews.Review(act, verdict, name, changes, note)
        await dataset(datasette).execute_write_fn(lambda connection: reviews.add(connection, said))
    except reviews.UnfitError as error:
        return Response.text(f"{error}\n", status=400)
    return Response.redirect(page, status=303)


async def _changes(db, act, given):
    """What the form changes; a form that changes nothing says nothing."""
    found = (await db.execute("select * from actions where id = ?", [act])).first()
    if found is None:
        raise NotFound("There is nothing under this address.")
    asked = reviews.checked({name: given[name] for name in reviews.CORRECTABLE if name in given})
    changes = {name: value for name, value in asked.items() if value != found[name]}
    if not changes:
        raise reviews.UnfitError("nothing was changed")
    return changes
