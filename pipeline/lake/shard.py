"""One shard read: a WARC file in, a folder of Parquet files out, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import fsspec

from pipeline import archive, durable, quarantine
from pipeline.dedupe import Deduper, is_own, sketch_of
from pipeline.lake import tables
from pipeline.lake.tables import Signature
from pipeline.records import Article, Page, Skipped

BAND = 4  # values of a sketch


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles a backfill keeps; an empty field leaves all through. Days are of publication, inclusive."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def wants(self, article: Article) -> bool:
        """Whether the article is kept."""
        day = article.published[:10]
        return (
            (not self.sources or article.source in self.sources)
            and (not self.languages or article.language in self.languages)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Shard:
    """One file to read: its path or fsspec url, what is wanted of it, by which version of the readers."""

    url: str
    wanted: Wanted
    version: str

    @property
    def key(self) -> str:
        """The name of its folder: the same for the same file, wishes and version."""
        told = json.dumps([self.url, asdict(self.wanted), self.version], sort_keys=True)
        return f"{Path(self.url).name.split('.')[0][:60]}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What became of one shard; ``failed`` says why it could not be read."""

    key: str
    url: str
    version: str
    articles: int = 0
    reprints: int = 0
    set_aside: int = 0
    skipped: dict[str, int] | None = None
    bytes_in: int = 0
    bytes_out: int = 0
    seconds: float = 0.0
    failed: str | None = None


def process_shard(shard: Shard, lake: Path) -> Manifest:
    """Read the shard into ``lake/shards/<key>``; what is there already is not read again.

    The folder is written under another name, put on the disk, then renamed: a run that is killed leaves nothing that
    counts. Raises OSError where the shard or the lake cannot be reached.
    """
    place = lake / "shards" / shard.key
    if done := manifest_of(place):
        return done
    started = time.monotonic()
    with _local(shard.url) as file, _draft(place) as draft:
        read = _read(file, shard.wanted)
        tables.write(draft, read.rows)
        manifest = Manifest(
            key=shard.key,
            url=shard.url,
            version=shard.version,
            articles=len(read.rows["articles"]),
            reprints=sum(bool(row["reprint_of"]) for row in read.rows["articles"]),
            set_aside=read.set_aside,
            skipped=dict(read.skipped),
            bytes_in=file.stat().st_size,
            bytes_out=sum(p.stat().st_size for p in draft.iterdir()),
            seconds=round(time.monotonic() - started, 3),
        )
        (draft / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
    return manifest


def manifest_of(folder: Path) -> Manifest | None:
    """What a finished folder says of itself."""
    try:
        return Manifest(**json.loads((folder / "manifest.json").read_bytes()))
    except FileNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class _Read:
    rows: dict[str, list[dict[str, Any]]]
    skipped: Counter[str]
    set_aside: int


def _read(file: Path, wanted: Wanted) -> _Read:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables.TABLES}
    skipped: Counter[str] = Counter()
    articles = list(Deduper().judge_all(_articles(file, wanted, skipped)))
    rows["articles"] = [tables.row(article) for article in articles]
    rows["signatures"] = [tables.row(s) for s in map(_signature, articles) if s]
    told = (a for a in articles if a.language == "en" and not a.reprint_of)
    broken = skipped["set aside"]
    for article, found in quarantine.annotate(told):
        if isinstance(found, quarantine.Broken):
            broken += 1
            continue
        for name in tables.FACTS:
            rows[name] += [tables.row(fact, article.id) for fact in getattr(found, name)]
    return _Read(rows, skipped, broken)


def _articles(file: Path, wanted: Wanted, skipped: Counter[str]) -> Iterator[Article]:
    """The wanted articles of the file, the last of several readings of one page."""
    found: dict[str, Article] = {}
    for _, item in quarantine.extract(_pages(file, wanted, skipped)):
        if isinstance(item, quarantine.Broken):
            skipped["set aside"] += 1
        elif isinstance(item, Skipped):
            skipped[item.outcome] += 1
        elif wanted.wants(item):
            found[item.id] = item
    yield from found.values()


def _pages(file: Path, wanted: Wanted, skipped: Counter[str]) -> Iterator[Page]:
    for item in archive.read_pages([file]):
        if isinstance(item, Skipped):
            skipped[item.outcome] += 1
        elif not wanted.sources or item.source in wanted.sources:
            yield item


def _signature(article: Article) -> Signature | None:
    found = sketch_of(article)
    if found is None:
        return None
    digest, sketch = found
    bands = tuple(_hash(sketch[at : at + BAND], at) for at in range(0, len(sketch), BAND))
    return Signature(article.id, article.source, article.published, is_own(article), digest, sketch, bands)


def _hash(values: tuple[int, ...], at: int) -> int:
    told = at.to_bytes(2, "big") + b"".join(value.to_bytes(4, "big") for value in values)
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big", signed=True)


@contextmanager
def _local(url: str) -> Iterator[Path]:
    """The file on this machine: itself, or a copy of what lies elsewhere, for as long as it is read."""
    fs, path = fsspec.core.url_to_fs(url)
    if fs.protocol in ("file", "local") or "file" in fs.protocol:
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="dateline-shard-") as folder:
        copy = Path(folder) / Path(path).name
        fs.get_file(path, str(copy))
        yield copy


@contextmanager
def _draft(place: Path) -> Iterator[Path]:
    """A folder that takes its name only when all in it is on the disk."""
    durable.make_folder(place.parent)
    draft = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        yield draft
        put_on_disk(draft, place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put_on_disk(draft: Path, place: Path) -> None:
    """Sync the folder's files, give it its name, sync its parent; nothing happens where the name is taken."""
    for path in [*draft.iterdir(), draft]:
        durable.sync(path)
    try:
        draft.rename(place)
    except OSError:  # another worker was as quick, and what it wrote is the same
        if not (place / "manifest.json").exists():
            raise
    durable.sync(place.parent)
