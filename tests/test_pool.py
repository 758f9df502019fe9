"""Processes that outlive whatever an item does to one of them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.errors import DragomanError, ParserError
from dragoman.pool import Loss, Plan, Pool

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="no signals to hold back")


def make(folder: str):
    """What a process of the tests does; an item is its own order."""
    if folder == "broken":
        raise DragomanError("no model")
    if folder == "deadly":
        os._exit(3)

    def do(order: str):
        what, _, name = order.partition(" ")
        mark = Path(folder, name)
        if what == "die" or (what == "once" and not mark.exists()):
            mark.touch()
            os._exit(9)
        if what == "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(600)
        if what == "refuse":
            raise DragomanError(name)
        return name, os.getpid()

    return do


def plan(folder: object, count: int = 2, patience: float = 60.0) -> Plan:
    return Plan(make, str(folder), count, lambda order: patience, lambda order, loss: (loss, order))


def run(orders, what: Plan):
    with closing(Pool(what)) as pool:
        return list(pool.run(orders))


def test_results_come_in_order_from_other_processes(tmp_path):
    found = run((f"say {n}" for n in range(40)), plan(tmp_path))
    assert [name for name, _ in found] == [str(n) for n in range(40)]
    assert os.getpid() not in {pid for _, pid in found}


def test_a_process_that_dies_costs_nobody_else_anything(tmp_path):
    orders = ["say a", "die b", "say c", "once d", "say e"]
    found = run(orders, plan(tmp_path))
    assert found.pop(1) == (Loss.DIED, "die b")
    assert [name for name, _ in found] == ["a", "c", "d", "e"]


@UNIX
def test_an_item_that_heeds_nothing_loses_its_process(tmp_path):
    found = run(["say a", "hang b", "say c"], plan(tmp_path, 1, 1.5))
    assert found[1] == (Loss.SLOW, "hang b")
    assert [found[0][0], found[2][0]] == ["a", "c"]


def test_an_error_of_the_program_ends_the_run(tmp_path):
    with pytest.raises(DragomanError, match="no words"):
        run(["say a", "refuse no words", *["say b"] * 30], plan(tmp_path))
    with pytest.raises(DragomanError, match="no model"):
        run(["say a"], plan("broken"))
    with pytest.raises(ParserError, match="cannot start"):
        run(["say a"] * 9, plan("deadly"))


def test_what_the_source_raises_comes_through_and_ends_the_processes(tmp_path):
    def source():
        yield from ["say a", "say b"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(source(), plan(tmp_path))
    assert not [t for t in threading.enumerate() if "_serve" in t.name]
