"""The report's text: paragraphs with a blank line between them, and nothing that is not the report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import dropwhile

import msgspec
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from pipeline import yml
from pipeline.extract.document import repair
from pipeline.extract.select import Document, css, elements
from pipeline.source import Reading

MIN_TEXT = 200  # characters; a page whose template nobody described gives at least so much
MIN_FLASH = 60  # characters where the source's yml says where the text stands: a flash is a sentence
MIN_WHOLE = 400  # characters; shorter texts are compared with what other extractors find
MIN_PARTS = 3  # paragraphs, headings and lists; a report in one piece is a template misread
SHARE = 0.5  # of the prose in all paragraphs of the page
TAIL = 6  # paragraphs in which a report's credits stand

_BLOCK = frozenset(
    (
        *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
        *("head", "item", "list", "quote", "row"),  # trafilatura's
    )
)
_LEFTOVERS = (
    *("aside", "audio", "button", "fieldset", "figure", "footer", "iframe", "input", "label", "nav", "noscript"),
    *("object", "option", "select", "source", "svg", "time"),
)
# Taken out beforehand: copying them is a sixth of trafilatura's time, and its regexes on scripts are not linear.
_NO_REPORT = (
    *("button", "iframe", "input", "link", "meta", "nav", "noscript", "script", "select", "style", "svg", "template"),
)
_BREAKS = frozenset(("br", "lb"))
_CELLS = frozenset(("td", "th", "cell"))  # a row of a table is one line
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "iframe", "button", "select", "textarea"])
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
_HAS_PARAGRAPHS = etree.XPath("boolean(.//p//text())")
_UNCLEAN = etree.XPath(f"boolean({' | '.join(f'.//{name}' for name in _LEFTOVERS)})")
_PROSE = etree.XPath("//p//text()[string-length() >= 80]")
_PARAGRAPH, _LINE = "\x1d", "\x1e"
_SPACE = re.compile(r"[^\S\x1d\x1e]+")
_SPLIT = re.compile(r"[ \x1e]*(?:\x1d[ \x1d\x1e]*|\x1e[ ]?(?:\x1e[ ]?)+)")
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One pattern of ``vocabulary/boilerplate.yml``."""

    pattern: str
    example: str
    longest: int = 300
    tail_only: bool = False
    case: bool = False

    def matches(self, paragraph: str) -> bool:
        """Whether the whole paragraph is boilerplate of this kind."""
        return _is_any((self,), paragraph)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as a regex: the dot goes over line breaks."""
        return re.compile(self.pattern, re.DOTALL if self.case else re.DOTALL | re.IGNORECASE)


class Boilerplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``vocabulary/boilerplate.yml``, read once."""

    lines: tuple[Line, ...]
    end: tuple[Line, ...]
    inline: tuple[Line, ...]
    elements: tuple[str, ...]

    @cached_property
    def anywhere(self) -> tuple[Line, ...]:
        """The lines that are boilerplate wherever they stand."""
        return tuple(line for line in self.lines if not line.tail_only)


@cache
def boilerplate() -> Boilerplate:
    """The vocabulary of what is not part of a report."""
    path = yml.VOCABULARY / "boilerplate.yml"
    found = yml.read(path, Boilerplate)
    for line in (*found.lines, *found.end, *found.inline):
        try:
            re.compile(line.pattern)
        except re.error as error:
            fault = f"bad regex {line.pattern!r}: {error}"
            raise yml.YmlError(yml.told(path.name, path.read_bytes(), fault, line.pattern)) from error
    return found


@dataclass(frozen=True, slots=True)
class Body:
    """A report's text, and the paragraphs that were left out of it: credits stand among them."""

    text: str = ""
    dropped: tuple[str, ...] = ()


def body_by_selectors(document: Document, read: Reading, headlines: Collection[str] = ()) -> Body:
    """The text under the source's selectors: the first template that gives a report's worth."""
    never = _matched(document, boilerplate().elements)
    unwanted = _matched(document, read.drop)
    best = Body()
    for selector in read.text:
        roots = elements(document, selector)
        inside = unwanted | (never - set(roots))
        found = clean((line for root in roots for line in paragraphs(root, inside)), headlines, read.drop_line)
        if len(found.text) >= MIN_TEXT:
            return found
        best = max(best, found, key=lambda body: len(body.text))
    return best


