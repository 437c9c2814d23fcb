"""Apply a source's selectors to a page: the first that is still true and gives something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from pipeline.extract.structured import Structured
from pipeline.source import Selector


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed page: its tree, its data, and the day by which old selectors are told from new."""

    tree: HtmlElement
    data: Structured
    day: date | None = None


@cache
def css(selector: str) -> CSSSelector:
    """A compiled CSS selector. Raises cssselect's SelectorError for a bad one."""
    return CSSSelector(selector, translator="html")


def stated(document: Document, selectors: Iterable[Selector]) -> Iterator[tuple[str, Selector]]:
    """Each string the selectors give, in their order, with the selector that gave it."""
    for selector in selectors:
        if selector.until and document.day and document.day > selector.until:
            continue
        for text in _values(document, selector):
            found = re.search(selector.pattern, text) if selector.pattern else None
            if selector.pattern and not found:
                continue
            value = (found[1] if found.re.groups else found[0]) if found else text
            if value and (value := " ".join(value.split())):
                yield value, selector


def elements(document: Document, selector: Selector) -> list[HtmlElement]:
    """The elements of a CSS selector, outermost only, in the order of the page."""
    if not selector.css or (selector.until and document.day and document.day > selector.until):
        return []
    found: list[HtmlElement] = css(selector.css)(document.tree)
    chosen = set(found)
    return [node for node in found if not any(above in chosen for above in node.iterancestors())]


def _values(document: Document, selector: Selector) -> Iterator[str]:
    if selector.json_ld:
        yield from document.data.at(selector.json_ld)
    if selector.meta:
        yield from document.data.named((selector.meta,))
    if selector.css:
        for node in css(selector.css)(document.tree):
            yield node.get(selector.attr, "") if selector.attr else text_of(node)


def text_of(node: etree._Element) -> str:
    """All text in an element on one line, scripts left out."""
    parts = node.xpath(".//text()[not(parent::script or parent::style)]")
    return " ".join(" ".join(parts).split()) if node.tag != "title" else " ".join("".join(parts).split())
