"""The folder of a run on many machines merged into a store, in the order of its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import InputError
from dragoman.scale.lots import lot_file
from dragoman.scale.plan import PLAN, Plan, read_plan
from dragoman.store import LOT_TABLES, ItemRows, RunPlan, info, open_writer, read_lot

# Items that are committed together.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Merged:
    """What a store has more; `lots` of them were read, `missing` shards were not whole."""

    lots: int
    missing: int
    articles: int
    events: int
    rejections: int


def merge_folder(folder: Path, store: Path, partial: bool = False) -> Merged:
    """Add what a folder holds to a store; what the store has is left as it is.

    Args:
        folder: that `run_on` wrote, on this machine's disk.
        store: made where it is not.
        partial: also take a run that has not finished, as far as it came.

    Raises:
        InputError: the folder holds no run, one that has not finished, or damaged files.
        OutputError: the store cannot be written.
    """
    plan = _plan(folder)
    lots, missing = _lots(folder, plan)
    if (missing or plan.state != "finished") and not partial:
        raise InputError(
            "run-unfinished",
            f"holds a run that has not finished ({missing} of {len(plan.shards)} shards are not "
            "whole); give its command once more, or take what is there with --partial",
            str(folder),
        )
    run = RunPlan(plan.coder, plan.settings, plan.workers, plan.inputs)
    with open_writer(store, run) as writer:
        batch: list[ItemRows] = []
        for files in lots:
            batch += read_lot(files)
            if len(batch) >= _BATCH:
                writer.add(batch)
                batch = []
        if batch:
            writer.add(batch)
    row = info(store)["runs"][-1]
    return Merged(len(lots), missing, row["articles"], row["events"], row["rejections"])


def _plan(folder: Path) -> Plan:
    path = folder / PLAN
    if not folder.is_dir():
        raise InputError("run-missing", "there is no such folder; check the path", str(folder))
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(
            "run-missing",
            f"has no {PLAN}; name the folder that `dragoman scale` wrote",
            str(folder),
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("run-unknown", f"cannot be read ({error}); copy it anew", str(path)) from (
            error
        )
    return read_plan(text, str(path))


def _lots(folder: Path, plan: Plan) -> tuple[list[dict[str, Path]], int]:
    """The files of every whole lot, in order, and how many shards are not whole."""
    found: list[dict[str, Path]] = []
    missing = 0
    for shard, _, count in plan.shards:
        items = (folder / lot_file(shard, 0, "items")).parent
        numbers = sorted(int(path.stem) for path in items.glob("[0-9]*.parquet"))
        for number in numbers:
            paths = {table: folder / lot_file(shard, number, table) for table in LOT_TABLES}
            found.append({table: path for table, path in paths.items() if path.is_file()})
        missing += count is None or numbers != list(range(count or 0))
    return found, missing
