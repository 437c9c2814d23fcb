"""Every yml read before anything runs: a mistake in one is a line with its file and line, not a traceback hours later.

Sources are read where a crawl begins, watchlists where their folder is opened; here is the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from pipeline import yml

ROOT = Path(__file__).resolve().parent.parent


class _Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of ``metadata.yml``, closed to keys that Datasette does not know."""

    title: str | None = None
    description: str | None = None
    description_html: str | None = None
    license: str | None = None
    license_url: str | None = None
    source: str | None = None
    source_url: str | None = None
    about: str | None = None
    about_url: str | None = None
    allow: bool | dict[str, Any] | None = None


class Table(_Closed, frozen=True, kw_only=True):
    """What is said of a table or view.

    ``units`` are left out: Datasette then computes what visitors write in a filter, and 9**9**9 takes for ever.
    """

    columns: dict[str, str] = {}
    facets: tuple[str | dict[str, str], ...] = ()
    sortable_columns: tuple[str, ...] | None = None
    sort: str | None = None
    sort_desc: str | None = None
    size: int | None = None
    hidden: bool = False
    label_column: str | None = None
    fts_table: str | None = None
    fts_pk: str | None = None
    searchmode: str | None = None


class Query(_Closed, frozen=True, kw_only=True):
    """A question with a name."""

    sql: str
    params: tuple[str, ...] = ()
    hide_sql: bool = False
    fragment: str | None = None


class Dataset(_Closed, frozen=True, kw_only=True):
    """A database."""

    tables: dict[str, Table] = {}
    queries: dict[str, Query] = {}
    allow_sql: bool | dict[str, Any] | None = None


class Metadata(_Closed, frozen=True, kw_only=True):
    """The whole of ``metadata.yml``."""

    plugins: dict[str, dict[str, Any]] = {}
    databases: dict[str, Dataset]
    allow_sql: bool | dict[str, Any] | None = None


def check_site(path: Path = ROOT / "metadata.yml") -> Metadata:
    """Read ``metadata.yml`` and the wording of acts. Raises YmlError."""
    from pipeline.site.words import wording

    wording()
    return yml.read(path, Metadata)


def check_words() -> int:
    """Read every vocabulary; return how many readers there are. Raises DatelineError. Loads the annotators."""
    read = readers()
    for reader in read:
        reader()
    return len(read)


def readers() -> tuple[Callable[[], object], ...]:
    """The function that reads each of ``vocabulary/*.yml``."""
    from pipeline import dateline, topics, vocabulary, walls
    from pipeline.annotate import people, speech
    from pipeline.annotate.actions import instruments, lexicon
    from pipeline.annotate.dates import words as dates
    from pipeline.annotate.statistics import units
    from pipeline.extract import body
    from pipeline.ledger import words as ledger

    return (
        *(vocabulary.actors, vocabulary.states, vocabulary.roles, vocabulary.names, vocabulary.descriptions),
        *(dateline.agencies, topics.topics, walls.kinds, speech.speech, people.given_names),
        *(instruments.words, lexicon.words, dates.words, units.units, body.boilerplate, ledger.ledger_words),
    )
