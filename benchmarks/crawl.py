"""Pages a second and memory of a crawl of a loopback site, against bare Scrapy under the same settings.

    python -m benchmarks.crawl            # 500 and 2,000 articles; fails below the floor

Bare Scrapy fetches the same urls with the same settings and keeps nothing: no lists, no judging, no archive, no
database. Both run in a process of their own; the site runs in a third.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROUNDS = 3  # the fastest counts by the clock, since other work on the machine only slows; of the rest the median
FLOOR = 0.8  # of bare Scrapy's pages a second
ROOT = Path(__file__).resolve().parent.parent
PARAGRAPH = "<p>The ministry said that the rules on data flows take effect in August for every company. %d</p>"
BODY = "<html><head><title>Release {0}</title></head><body><h1>Release {0}</h1>{1}</body></html>"
HOST = "https://www.globaltimes.cn"


def url(number: int) -> str:
    return f"/page/202407/{number}.shtml"


def serve(count: int, port: multiprocessing.Queue[int]) -> None:
    listed = "".join(f"<url><loc>{HOST}{url(n)}</loc></url>" for n in range(count))
    pages = {"/sitemap.xml": f"<urlset>{listed}</urlset>"}
    pages |= {url(n): BODY.format(n, "".join(PARAGRAPH % k for k in range(40))) for n in range(count)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16

        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # bare Scrapy without a delay opens many connections at once

    server = Server(("127.0.0.1", 0), Handler)
    port.put(server.server_port)
    server.serve_forever()


def bare(count: int, press: str) -> None:
    """Run in a child: Scrapy alone over the urls."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    from crawlers.child import settings
    from crawlers.manners import Manners
    from crawlers.order import Order

    started = time.monotonic()
    made = settings(Order(sources=("global_times",), data=Path(), press=press))

    class Bare(scrapy.Spider):
        name = "bare"
        start_urls = tuple(HOST + url(n) for n in range(count))
        manners = Manners(made, print)  # one request at a time, as ours: Scrapy alone would send many at once

        def parse(self, response: scrapy.http.Response) -> None:
            """Nothing is kept."""

    process = CrawlerProcess(made)
    process.crawl(Bare)
    process.start()
    report(count, time.monotonic() - started)


def ours(count: int, press: str) -> None:
    """Run in a child: our crawl, without the wait for a further process to start."""
    from crawlers.run import crawl

    with tempfile.TemporaryDirectory() as data:
        done = crawl(["global_times"], data=Path(data), press=press)
    if done.total("article") != count:
        raise SystemExit(f"{done.counts}: not all of {count}")
    report(count, done.seconds)


def report(count: int, seconds: float) -> None:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    figures = {
        "pages_a_second": round(count / seconds, 1),
        "cpu_ms_a_page": round(1000 * sum(u.ru_utime + u.ru_stime for u in used) / count, 2),
        "peak_mb": max(u.ru_maxrss for u in used) // 1024,
    }
    print(json.dumps(figures))


def measure(count: int) -> dict[str, dict[str, float]]:
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    site = multiprocessing.Process(target=serve, args=(count, port), daemon=True)
    site.start()
    press = f"http://127.0.0.1:{port.get()}"
    rounds: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    for who in ("bare", "ours") * ROUNDS:
        command = [sys.executable, "-m", "benchmarks.crawl", who, str(count), press]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        rounds[who].append(json.loads(done.stdout))
    site.kill()
    best = {"pages_a_second": max}
    return {
        who: {key: best.get(key, statistics.median)([r[key] for r in found]) for key in found[0]}
        for who, found in rounds.items()
    }


def main() -> None:
    if len(sys.argv) == 4:
        {"bare": bare, "ours": ours}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
        return
    for count in (500, 2000):
        found = measure(count)
        ratio = found["ours"]["pages_a_second"] / found["bare"]["pages_a_second"]
        print(json.dumps({"articles": count, "ratio": round(ratio, 2), **found}))
    if ratio < FLOOR:
        raise SystemExit(f"{ratio:.2f} of bare Scrapy; the floor is {FLOOR}")


if __name__ == "__main__":
    main()
