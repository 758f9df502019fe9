"""`dragoman code --store`: a run into a store, with its progress."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.cli.code import Run, read_items
from dragoman.cli.rejections import Ledger

if TYPE_CHECKING:
    from dragoman.batch import Progress
    from dragoman.records import Rejection
    from dragoman.settings import Settings
    from dragoman.store import InputFile
    from dragoman.workers import Item, Kit

_ON_TERMINAL, _IN_LINES = 0.2, 10.0  # seconds between two looks at the progress


def code_into_store(inputs: list[str], settings: Settings, store: Path, run: Run) -> int:
    """Code inputs into a store; the exit status."""
    from dragoman.batch import describe_inputs
    from dragoman.read import opened

    ledger = Ledger()
    items, shut = opened(islice(read_items(inputs, settings), run.limit))
    if shut:
        ledger.add(*shut)  # no store is made for nothing
        ledger.close()
        return 1
    target = Target(store, settings, run.workers)
    meter = Meter((inputs, settings, run.limit))
    total = target.code(items, describe_inputs(inputs), meter, ledger)
    ledger.close()
    typer.echo(told(store, total), err=True)
    return 1 if ledger.count else 0


@dataclass(frozen=True)
class Target:
    """A store to code into, once or again and again."""

    store: Path
    settings: Settings
    workers: int

    @cached_property
    def _kit(self) -> Kit:
        from dragoman.workers import Kit

        return Kit(self.settings)

    def code(
        self, items: Iterable[Item], inputs: Sequence[InputFile], meter: Meter, ledger: Ledger
    ) -> Progress:
        """One run.

        Args:
            items: to code.
            inputs: what the table of runs says of them.
            meter: shows how far it is.
            ledger: takes what was not used.
        """
        from dragoman.batch import BatchOptions, run_batch
        from dragoman.store import RunPlan, coder_key, open_writer

        coder = coder_key(self._kit.resources.coder, self.settings)
        plan = RunPlan(coder, self.settings, self.workers, inputs)
        with open_writer(self.store, plan) as writer, meter:

            def tell(progress: Progress, rejection: Rejection | None) -> None:
                if rejection is not None:
                    meter.clear()
                    ledger.add(rejection)
                meter.show(progress)

            return run_batch(items, writer, self._kit, BatchOptions(self.workers), tell)


def told(store: Path, total: Progress) -> str:
    """What a run did, in a line."""
    known = f", {total.skipped:,} already there" if total.skipped else ""
    return (
        f"dragoman: {store}: {total.coded:,} articles coded{known}, "
        f"{total.events:,} events, {total.rejections:,} rejected"
    )


class Meter:
    """Tells how far a run is: one line that changes on a terminal, else a line now and then.

    Args:
        counted: inputs, settings and limit of what is counted beside the run, to know how much is
            left; None where that would take too long.
    """

    def __init__(self, counted: tuple[list[str], Settings, int | None] | None = None) -> None:
        self._live = sys.stderr.isatty()
        self._start = self._shown = time.monotonic()
        self._total: int | None = None
        self._stop = threading.Event()
        self._counting: threading.Thread | None = None
        if counted is not None:
            self._counting = threading.Thread(target=self._count, args=counted, daemon=True)

    def __enter__(self) -> Meter:
        if self._counting is not None:
            self._counting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._counting is not None:
            self._counting.join()
        self.clear()

    def clear(self) -> None:
        """Make room for another line."""
        if self._live:
            typer.echo("\r\x1b[K", nl=False, err=True)

    def show(self, progress: Progress) -> None:
        """Show the progress, unless it was shown just now."""
        now = time.monotonic()
        if now - self._shown < (_ON_TERMINAL if self._live else _IN_LINES):
            return
        self._shown = now
        line = progress_line(progress, now - self._start, self._total)
        if self._live:
            self.clear()
            typer.echo(line, nl=False, err=True)
        else:
            typer.echo(line, err=True)

    def _count(self, inputs: list[str], settings: Settings, limit: int | None) -> None:
        """Read the inputs once without coding them, beside the run, to know how much is left."""
        if any(not (Path(name).is_file() or Path(name).is_dir()) for name in inputs):
            return
        with contextlib.suppress(Exception):  # whatever is wrong, the run itself will tell
            number = 0
            for _ in islice(read_items(inputs, settings), limit):
                number += 1
                if self._stop.is_set():
                    return
            self._total = number


def progress_line(progress: Progress, seconds: float, total: int | None) -> str:
    """The progress in words."""
    rate = (progress.coded + progress.rejections) / seconds if seconds > 0 else 0.0
    return ", ".join(_parts(progress, rate, total))


def _parts(progress: Progress, rate: float, total: int | None) -> Iterator[str]:
    of = "" if total is None else f" of {total:,}"
    yield f"{progress.items:,}{of} articles"
    if progress.skipped:
        yield f"{progress.skipped:,} already there"
    if progress.tied:
        yield f"{progress.tied:,} near duplicates"
    yield f"{rate:,.1f} a second"
    if total is not None and rate > 0:
        left = int(max(0, total - progress.items) / rate)
        yield f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
    yield f"{progress.events:,} events"
    yield f"{progress.rejections:,} rejected"
