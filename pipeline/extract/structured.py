"""What a page says of itself in data: meta tags and schema.org JSON-LD."""

from __future__ import annotations

import html as markup
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

MAX_SCRIPT = 2**20  # characters of one JSON-LD script
MAX_SCRIPTS = 40
MAX_NODES = 500

_STRING = re.compile(
    r'"(headline|datePublished|dateModified|articleSection)"\s{0,9}:\s{0,9}"([^"\n]{1,400})"(?=\s{0,9}[,}])'
)
_TYPE = re.compile(r'"@type"\s{0,9}:\s{0,9}"\w{0,40}(?:Article|BlogPosting)"')
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "SocialMediaPosting")


@dataclass(frozen=True, slots=True)
class Structured:
    """Meta values by lower-cased name, and the JSON-LD node of the article (empty where there is none)."""

    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)

    def named(self, names: Iterable[str]) -> Iterator[str]:
        """Values of these meta names, in the order of the names."""
        for name in names:
            yield from self.meta.get(name.lower(), ())

    def at(self, path: str) -> tuple[str, ...]:
        """Strings at a dotted path of the article's JSON-LD: ``author.name`` goes through lists."""
        return tuple(_strings(self.article, path.split(".")))


def structured(tree: HtmlElement) -> Structured:
    """Read meta tags and JSON-LD; what is not JSON or too big is passed over."""
    meta: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        name = node.get("name") or node.get("property") or node.get("itemprop") or ""
        value = (node.get("content") or node.get("value") or "").strip()
        if name and value and len(value) < 20_000:
            meta.setdefault(name.lower(), []).append(markup.unescape(value))
    nodes = list(_nodes(tree))
    return Structured({name: tuple(values) for name, values in meta.items()}, _best(nodes))


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]")
    for script in scripts[:MAX_SCRIPTS]:
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if not text or len(text) > MAX_SCRIPT:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            value = _torn(text)
        yield from _flat(value)


def _torn(text: str) -> dict[str, Any]:
    """What an article's JSON-LD that is no JSON, as by a quote not escaped, says in plain strings."""
    found: dict[str, Any] = {}
    for key, value in _STRING.findall(text) if _TYPE.search(text) else ():
        try:
            found.setdefault(key, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue
    return {"@type": "Article", **found} if found else {}


def _flat(value: object) -> Iterator[dict[str, Any]]:
    pending = deque([value])
    for _ in range(MAX_NODES):
        if not pending:
            return
        node = pending.popleft()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            yield node
            pending.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _best(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The fullest article node; a WebPage only if it is dated."""
    articles = [node for node in nodes if any(_is_article(t) for t in _types(node))]
    if articles:
        return max(articles, key=lambda node: sum(key in node for key in ("headline", "datePublished", "author")))
    return next((node for node in nodes if "datePublished" in node), {})


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type", ())
    return [str(kind)] if isinstance(kind, str) else [str(one) for one in kind or ()]


def _is_article(kind: str) -> bool:
    return kind.endswith(_ARTICLE_TYPES)


def _strings(value: object, path: list[str]) -> Iterator[str]:
    if isinstance(value, list):
        for one in value[:100]:
            yield from _strings(one, path)
    elif path and isinstance(value, dict):
        yield from _strings(value.get(path[0]), path[1:])
    elif not path and isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
        yield markup.unescape(str(value)).strip()
