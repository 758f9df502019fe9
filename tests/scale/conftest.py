"""Runs on many machines, played in this process: with a coder that needs no parser, without Ray."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman import store
from dragoman.batch import BatchOptions, run_batch
from dragoman.batch import run as batch_run
from dragoman.read import read_inputs, read_options
from dragoman.records import Coder, Coding, Rejection
from dragoman.scale import Job, run_on
from dragoman.scale.lots import LotCoder, cut_lots
from dragoman.scale.plan import look
from dragoman.settings import Settings
from dragoman.workers import Rejected

_SPEC = importlib.util.spec_from_file_location(
    "store_helpers", Path(__file__).parents[1] / "store" / "test_store.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)

CODER = helpers.CODER
SETTINGS = Settings()


def code_one(item: Any) -> Coding | Rejected:
    """Two events an article, told by its id; the text is that of the article and so is the id."""
    if isinstance(item, Rejection):
        return Rejected(helpers.coding("").article, item)
    if "poison" in item.body:
        article = helpers.coding(item.id or "").article
        return Rejected(
            article, Rejection("code", "failed", "failed on it; report it", item.origin)
        )
    name = item.id or item.body[:10]
    events = [helpers.event(f"{name}-{n}") for n in range(2)]
    if "unstorable" in item.body:
        events[1] = helpers.event(f"{name}-1", quad=1 << 40)
    made = helpers.coding(name, *events, text=f"{helpers.TEXT} {item.body}")
    unread = Rejection("clean", "published-unreadable", "cannot be read; mend it", item.origin)
    skipped = (unread,) if item.published else ()
    return replace(made, article=replace(made.article, origin=item.origin), skipped=skipped)


def too_slow(item: Any) -> Rejected:
    why = Rejection("code", "too-slow", "took too long; raise the limit", item.origin)
    return Rejected(helpers.coding(item.id).article, why)


class Here:
    """Plays the machines; lots come back in a random order, as they do from a cluster."""

    actors = 3

    def __init__(
        self, group_bytes: int = 1 << 30, stop_after: int | None = None, slow: str = ""
    ) -> None:
        self.group_bytes = group_bytes
        self.stop_after = stop_after
        self.slow = slow  # id of an article for which these machines are too slow
        self.coded: list[str] = []

    def look(self, files, options):
        return [look(found, options, self.group_bytes) for found in files]

    def code(self, shards, job):
        def code(items):
            for item in items:
                name = getattr(item, "id", None) or "?"
                self.coded.append(name)
                yield too_slow(item) if name == self.slow else code_one(item)

        coder = LotCoder(job, code)
        lots = [lot for shard in shards for lot in cut_lots(shard, job)]
        random.Random(7).shuffle(lots)
        for number, lot in enumerate(lots):
            if number == self.stop_after:
                raise KeyboardInterrupt
            yield coder.code(lot)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    key = store.coder_key(CODER, SETTINGS)
    return Job(SETTINGS, key, str(tmp_path / "out"), 3)


@pytest.fixture
def told() -> list[Rejection]:
    return []


@pytest.fixture
def scale(job, told):
    """`scale(inputs)` -> progress; what was rejected is in `told`."""

    def start(inputs, machines=None, job=job):
        def tell(progress, rejection):
            if rejection is not None:
                told.append(rejection)

        return run_on([str(i) for i in inputs], job, machines or Here(), tell)

    return start


@pytest.fixture
def one_process(tmp_path, monkeypatch):
    """`one_process(inputs)` -> the store of an ordinary run."""

    def start(inputs):
        def code(items, settings, count):
            return map(code_one, items)

        monkeypatch.setattr(batch_run, "code_in_processes", code)
        path = tmp_path / "one.duckdb"
        plan = store.RunPlan(store.coder_key(CODER, SETTINGS), SETTINGS, 1)
        items = read_inputs([str(i) for i in inputs], read_options(SETTINGS))
        with store.open_writer(path, plan) as writer:
            run_batch(items, writer, Kit(), BatchOptions(1), lambda p, r: None)
        return path

    return start


class Kit:
    settings = SETTINGS


def rows(path: Path) -> dict[str, list[Any]]:
    """Every row of a store but for what tells of runs."""
    import duckdb

    tables = [t for t in store.LOT_TABLES if t not in {"codings", "rejections"}] + ["coders"]
    queries = dict.fromkeys(tables, "*") | dict.fromkeys(
        ("codings", "rejections"), "* EXCLUDE (run)"
    )
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            table: connection.execute(f"SELECT {what} FROM {table} ORDER BY ALL").fetchall()
            for table, what in queries.items()
        }


OTHER = Coder("1.0", "bbbb", "model 1")
