"""Read documents in a process that can be ended: one that breaks, hangs or eats memory is told apart, the rest is read.

Documents go to the worker in batches. A batch that fails is read again document by document, so that the guilty one
is known by its reason and the others lose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.quarantine.worker import Done, Worker
from pipeline.records import Annotations, Article, Page, Skipped

EXTRACT = "pipeline.quarantine.tasks:extract"
ANNOTATE = "pipeline.quarantine.tasks:annotate"
CONFIGURED = "pipeline.quarantine.tasks:configured"
VERSION = "pipeline.quarantine.tasks:annotator"
DOCUMENTS = 32  # a batch: with their titles as many as the language model takes at once
WEIGHT = 400_000  # characters or bytes a batch, so that a batch of long documents is not slower than a long document

A = TypeVar("A")
_idle: list[Worker] = []


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a document cannot be read."""

    reason: str


def extract(pages: Iterable[Page]) -> Iterator[tuple[Page, Article | Skipped | Broken]]:
    """Each page with what it says, in order; ``Broken`` for one that ends or holds up its reader."""
    return work(EXTRACT, pages, lambda page: len(page.body))


def annotate(articles: Iterable[Article], *, fast: bool = False) -> Iterator[tuple[Article, Annotations | Broken]]:
    """Each article with what it says, in order; ``Broken`` for one on which the annotators fail."""
    task = f"{ANNOTATE}_fast" if fast else ANNOTATE
    for article, found in work(task, articles, lambda article: len(article.text)):
        failed = isinstance(found, Annotations) and found.failed
        yield article, Broken(failed) if failed else found


def annotator(*, fast: bool = False) -> str:
    """The annotators' version, asked of the worker, so that this process need not load them."""
    ((_, version),) = work(f"{VERSION}_fast" if fast else VERSION, [None], lambda item: 0)
    return str(version)


def check_words() -> None:
    """Read every vocabulary in the worker, which needs them anyhow. Raises DatelineError for a mistake in one."""
    list(work(CONFIGURED, [None], lambda item: 0))


def work(task: str, items: Iterable[A], weigh: Callable[[A], int]) -> Iterator[tuple[A, Any]]:
    """Apply the task, ``module:function`` from a batch of items to as many results; each item with its own, in order.

    The next batch is under way while the results of the last are taken. Raises DatelineError where the task itself
    cannot run (a model that is not installed), whatever the documents hold.
    """
    bench = _Bench(task, _hire())
    idle = False
    try:
        under_way: list[A] = []
        for batch in _batches(items, weigh):
            results = bench.results(under_way)
            bench.worker.send(task, batch)
            read, under_way = under_way, batch
            yield from zip(read, results, strict=True)
        yield from zip(under_way, bench.results(under_way), strict=True)
        idle = True
    finally:
        if idle:
            _idle.append(bench.worker)
        else:  # it may be in the middle of something that nobody will ask for
            bench.worker.end()


def _hire() -> Worker:
    """A worker that waits for work, else a new one; several threads may ask."""
    try:
        return _idle.pop()
    except IndexError:
        return Worker()


class _Bench:
    """The worker at one task, replaced whenever it fails."""

    def __init__(self, task: str, worker: Worker) -> None:
        self._task = task
        self.worker = worker

    def results(self, batch: Sequence[Any]) -> list[Any]:
        """The results of the batch that was sent last; ``Broken`` for what has none."""
        if not batch:
            return []
        answer = self.worker.receive()
        if isinstance(answer, Done):
            return answer.results
        self._replace()
        if len(batch) == 1 and not answer.again:
            return [Broken(answer.reason)]
        return [self._alone(item) for item in batch]

    def _alone(self, item: Any) -> Any:
        """One document by itself; one that a worn worker could not hold is tried in a fresh one."""
        while True:
            self.worker.send(self._task, [item])
            fresh, answer = self.worker.fresh, self.worker.receive()
            if isinstance(answer, Done):
                return answer.results[0]
            self._replace()
            if fresh or not answer.again:
                return Broken(answer.reason)

    def _replace(self) -> None:
        self.worker.end()
        self.worker = Worker()


def _batches(items: Iterable[A], weigh: Callable[[A], int]) -> Iterator[list[A]]:
    batch: list[A] = []
    weight = 0
    for item in items:
        heavy = weigh(item)
        if batch and (len(batch) == DOCUMENTS or weight + heavy > WEIGHT):
            yield batch
            batch, weight = [], 0
        batch.append(item)
        weight += heavy
    if batch:
        yield batch
