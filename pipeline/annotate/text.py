"""What every annotator is given: one article and its parse."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.records import Article


@dataclass(frozen=True, slots=True)
class Text:
    """One article, parsed. Offsets into ``doc`` are offsets into ``article.text``; the title stands apart."""

    article: Article
    doc: Doc
    title: Doc
