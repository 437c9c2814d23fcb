"""The fields of a report beside its text: the source's selectors first, then the page's data, then its layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.extract.document import repair
from pipeline.extract.names import people
from pipeline.extract.select import Document, stated, text_of
from pipeline.records import Hint
from pipeline.source import Source

MAX_TITLE = 400
LOOKED_AT = 1_200  # characters of a text by which its language is told
SURE = 0.9  # of py3langid's probabilities; short or mixed texts lie below
# Told apart: the languages news of these matters comes in; among hundreds, a headline is anything.
LANGUAGES = (
    *("en", "zh", "ja", "ko", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "ar", "fa", "he", "tr", "pl", "sv"),
    *("da", "no", "fi", "cs", "sk", "hu", "ro", "bg", "el", "hi", "bn", "ta", "ur", "th", "vi", "id", "ms"),
)

_TITLE = ("og:title", "sailthru.title", "parsely-title", "twitter:title", "dc.title", "title")
_BYLINE = ("parsely-author", "sailthru.author", "article:author", "og:article:author", "author", "byl", "dc.creator")
_SECTION = ("article:section", "og:article:section", "parsely-section", "section", "cxenseparse:section")
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags")
_SUFFIX = re.compile(r"\s*(?:\s[|–—·»:-]|[|丨_]|-(?=[^\x00-\x7f]))\s*(?P<site>[^|–—·»]{2,60})$")


def title_of(document: Document, source: Source | None, hint: Hint, host: str) -> str | None:
    """The headline without the site's name; None where the page only names the site."""
    own = stated(document, source.read.title) if source else iter(())
    suffixes = source.read.title_suffix if source else ()
    site = _site_names(document, source, host)
    given = list(headlines(document))
    told = {_plain(text) for text in given}
    for text in (*(value for value, _ in own), *given, hint.title or ""):
        text = " ".join(repair(text).split())[:MAX_TITLE]
        for suffix in suffixes:
            text = re.sub(rf"(?:{suffix})$", "", text)
        text = _without_site(text.strip(), site, told)
        if len(text) > 2 and _plain(text) not in site:
            return text
    return None


def headlines(document: Document) -> Iterator[str]:
    """Every headline the page gives itself, the most trusted first."""
    headings = document.tree.findall(".//h1")
    stated_headlines = document.data.at("headline")
    shown = {_plain(text_of(node)) for node in headings[:3]}
    if shown.isdisjoint(map(_plain, stated_headlines)):  # JSON-LD has one for search engines
        yield from (title for title in document.data.named(("og:title",)) if _plain(title) in shown)
    yield from stated_headlines
    yield from document.data.named(_TITLE)
    if len(headings) == 1:
        yield text_of(headings[0])
    yield from (text_of(node) for node in document.tree.xpath("//title[not(ancestor::svg)]")[:1])
    yield from (text_of(node) for node in headings[:3])


def _site_names(document: Document, source: Source | None, host: str) -> set[str]:
    names = [
        host,
        host.split(".")[-2] if "." in host else host,
        *document.data.named(("og:site_name",)),
        *document.data.at("publisher.name"),
        *((source.name, source.id) if source else ()),
    ]
    return {_plain(name) for name in names if _plain(name) and len(name.split()) <= 6}


def _plain(name: str) -> str:
    return re.sub(r"\W|_", "", name.casefold())


def _without_site(title: str, site: set[str], told: set[str]) -> str:
    """The title without what follows it: the site's name, or whatever another headline of the page does without."""
    for _ in range(3):
        found = _SUFFIX.search(title)
        if not found or len(found["site"].split()) > 6:
            break
        of_site = any(name in _plain(found["site"]) for name in site if len(name) > 2)
        if not of_site and _plain(title[: found.start()]) not in told:
            break
        title = title[: found.start()].rstrip(" -–—|")
    return title


def bylines(document: Document, source: Source | None) -> list[tuple[str, ...]]:
    """Bylines as printed, one tuple a place of the page, the most trusted first."""
    data = document.data
    own = tuple(text for text, _ in stated(document, source.read.byline)) if source else ()
    marked = document.tree.xpath("//*[@rel='author' or @itemprop='author']")[:5]
    return [
        own,
        data.at("author.name"),
        data.at("author.byline"),
        data.at("author"),
        *((value,) for value in data.named(_BYLINE)),
        tuple(text_of(node) for node in marked),
    ]


def byline_of(
    printed: Iterable[Iterable[str]], document: Document, source: Source | None, host: str
) -> tuple[str, ...]:
    """The writers' names, from the first printed byline that has any."""
    outlet = [host, *document.data.named(("og:site_name",)), *document.data.at("publisher.name")]
    outlet += [source.name, source.id] if source else []
    return next((names for lines in printed if (names := people(lines, outlet))), ())


def section_of(document: Document, source: Source | None, hint: Hint) -> str | None:
    """The outlet's section."""
    own = (text for text, _ in stated(document, source.read.section)) if source else iter(())
    choices = (*own, *document.data.at("articleSection"), *document.data.named(_SECTION), hint.section or "")
    return next((text.strip()[:80] for text in choices if text.strip()), None)


def keywords_of(document: Document, hint: Hint) -> tuple[str, ...]:
    """Keywords as the page or the feed gives them, once each, at most 30."""
    stated_words = [*document.data.at("keywords"), *document.data.named(_KEYWORDS)]
    words = [word.strip() for text in stated_words for word in text.split(",")] + list(hint.keywords)
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 60))[:30]


def declared_language(document: Document) -> str | None:
    """The language the page says it is in."""
    stated_languages = (document.tree.get("lang"), *document.data.named(("og:locale", "content-language")))
    return next((language for language in stated_languages if language), None)


def language_of(text: str, *declared: str | None) -> str:
    """ISO 639-1 code: as identified from the text where that is sure, else the first declared, else English."""
    identified, certainty = _identifier().classify(text[:LOOKED_AT])
    if certainty >= SURE:
        return str(identified)
    codes = (re.match(r"[a-z]{2}(?![a-z])", (language or "").lower()) for language in declared)
    return next((code[0] for code in codes if code), str(identified) if certainty > 0.5 else "en")


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
