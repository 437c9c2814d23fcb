"""A web server for tests: says per host and path what the test wants said, and remembers what it was asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

ARTICLE = (
    "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>The ministry said on Tuesday that the new "
    "rules on data flows take effect in August and apply to every company with users in the country.</p></body></html>"
)


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0


@dataclass(frozen=True)
class Asked:
    host: str
    path: str
    headers: Mapping[str, str]
    body: str
    at: float


Answer = Reply | Callable[[Asked], Reply]


class LittleSite:
    """``pages``: 'host/path' or '/path' (any host) -> what is said there; everything else is 404."""

    def __init__(self, pages: Mapping[str, Answer]) -> None:
        self.pages = dict(pages)
        self.asked: list[Asked] = []
        handler = type("_Bound", (_Handler,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def paths(self, host: str | None = None) -> list[str]:
        """What was asked for, in order."""
        return [a.path for a in self.asked if host in (None, a.host)]

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    site: LittleSite
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # an answer in one packet

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        asked = Asked(self.headers["Host"], self.path, dict(self.headers), body, time.monotonic())
        self.site.asked.append(asked)
        said = self.site.pages.get(asked.host + asked.path) or self.site.pages.get(asked.path) or Reply(status=404)
        reply = said(asked) if callable(said) else said
        time.sleep(reply.wait)
        payload = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.type, "Content-Length": str(len(payload)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    do_POST = do_GET  # noqa: N815 - http.server asks for this name

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def article(title: str = "Rules on data flows take effect") -> Reply:
    return Reply(ARTICLE.format(title=title))


def feed(*urls: str, day: str = "Tue, 09 Jul 2024 08:00:00 GMT") -> Reply:
    items = "".join(
        f"<item><title>Report {u[-9:-5]}</title><link>{u}</link><pubDate>{day}</pubDate></item>" for u in urls
    )
    return Reply(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>', type="application/rss+xml")


def news_sitemap(*urls: str, day: str = "2024-07-09T08:00:00Z") -> Reply:
    entries = "".join(
        f"<url><loc>{u}</loc><n:news><n:publication_date>{day}</n:publication_date>"
        f"<n:title>Report {i}</n:title></n:news></url>"
        for i, u in enumerate(urls)
    )
    return Reply(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>',
        type="application/xml",
    )


def wipo_url(number: int) -> str:
    return f"https://www.wipo.int/pressroom/en/articles/2024/article_{number:04}.html"


def wipo_site(count: int) -> dict[str, Answer]:
    """A press room of so many releases, all in its feed."""
    urls = [wipo_url(n) for n in range(1, count + 1)]
    pages: dict[str, Answer] = {
        u.removeprefix("https://www.wipo.int"): article(f"Release {n}") for n, u in enumerate(urls)
    }
    return {**pages, "/pressroom/en/rss.xml": feed(*urls)}
