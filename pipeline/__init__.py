"""Dateline's path, told once.

crawl -> archive -> extract -> dedupe -> annotate -> ledger, stories -> store -> serve, digest

Each step is a function from a stream of frozen records (``records.py``) to a stream of frozen records.
Nothing flows back: what lies behind the archive can be thrown away and read again.
"""
