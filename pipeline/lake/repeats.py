"""The same text across shards: candidates by MinHash bands, judged and labelled in DuckDB, out of core."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.dedupe import SIMILAR

# Ranked: what its outlet wrote itself comes before what credits others, then the earlier. Alike: the same hash, or
# sketches that agree in so many of their values. The words run on Spark too (arrays_zip for list_zip).
_RANKED = """
create table ranked as
select *, row_number() over (order by not own, published, id) as rank from read_parquet(?)
qualify row_number() over (partition by id order by published) = 1
"""
_NEAR = """
create table near as
with bands as (select rank, unnest(bands) as band from ranked),
     met as (
       select distinct a.rank as one, b.rank as other from bands a join bands b using (band) where a.rank < b.rank
     ),
     alike as (
       select one, other from met join ranked a on a.rank = one join ranked b on b.rank = other
       where len(list_filter(list_zip(a.sketch, b.sketch), lambda pair: pair[1] = pair[2])) >= ? * len(a.sketch)
       union
       select a.rank, b.rank from ranked a join ranked b using (digest) where a.rank < b.rank
     )
select one, other from alike union all select other, one from alike
"""
# Each text takes the best rank among those alike, and theirs in turn, until nothing changes.
_STEP = """
create or replace table best as
select b.rank, least(b.best, coalesce(min(n.best), b.best)) as best
from best b left join near on near.one = b.rank left join best n on n.rank = near.other
group by b.rank, b.best
"""
_TOLD = "select count(*), sum(best) from best"


def label(files: list[Path], out: Path, memory: str = "2GB") -> int:
    """Write ``out`` (id, original) for every article of the signature files that repeats another; return how many."""
    with duckdb.connect() as db:
        db.execute(f"set memory_limit = '{memory}'")
        db.execute(f"set temp_directory = '{out.parent / '.duckdb'}'")
        db.execute(_RANKED, [[str(file) for file in files]])
        db.execute(_NEAR, [SIMILAR])
        db.execute("create table best as select rank, rank as best from ranked")
        before = None
        while (told := db.sql(_TOLD).fetchone()) != before:
            before = told
            db.execute(_STEP)
        draft = out.with_name(f".{out.name}.part")
        copy = (
            "copy (select r.id, o.id as original from best join ranked r using (rank) join ranked o on o.rank = best"
            f" where best < best.rank order by r.id) to '{draft}' (format parquet)"
        )
        db.execute(copy)
        draft.replace(out)
        return int(db.execute("select count(*) from read_parquet(?)", [str(out)]).fetchone()[0])  # type: ignore[index]
