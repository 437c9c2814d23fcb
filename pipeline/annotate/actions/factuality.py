"""How an act is told: as done, still to come, of the past beside the news, or on the word of others only.

Acts that are merely possible, conditional or denied are no acts and never come this far.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.annotate.actions import clause
from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.hearsay import second_hand
from pipeline.records import Factuality

OLD = timedelta(days=45)  # before the report: background, no news


def factuality(c: Candidate, announced: str | None, starts: str | None, day: date, cast: Cast) -> Factuality:
    """``future`` for what is decided or meant, ``reported``, ``historical``, else ``asserted``."""
    if c.modality.force in ("decided", "intended") and not (_is_under_way(c) and (starts or "") <= day.isoformat()):
        return "future"
    if second_hand(c, cast):
        return "reported"
    if (
        (announced is not None and announced < (day - OLD).isoformat()[: len(announced)])
        or _is_past_perfect(c)
        or _by_former(c)
    ):
        return "historical"
    return "asserted"


def _is_past_perfect(c: Candidate) -> bool:
    """``had fined the firm in an earlier case``: told as before the news; not ``said it had fined``."""
    had = any(a.dep_ == "aux" and a.lower_ in ("had", "'d") for a in c.trigger.children)
    return had and c.trigger.dep_ != "ccomp"


def _is_under_way(c: Candidate) -> bool:
    """``is rescinding the rule``, ``said it was probing``: being done; not ``will be rescinding``."""
    aux = {a.lower_ for a in c.trigger.children if a.dep_ == "aux"}
    return (
        c.trigger.tag_ == "VBG"
        and bool(aux & {"is", "are", "was", "were", "'s", "'re"})
        and c.modality.force == "decided"
    )


def _by_former(c: Candidate) -> bool:
    """``duties that former President Trump set``: of one no longer in office."""
    doer = clause.doer(c.trigger)
    if doer is None:
        return False
    return any(t.lower_ in ("former", "ex") for t in doer.doc[doer.left_edge.i : doer.i])
