"""Which files of a lake hold a table, each row once."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.lake.shard import Manifest, manifest_of

ORIGINALS = "originals.parquet"


def folders(lake: Path) -> list[Path]:
    """The packs, and the finished shards that are in none."""
    packs = sorted(path.parent for path in (lake / "packs").glob("[!.]*/manifest.json"))
    packed = {shard.key for pack in packs for shard in packed_in(pack)}
    shards = sorted(path.parent for path in (lake / "shards").glob("[!.]*/manifest.json"))
    return packs + [shard for shard in shards if shard.name not in packed]


def packed_in(pack: Path) -> list[Manifest]:
    """What the shards of a pack said of themselves."""
    return [Manifest(**told) for told in json.loads((pack / "manifest.json").read_bytes())["shards"]]


def finished(lake: Path) -> dict[str, Manifest]:
    """Every shard that was read, packed or not, by its key."""
    alone = (manifest_of(folder) for folder in folders(lake) if folder.parent.name == "shards")
    packed = (shard for pack in (lake / "packs").glob("[!.]*/manifest.json") for shard in packed_in(pack.parent))
    return {manifest.key: manifest for manifest in (*alone, *packed) if manifest}


def files(lake: Path, table: str) -> list[str]:
    """The Parquet files of a table."""
    return [str(file) for folder in folders(lake) for file in sorted(folder.glob(f"{table}*.parquet"))]
