"""The reading process, ``python -m pipeline.quarantine.child FD``: answers batch after batch until its parent ends."""

from __future__ import annotations

import errno
import resource
import signal
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from pipeline import log
from pipeline.quarantine.worker import Done, Failed, Job, Limits, Ready, WorkerError
from pipeline.records import DatelineError

_MACHINE = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE})


def main() -> None:
    """Serve one parent. Nothing but its answers leaves this process."""
    log.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parent: Connection[Any, Any] = Connection(int(sys.argv[1]))
    parent.send(Ready())
    while True:
        try:
            job = parent.recv()
        except EOFError:
            return
        answer = _answer(job)
        parent.send(answer)
        if isinstance(answer, Failed):
            return  # what it holds after a failure is not to be trusted


def _answer(job: Job) -> Done | Failed | DatelineError:
    _bound(job.limits)
    try:
        return Done(list(_task(job.task)(job.items)))
    except DatelineError as error:
        return error
    except MemoryError:
        return Failed(f"over {job.limits.memory >> 20} MB of memory", again=True)
    except OSError as error:
        if error.errno in _MACHINE:  # no document's fault: none must be set aside for it
            return WorkerError(f"cannot write: {error}; make room or mend the rights, then run the same again")
        return Failed(f"{type(error).__name__}: {error}"[:500])
    except Exception as error:
        return Failed(f"{type(error).__name__}: {error}"[:500])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _bound(limits: Limits) -> None:
    """When the time is over the kernel ends the process, whatever C code it is in; more memory is refused."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    memory = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _task(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


if __name__ == "__main__":
    main()
