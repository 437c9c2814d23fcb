"""Bytes of a page -> text -> tree, each bounded: what is too big or too deep is refused with its reason."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import is_normalized
from urllib.parse import urlsplit

import charset_normalizer
import ftfy
from ftfy.badness import is_bad
from lxml import etree, html
from w3lib.encoding import html_to_unicode

from pipeline.records import Outcome, Page
from pipeline.source import source_of

LIMIT = 10 * 2**20  # bytes of one page
MAX_ELEMENTS = 30_000  # the fullest of 1,452 real pages has 9,751
MAX_NODE = 500_000  # characters between two tags

LONG_NODE = 5_000  # characters from which a run of text is looked at for blanks

_CONTROL = bytes((*range(9), 11, 12, *range(14, 32), 127))
_BLANKS = re.compile(r"\s{40,}")
_LONG = etree.XPath(f"//text()[string-length() > {LONG_NODE}][not(parent::script or parent::style)]")
_ODD = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u206a-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_REPAIR = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    normalization="NFC",
)


class Refused(ValueError):  # noqa: N818 - not always an error: a page that is no report
    """A page that gives no article: the outcome to count it under, and why."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


def load_page(path: Path, url: str) -> Page:
    """A saved page (.html, .htm, or either with .gz) as if fetched from ``url`` now.

    Raises Refused over ``LIMIT`` bytes (unpacked) or for a broken .gz, OSError for no such file.
    """
    body = path.read_bytes()
    if body[:2] == b"\x1f\x8b":
        body = gunzip(body)
    if len(body) > LIMIT:
        raise Refused(Outcome.TOO_BIG, f"{path.name}: over {LIMIT} bytes")
    source = source_of(url)
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(),
        body=body,
        fetched_at=datetime.now(UTC),
        source=source.id if source else host(url),
    )


def gunzip(data: bytes, limit: int = LIMIT) -> bytes:
    """Unpack gzip, never holding more than ``limit`` bytes. Raises Refused."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        body = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise Refused(Outcome.ERROR, f"broken gzip: {error}") from error
    if len(body) > limit:
        raise Refused(Outcome.TOO_BIG, f"over {limit} bytes when unpacked")
    if not unpacker.eof:
        raise Refused(Outcome.ERROR, "broken gzip: it ends too early")
    return body


def host(url: str) -> str:
    """The host of a url without ``www.``, the source id of an outlet that has no yml."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def decode(page: Page) -> str:
    """The page's markup as text: UTF-8 where it is UTF-8, else as declared, else as detected."""
    try:
        return page.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    header = next((value for name, value in page.headers if name.lower() == "content-type"), None)
    encoding, text = html_to_unicode(header, page.body, auto_detect_fun=_detect)
    if encoding == "utf-8" and text.count("\ufffd") > 0.2 * sum(byte > 0x7F for byte in page.body):
        return page.body.decode(_detect(page.body) or "cp1252", "replace")
    return text


def _detect(body: bytes) -> str | None:
    best = charset_normalizer.from_bytes(body[:50_000]).best()
    return best.encoding if best else None


def parse(markup: str) -> html.HtmlElement:
    """The tree of a page, without comments. Raises Refused for what is empty, too big or too deep."""
    given = markup.encode("utf-8", "replace").translate(None, _CONTROL)
    parser = html.HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(given, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Refused(Outcome.ERROR, f"no markup: {error}") from error
    fatal = " ".join(entry.message for entry in parser.error_log.filter_from_fatals())
    if "depth" in fatal:
        raise Refused(Outcome.TOO_BIG, "elements nested over 256 deep")
    if "limit exceeded" in fatal:  # the parser stopped there, and the rest of the page is lost
        raise Refused(Outcome.TOO_BIG, "a run of text longer than the parser holds")
    if tree.xpath("count(//*)") > MAX_ELEMENTS:
        raise Refused(Outcome.TOO_BIG, f"over {MAX_ELEMENTS} elements")
    for text in _LONG(tree):
        kept = _BLANKS.sub(" ", text)
        if len(kept) > MAX_NODE:
            raise Refused(Outcome.TOO_BIG, f"over {MAX_NODE} characters in one paragraph")
        setattr(text.getparent(), "text" if text.is_text else "tail", kept)
    return tree


def repair(text: str) -> str:
    """Undo mojibake; leave curly quotes, dashes and widths as written."""
    if text.isascii() or not (_ODD.search(text) or is_bad(text) or not is_normalized("NFC", text)):
        return text
    return ftfy.fix_text(text, _REPAIR)
