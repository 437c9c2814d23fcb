"""The sample press over HTTP/1.1: one loopback address, the site told by the Host header, conditional requests."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.press.pages import Pages
from pipeline.press.site import FOLDER, Site, sites

LARGEST_FORM = 10_000
ZIP_FROM = 200  # smaller bodies gain nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came and the status it got."""

    method: str
    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before transport: no length, no encoding yet."""

    status: int
    body: str = ""
    type: str = "text/html; charset=utf-8"
    modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        """Weak, so that it holds for the plain and the zipped body alike."""
        return f'W/"{hashlib.sha256(self.body.encode()).hexdigest()[:20]}"'


def answer(pages: Pages, host: str, method: str, target: str, form: dict[str, str]) -> Reply:
    """What the site says to one request: a trap, a report, a page of its routes, or its 404."""
    site = pages.site
    url = f"https://{host}{target}"
    if trap := site.trap(url, pages.as_of):
        headers = tuple(trap.headers.items())
        if trap.location:
            return Reply(trap.status, headers=(*headers, ("Location", site.absolute(trap.location))))
        return Reply(trap.status, pages.trap(trap), modified=trap.published, headers=headers)
    if report := site.report(url, pages.as_of):
        return Reply(200, pages.report(report), modified=report.shown_from)
    parts = urlsplit(url)
    if found := pages.route(host, method, parts.path, dict(parse_qsl(parts.query)) | form):
        return Reply(200, found.body, found.type, modified=pages.newest)
    return Reply(404, pages.missing(url))


def not_modified(reply: Reply, etags: str | None, since: str | None) -> bool:
    """Whether a conditional request needs no body; If-None-Match outranks If-Modified-Since (RFC 9110)."""
    if reply.status != HTTPStatus.OK:
        return False
    if etags is not None:
        return etags.strip() == "*" or reply.etag in [tag.strip() for tag in etags.split(",")]
    if since is None or reply.modified is None:
        return False
    try:
        return reply.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # an unreadable date is as none
        return False


class Press:
    """A context manager that serves the sample press on 127.0.0.1; ``port`` 0 takes a free one."""

    def __init__(self, folder: Path = FOLDER, as_of: datetime | None = None, port: int = 0) -> None:
        self.as_of = as_of
        self.asked: list[Asked] = []
        self._sites: dict[str, Site] = {host: site for site in sites(folder) for host in site.hosts}
        self._server = _Server(("127.0.0.1", port), type("_Bound", (_Handler,), {"press": self}))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        """``http://127.0.0.1:PORT``, the value of DATELINE_PRESS."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def reply(self, host: str, method: str, target: str, form: dict[str, str]) -> Reply:
        """The answer to one request at the press's present time."""
        site = self._sites.get(host)
        if site is None:
            return Reply(421, f"The sample press has no site {host}.\n", "text/plain; charset=utf-8")
        return answer(Pages(site, self.as_of), host, method, target, form)

    def serve(self) -> None:
        """Serve in this thread until interrupted."""
        self._server.serve_forever()

    def __enter__(self) -> Press:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # the default of 5 makes a busy crawler wait a second to connect


class _Handler(BaseHTTPRequestHandler):
    press: Press
    protocol_version = "HTTP/1.1"
    server_version = "SamplePress"
    sys_version = ""
    timeout = 10
    wbufsize = -1  # head and body in one packet: without it each answer waits 40 ms for an ACK

    def do_GET(self) -> None:
        self._reply({})

    def do_HEAD(self) -> None:
        self._reply({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_FORM:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._reply(dict(parse_qsl(self.rfile.read(length).decode("utf-8", "replace"))))

    def _reply(self, form: dict[str, str]) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        method = "GET" if self.command == "HEAD" else self.command
        reply = self.press.reply(host, method, self.path, form)
        if method == "GET" and not_modified(
            reply, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        ):
            reply = replace(reply, status=HTTPStatus.NOT_MODIFIED)
        self.press.asked.append(Asked(self.command, f"https://{host}{self.path}", reply.status))
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        body = b"" if reply.status == HTTPStatus.NOT_MODIFIED else reply.body.encode()
        zipped = "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > ZIP_FROM
        if zipped:
            body = gzip.compress(body, mtime=0)
        self.send_response(reply.status)
        for name, value in self._headers(reply, zipped, len(body)):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @staticmethod
    def _headers(reply: Reply, zipped: bool, length: int) -> list[tuple[str, str]]:
        headers = [("Content-Type", reply.type), ("Vary", "Accept-Encoding"), *reply.headers]
        if reply.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            headers.append(("ETag", reply.etag))
            if reply.modified:
                headers.append(("Last-Modified", format_datetime(reply.modified.astimezone(UTC), usegmt=True)))
        if zipped:
            headers.append(("Content-Encoding", "gzip"))
        if reply.status != HTTPStatus.NOT_MODIFIED:
            headers.append(("Content-Length", str(length)))
        return headers

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: ``Press.asked`` keeps what was asked."""
