"""Tells a report's page from what is served in its place: a bot wall, a consent page, a paywall stub, a soft 404.

The status alone proves nothing: walls come with 200 too. A wall is known by its words or scripts on a page that has
little prose of its own; the signs stand in ``vocabulary/walls.yml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html

from pipeline import yml
from pipeline.records import Outcome, Page, Skipped
from pipeline.source import Source

SENTENCE = 60  # characters from which a run of text counts as prose and not as a label
_UNSEEN = ("script", "style", "noscript", "template", "svg", "nav", "footer", "header", "button")
_NOT_HTML = re.compile(r"^(?:image|audio|video|font)/|pdf|json|zip|octet-stream", re.IGNORECASE)
_NOT_FREE = re.compile(rb'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
# A quick count of prose, never above what parsing finds by more than stray markup.
_HIDDEN = re.compile(
    rb"<(%s)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)" % "|".join(_UNSEEN).encode(), re.IGNORECASE | re.DOTALL
)
_PROSE = etree.XPath(
    f"//text()[string-length() >= {SENTENCE}][string-length(normalize-space()) >= {SENTENCE}]"
    f"[not({' or '.join(f'ancestor::{name}' for name in _UNSEEN)})]"
)
_RUN = re.compile(rb">([^<>]{%d,})" % SENTENCE)
LOOKED_AT = 2_000_000  # bytes of a page
_CHALLENGED = (401, 403, 407, 429, 451)


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of wall: its signs, and how much prose outweighs them (characters)."""

    below: int
    source: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


class _Seen(NamedTuple):
    """A page as a reader meets it, all lower case."""

    markup: str
    heads: str
    text: str
    prose: int


def judge(page: Page, source: Source) -> Skipped | None:
    """Why the page is no report of the source, or None where it may be one. Never raises for what a page holds."""
    return by_answer(page, source) or by_sight(page, source)


def by_answer(page: Page, source: Source) -> Skipped | None:
    """What status, address and type tell before the page is looked at."""
    found = _by_answer(page, source)
    return Skipped(page.url, source.id, *found) if found else None


def by_sight(page: Page, source: Source, tree: html.HtmlElement | None = None) -> Skipped | None:
    """What the page itself tells; ``tree`` is the page as parsed, where it is: so much prose is the sooner seen."""
    enough = tree is not None and sum(len(" ".join(t.split())) for t in _PROSE(tree)) >= _most_below()
    if not enough and (found := _by_sight(page.body)):
        return Skipped(page.url, source.id, *found)
    if page.status != 200:
        return Skipped(page.url, source.id, Outcome.ERROR, f"answered {page.status}")
    return None


@cache
def _most_below() -> int:
    """The prose that outweighs every sign."""
    return max(signs.below for signs in kinds().values())


def _by_answer(page: Page, source: Source) -> tuple[Outcome, str] | None:
    if page.status in _CHALLENGED:
        return Outcome.BLOCKED, f"answered {page.status}"
    if page.status in (404, 410):
        return Outcome.GONE, f"answered {page.status}"
    if page.status == 402:
        return Outcome.PAYWALL, "answered 402"
    if not source.owns(page.final_url):
        return Outcome.REDIRECT_OFF_SITE, f"to {urlsplit(page.final_url).netloc}"
    if page.final_url != page.url and not source.is_article(page.final_url):
        return Outcome.SOFT_404, f"sent on to {urlsplit(page.final_url).path}"
    kind = next((v for k, v in page.headers if k.lower() == "content-type"), "")
    if _NOT_HTML.search(kind):
        return Outcome.NOT_NEWS, f"a file of type {kind}"
    if page.status == 200 and not page.body.strip():
        return Outcome.ERROR, "an empty answer"
    return None


def _by_sight(body: bytes) -> tuple[Outcome, str] | None:
    """What the page itself tells. It is parsed only where it may have too little prose for a report."""
    body = body[:LOOKED_AT]
    if _has_prose(_HIDDEN.sub(b"", body), _most_below()):
        return None
    seen = _seen(body)
    if found := _by_signs(seen):
        return found
    if seen.prose < kinds()["paywall"].below // 2 and _NOT_FREE.search(body):
        return Outcome.PAYWALL, f"not free, and only {seen.prose} characters of prose"
    return None


def _has_prose(plain: bytes, least: int) -> bool:
    """Whether the runs of text that are long enough for prose hold so many bytes, white space counted once."""
    total = 0
    for run in _RUN.finditer(plain):
        length = len(b" ".join(run[1].split()))
        total += length if length >= SENTENCE else 0
        if total >= least:
            return True
    return False


def _by_signs(seen: _Seen) -> tuple[Outcome, str] | None:
    for name, signs in kinds().items():
        if seen.prose >= signs.below:
            continue
        for where, words, place in (
            ("title", signs.title, seen.heads),
            ("text", signs.text, seen.text),
            ("source", signs.source, seen.markup),
        ):
            if sign := next((w for w in words if w in place), None):
                return Outcome(name), f"{where} says {sign!r}"
    return None


@cache
def kinds() -> dict[str, Signs]:
    """The kinds of wall by their outcome."""
    return yml.read(yml.VOCABULARY / "walls.yml", dict[str, Signs])


def _seen(body: bytes) -> _Seen:
    markup = body.decode("utf-8", "replace").lower()
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):  # not a document at all
        return _Seen(markup, "", "", 0)
    heads = " ".join(" ".join(e.itertext()) for e in tree.iter("title", "h1"))
    etree.strip_elements(tree, etree.Comment, *_UNSEEN, with_tail=False)
    texts = [t for t in (" ".join(str(t).split()) for t in tree.itertext()) if t]
    prose = sum(len(t) for t in texts if len(t) >= SENTENCE)
    return _Seen(markup, _folded(heads), _folded(" ".join(texts)), prose)


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
