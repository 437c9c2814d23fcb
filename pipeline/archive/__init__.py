"""Pages in and out of WARC: what was fetched is kept as fetched, and read again whenever reading improves.

One file a run, gzip a record, so that any WARC tool can read it. A fetched page is a ``request``, a ``response``
and a ``metadata`` record (JSON: the url asked for, the source, the hint); a headline page, known only from a feed
or sitemap, is a ``metadata`` record alone and reads back with status 0 and no body.

A run writes ``<run>.warc.gz.part`` and renames it when done. ``sync`` puts what was written on the disk; a page
counts as archived from then on. A killed run leaves its ``.part``: it is read like any other file (a torn tail is
one ``Skipped``), and the next writer cuts the tail off and gives the file its name.

Pages that say ``noarchive`` go to ``<run>.noarchive.warc.gz`` instead: read once, then removed by ``forget``.
"""

from __future__ import annotations

from pipeline.archive.inspect import find_pages, holdings, verify
from pipeline.archive.reader import read_pages
from pipeline.archive.writer import ArchiveWriter, archives, forbids_keeping, forget, recover

__all__ = [
    "ArchiveWriter",
    "archives",
    "find_pages",
    "forbids_keeping",
    "forget",
    "holdings",
    "read_pages",
    "recover",
    "verify",
]
