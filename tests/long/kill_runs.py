"""Kills runs at random moments, resumes them, and compares the store with an undisturbed one.

    python tests/long/kill_runs.py [--kills 50] [--articles 400] [--workers 2] [--seed 1]

Every kill is `kill -9` of the run's main process: one in four at any moment from its start, the
others at any moment after its first commit (starting takes longer than coding here). When a run
ends before its kill, its store is compared and the next one begins, until there were as many kills
as asked for. Exit status 1 where a store differs.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType


def helpers() -> ModuleType:
    """What the tests of the suite use."""
    path = Path(__file__).parents[1] / "batch" / "conftest.py"
    spec = importlib.util.spec_from_file_location("batch_helpers", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def coded(store: Path) -> int | None:
    """Articles that a store holds, also while a run writes; None where it is busy or not there."""
    import duckdb

    try:
        with duckdb.connect(str(store), read_only=True) as connection:
            (count,) = connection.execute("SELECT count(*) FROM codings").fetchone()
            return int(count)
    except duckdb.Error:
        return None


def killed(run: subprocess.Popen[bytes], store: Path, length: float, chance: random.Random) -> bool:
    """Kill a run at some moment; False where it ends before."""
    if chance.random() < 0.25:
        moment = time.monotonic() + chance.uniform(0, length)
    else:
        before = coded(store) or 0
        while run.poll() is None and (coded(store) or 0) <= before:
            time.sleep(0.1)
        moment = time.monotonic() + chance.uniform(0, length / 2)
    try:
        run.wait(max(0, moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        return True
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    shared = helpers()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = shared.write_corpus(folder / "news.jsonl", args.articles)

        def command(store: Path) -> list[str]:
            given = ["--store", store, "--workers", args.workers]
            return list(shared.command("code", corpus, *given))

        begun = time.monotonic()
        start(command(folder / "whole.duckdb")).wait()
        length = time.monotonic() - begun
        whole = shared.rows(folder / "whole.duckdb")
        print(f"undisturbed: {length:.1f} s, {len(whole['codings'])} codings, "
              f"{len(whole['events'])} events")  # fmt: skip
        kills = stores = differing = 0
        while kills < args.kills:
            stores += 1
            store = folder / f"killed{stores}.duckdb"
            while kills < args.kills:
                if not killed(start(command(store)), store, length, chance):
                    break
                kills += 1
                print(f"kill {kills}: store {stores} has {coded(store)} codings", flush=True)
            start(command(store)).wait()
            same = shared.rows(store) == whole
            differing += not same
            print(f"store {stores}: {'equal' if same else 'DIFFERS'}", flush=True)
            store.unlink()
        print(f"{kills} kills, {stores} stores, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
