"""Disturbs runs at random moments, resumes them, and compares the store with an undisturbed one.

    python tests/long/kill_runs.py [--kills 50] [--lost 10] [--full 10] [--articles 400] ...

Every kill is `kill -9` of the run's main process: one in four at any moment from its start, the
others at any moment after its first commit (starting takes longer than coding here). When a run
ends before its kill, which is then not counted, its store is compared and the next one begins,
until there were as many kills as asked for.

A lost worker is one of the run's processes killed while it codes; the run itself goes on. A full
disk is a bound on the size of the files that the run may write (POSIX), somewhere below that of
the finished store; the run ends with status 2 and is resumed without it.

Exit status 1 where a store differs.
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

# Seconds behind a commit within which a run is killed: about three commits.
_AFTER_COMMIT = 6.0


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
            time.sleep(0.2)
        moment = time.monotonic() + chance.uniform(0, _AFTER_COMMIT)
    try:
        run.wait(max(0, moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        return True
    return False


def lose_a_worker(run: subprocess.Popen[bytes], store: Path, chance: random.Random) -> bool:
    """Kill one of the processes that code for a run; False where it ends before."""
    while run.poll() is None and not coded(store):
        time.sleep(0.1)
    time.sleep(chance.uniform(0, 1))
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    workers = [int(pid) for pid, parent, words in rows
               if int(parent) == run.pid and "spawn_main" in words]  # fmt: skip
    if run.poll() is not None or not workers:
        run.wait()
        return False
    os.kill(chance.choice(workers), signal.SIGKILL)
    run.wait()
    return True


def fill_the_disk(command: list[str], size: int) -> int:
    """A run that can write no file beyond this size, in bytes; its exit status."""
    import resource

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, preexec_fn=bound
    ).returncode


class Trial:
    """Runs over one set of articles, and what the undisturbed one gives."""

    def __init__(self, folder: Path, articles: int, workers: int, seed: int) -> None:
        self.shared = helpers()
        self.folder = folder
        self.workers = workers
        self.chance = random.Random(seed)
        self.corpus = self.shared.write_corpus(folder / "news.jsonl", articles)
        self.stores = self.differing = 0
        whole = folder / "whole.duckdb"
        begun = time.monotonic()
        start(self.command(whole)).wait()
        self.length = time.monotonic() - begun
        self.size = whole.stat().st_size
        self.rows = self.shared.rows(whole)
        print(f"undisturbed: {self.length:.1f} s, {len(self.rows['codings'])} codings, "
              f"{len(self.rows['events'])} events", flush=True)  # fmt: skip

    def command(self, store: Path) -> list[str]:
        given = ["--store", store, "--workers", self.workers]
        return list(self.shared.command("code", self.corpus, *given))

    def new_store(self) -> Path:
        self.stores += 1
        return self.folder / f"store{self.stores}.duckdb"

    def compare(self, store: Path) -> None:
        """Resume to the end and see that all rows are there and no others."""
        start(self.command(store)).wait()
        same = self.shared.rows(store) == self.rows
        self.differing += not same
        print(f"store {self.stores}: {'equal' if same else 'DIFFERS'}", flush=True)
        store.unlink()

    def kills(self, wanted: int) -> int:
        done = 0
        while done < wanted:
            store = self.new_store()
            while done < wanted:
                if not killed(start(self.command(store)), store, self.length, self.chance):
                    break
                done += 1
                print(f"kill {done}: store {self.stores} has {coded(store)} codings", flush=True)
            self.compare(store)
        return done

    def lost(self, wanted: int) -> int:
        done = 0
        while done < wanted:
            store = self.new_store()
            done += lose_a_worker(start(self.command(store)), store, self.chance)
            self.compare(store)
        return done

    def full(self, wanted: int) -> int:
        done = 0
        while done < wanted:
            store = self.new_store()
            size = self.chance.randrange(self.size // 10, self.size)
            done += fill_the_disk(self.command(store), size) == 2
            self.compare(store)
        return done


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--lost", type=int, default=0)
    parser.add_argument("--full", type=int, default=0)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(Path(name), args.articles, args.workers, args.seed)
        kills, lost, full = trial.kills(args.kills), trial.lost(args.lost), trial.full(args.full)
        print(f"{kills} kills, {lost} lost workers, {full} full disks, {trial.stores} stores, "
              f"{trial.differing} differ")  # fmt: skip
    return 1 if trial.differing else 0


if __name__ == "__main__":
    sys.exit(main())
