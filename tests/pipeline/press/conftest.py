"""The sample press, open for a module's tests, and a client that asks it for real urls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from pipeline.press import Press, SampleReport, reports

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def open_press() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def press(open_press: Press) -> Iterator[Press]:
    yield open_press
    open_press.as_of = None


@pytest.fixture
def ask(press: Press) -> Iterator[Ask]:
    """Send a request for a real url to the press, as the crawler's middleware does."""
    with httpx.Client(base_url=press.address) as client:

        def send(url: str, method: str = "GET", headers: dict[str, str] | None = None, **kw: Any) -> httpx.Response:
            parts = urlsplit(url)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            return client.request(method, target, headers={"Host": parts.netloc, **(headers or {})}, **kw)

        yield send


@pytest.fixture(scope="module")
def newest() -> dict[str, SampleReport]:
    """The last version of each report, by url."""
    return {report.url: report for report in reports()}
