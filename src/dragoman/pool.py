"""Work in other processes that outlives whatever an item does to one of them.

The pools of the standard library lose everything that is under way when one process dies, and
have no time limits (docs/decisions/0026-limits-of-an-article.md). Here each process has a pipe of
its own and one item at a time: the one that holds a process up is known, and alone loses it.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from dragoman.errors import DragomanError, ParserError

Item = TypeVar("Item")
Result = TypeVar("Result")
Given = TypeVar("Given")

# Items handed out ahead of the one awaited, for each process: enough to keep all of them busy
# behind one slow item, few enough to keep memory flat.
_AHEAD = 8
# Processes that may die before they are ready, one after the other, until it is told.
_STARTS = 2
_END_SECONDS = 5.0


class Loss(Enum):
    """Why an item gave nothing."""

    DIED = "its process died twice, the second time with nothing beside it"
    SLOW = "its process was ended, its time was up"


@dataclass(frozen=True)
class Plan(Generic[Given, Item, Result]):
    """What the processes do.

    Attributes:
        make: called once in every process, gives the function that does an item; both this and
            what it is given are pickled.
        given: to `make`.
        count: of processes.
        patience: seconds until the process that does an item is ended.
        lost: what stands for the result of an item that gave none.
    """

    make: Callable[[Given], Callable[[Item], Result]]
    given: Given
    count: int
    patience: Callable[[Item], float]
    lost: Callable[[Item, Loss], Result]


@dataclass(eq=False)
class _Job(Generic[Item, Result]):
    """An item on its way; `deaths` counts the processes that ended with it."""

    item: Item
    future: Future[Result] = field(default_factory=Future)
    deaths: int = 0


@dataclass(eq=False)
class _Worker(Generic[Item, Result]):
    """A process, the item that it does, and when that is to be done."""

    process: Any
    pipe: Any
    ready: bool = False
    job: _Job[Item, Result] | None = None
    deadline: float = float("inf")


class Pool(Generic[Item, Result]):
    """The processes, and the thread that hands them items; they start with the first item."""

    def __init__(self, plan: Plan[Any, Item, Result]) -> None:
        self._plan = plan
        # Spawned, not forked: the same on every system, and safe beside threads.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Item, Result]] = []
        self._todo: deque[_Job[Item, Result]] = deque()  # by other threads only appended to
        self._suspects: deque[_Job[Item, Result]] = deque()
        self._failed_starts = 0
        self._error: BaseException | None = None
        self._closing = False
        self._bell, self._ring = self._context.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """The results of items, in their order.

        Raises:
            DragomanError: what `make` or an item raised of that kind.
            ParserError: the processes cannot start.
        """
        waiting: deque[Future[Result]] = deque()
        source = iter(items)
        more = True
        while True:
            while more and len(waiting) < self._plan.count * _AHEAD:
                try:
                    waiting.append(self._submit(next(source)))
                except StopIteration:
                    more = False
            if not waiting:
                return
            yield waiting.popleft().result()

    def _submit(self, item: Item) -> Future[Result]:
        job: _Job[Item, Result] = _Job(item)
        self._todo.append(job)
        if self._error is not None:
            raise self._error
        self._ring.send_bytes(b"1")
        return job.future

    def close(self) -> None:
        """End all processes, whatever they do."""
        if self._closing:
            return
        self._closing = True
        self._ring.send_bytes(b"0")
        self._thread.join()
        self._ring.close()
        self._bell.close()

    # ------------------------------------------------------------------ in the thread

    def _serve(self) -> None:
        try:
            while not self._closing:
                self._hand_out()
                self._listen()
                self._end_the_late()
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it
            self._fail(error)
        finally:
            for worker in self._workers:
                worker.process.kill()
            for worker in self._workers:
                worker.process.join(_END_SECONDS)
                worker.pipe.close()

    def _hand_out(self) -> None:
        """Give items to processes that have none; one under suspicion is done alone."""
        while self._suspects or self._todo:
            if self._suspects and any(worker.job for worker in self._workers):
                return
            free = next((w for w in self._workers if w.ready and w.job is None), None)
            if free is None:
                starting = sum(not worker.ready for worker in self._workers)
                jobs = 1 if self._suspects else len(self._todo)
                if len(self._workers) < self._plan.count and starting < jobs:
                    self._start()
                    continue
                return
            job = (self._suspects or self._todo).popleft()
            free.job = job
            free.deadline = time.monotonic() + self._plan.patience(job.item)
            with suppress(OSError):  # it has just died; listening finds out
                free.pipe.send(job.item)

    def _start(self) -> None:
        ours, its = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(its, self._plan.make, self._plan.given), daemon=True
        )
        process.start()
        its.close()
        self._workers.append(_Worker(process, ours))

    def _listen(self) -> None:
        """Wait until a process has something to say, an item comes in, or a time is up."""
        soonest = min((w.deadline for w in self._workers), default=float("inf"))
        left = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
        pipes = {worker.pipe: worker for worker in self._workers}
        for pipe in multiprocessing.connection.wait([self._bell, *pipes], left):
            if pipe is self._bell:
                self._bell.recv_bytes()
                continue
            worker = pipes[pipe]
            try:
                what, value = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker, Loss.DIED)
                continue
            self._hear(worker, what, value)

    def _hear(self, worker: _Worker[Item, Result], what: str, value: Any) -> None:
        if what == "ready":
            worker.ready = True
            self._failed_starts = 0
        elif what == "done" and worker.job is not None:
            worker.job.future.set_result(value)
            worker.job, worker.deadline = None, float("inf")
        else:
            self._fail(DragomanError(value))

    def _end_the_late(self) -> None:
        now = time.monotonic()
        for worker in [w for w in self._workers if w.deadline <= now]:
            worker.process.kill()
            self._bury(worker, Loss.SLOW)

    def _bury(self, worker: _Worker[Item, Result], loss: Loss) -> None:
        """Let go of a process that ended, and see to its item."""
        self._workers.remove(worker)
        worker.process.join(_END_SECONDS)
        worker.pipe.close()
        job = worker.job
        if job is not None:
            job.deaths += 1
            if loss is Loss.SLOW or job.deaths > 1:
                job.future.set_result(self._plan.lost(job.item, loss))
            else:
                self._suspects.append(job)
        elif not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                self._fail(
                    ParserError(
                        "the worker processes cannot start; a script that codes with workers must "
                        'do so under `if __name__ == "__main__":`'
                    )
                )

    def _fail(self, error: BaseException) -> None:
        """End the run: every item that is waited for raises this."""
        self._error = error  # first: what is submitted from now on raises it at once
        jobs = [*(w.job for w in self._workers if w.job), *self._suspects, *self._todo]
        self._suspects.clear()
        self._todo.clear()
        for worker in self._workers:
            worker.job = None
        for job in jobs:
            job.future.set_exception(error)


# --------------------------------------------------------------------------- in a process


def _work(pipe: Any, make: Callable[[Any], Callable[[Any], Any]], given: Any) -> None:
    """Do items until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run; it ends its processes
    _end_with_parent()
    try:
        do = make(given)
        pipe.send(("ready", None))
        while True:
            pipe.send(("done", do(pipe.recv())))
    except DragomanError as error:
        pipe.send(("error", str(error)))  # not all errors can be pickled
    except (EOFError, BrokenPipeError):
        return


def _end_with_parent() -> None:
    """Let this process end when the one that started it is killed; else it would wait for ever."""
    parent = multiprocessing.parent_process()

    def watch(sentinel: int) -> None:
        multiprocessing.connection.wait([sentinel])
        os._exit(1)

    if parent is not None:
        threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
