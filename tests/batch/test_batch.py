"""Runs into a store: any number of workers, killed and resumed, beside other runs."""

from __future__ import annotations

import importlib.util
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman import store
from dragoman.batch import BatchOptions, Progress, describe_inputs, run_batch
from dragoman.cli.batch import progress_line
from dragoman.records import Article, Coder, Coding, RawItem, Rejection
from dragoman.settings import Settings

_SPEC = importlib.util.spec_from_file_location(
    "batch_helpers", Path(__file__).parent / "conftest.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)

ARTICLES = 24


class FakeKit:
    """Codes nothing, quickly."""

    settings = Settings()


@pytest.fixture
def batch(tmp_path, monkeypatch):
    """`batch(items)` -> progress and what was told, with a coder that needs no parser."""
    coder = Coder("1", "aaaa", None)

    def code(item, kit):
        if isinstance(item, Rejection):
            nothing = Article("", "", (), 0, None, None, None, None, "")
            return run_module.Rejected(nothing, item)
        article = Article(item.id or "", item.body, (), 0, None, None, None, None, "en")
        part = Rejection("clean", "published-unreadable", "cannot be read; mend it", item.origin)
        return Coding(article, (), coder, None, (part,) if item.published else ())

    from dragoman.batch import run as run_module

    def code_all(items, settings, count):
        return (code(item, settings) for item in items)

    monkeypatch.setattr(run_module, "code_in_processes", code_all)

    def run(items, seconds=0.0):
        told = []
        key = store.coder_key(coder, Settings())
        plan = store.RunPlan(key, Settings(), 1)
        with store.open_writer(tmp_path / "a.duckdb", plan) as writer:
            options = BatchOptions(1, seconds)
            done = run_batch(items, writer, FakeKit(), options, lambda p, r: told.append(r))
        return done, told

    return run


def items(*names):
    return [RawItem(f"{name}.txt", "text", f"text of {name}", id=name) for name in names]


def test_known_items_are_skipped_and_rejections_told_again(batch):
    bad = Rejection("read", "json-invalid", "is no JSON; mend it", "a.jsonl:3")
    assert batch([*items("a", "b"), bad]) == (Progress(2, 0, 0, 1), [None, None, bad])
    done, told = batch([*items("a", "b", "c", "c"), bad])
    assert done == Progress(1, 3, 0, 1)
    assert told.count(bad) == 1


def test_parts_that_were_not_used_are_told_and_told_again(batch):
    dated = RawItem("d.txt", "text", "text of d", id="d", published="in May")
    done, told = batch([*items("a"), dated])
    assert (done, [r and r.code for r in told]) == (Progress(2), [None, "published-unreadable"])
    done, told = batch([*items("a"), dated])
    assert (done, [r and r.code for r in told]) == (
        Progress(0, 2), [None, "published-unreadable"],
    )  # fmt: skip


def test_a_run_that_is_interrupted_keeps_what_was_committed(batch, tmp_path):
    def source():
        yield from items(*"abcdef")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch(source())
    done, _ = batch(items(*"abcdefgh"))
    assert done.items == 8
    assert [r["state"] for r in store.info(tmp_path / "a.duckdb")["runs"]] == [
        "stopped", "finished",
    ]  # fmt: skip


def test_items_are_read_as_they_are_needed(batch, monkeypatch):
    from dragoman.batch import run as run_module

    monkeypatch.setattr(run_module, "_LOOKUP", 10)
    ahead = []

    def source():
        for number in range(100):
            ahead.append(number)
            yield from items(str(number))

    read = []
    key = run_module.item_key
    monkeypatch.setattr(run_module, "item_key", lambda i: read.append(len(ahead)) or key(i))
    batch(source())
    assert max(now - number for number, now in enumerate(read)) <= 10


def test_inputs_are_told_by_hash(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_text("two")
    (tmp_path / "in" / ".hidden").write_text("x")
    folder, file, gone, stdin = describe_inputs(
        [str(tmp_path / "in"), str(tmp_path / "in" / "b.txt"), str(tmp_path / "no"), "-"]
    )
    assert (folder.files, folder.bytes, file.files, file.bytes) == (1, 3, 1, 3)
    assert folder.sha256 != file.sha256
    (tmp_path / "in" / "b.txt").write_text("owt")
    assert describe_inputs([str(tmp_path / "in")])[0].sha256 != folder.sha256
    assert gone.sha256 is stdin.sha256 is None


def test_progress_in_words():
    progress = Progress(coded=90, skipped=100, events=300, rejections=10)
    assert progress_line(progress, 20.0, 1200) == (
        "200 of 1,200 articles, 100 already there, 5.0 a second, 0:03:20 left, 300 events, "
        "10 rejected"
    )
    assert progress_line(Progress(1), 2.0, None) == "1 articles, 0.5 a second, 0 events, 0 rejected"


@pytest.mark.slow
def test_runs_killed_while_they_commit(tmp_path):
    """Nothing but commits, so that kills fall into the middle of them."""
    program = str(Path(__file__).parent / "committing.py")
    whole, killed = tmp_path / "whole.duckdb", tmp_path / "killed.duckdb"
    begun = time.monotonic()
    subprocess.run([sys.executable, program, str(whole), "400"], check=True)
    length = time.monotonic() - begun
    kills = 0
    for _ in range(int(os.environ.get("DRAGOMAN_KILLS", "4"))):
        run = subprocess.Popen([sys.executable, program, str(killed), "400"])
        try:
            run.wait(random.uniform(0.3, 1.0) * length)
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
            kills += 1
    subprocess.run([sys.executable, program, str(killed), "400"], check=True)
    assert helpers.rows(killed) == helpers.rows(whole)
    assert [r["state"] for r in store.info(killed)["runs"]].count("killed") <= kills


@pytest.mark.slow
def test_killed_runs_end_like_undisturbed_ones_whatever_the_workers(corpus, spawn, tmp_path):
    """`kill -9` at three random moments with two workers; the undisturbed run has one."""
    news = corpus(ARTICLES)
    whole, killed = tmp_path / "whole.duckdb", tmp_path / "killed.duckdb"
    begun = time.monotonic()
    done = spawn("code", news, "--store", whole)
    length = time.monotonic() - begun
    assert done.returncode == 1, done.stderr  # two lines of the input cannot be used
    assert f"{ARTICLES - 2} articles coded" in done.stderr
    chance = random.Random()
    for _ in range(3):
        run = subprocess.Popen(
            helpers.command("code", news, "--store", killed, "--workers", 2),
            stderr=subprocess.DEVNULL, cwd=tmp_path,
        )  # fmt: skip
        try:
            run.wait(chance.uniform(0.2, 1.2) * length)
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
    done = spawn("code", news, "--store", killed, "--workers", 2)
    assert done.returncode == 1, done.stderr
    assert "json-invalid" in done.stderr
    assert "no-text" in done.stderr
    assert helpers.rows(killed) == helpers.rows(whole)
    assert list(store.event_lines(killed)) == list(store.event_lines(whole))
    assert "running" not in {run["state"] for run in store.info(killed)["runs"]}


@pytest.mark.slow
def test_the_command_line(corpus, spawn, tmp_path):
    news, path = corpus(6), tmp_path / "a.duckdb"
    done = spawn("code", news, "--store", path)
    assert done.returncode == 1
    done = spawn("export", "--store", path, "--output", tmp_path / "e.jsonl")
    assert done.returncode == 0, done.stderr
    printed = spawn("code", news, "--format", "jsonl").stdout
    assert (tmp_path / "e.jsonl").read_text(encoding="utf-8") == printed
    assert '"finished"' in spawn("store", "info", path, "--json").stdout
    again = spawn("code", news, "--store", path, "--published", "2020-01-01")
    assert "4 articles coded" in again.stderr
    found = spawn("diff", path).stdout
    assert "4 articles in both" in found
    assert "0 added, 0 dropped, 0 changed" in found
    assert spawn("code", news, "--store", path, "--format", "csv").returncode == 2
    assert spawn("diff", tmp_path / "none.duckdb").returncode == 2


def test_a_second_run_ends_at_once(spawn, tmp_path):
    from dragoman.store.lock import only_writer

    path = tmp_path / "a.duckdb"
    (tmp_path / "x.txt").write_text("Peru praised Chile.")
    with only_writer(path):
        done = spawn("code", "x.txt", "--store", path)
    assert done.returncode == 2
    assert f"another run is writing to it (process {os.getpid()})" in done.stderr
    assert "Traceback" not in done.stderr
