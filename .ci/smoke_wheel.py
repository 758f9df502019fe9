"""Checks a Dragoman that was installed from its wheel, with no source beside it.

python smoke_wheel.py DATA_FILES, run with the environment's own Python in a folder of its own;
DATA_FILES lists the data files of the source tree, one a line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path


def main(listing: str) -> None:
    """Raise where anything is missing."""
    package = files("dragoman")
    assert "site-packages" in str(package), f"not the installed package: {package}"

    wanted = Path(listing).read_text(encoding="utf-8").split("\n")
    missing = [name for name in wanted if name and not package.joinpath(name).is_file()]
    assert not missing, f"{len(missing)} data files are not in the wheel, first {missing[0]}"
    print(f"{len([w for w in wanted if w])} data files are in the wheel")

    command = Path(sys.executable).with_name("dragoman")
    environment = {**os.environ, "XDG_CACHE_HOME": str(Path("cache").absolute())}
    for arguments in (["--version"], ["demo"], ["demo", "--format", "jsonl"]):
        done = subprocess.run(
            [command, *arguments], capture_output=True, text=True, env=environment, check=False
        )
        assert done.returncode == 0, f"dragoman {arguments}: {done.returncode}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(events) >= 5, f"the demo page gave only {len(events)} events"
    assert all(event["event"] and event["actor"] for event in events)
    print(f"dragoman demo gave {len(events)} events")


if __name__ == "__main__":
    main(sys.argv[1])
