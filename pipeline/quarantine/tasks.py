"""What the worker can do: each function from a batch to as many results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.records import Annotations, Article, Page, Skipped


def extract(pages: Iterable[Page]) -> Iterator[Article | Skipped]:
    """Pages -> articles, or the reason why not."""
    from pipeline.extract import extract as read

    return read(pages)


def annotate(articles: Iterable[Article]) -> Iterator[Annotations]:
    """Articles -> what each says."""
    from pipeline.annotate import annotate as read

    return read(articles)


def annotate_fast(articles: Iterable[Article]) -> Iterator[Annotations]:
    """Articles -> what each says, only sentences that may tell an act parsed."""
    from pipeline.annotate import annotate as read

    return read(articles, fast=True)


def configured(asked: Iterable[None]) -> Iterator[int]:
    """How many vocabularies there are, once each has been read."""
    from pipeline.configuration import check_words

    return (check_words() for _ in asked)


def annotator(asked: Iterable[None]) -> Iterator[str]:
    """The version of the annotators, for each time it is asked."""
    from pipeline.annotate import version

    return (version() for _ in asked)


def annotator_fast(asked: Iterable[None]) -> Iterator[str]:
    """The version of the annotators in their fast way."""
    from pipeline.annotate import version

    return (version(fast=True) for _ in asked)
