"""The way behind the archive, walked: pages -> articles -> facts -> stories, acts -> rows.

Only what is new is read: WARC files not read before by this reader, articles not annotated before by it.
``again=True`` reads the whole archive anew, without the network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline import archive, dedupe, extract, quarantine, source, stories
from pipeline.gather import gather
from pipeline.records import Annotations, Article, Outcome, Page, Skipped
from pipeline.store import load, save
from pipeline.store.quarantine import SetAside, release, set_aside

BATCH = 100  # articles a transaction

Progress = Callable[[str, int, int | None], None]  # step, done, of how many where known


@dataclass(frozen=True, slots=True)
class Processed:
    """What one run of the way did: counts of files, articles, each reason why not, facts, acts and stories.

    ``set_aside``: documents that could not be read at all; ``dateline status`` names them.
    """

    warcs: int = 0
    articles: int = 0
    changed: int = 0
    reprints: int = 0
    annotated: int = 0
    set_aside: int = 0
    acts: int = 0
    stories: int = 0
    skipped: dict[str, int] = field(default_factory=dict)


def process(
    db: Database, warcs: Iterable[Path], *, again: bool = False, fast: bool = False, progress: Progress | None = None
) -> Processed:
    """Read what is new in the archive's files into the database; running it twice changes nothing.

    ``fast``: only sentences that may tell an act are parsed. What was read the other way counts as not read yet.
    """
    tell = progress or (lambda step, done, total: None)
    save.save_sources(db, source.load_all().values())
    files = [w for w in sorted(warcs) if again or not _was_read(db, w)]
    read, changed, reprints, skipped = _read_archive(db, files, tell)
    annotated = _annotate(db, tell, again, fast)
    tell("acts", 0, None)
    acts, labelled = settle(db)
    aside = db.table("quarantine").count
    return Processed(len(files), read, changed, reprints, annotated, aside, acts, labelled, dict(skipped))


def settle(db: Database) -> tuple[int, int]:
    """Label the articles that have no story, gather what is new into acts; how many acts and stories there are."""
    labelled = _label(db)
    return gather(db, {s.id: s.kind for s in source.load_all().values()}), labelled


def _read_archive(db: Database, files: list[Path], tell: Progress) -> tuple[int, int, int, Counter[str]]:
    skipped: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    seen = dedupe.Deduper(load.articles(db))

    def articles(file: Path) -> Iterator[Article]:
        for page, item in quarantine.extract(_pages(file, skipped, db)):
            if isinstance(item, Article):
                release(db, "extract", [page.url])
                yield seen.judge(item)
                continue
            reason = item if isinstance(item, Skipped) else _set_aside(db, page, item)
            skipped[reason.outcome] += 1
            save.save_outcome(db, reason)

    for number, file in enumerate(files):
        tell("read", number, len(files))
        found = list(articles(file))
        counts["read"] += len(found)
        counts["changed"] += save.save_articles(db, found)
        db.table("warcs").upsert({"name": file.name, "read_at": _now(), "read_by": extract.VERSION}, pk="name")
    save.save_originals(db, seen.regraded())
    tell("read", len(files), len(files))
    reprints = db.table("articles").count_where("reprint_of is not null")
    return counts["read"], counts["changed"], reprints, skipped


def _pages(file: Path, skipped: Counter[str], db: Database) -> Iterator[Page]:
    for page in archive.read_pages([file]):
        if isinstance(page, Page):
            yield page
            continue
        skipped[page.outcome] += 1
        if page.outcome is Outcome.TORN:
            save.save_torn(db, page, file.name)
        else:
            save.save_outcome(db, page)


def _set_aside(db: Database, page: Page, broken: quarantine.Broken) -> Skipped:
    set_aside(db, [SetAside("extract", page.url, page.source, broken.reason, extract.VERSION)], _now())
    return Skipped(page.url, page.source, Outcome.ERROR, f"set aside: {broken.reason}")


def _annotate(db: Database, tell: Progress, again: bool, fast: bool) -> int:
    where = "reprint_of is null and language = 'en' and (annotated_by is not ?"
    where += " or id in (select article from quarantine where step = 'annotate'))" if again else ")"
    if not db.table("articles").count_where("reprint_of is null and language = 'en'"):
        return 0
    reader = quarantine.annotator(fast=fast)
    todo = list(load.articles(db, where, (reader,)))
    batch: list[tuple[Article, Annotations | quarantine.Broken]] = []
    for number, found in enumerate(quarantine.annotate(todo, fast=fast), 1):
        batch.append(found)
        if len(batch) == BATCH:
            _store(db, batch, reader)
            batch = []
        tell("annotate", number, len(todo))
    _store(db, batch, reader)
    return len(todo)


def _store(db: Database, batch: Iterable[tuple[Article, Annotations | quarantine.Broken]], reader: str) -> None:
    """What was found, and what could not be read, which counts as read by this reader: the next may fare better."""
    told: list[Annotations] = []
    read: list[str] = []
    with db.atomic():
        for article, found in batch:
            if isinstance(found, Annotations):
                read.append(article.url)
                told.append(found)
            else:
                aside = SetAside("annotate", article.url, article.source, found.reason, reader, article.id)
                set_aside(db, [aside], _now())
                told.append(Annotations(article.id))
        release(db, "annotate", read)
        save.save_annotations(db, told, reader)


def _label(db: Database) -> int:
    known = [stories.Labelled(article, story) for article, story in load.labelled(db)]
    new = list(stories.label(load.articles(db, "story is null and language = 'en'"), known))
    if new:
        told = stories.stories([*known, *new])
        save.save_stories(db, told, {item.article.id: item.story for item in new})
    return db.table("stories").count


def _was_read(db: Database, file: Path) -> bool:
    row = next(db.table("warcs").rows_where("name = ?", [file.name]), None)
    return row is not None and row["read_by"] == extract.VERSION


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
