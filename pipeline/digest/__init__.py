"""One week -> a digest: what matters, what is new, what changed, what is coming, who said what.

The digest of a past week knows nothing of what was reported after it; docs/digest.md tells how it is made and ranked.
"""

from __future__ import annotations

from pipeline.digest.compose import compose, items
from pipeline.digest.model import Digest
from pipeline.digest.period import Period, parse_week, week
from pipeline.digest.render import body, to_html, to_markdown
from pipeline.digest.write import FORMATS, made, write
from pipeline.watchlist import Watchlist, load

__all__ = [
    "FORMATS", "Digest", "Period", "Watchlist", "body", "compose", "items", "load", "made", "parse_week", "to_html",
    "to_markdown", "week", "write",
]  # fmt: skip
