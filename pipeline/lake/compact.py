"""Many small shards rewritten as one pack: few large files, sorted by source and day."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import duckdb

from pipeline import durable
from pipeline.lake import places
from pipeline.lake.shard import manifest_of, put_on_disk
from pipeline.lake.tables import FACTS, TABLES

ROWS = 100_000  # a row group, by which a reader skips what it does not want


def compact(lake: Path, memory: str = "2GB") -> int:
    """Pack every finished shard that stands alone; return how many. A run that is killed loses and doubles nothing.

    A pack names its shards, and from the moment it has its name they are read no more; then their folders go.
    """
    _sweep(lake)
    shards = [folder for folder in places.folders(lake) if folder.parent.name == "shards"]
    if not shards:
        return 0
    manifests = [manifest for shard in shards if (manifest := manifest_of(shard))]
    name = hashlib.sha256("".join(m.key for m in manifests).encode()).hexdigest()[:16]
    durable.make_folder(lake / "packs")
    draft = Path(tempfile.mkdtemp(prefix=".pack-", dir=lake / "packs"))
    try:
        _write(shards, draft, memory)
        told = {"shards": [asdict(manifest) for manifest in manifests]}
        (draft / "manifest.json").write_text(json.dumps(told, indent=1))
        put_on_disk(draft, lake / "packs" / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _sweep(lake)
    return len(shards)


def _write(shards: list[Path], draft: Path, memory: str) -> None:
    with duckdb.connect() as db:
        db.execute(f"set memory_limit = '{memory}'")
        db.execute(f"set temp_directory = '{draft / 'spill'}'")
        for table in TABLES:
            found = [str(shard / f"{table}.parquet") for shard in shards]
            order = "article, start" if table in FACTS else "source, published, id"
            db.execute(
                f"copy (select * from read_parquet(?) order by {order}) to '{draft / table}.parquet'"
                f" (format parquet, compression zstd, row_group_size {ROWS})",
                [found],
            )
    shutil.rmtree(draft / "spill", ignore_errors=True)


def _sweep(lake: Path) -> None:
    """Remove the folders of shards that a pack holds."""
    for pack in (lake / "packs").glob("[!.]*/manifest.json"):
        for shard in places.packed_in(pack.parent):
            shutil.rmtree(lake / "shards" / shard.key, ignore_errors=True)
    for draft in (lake / "packs").glob(".pack-*"):
        shutil.rmtree(draft, ignore_errors=True)
