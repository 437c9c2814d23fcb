"""Documents that are set aside, because reading them breaks, hangs or eats memory: rows in, rows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlite_utils import Database

from pipeline.store import script

TABLE = """
create table quarantine (
  step text not null, url text not null, source text references sources(id),
  article text references articles(id) on delete cascade, reason text not null, version text not null,
  first_at text not null, at text not null, tries integer not null, primary key (step, url)
);
create index quarantine_source on quarantine(source);
create index quarantine_article on quarantine(article);
create index quarantine_at on quarantine(at);
"""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One document that ``step``, in its ``version``, could not read. ``article`` is its id where it has become one."""

    step: Literal["extract", "annotate"]
    url: str
    source: str
    reason: str
    version: str
    article: str | None = None


def add_quarantine(db: Database) -> None:
    """The documents set aside, each with its reason."""
    script.run(db, TABLE)


def set_aside(db: Database, documents: Iterable[SetAside], at: str) -> None:
    """Note documents that could not be read; one that was noted before has one try more."""
    sql = """
        insert into quarantine (step, url, source, article, reason, version, first_at, at, tries)
        values (:step, :url, (select id from sources where id = :source), :article, :reason, :version, :at, :at, 1)
        on conflict (step, url) do update set reason = excluded.reason, version = excluded.version, at = excluded.at,
          article = excluded.article, tries = tries + 1"""
    with db.atomic():
        for document in documents:
            db.execute(sql, asdict(document) | {"at": at})


def release(db: Database, step: str, urls: Iterable[str]) -> None:
    """Forget that documents could not be read: now they can."""
    if not db.table("quarantine").count_where("step = ?", [step]):
        return
    with db.atomic():
        for url in urls:
            db.execute("delete from quarantine where step = ? and url = ?", [step, url])


def listed(db: Database, source: str) -> Iterator[dict[str, Any]]:
    """The documents of a source that are set aside, the newest first."""
    return db.table("quarantine").rows_where(
        "source = ?", [source], select="step, url, reason, tries, at", order_by="at desc, url"
    )
