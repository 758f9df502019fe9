"""Records put aside in a temporary file, to be read again in any order; memory stays flat."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from types import TracebackType
from typing import IO, Any


class Pile:
    """Records on disk until the end of a `with`; they are named by where they start, in bytes."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._end = 0

    def __enter__(self) -> Pile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, record: Mapping[str, Any]) -> int:
        """Put a record aside; all are to be added before one is read."""
        start = self._end
        self._end += self._file.write(json.dumps(record).encode() + b"\n")
        return start

    def read(self, start: int) -> dict[str, Any]:
        """A record."""
        self._file.seek(start)
        found: dict[str, Any] = json.loads(self._file.readline())
        return found
