"""The lake: years of WARC shards read into Parquet, a folder a shard, on one machine or many.

    LAKE/shards/<shard>/*.parquet, manifest.json   what one shard gave; there whole or not at all
    LAKE/packs/<pack>/*.parquet, manifest.json     many shards rewritten as few large files
    LAKE/originals.parquet                         reprints across shards and what they repeat

``shard`` reads one, ``backfill`` many, ``repeats`` finds the same text across them, ``compact`` packs them, and
``take`` makes the database that Datasette serves from a part of them.
"""
