"""A run on many machines: from its inputs to a folder of Parquet, or on from where it stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from dragoman.batch import Progress, Tell
from dragoman.errors import InputError, OutputError
from dragoman.read import ReadOptions, opened, read_options
from dragoman.records import Rejection
from dragoman.scale.files import Folder
from dragoman.scale.lots import Job, LotDone, lot_file
from dragoman.scale.plan import (
    PLAN,
    Found,
    Plan,
    Seen,
    Shard,
    describe,
    find_files,
    put_together,
    read_plan,
    read_shard,
)
from dragoman.store import settings_json

# Big enough that files of Parquet are few, small enough that a lost machine loses a minute.
LOT_ITEMS = 250
# Small files that are read as one.
_SHARD_BYTES = 4_000_000


class Machines(Protocol):
    """What carries a run out; `dragoman.scale.engine` does so on Ray."""

    actors: int

    def look(self, files: Sequence[Found], options: ReadOptions) -> list[Seen]:
        """Hash the files and cut large ones, in the order given."""

    def code(self, shards: Sequence[Shard], job: Job) -> Iterator[LotDone]:
        """Code shards; the sums of every lot, in any order."""


def run_on(inputs: Sequence[str], job: Job, machines: Machines, tell: Tell) -> Progress:
    """Code inputs into the job's folder, but for the lots that it has.

    Args:
        inputs: files, folders and URIs that all machines see under these names.
        tell: called after every lot, and with each of its rejections.

    Raises:
        DragomanError: nothing can be coded, or the folder is unusable or that of another run.
    """
    folder = Folder(job.folder)
    seen = machines.look(list(find_files(inputs)), read_options(job.settings))
    shards = put_together(seen, _SHARD_BYTES)
    shut = _shut(seen, shards, job)
    if shut:
        total = Progress(rejections=len(shut))
        for rejection in shut:
            tell(total, rejection)
        return total
    plan = Plan(
        job.coder,
        settings_json(job.settings),
        machines.actors,
        job.lot_items,
        describe(inputs, seen),
        tuple((shard.id, shard.place, None) for shard in shards),
    )
    _check_folder(folder, plan)
    folder.write_text(PLAN, plan.to_json())
    sums = _Sums(tell)
    for done in machines.code(shards, job):
        sums.add(done)
    whole = tuple((name, place, sums.lots.get(name)) for name, place, _ in plan.shards)
    _check_whole(folder, whole)
    folder.write_text(PLAN, replace(plan, shards=whole, state="finished").to_json())
    return sums.progress


def _shut(seen: Sequence[Seen], shards: Sequence[Shard], job: Job) -> list[Rejection]:
    """The rejections of the inputs where none of them could even be opened: nothing is written."""
    if any(each.sha256 is not None for each in seen):
        return []
    _, shut = opened(item for shard in shards for item in read_shard(shard, job.settings))
    return shut


class _Sums:
    """What the lots came to so far."""

    def __init__(self, tell: Tell) -> None:
        self.progress = Progress()
        self.lots: dict[str, int] = {}
        self._tell = tell

    def add(self, done: LotDone) -> None:
        """Count a lot."""
        if done.last:
            self.lots[done.shard] = done.number + 1
        now, new = self.progress, not done.known
        self.progress = Progress(
            coded=now.coded + new * done.coded,
            skipped=now.skipped + done.known * done.coded,
            events=now.events + new * done.events,
            rejections=now.rejections + done.refused,
        )
        for rejection in done.told():
            self._tell(self.progress, rejection)
        self._tell(self.progress, None)


def _check_folder(folder: Folder, plan: Plan) -> None:
    """See that a folder is empty, or that of the same run.

    Raises:
        OutputError: it is not.
    """
    names = folder.names()
    if PLAN not in names:
        if names:
            raise OutputError(f"{folder.name}: is not empty; name a folder of its own")
        return
    try:
        old = read_plan(folder.read_text(PLAN), f"{folder.name}/{PLAN}")
    except (InputError, OSError) as error:
        raise OutputError(f"{folder.name}: {error}; or name another folder") from error
    others = [name for name, *_ in old.shards] != [name for name, *_ in plan.shards]
    reasons = {
        "another coder (version, knowledge, model or settings)": old.coder.id != plan.coder.id,
        f"lots of {old.lot_items} items": old.lot_items != plan.lot_items,
        "other inputs": others,
    }
    for reason, differs in reasons.items():
        if differs:
            raise OutputError(
                f"{folder.name}: holds the run of {reason}; name another folder, or give the "
                "same command as then"
            )


def _check_whole(folder: Folder, shards: Sequence[tuple[str, str, int | None]]) -> None:
    """See that the results of all machines are here.

    Raises:
        OutputError: some are not.
    """
    names = folder.names("items")
    for name, place, lots in shards:
        wanted = {lot_file(name, number, "items") for number in range(lots or 0)}
        if lots is None or not wanted <= names:
            raise OutputError(
                f"{folder.name}: results of {place or name} are missing; all machines must see "
                "this folder under this name (docs/scaling.md)"
            )
