"""The crawling process: ``python -m crawlers.child`` reads an Order as one JSON line and answers in JSON lines.

Scrapy's reactor starts once a process, so each crawl gets a process of its own. Standard input stays open as the
parent's lifeline: a further line asks for an orderly stop, its end means the parent is gone and ends all at once.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sqlite3
import threading
import time
from io import FileIO
from typing import BinaryIO

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawlers.crawl import Crawl
from crawlers.order import Answer, Order, decode, encode
from pipeline import log

_EVERY = 0.1  # seconds between two words on progress of one source


class _Answers:
    """Writes answers to the parent; progress is thinned out."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._said: dict[str, float] = {}

    def progress(self, source: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - self._said.get(source, 0.0) > _EVERY:
            self._said[source] = now
            self.say(Answer(progress=(source, done, total)))

    def say(self, what: Answer) -> None:
        self._out.write(encode(what) + b"\n")
        self._out.flush()


def settings(order: Order) -> Settings:
    """crawlers/settings.py, at the sample press its exceptions, then the order's own."""
    made = Settings()
    made.setmodule("crawlers.settings", priority="project")
    if order.press:
        made.setdict(made.getdict("AT_PRESS"), priority="cmdline")
    made.set("DATELINE_PRESS", order.press or "", priority="cmdline")
    made.set("SPIDER_MODULES", [f"crawlers.{name}" for name in order.sources], priority="cmdline")  # no other is loaded
    made.setdict(order.settings, priority="cmdline")
    return made


def crawl(order: Order, answers: _Answers, lifeline: FileIO) -> None:
    """Run the order's spiders side by side in this process, and answer with the report."""
    shared = Crawl(order, answers.progress)
    process = AsyncCrawlerProcess(settings(order), install_root_handler=False)
    logging.getLogger("scrapy").setLevel(process.settings["LOG_LEVEL"])  # else each debug line is made, then dropped
    if not (order.press or process.settings["DATELINE_CONTACT"]):
        shared.warn("", "DATELINE_CONTACT is not set: say in it how a site's owner can reach you")
    for name in order.sources:
        process.crawl(process.spider_loader.load(name), crawl=shared)
    gc.freeze()  # what is there now stays to the end: the collector need not walk it again and again
    gc.set_threshold(20_000, 20, 50)
    asked_to_stop = threading.Event()
    threading.Thread(target=_watch, args=(lifeline, process, asked_to_stop), daemon=True).start()
    process.start(install_signal_handlers=False)
    report = shared.close(stopped=asked_to_stop.is_set())
    if shared.failure:
        raise shared.failure
    answers.say(Answer(report=report))


def _watch(lifeline: FileIO, process: AsyncCrawlerProcess, asked_to_stop: threading.Event) -> None:
    import asyncio

    from twisted.internet import reactor

    if not lifeline.readline():
        os._exit(1)  # the parent is gone, and with it the lock on the data: what is on the disk is whole
    asked_to_stop.set()
    reactor.callFromThread(lambda: asyncio.ensure_future(process.stop()))


def main() -> None:
    """Serve one order."""
    log.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent asks for the stop
    answers = _Answers(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # a stray print must not garble the answers
    lifeline = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 - unbuffered: a thread waits on it
    order = decode(lifeline.readline(), Order)
    try:
        crawl(order, answers, lifeline)
    except Exception as error:
        answers.say(Answer(error=f"{type(error).__name__}: {error}"))
        if isinstance(error, OSError | sqlite3.OperationalError):  # a full disk: the parent says so in a line
            raise SystemExit(1) from None
        raise


if __name__ == "__main__":
    main()
