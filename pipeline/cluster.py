"""Dask distributed, named here and nowhere else: the same work on the processes of one machine or of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from pipeline.records import DatelineError

LIVES = 3  # workers that a piece of work may take with it before it counts as lost


class Keyed(Protocol):
    """A piece of work with a name of its own."""

    @property
    def key(self) -> str: ...


P = TypeVar("P", bound=Keyed)
R = TypeVar("R")


class ClusterError(DatelineError):
    """The cluster cannot be reached, or is not installed."""


def run(
    function: Callable[[P], R],
    pieces: Sequence[P],
    lost: Callable[[P, str], R],
    scheduler: str | None = None,
    workers: int = 1,
    linked: Callable[[str], None] | None = None,
) -> Iterator[R]:
    """The function's result for every piece, as they end; ``lost`` makes one for a piece that ends its workers.

    Without the address of a ``scheduler`` so many ``workers`` are started on this machine. A worker that dies is
    replaced and its piece tried again. Raises what the function raises, and ClusterError.
    """
    try:
        import dask
        from distributed import Client, KilledWorker, LocalCluster, as_completed
    except ImportError as error:
        raise ClusterError("Dask is missing: pip install 'dateline[cluster]'") from error
    with dask.config.set({"distributed.scheduler.allowed-failures": LIVES - 1, "distributed.logging.distributed": 40}):
        try:
            home = scheduler or LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=40
            )
            client = Client(home)
        except OSError as error:
            raise ClusterError(f"no scheduler answers at {scheduler}: {error}") from error
    try:
        if linked and client.dashboard_link:
            linked(client.dashboard_link)
        by_future = {client.submit(function, piece, key=f"shard-{piece.key}", pure=False): piece for piece in pieces}
        for future in as_completed(list(by_future)):
            failure = future.exception()
            if isinstance(failure, KilledWorker):
                yield lost(by_future[future], f"it ended {LIVES} workers")
            else:
                yield future.result()
            future.release()
    finally:
        client.close()
        if not isinstance(home, str):
            home.close()
