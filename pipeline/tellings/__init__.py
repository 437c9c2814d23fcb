"""Reports of one act, outlet by outlet: what each adds, leaves out or says otherwise than the others.

``compare`` holds the rules for one act, ``gather`` keeps the table ``act_points`` up to date.
"""

from __future__ import annotations

from pipeline.tellings.compare import compare
from pipeline.tellings.gather import gather

__all__ = ["compare", "gather"]
