"""Time and memory that one article may take, where the system can measure them.

A timer interrupts the work by an exception, and a bound on the address space makes its next
allocation fail. Both are safety nets far above what an article costs, so that they do not decide
what is coded. Native code that heeds neither is ended with its process (`dragoman.pool`).
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Reasons of rejections that depend on the machine and its load: another run may do better.
OF_THE_MACHINE = ("too-slow", "too-much-memory", "worker-died")
# Articles longer than this get more time in proportion: coding is about linear in the text.
_CHARS = 100_000
# Code that swallows the exception is interrupted again after so many seconds.
_AGAIN = 1.0
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one article may take.

    Attributes:
        seconds: of wall clock, for each stage on a text of up to 100,000 characters.
        memory: bytes, on top of what the process had before.
    """

    seconds: int
    memory: int

    def seconds_for(self, chars: int) -> float:
        """Seconds for a text of so many characters."""
        return self.seconds * max(1.0, chars / _CHARS)


class TooSlow(BaseException):
    """An article took longer than its time. Its message says what to do.

    No `Exception`, so that the broad handlers of libraries let it by.
    """


@contextmanager
def within(limits: Limits, chars: int) -> Iterator[None]:
    """Do something within limits. They hold in the main thread, on systems that have them.

    Args:
        limits: of one article.
        chars: length of its text or page, in characters.

    Raises:
        TooSlow: the time is up.
        MemoryError: the memory is.
    """
    if threading.current_thread() is threading.main_thread():
        with _memory(limits.memory), _timer(limits.seconds_for(chars)):
            yield
    else:
        yield


def too_slow(seconds: float) -> str:
    """What an article that took longer than this is told."""
    return f"took longer than {seconds:,.0f} seconds; shorten it or raise max_article_seconds"


def too_much_memory(limits: Limits) -> str:
    """What an article that took more memory than allowed is told."""
    return (
        f"took more than {limits.memory // _MEBIBYTE:,} MiB of memory; shorten it or raise "
        "max_article_memory"
    )


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    if sys.platform == "win32":  # no timers: only processes of their own are bounded there
        yield
        return
    running = True

    def ring(*_: Any) -> None:
        if running:  # a signal may arrive after the work was done
            raise TooSlow(too_slow(seconds))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            running = False
    finally:  # the signal may have come in the line above
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(allowed: int) -> Iterator[None]:
    now = _address_space()
    if sys.platform == "win32" or now is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [now + allowed, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int | None:
    """Bytes of address space that this process has; None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return None
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * resource.getpagesize()
