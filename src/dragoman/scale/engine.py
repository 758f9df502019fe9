"""Ray, sealed in this module: a run as a pipeline of datasets (docs/scaling.md).

files -> looked at (tasks) -> cut into lots (tasks) -> coded and written (actors) -> sums.
Ray Data holds back what reads when what codes is behind, so that memory stays flat.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from dragoman.errors import DragomanError, OutputError, UsageError
from dragoman.optional import need
from dragoman.read import ReadOptions
from dragoman.scale.lots import Job, Lot, LotCoder, LotDone, cut_lots
from dragoman.scale.plan import Found, Seen, Shard, look

LOCAL = "local"
_READERS = 4  # tasks that read at once: reading is a hundredth of coding
_GROUP_BYTES = 64_000_000  # of a Parquet file that one task reads
_OBJECT_STORE = 100_000_000  # bytes, on one machine: lots under way are small
_BLOCKS = 10_000  # of shards, most
_LOT_BLOCK = 1  # bytes after which a block is handed on: at once, so that each lot is its own


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a run takes place.

    Attributes:
        address: `local` starts Ray on this machine, `auto` finds the cluster that this machine
            belongs to, `ray://HOST:PORT` and the like name one.
        actors: how many code; one for each core where None.
    """

    address: str = LOCAL
    actors: int | None = None


class Engine:
    """A connection to Ray. Made by `connect`."""

    def __init__(self, ray: Any, actors: int) -> None:
        self._ray = ray
        self.actors = actors

    def look(self, files: Sequence[Found], options: ReadOptions) -> list[Seen]:
        """Hash the files and cut large ones, on all machines; in the order given."""
        if not files:
            return []
        rows = [{"n": n, "found": pickle.dumps(found)} for n, found in enumerate(files)]
        blocks = min(len(rows), 4 * self.actors)
        looked = self._ray.data.from_items(rows, override_num_blocks=blocks).map(
            _Look(options), num_cpus=0.5
        )
        with _told_plainly():
            seen = sorted(looked.take_all(), key=lambda row: row["n"])
        return [pickle.loads(row["seen"]) for row in seen]  # made by `_Look`

    def code(self, shards: Sequence[Shard], job: Job) -> Iterator[LotDone]:
        """Code shards; the sums of every lot, in whatever order they are done."""
        data = self._ray.data
        if not shards:
            return
        rows = [{"shard": pickle.dumps(shard)} for shard in shards]
        lots = data.from_items(rows, override_num_blocks=min(len(rows), _BLOCKS)).map_batches(
            _Cut(job),
            batch_size=1,
            num_cpus=0.1,
            compute=data.TaskPoolStrategy(size=min(_READERS, len(rows))),
        )
        done = lots.map_batches(
            _CodeLots,
            batch_size=1,
            fn_constructor_args=(job,),
            num_cpus=0.9,
            compute=data.ActorPoolStrategy(size=self.actors, max_tasks_in_flight_per_actor=2),
        )
        with _told_plainly():
            for row in done.iter_rows():
                yield LotDone(**json.loads(row["done"]))


class _Look:
    """A task: one file."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        seen = look(pickle.loads(row["found"]), self._options, _GROUP_BYTES)
        return {"n": row["n"], "seen": pickle.dumps(seen)}


class _Cut:
    """A task: one shard, its lots as they are read."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, list[Any]]]:
        for shard in batch["shard"]:
            for lot in cut_lots(pickle.loads(shard), self._job):
                row = asdict(lot) | {"items": lot.items or b""}
                yield {name: [value] for name, value in row.items()}


class _CodeLots:
    """An actor: knowledge and parser are loaded once and kept."""

    def __init__(self, job: Job) -> None:
        self._coder = LotCoder(job)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        names = ("shard", "number", "last", "items")
        done = []
        for shard, number, last, items in zip(*(batch[name] for name in names), strict=True):
            lot = Lot(str(shard), int(number), bool(last), bytes(items) or None)
            done.append(json.dumps(asdict(self._coder.code(lot))))
        return {"done": done}


@contextmanager
def connect(cluster: Cluster) -> Iterator[Engine]:
    """Ray for the length of a run; on one machine it is started and ended.

    Raises:
        UsageError: Ray is not installed, or the cluster is not to be found.
    """
    # Read when Ray is imported: no statistics are sent out, and its own log stays in its files.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    ray = need("ray", "ray", "coding on many machines")
    data = need("ray.data", "ray", "coding on many machines")
    mine = not ray.is_initialized()
    if mine:
        _start(ray, cluster)
    try:
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = _LOT_BLOCK
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        cores = int(ray.cluster_resources().get("CPU", 1))
        yield Engine(ray, cluster.actors or max(1, cores))
    finally:
        if mine:
            ray.shutdown()


def _start(ray: Any, cluster: Cluster) -> None:
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if cluster.address == LOCAL:
        cores = cluster.actors or os.cpu_count() or 1
        options |= {
            "num_cpus": cores + 1,  # one more than code: those that read need a part of one
            "include_dashboard": False,
            "object_store_memory": _OBJECT_STORE,
        }
    try:
        with warnings.catch_warnings(), _hushed():
            warnings.simplefilter("ignore")
            ray.init(address=cluster.address, **options)
    except (ConnectionError, ValueError, RuntimeError) as error:
        why = str(error).splitlines()[0]
        raise UsageError(
            f"no Ray cluster at {cluster.address!r} ({why}); start one with `ray start`, set "
            "RAY_AUTH_MODE=token where it wants a token, or take --ray local"
        ) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """Nothing on standard error: Ray's native part writes there and nothing else stops it."""
    with suppress(OSError):
        sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Ray's wrapping of an error off, so that its cause is what is told.

    Raises:
        DragomanError: what a task or actor raised on purpose.
        OutputError: whatever else ended the run.
    """
    try:
        yield
    except DragomanError:
        raise
    except Exception as error:  # Ray wraps whatever went wrong in types of its own
        ours = next((e for e in _causes(error) if isinstance(e, DragomanError)), None)
        if ours is not None:
            raise ours from None
        last = list(_causes(error))[-1]
        raise OutputError(
            f"the run on Ray ended ({type(last).__name__}: {last}); run the same command again: "
            "it goes on where it stopped"
        ) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        yield found
        seen.add(id(found))
        found = getattr(found, "cause", None) or found.__cause__ or found.__context__


__all__ = ["LOCAL", "Cluster", "Engine", "connect"]
