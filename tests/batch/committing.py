"""A run that does nothing but commit, for tests that kill it: `python committing.py STORE COUNT`.

The coder is played: what is tried is the store and the resuming, many kills in little time.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from dragoman import store
from dragoman.batch import BatchOptions, run
from dragoman.records import RawItem
from dragoman.settings import Settings

_SPEC = importlib.util.spec_from_file_location(
    "store_helpers", Path(__file__).parents[1] / "store" / "test_store.py"
)
helpers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(helpers)


class Kit:
    settings = Settings()


def code(item, kit):
    events = [helpers.event(f"{item.id}-{number}") for number in range(3)]
    return helpers.coding(item.id, *events, text=f"{helpers.TEXT} {item.body}")


def main(path: Path, count: int) -> None:
    run.code_in_processes = lambda items, settings, count: (code(item, None) for item in items)
    run._COMMIT_SHARE = 0
    items = (RawItem(f"{n}", "text", f"Article {n}.", id=f"n{n}") for n in range(count))
    key = store.coder_key(helpers.CODER, Settings())
    with store.open_writer(path, store.RunPlan(key, Settings(), 1)) as writer:
        run.run_batch(items, writer, Kit(), BatchOptions(1, 0.02), lambda p, r: None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
