"""Workers, store and memory: articles a second, and whether time and memory grow with the input.

    python bench/growth.py [--articles N] [--workers 1,2] [--sizes 1000,16000]

Codes the news corpus into a fresh store by `dragoman code`, as a user would: N articles by each
number of workers, then inputs of growing size on one worker, the corpus repeated with other ids
and dates. Prints seconds, articles a second, processor seconds of all processes, and the peak
memory of the parent and of the largest worker (from /proc, Linux). The sizes of issue 5 take
an hour; the default ones show the same in minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("DRAGOMAN_SHARED", ROOT.parent / "shared")) / "corpora/news.jsonl.gz"
_PAUSE = 0.3  # seconds between two looks at the memory
_MEBIBYTE = 1024  # /proc counts KiB


class Run(NamedTuple):
    """One run: seconds by the clock and of the processors, peak memory in MiB."""

    seconds: float
    processor: float
    parent: int
    worker: int


def main() -> None:
    """Run both series."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--sizes", default="100,400")
    options = parser.parse_args()
    if not CORPUS.exists():
        raise SystemExit(f"no corpus at {CORPUS}; set DRAGOMAN_SHARED to the folder that holds it")
    first = None
    for number in map(int, options.workers.split(",")):
        run = measure(options.articles, number)
        first = first or run
        told(f"{number} workers", options.articles, run)
        print(f"  times the first: {first.seconds / run.seconds:.2f}")
    for size in map(int, options.sizes.split(",")):
        told(f"{size} articles", size, measure(size, 1))


def told(name: str, size: int, run: Run) -> None:
    print(
        f"{name:16s} {run.seconds:8.1f} s  {size / run.seconds:6.2f} articles/s  "
        f"{run.processor:8.1f} s of processors ({1000 * run.processor / size:.0f} ms an article)  "
        f"parent {run.parent} MiB  worker {run.worker} MiB"
    )


def measure(size: int, workers: int) -> Run:
    """Code so many articles into a fresh store."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "news.jsonl"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in islice(rows(), size))
        command = [sys.executable, "-m", "dragoman", "code", str(source), "--store",
                   str(Path(folder) / "events.duckdb"), "--workers", str(workers)]  # fmt: skip
        before = _processor()
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
            parent = worker = 0
            while run.poll() is None:
                parent = max(parent, _peak(run.pid))
                worker = max([worker, *map(_peak, _below(run.pid))])
                time.sleep(_PAUSE)
            if run.returncode not in {0, 1}:
                raise SystemExit((run.stderr.read() if run.stderr else b"").decode())
        seconds = time.perf_counter() - started
    return Run(seconds, _processor() - before, parent // _MEBIBYTE, worker // _MEBIBYTE)


def rows() -> Iterator[dict[str, Any]]:
    """The corpus without end, each time round with other ids and later dates."""
    for turn in count():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                day = row.get("published")
                if day:
                    later = date.fromisoformat(day[:10]) + timedelta(days=turn)
                    row["published"] = later.isoformat()
                yield {**row, "id": f"{row['id']}-{turn}"}


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _below(pid: int) -> list[int]:
    """Processes that a process started, and theirs."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):  # of each of its threads
        try:
            found += map(int, listed.read_text(encoding="ascii").split())
        except OSError:
            continue  # it has ended
    return [p for child in found for p in (child, *_below(child))]


def _peak(pid: int) -> int:
    """Peak memory of a process in KiB; 0 where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(r.split()[1]) for r in status.splitlines() if r.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
