"""A digest as Markdown, as an HTML page, as the HTML of a mail."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import css_inline
import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt

from pipeline.digest.chart import svg
from pipeline.digest.model import Digest
from pipeline.site import words

TEMPLATES = Path(__file__).resolve().parents[2] / "web" / "templates" / "digest"
MAIL_BYTES = 100_000  # mail programs cut what is longer than 102 KB
# What a long mail leaves out, the least wanted first.
CUTS = ("newcomers", "tales", "said", "figures", "new", "coming", "changed")
MARKS = re.compile(r"([\\`*_\[\]<>#|~&!$])")
OPENERS = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=:])")


def to_markdown(digest: Digest, cut: tuple[str, ...] = ()) -> str:
    """The digest as Markdown (CommonMark and tables), ending with one newline."""
    text = _environment().get_template("digest.md").render(digest=digest, period=digest.period, cut=cut)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def to_html(digest: Digest) -> str:
    """The digest as one HTML page: the Markdown, sanitised, and the charts."""
    charts = [(chart.title, svg(chart)) for chart in digest.charts]
    return _page(digest, body(digest), charts)


def to_mail(digest: Digest) -> str:
    """The page for a mail program: styles on the elements, no SVG, and no longer than mail programs show."""
    cut: tuple[str, ...] = ()
    shorter = digest
    while True:
        page = _page(digest, body(shorter, cut), [])
        page = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False).inline(page)
        if len(page.encode()) <= MAIL_BYTES or len(cut) == len(CUTS):
            return page
        cut = CUTS[: len(cut) + 1]
        shorter = _without(shorter, cut[-1])


def _without(digest: Digest, section: str) -> Digest:
    left_out: dict[str, Any] = {section: ()}
    return replace(digest, **left_out)


def body(digest: Digest, cut: tuple[str, ...] = ()) -> str:
    """The Markdown as sanitised HTML, without a frame."""
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(to_markdown(digest, cut))
    return nh3.clean(rendered, url_schemes={"http", "https"})


def _page(digest: Digest, text: str, charts: list[tuple[str, str]]) -> str:
    return _environment().get_template("digest.html").render(body=text, title=title(digest), charts=charts)


def title(digest: Digest) -> str:
    """ "Dateline digest, 2024-W28", with the watchlist's name."""
    name = f" for {digest.watchlist}" if digest.watchlist else ""
    return f"Dateline digest{name}, {digest.period.name.replace('_', ' to ')}"


@cache
def _environment() -> Environment:
    # Markdown is escaped by the ``md`` filter, and the HTML made of it is sanitised as a whole.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= words.FILTERS | {"md": escape, "link": link, "figure": words.figure}
    environment.globals["heading"] = title
    return environment


def escape(text: object) -> str:
    """Text that Markdown takes as text, on one line, also where it opens the line."""
    line = MARKS.sub(r"\\\1", " ".join(str(text).split()))
    return OPENERS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def link(text: object, url: str) -> str:
    """A Markdown link; an address that is not http(s) leaves its text alone."""
    if urlsplit(url).scheme not in ("http", "https"):
        return escape(text)
    address = quote(url, safe=":/?#@!$&'*+,;=%~-._")  # no bracket or blank can end the link early
    return f"[{escape(text)}]({address})"
