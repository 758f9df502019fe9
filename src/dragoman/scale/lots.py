"""Lots: the items of a shard cut alike on every run, coded by one actor, written as one unit.

The files of a lot are named by its shard and number, so that a lot that is coded twice (a lost
machine, a stopped run) overwrites itself; the file of `items` comes last and says that the lot is
done.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from dragoman.errors import DataError
from dragoman.limits import OF_THE_MACHINE
from dragoman.records import Coding, Rejection
from dragoman.scale.files import Folder
from dragoman.scale.plan import Shard, read_shard
from dragoman.settings import Settings
from dragoman.store import (
    LOT_TABLES,
    CoderKey,
    ItemRows,
    Refused,
    Result,
    item_key,
    item_rows,
    read_lot,
    write_lot,
)
from dragoman.workers import Done, Item, Processes, Rejected

# A lot is cut after so many characters even where it has few items.
_LOT_CHARS = 5_000_000
_TOLD = tuple(f.name for f in fields(Rejection))

Code = Callable[[Iterable[Item]], Iterator[Done]]


@dataclass(frozen=True, slots=True)
class Job:
    """What every machine has to know.

    Attributes:
        folder: where the results go; all machines see it under this name.
        lot_items: most items of a lot.
    """

    settings: Settings
    coder: CoderKey
    folder: str
    lot_items: int


@dataclass(frozen=True, slots=True)
class Lot:
    """Some items of a shard.

    Attributes:
        number: from 0 within the shard.
        last: whether it is the shard's last.
        items: pickled; None where the lot is done already.
    """

    shard: str
    number: int
    last: bool
    items: bytes | None


@dataclass(frozen=True, slots=True)
class LotDone:
    """What one lot came to.

    Attributes:
        known: an earlier run had done it.
        refused: items that were not used; `rejections` tells also what was not used of others.
    """

    shard: str
    number: int
    last: bool
    known: bool = False
    coded: int = 0
    events: int = 0
    refused: int = 0
    rejections: list[dict[str, str]] = field(default_factory=list)

    def told(self) -> Iterator[Rejection]:
        """The rejections as records."""
        for each in self.rejections:
            yield Rejection(**each)


def lot_file(shard: str, number: int, table: str) -> str:
    """Where a table of a lot lies in the folder; Hive style, as all readers of Parquet know it."""
    return f"{table}/shard={shard}/{number:06}.parquet"


def cut_lots(shard: Shard, job: Job) -> Iterator[Lot]:
    """The lots of a shard, in order; at least one."""
    folder = Folder(job.folder)
    waiting: Lot | None = None
    for number, items in enumerate(_chunks(read_shard(shard, job.settings), job.lot_items)):
        if waiting is not None:
            yield waiting
        done = _is_done(folder, shard.id, number)
        waiting = Lot(shard.id, number, False, None if done else pickle.dumps(items))
    yield replace(waiting or Lot(shard.id, 0, True, pickle.dumps([])), last=True)


def _is_done(folder: Folder, shard: str, number: int) -> bool:
    """Whether a lot was coded; where a machine was too small or too slow, it is tried again."""
    if not folder.has(lot_file(shard, number, "items")):
        return False
    return not any(
        row["code"] in OF_THE_MACHINE
        for item in _read(folder, shard, number)
        for row in item.of("rejections")
    )


def _read(folder: Folder, shard: str, number: int) -> list[ItemRows]:
    """What a lot holds of items and rejections."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as scratch:
        files = {}
        for table in ("items", "rejections"):
            path = lot_file(shard, number, table)
            if folder.has(path):
                files[table] = folder.fetch(path, Path(scratch))
        return list(read_lot(files))


def _chunks(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    chars = 0
    for item in items:
        chunk.append(item)
        chars += len(getattr(item, "body", ""))
        if len(chunk) >= most or chars >= _LOT_CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


class LotCoder:
    """Codes lots and writes what they give; keeps its process with knowledge and parser.

    Articles are coded in a process of its own: one that dies takes nothing else with it, and its
    article is rejected as on one machine.

    Args:
        code: codes items instead of that process; for tests.
    """

    def __init__(self, job: Job, code: Code | None = None) -> None:
        self._job = job
        self._folder = Folder(job.folder)
        self._processes = ExitStack()
        if code is None:
            code = self._processes.enter_context(Processes(job.settings, 1)).code
        self._code = code

    def close(self) -> None:
        """End the process."""
        self._processes.close()

    def code(self, lot: Lot) -> LotDone:
        """Code a lot, unless an earlier run did.

        Raises:
            DragomanError: nothing can be coded or written here.
        """
        if lot.items is None:
            return self._known(lot)
        items: list[Item] = pickle.loads(lot.items)  # made by `cut_lots` of this run
        results = zip(items, self._code(items), strict=True)
        rows = [item_rows(self._result(i, d), self._job.coder.id) for i, d in results]
        with tempfile.TemporaryDirectory(prefix="dragoman-") as scratch:
            files, refused = write_lot(rows, self._job.coder.id, Path(scratch))
            self._put(lot, files)
        return _summary(lot, rows, refused)

    def _result(self, item: Item, done: Done) -> Result:
        if isinstance(done, Rejected):
            return Result(item_key(item), Refused(done.rejection, done.article.id or None))
        self._check(done)
        return Result(item_key(item), done)

    def _check(self, coding: Coding) -> None:
        wanted = self._job.coder.coder
        if coding.coder != wanted:
            raise DataError(
                f"a machine of the cluster codes with {coding.coder}, the run with {wanted}; "
                "install the same versions and the same knowledge on all of them"
            )

    def _put(self, lot: Lot, files: Mapping[str, Path]) -> None:
        """Write the files of a lot; nothing of an earlier try of it stays."""
        paths = {table: lot_file(lot.shard, lot.number, table) for table in LOT_TABLES}
        self._folder.remove(paths["items"])
        for table, path in paths.items():  # `items` is the last of them
            if table in files:
                self._folder.write(path, files[table])
            else:
                self._folder.remove(path)

    def _known(self, lot: Lot) -> LotDone:
        rows = _read(self._folder, lot.shard, lot.number)
        return replace(_summary(lot, rows, []), known=True)


def _summary(lot: Lot, rows: Iterable[ItemRows], refused: Iterable[Rejection]) -> LotDone:
    told = [asdict(why) for why in refused]
    coded, events, whole = -len(told), 0, len(told)
    for item in rows:
        coded += item.coding is not None
        events += len(item.of("events"))
        told += [{name: row[name] for name in _TOLD} for row in item.of("rejections")]
        whole += any(not row["part"] for row in item.of("rejections"))
    return LotDone(lot.shard, lot.number, lot.last, False, coded, events, whole, told)
