"""Why a request was not made or its answer not taken, in the words of ``Outcome``."""

from __future__ import annotations

from scrapy.exceptions import DownloadCancelledError, IgnoreRequest

from pipeline.records import Outcome


class Refusal(IgnoreRequest):
    """A request our own rules stop; it carries the outcome the url gets."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


def outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """The outcome and reason of a request that ended in an exception."""
    if isinstance(error, Refusal):
        return error.outcome, error.reason
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):
        return Outcome.TOO_BIG, "larger than DOWNLOAD_MAXSIZE"
    return Outcome.ERROR, f"{type(error).__name__}: {error}"[:300]
