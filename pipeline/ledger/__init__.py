"""Action mentions -> acts: one act, many reports; later acts linked to the acts they change.

``match`` scores a report against an act, ``merge`` takes reports in their order, ``link`` finds what an act changes,
``close`` makes the record; an act's life from its dated events is ``pipeline.lifecycle``.
"""

from __future__ import annotations

from pipeline.ledger.match import Filed
from pipeline.ledger.merge import Ledger, merge

__all__ = ["Filed", "Ledger", "merge"]
