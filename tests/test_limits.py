"""Limits of one article within a process."""

from __future__ import annotations

import errno
import re
import signal
import sys
import threading
import time
from contextlib import suppress

import pytest

from dragoman import workers
from dragoman.errors import OutputError
from dragoman.limits import Limits, TooSlow, within
from dragoman.records import Article, RawItem, Span
from dragoman.settings import Settings

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounded on Linux only")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="no timers")


# ------------------------------------------------------------------ in this process


def for_ever() -> None:
    """Work that catches what it can, as libraries do."""
    while True:
        with suppress(Exception):
            re.match("(a+)+b", "a" * 60)  # would take years


def deaf(times: int) -> None:
    """Work that even catches what is no error, so many times."""
    while True:
        try:
            time.sleep(30)
        except BaseException:
            times -= 1
            if not times:
                raise


@UNIX
@pytest.mark.parametrize("work", [for_ever, lambda: deaf(2)])
def test_work_is_interrupted_when_its_time_is_up(work):
    with pytest.raises(TooSlow, match="longer than 1 seconds"):
        bounded(Limits(1, 10**9), work)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def bounded(limits: Limits, work):
    with within(limits, 10):
        return work()


@LINUX
def test_memory_is_bounded_and_free_again():
    with pytest.raises(MemoryError):
        bounded(Limits(60, 50 << 20), lambda: bytearray(200 << 20))
    assert len(bytearray(200 << 20)) == 200 << 20


def test_long_texts_have_more_time():
    assert Limits(60, 1).seconds_for(5_000) == 60
    assert Limits(60, 1).seconds_for(500_000) == 300


def test_other_threads_are_left_alone():
    done = []

    limits = Limits(1, 1)
    thread = threading.Thread(
        target=lambda: done.append(bounded(limits, lambda: bytearray(100 << 20)))
    )
    thread.start()
    thread.join()
    assert len(done) == 1


# ------------------------------------------------------------------ articles


TEXT = "Peru praised Chile on Monday."
ARTICLE = Article("a", TEXT, (Span(0, 29),), 0, None, None, None, None, "en", (), "a.txt")


@pytest.fixture
def code(monkeypatch):
    """`code(item, settings, stage, work)`: an item coded with one stage replaced; no model."""

    def run(item, settings, stage, work):
        monkeypatch.setattr(workers.Kit, "load", lambda kit: None)
        monkeypatch.setattr(workers, stage, lambda *_: work())
        return workers.code_item(item, workers.Kit(settings))

    return run


@UNIX
@pytest.mark.parametrize(
    ("stage", "name", "item"),
    [("clean", "clean", RawItem("a.txt", "text", TEXT)), ("code", "code_article", ARTICLE)],
)
def test_an_article_over_its_time_is_a_rejection(code, stage, name, item):
    done = code(item, Settings(max_article_seconds=1), name, lambda: time.sleep(30))
    assert (done.rejection.stage, done.rejection.code) == (stage, "too-slow")
    assert done.rejection.place == "a.txt"
    assert "; shorten it or raise max_article_seconds" in done.rejection.detail


@LINUX
def test_an_article_over_its_memory_is_a_rejection(code):
    settings = Settings(max_article_memory=100 << 20)
    done = code(ARTICLE, settings, "code_article", lambda: bytearray(200 << 20))
    assert done.rejection.code == "too-much-memory"
    assert "more than 100 MiB" in done.rejection.detail


def test_a_full_disk_is_no_articles_fault(code):
    """It ends the run, which goes on later; a rejection would be remembered."""

    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="make room"):
        code(ARTICLE, Settings(), "code_article", full)
