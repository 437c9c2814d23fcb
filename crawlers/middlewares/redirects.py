"""Follows redirects only as far as the source's own hosts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawlers.refusal import Refusal
from pipeline.records import Outcome


class OnSiteRedirects(RedirectMiddleware):
    """A redirect to another site is an outcome, not a request."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if not self.crawler.spider.source.owns(redirected.url):  # type: ignore[union-attr]
            raise Refusal(Outcome.REDIRECT_OFF_SITE, f"to {urlsplit(redirected.url).netloc}"[:200])
        followed = super()._redirect(redirected, request, reason)
        followed.headers.pop("If-None-Match", None)  # the validators were the first url's
        followed.headers.pop("If-Modified-Since", None)
        return followed

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """No referer is ever sent."""
