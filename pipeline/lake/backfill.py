"""Many shards: which there are, which are done, and an engine that reads the rest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import fsspec

from pipeline import durable, extract, quarantine
from pipeline.lake.places import finished
from pipeline.lake.shard import Manifest, Shard, Wanted, process_shard
from pipeline.records import DatelineError

Engine = Literal["local", "dask"]
Tell = Callable[[Manifest], None]


class LakeError(DatelineError):
    """What a person can mend about a lake or its shards."""


@dataclass(frozen=True, slots=True)
class Backfill:
    """What a run did: shards read now, done before, failed; articles in all of them."""

    shards: int
    read: int
    before: int
    failed: dict[str, str]
    articles: int
    reprints: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What all shards would take, by what one of them took on one core."""

    shards: int
    tried: str
    articles: int
    core_hours: float
    bytes_in: int
    bytes_out: int


def find_shards(places: Iterable[str], wanted: Wanted) -> list[Shard]:
    """The WARC files at the places: paths, folders, patterns, fsspec urls. Raises LakeError where there is none."""
    version = f"{extract.VERSION}-{quarantine.annotator()}"
    found: dict[str, Shard] = {}
    for place in places:
        try:
            fs, path = fsspec.core.url_to_fs(place)
        except (ImportError, ValueError) as error:  # a protocol that needs a package more, or none at all
            raise LakeError(f"{place}: {error}") from error
        files = [path] if fs.exists(path) and not fs.isdir(path) else sorted(fs.glob(_pattern(fs, path)))
        if not files:
            raise LakeError(f"no WARC file at {place}")
        for file in files:
            url = fs.unstrip_protocol(file)
            found[url] = Shard(url, wanted, version)
    return list(found.values())


def _pattern(fs: fsspec.AbstractFileSystem, path: str) -> str:
    return f"{path}/*.warc.gz" if fs.isdir(path) else path


def backfill(
    shards: Sequence[Shard],
    lake: Path,
    *,
    engine: Engine = "local",
    scheduler: str | None = None,
    workers: int = 1,
    retry: bool = False,
    tell: Tell | None = None,
    linked: Callable[[str], None] | None = None,
) -> Backfill:
    """Read every shard that is not done; one that cannot be read is set aside with its reason until ``retry``.

    ``tell`` hears what became of each shard as it ends, those done before first; ``linked`` the dashboard's address.
    """
    (lake / "shards").mkdir(parents=True, exist_ok=True)
    _clear(lake)
    known = _set_aside_before(lake, retry) | finished(lake)
    ended = {shard.key: known[shard.key] for shard in shards if shard.key in known}
    for manifest in ended.values():
        if tell:
            tell(manifest)
    todo = [shard for shard in shards if shard.key not in ended]
    now: list[Manifest] = []
    for manifest in _run(todo, lake.resolve(), engine, scheduler, workers, linked):
        if manifest.failed:
            _set_aside(lake, manifest)
        now.append(manifest)
        if tell:
            tell(manifest)
    return _summary(shards, now, list(ended.values()))


def estimate(shards: Sequence[Shard], scratch: Path) -> Estimate:
    """Read one shard, the one in the middle, into a scratch folder and reckon what all would take."""
    tried = shards[len(shards) // 2]
    one = process_shard(tried, scratch)
    sizes = [_size(shard.url) for shard in shards]
    factor = sum(sizes) / max(1, one.bytes_in)
    return Estimate(
        shards=len(shards),
        tried=tried.url,
        articles=round(one.articles * factor),
        core_hours=round(one.seconds * factor / 3600, 2),
        bytes_in=sum(sizes),
        bytes_out=round(one.bytes_out * factor),
    )


def _size(url: str) -> int:
    fs, path = fsspec.core.url_to_fs(url)
    return int(fs.size(path) or 0)


def _run(
    todo: Sequence[Shard],
    lake: Path,
    engine: Engine,
    scheduler: str | None,
    workers: int,
    linked: Callable[[str], None] | None,
) -> Iterator[Manifest]:
    if not todo:
        return
    if engine == "dask":
        from pipeline import cluster

        yield from cluster.run(partial(guarded, lake=lake), todo, lost, scheduler, workers, linked)
        return
    with ThreadPoolExecutor(workers) as pool:  # each shard's work is done in a reading process of its own
        for future in as_completed([pool.submit(guarded, shard, lake) for shard in todo]):
            yield future.result()


def guarded(shard: Shard, lake: Path) -> Manifest:
    """The shard read, or why it could not be: a damaged file must not end the run, a full disk must."""
    try:
        return process_shard(shard, lake)
    except (DatelineError, MemoryError):
        raise
    except OSError as error:
        if not isinstance(error, FileNotFoundError | PermissionError | EOFError) and error.errno is not None:
            raise
        return lost(shard, f"{type(error).__name__}: {error}")
    except Exception as error:
        return lost(shard, f"{type(error).__name__}: {error}")


def lost(shard: Shard, reason: str) -> Manifest:
    """The manifest of a shard that could not be read."""
    return Manifest(shard.key, shard.url, shard.version, failed=reason[:500])


def _set_aside_before(lake: Path, retry: bool) -> dict[str, Manifest]:
    """What earlier runs could not read, by key; with ``retry`` it is forgotten."""
    asides = sorted((lake / "set_aside").glob("*.json"))
    if retry:
        for aside in asides:
            aside.unlink()
        return {}
    return {aside.stem: Manifest(**json.loads(aside.read_bytes())) for aside in asides}


def _set_aside(lake: Path, manifest: Manifest) -> None:
    place = lake / "set_aside" / f"{manifest.key}.json"
    durable.write(place, json.dumps(asdict(manifest), indent=1).encode())


def _clear(lake: Path) -> None:
    """Drop the drafts that a killed run left; call only where no other run writes."""
    for draft in (lake / "shards").glob(".*"):
        shutil.rmtree(draft, ignore_errors=True)


def _summary(shards: Sequence[Shard], now: Sequence[Manifest], before: Sequence[Manifest]) -> Backfill:
    whole = [m for m in (*now, *before) if not m.failed]
    return Backfill(
        shards=len(shards),
        read=sum(not m.failed for m in now),
        before=len(before),
        failed={m.url: m.failed for m in (*now, *before) if m.failed},
        articles=sum(m.articles for m in whole),
        reprints=sum(m.reprints for m in whole),
        set_aside=sum(m.set_aside for m in whole),
    )
