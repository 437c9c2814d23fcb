"""Article -> Annotations: entities, dates, policy actions, statistics and quotes, each with its offsets.

One parse an article; then each annotator is a function of the parse and of what was found before it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from pipeline.annotate.actions import find_actions
from pipeline.annotate.coreference import resolve
from pipeline.annotate.dates import find_dates, find_title_dates, settle_roles
from pipeline.annotate.entities import export_entities, find_entities, find_title_entities
from pipeline.annotate.export import export
from pipeline.annotate.language import MODEL, load
from pipeline.annotate.quotes import find_quotes
from pipeline.annotate.reattach import reattach
from pipeline.annotate.statistics import find_statistics
from pipeline.annotate.text import Text
from pipeline.records import Annotations, Article, Mention

log = logging.getLogger(__name__)

LONGEST = 400_000  # characters: forty times a long report; the model's memory grows with the text
BATCH = 64  # documents, titles among them, that the model takes at once

__all__ = ["annotate", "export", "parse", "read", "version"]


@cache
def version(*, fast: bool = False) -> str:
    """Twelve hex digits over the annotators' code and words: what was read by another version is read again.

    Told apart by it is the fast way of reading, whose facts must not stand unseen beside those of the full one.
    """
    here = Path(__file__).resolve().parent
    files = sorted([*here.rglob("*.py"), *here.parent.joinpath("vocabulary").rglob("*.yml")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12] + ("-fast" if fast else "")


def parse(articles: Iterable[Article], model: str = MODEL, *, fast: bool = False) -> Iterator[Text]:
    """Parse text and title of each article, in batches in which the two alternate."""
    nlp = load(model, fast=fast)

    def docs() -> Iterator[tuple[Doc, Article]]:
        for article in articles:
            if len(article.text) > LONGEST:
                log.warning("%s: only the first %d characters are annotated", article.id, LONGEST)
            doc = nlp.make_doc(article.text[:LONGEST])
            doc.user_data["text"] = article.text[:LONGEST]  # as ``plain.text_of`` would join it anew
            doc._.text_begins = article.dateline.end if article.dateline else 0
            yield doc, article
            yield nlp.make_doc(article.title), article

    parsed = iter(nlp.pipe(docs(), as_tuples=True, batch_size=BATCH))
    for (doc, article), (title, _) in zip(parsed, parsed, strict=True):
        yield Text(article=article, doc=reattach(doc), title=title)


def read(text: Text) -> Annotations:
    """All annotators over one parsed article, in the order in which they need each other."""
    mentions = resolve(text, find_entities(text))
    dates = find_dates(text)
    quotes = find_quotes(text, mentions)
    actions = find_actions(text, mentions, dates, find_title_entities(text))
    return Annotations(
        id=text.article.id,
        mentions=marked(text, mentions),
        dates=settle_roles(dates, actions),
        title_dates=settle_roles(find_title_dates(text), actions),
        actions=actions,
        statistics=find_statistics(text, mentions, dates, quotes),
        quotes=quotes,
    )


def marked(text: Text, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, those an analyst would not index told apart."""
    listed = {row["canonical"] for row in export_entities(text, mentions)}
    return tuple(m if m.canonical in listed else replace(m, indexed=False) for m in mentions)


def annotate(articles: Iterable[Article], model: str = MODEL, *, fast: bool = False) -> Iterator[Annotations]:
    """Annotate a stream of articles; order is kept. One that breaks an annotator is told apart by ``failed``.

    ``fast``: only sentences that may tell an act are parsed. Acts, dates and figures are nearly all found; of names and
    quotes those that stand elsewhere may be missed.
    """
    for text in parse(articles, model, fast=fast):
        try:
            yield read(text)
        except Exception as error:  # one bad document never stops a run
            log.exception("annotating %s failed", text.article.id)
            yield Annotations(id=text.article.id, failed=f"{type(error).__name__}: {error}")
