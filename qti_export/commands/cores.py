"""The same work for many items, on all the cores there are."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


def on_all_cores(
    work: Callable[[ItemT], ResultT], items: Sequence[ItemT], died: Callable[[ItemT], ResultT]
) -> Iterator[ResultT]:
    """Yield the result for each item, in the order of the items.

    Where an item kills its process, as by running out of memory, ``died`` gives its result, and the others get theirs
    all the same. Exceptions of ``work`` are raised here. Ending early lets go of what has not been begun.
    """
    pool = _pool(work, min(os.cpu_count() or 1, len(items)))
    try:
        futures = deque(_submitted(pool, work, item) for item in items)
        for item in items:
            try:
                result = futures.popleft().result()
            except BrokenProcessPool:  # by this item or by any other: they were all let go
                result = _alone(work, item, died)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(work: Callable[[ItemT], ResultT], processes: int) -> ProcessPoolExecutor:
    """Return processes that have what the work needs imported, forked from one without threads."""
    context = get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    return ProcessPoolExecutor(processes, context, _end_at_ctrl_c)


def _end_at_ctrl_c() -> None:
    """Let Ctrl-C, which the terminal sends to every process, end this one without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[ItemT], ResultT], item: ItemT) -> Future[ResultT]:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as error:
        broken: Future[ResultT] = Future()
        broken.set_exception(error)
        return broken


def _alone(work: Callable[[ItemT], ResultT], item: ItemT, died: Callable[[ItemT], ResultT]) -> ResultT:
    with _pool(work, 1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)
