"""Work shared out to processes of this machine, which start with everything that this one has read."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from release_portal.failure import Failure

Item = TypeVar("Item")
Result = TypeVar("Result")
_task: Callable[[Any], Any] | None = None  # what a forked process is to do; too large to be sent to it


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def shared(
    task: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[Callable[[], Iterator[Result]]]:
    """Begin a task on every item in so many processes; what is given waits for the results, in any order.

    With one job, or on a system that cannot fork, this process does it all when the results are asked for.

    Raises:
        Failure: a process was killed.

    """
    global _task  # forked processes find it here
    if min(jobs, len(items)) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield lambda: map(task, items)
        return
    _task = task
    gc.freeze()  # else the first collection in each process copies all that was read
    try:
        with ProcessPoolExecutor(min(jobs, len(items)), multiprocessing.get_context("fork")) as pool:
            futures = [pool.submit(_run, item) for item in items]
            try:
                yield lambda: (one.result() for one in as_completed(futures))
            except BrokenProcessPool as error:
                raise Failure("a worker process was killed", "try fewer: --jobs 1") from error
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        _task = None


def _run(item: Any) -> Any:
    if _task is None:
        raise RuntimeError("a worker was started without its task")
    return _task(item)
