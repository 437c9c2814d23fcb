"""Dateline's path, told once.

crawl -> archive -> extract -> dedupe -> annotate -> ledger, stories -> store -> serve, digest

Each step is a function from a stream of frozen records (``records.py``) to a stream of frozen records.
Nothing flows back: what lies behind the archive can be thrown away and read again.
"""

from __future__ import annotations

import os

# One thread a process, twice as fast on matrices this small; it must stand before anything loads NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