def _matched(document: Document, rules: Iterable[str]) -> set[HtmlElement]:
    return {node for rule in rules for node in css(rule)(document.tree)}


def body_by_layout(document: Document, headlines: Collection[str] = ()) -> Body:
    """The text of a page whose template nobody described: trafilatura's, cleaned; else JSON-LD's.

    To be called when all else is read: the scripts are gone from the tree afterwards.
    """
    root = _layout(document.tree)
    body = clean(_without_trail(paragraphs(root, ())), headlines) if root is not None else Body()
    stated = max(document.data.at("articleBody"), key=len, default="")
    if len(body.text) < MIN_TEXT and len(stated) > len(body.text):
        body = clean(re.split(r"\s*\n\s*", stated), headlines)
    return body


def _without_trail(lines: Iterable[str]) -> Iterator[str]:
    """The paragraphs without the trail of sections above them: ``World``, ``Pakistan News``."""
    return dropwhile(lambda line: _LABEL.fullmatch(line) is not None, lines)


def _layout(page: HtmlElement) -> etree._Element | None:
    """What trafilatura finds by its own rules; by all its means where these found what cannot be the whole report."""
    etree.strip_elements(page, *_NO_REPORT, with_tail=False)
    quick = getattr(bare_extraction(page, include_comments=False, fast=True), "body", None)
    if quick is not None and _is_whole(quick, page):
        return quick
    return getattr(bare_extraction(page, include_comments=False), "body", None)


def _is_whole(found: etree._Element, page: HtmlElement) -> bool:
    """Whether the other extractors would be passed over: the text is long, in paragraphs, clean, and most there is."""
    length = len(" ".join("".join(found.itertext()).split()))
    if length < MIN_WHOLE or len(found) < MIN_PARTS or not _HAS_PARAGRAPHS(found) or _UNCLEAN(found):
        return False
    if len(found.findall(".//table")) > len(found.findall(".//p")):
        return False
    return length >= SHARE * sum(len(text) for text in _PROSE(page))


def paragraphs(root: etree._Element, unwanted: Collection[etree._Element]) -> Iterator[str]:
    """Paragraphs of an element as a browser would break them; a single ``<br>`` becomes a line break."""
    parts: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        block = node.tag in _BLOCK
        if event == "start":
            if node in unwanted or node.tag in _HIDDEN or not isinstance(node.tag, str):
                walker.skip_subtree()
                continue
            parts.append(_PARAGRAPH if block else _LINE if node.tag in _BREAKS else "")
            parts.append(node.text or "")
        else:
            parts.append(_PARAGRAPH if block else " " if node.tag in _CELLS else "")
            parts.append((node.tail or "") if node is not root else "")
    flat = _SPACE.sub(" ", _UNSEEN.sub("", "".join(parts)))
    for paragraph in _SPLIT.split(flat):
        if kept := re.sub(r" ?\x1e ?", "\n", paragraph.strip(" \x1e\x1d")):
            yield kept


def clean(lines: Iterable[str], headlines: Collection[str] = (), drop_line: Iterable[str] = ()) -> Body:
    """The paragraphs that are the report: mojibake repaired, the headline, boilerplate and repeats left out."""
    words = boilerplate()
    own = [re.compile(pattern, re.DOTALL) for pattern in drop_line]
    given = [line for line in map(_inline, map(repair, lines)) if line]
    end = next((at for at, line in enumerate(given) if at and _is_any(words.end, line)), len(given))
    titles = {headline.casefold() for headline in headlines}
    kept: list[str] = []
    dropped: list[str] = []
    for at, line in enumerate(given[:end]):
        rules = words.lines if at >= end - TAIL else words.anywhere
        if _is_any(rules, line) or any(pattern.fullmatch(line) for pattern in own):
            dropped.append(line)
        elif (kept or line.casefold() not in titles) and line not in kept[-1:]:
            kept.append(line)
    return Body("\n\n".join(kept), (*dropped, *given[end:]))


def _is_any(rules: tuple[Line, ...], line: str) -> bool:
    length = len(line)
    return any(rule.longest >= length and rule.compiled.fullmatch(line) for rule in rules)


def _inline(line: str) -> str:
    for rule in boilerplate().inline:
        line = rule.compiled.sub("", line)
    return line.strip()
