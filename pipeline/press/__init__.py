"""The sample press: all five sites of ``data/sample`` over real HTTP on loopback, told apart by the Host header.

    with Press(as_of=datetime(2024, 7, 5, tzinfo=UTC)) as press:
        crawl(press.address)
        press.as_of = datetime(2024, 7, 22, tzinfo=UTC)

``as_of`` is the press's clock: later reports and later versions are not out yet. None means all is out.
``reports`` tells tests the truth. Run alone: ``python -m pipeline.press --port 8000 --as-of 2024-07-05``.
"""

from __future__ import annotations

from pipeline.press.reports import SampleError, SampleReport
from pipeline.press.server import Asked, Press, Reply
from pipeline.press.site import Site, reports, sites

__all__ = ["Asked", "Press", "Reply", "SampleError", "SampleReport", "Site", "reports", "sites"]
