"""Peers in a Python of their own, so that their dependencies need not be ours: ``PYTHON bench_peers.py WHAT PAGES``.

Run as a script this file imports nothing of Dateline. PAGES: a JSON object a line, ``url`` and ``body`` (base64).
It prints, for each peer that is installed, CPU seconds and what it found.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Pages = list[tuple[str, bytes]]


def hand_over(pages: Iterable[Any], file: Path) -> None:
    """Write the pages where a peer reads them."""
    rows = ({"url": page.url, "body": base64.b64encode(page.body).decode()} for page in pages)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def ask(python: Path | None, what: str, pages: Path) -> dict[str, Any]:
    """What the peers of this Python give, by name; under ``missing`` why one gives nothing."""
    if python is None:
        return {}
    done = subprocess.run([python, __file__, what, pages], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def newspaper4k() -> Callable[[str, bytes], tuple[str, str]]:
    """newspaper4k over a page's text."""
    import newspaper

    def read(url: str, body: bytes) -> tuple[str, str]:
        article = newspaper.Article(url, fetch_images=False)  # else it asks the network
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        return article.title or "", article.text or ""

    return read


def news_please() -> Callable[[str, bytes], tuple[str, str]]:
    """news-please over a page's text."""
    from newsplease import NewsPlease

    def read(url: str, body: bytes) -> tuple[str, str]:
        article = NewsPlease.from_html(body.decode("utf-8", "replace"), url=url, fetch_images=False)
        return article.title or "", article.maintext or ""

    return read


def warcio(pages: Pages) -> None:
    """Request, response and metadata of each page, gzip a record."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(io.BytesIO(), gzip=True)
    for url, body in pages:
        answer = StatusAndHeaders("200 OK", [("Content-Length", str(len(body)))], protocol="HTTP/1.1")
        asked = StatusAndHeaders(f"GET {url} HTTP/1.1", [], is_http_request=True)
        response = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=answer)
        request = writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=asked)
        writer.write_request_response_pair(request, response)
        note = io.BytesIO(json.dumps({"url": url, "source": "pages"}).encode())
        writer.write_record(writer.create_warc_record(url, "metadata", payload=note))


def extracted(make: Callable[[], Callable[[str, bytes], tuple[str, str]]], pages: Pages) -> dict[str, Any]:
    """CPU seconds of one reader, and title and text of each page; two empty strings where it fails."""
    read = make()
    found = []
    for warming in (True, False):
        begun = time.process_time()
        for url, body in pages[:20] if warming else pages:
            try:
                answer = read(url, body)
            except Exception:  # a peer may fail in any way of its own
                answer = ("", "")
            found += [] if warming else [answer]
    return {"seconds": time.process_time() - begun, "found": found}


def written(pages: Pages) -> dict[str, Any]:
    """CPU seconds of warcio's writer."""
    begun = time.process_time()
    warcio(pages)
    return {"seconds": time.process_time() - begun}


def main() -> None:
    """Print what was asked, as one line of JSON."""
    logging.disable(logging.CRITICAL)
    rows = map(json.loads, Path(sys.argv[2]).read_text().splitlines())
    pages = [(row["url"], base64.b64decode(row["body"])) for row in rows]
    readers = {"newspaper4k": newspaper4k, "news-please": news_please}
    peers: dict[str, Callable[[], Any]] = {"warcio": lambda: written(pages)}
    if sys.argv[1] == "extraction":
        peers = {name: lambda make=make: extracted(make, pages) for name, make in readers.items()}
    told: dict[str, Any] = {"missing": {}}
    for name, peer in peers.items():
        try:
            told[name] = peer()
        except ImportError as error:
            told["missing"][name] = str(error)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
