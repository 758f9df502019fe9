"""Event objects from a JSON Lines file of `dragoman code`, one at a time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from dragoman.errors import UsageError

_NEEDED = ("id", "article", "event", "actor", "recipient", "date", "mentions", "status")
_GZIP = b"\x1f\x8b"


def read_events(path: str | Path) -> Iterator[dict[str, Any]]:
    """The events of a file, plain or gzipped, in its order.

    Raises:
        UsageError: the file cannot be read, or a line is no event; told with its line.
    """
    path = Path(path)
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _event(line, f"{path}:{number}")
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{path}: cannot be read ({reason}); check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8; give the JSON Lines of dragoman code") from error


def _open(path: Path) -> IO[str]:
    with path.open("rb") as start:
        zipped = start.read(2) == _GZIP
    return gzip.open(path, "rt", encoding="utf-8") if zipped else path.open(encoding="utf-8")


def _event(line: str, place: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: is no JSON; give the JSON Lines of dragoman code") from error
    if not isinstance(value, dict):
        raise UsageError(f"{place}: is no object; give the JSON Lines of dragoman code")
    lacking = [name for name in _NEEDED if name not in value]
    if lacking:
        raise UsageError(
            f"{place}: is no event record (it lacks {', '.join(lacking)}); give the JSON Lines of "
            "dragoman code, not its articles or another table"
        )
    return value
