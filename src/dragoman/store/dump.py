"""A store's events as files: JSON Lines, CSV, Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from dragoman.errors import OutputError
from dragoman.tables import COLUMNS, csv_row

_CHUNK = 2000
_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "list": "VARCHAR[]"}


def write_jsonl(lines: Iterable[str], out: IO[str]) -> int:
    """One record a line; gives their number."""
    count = 0
    for line in lines:
        out.write(line + "\n")
        count += 1
    return count


def write_csv(lines: Iterable[str], out: IO[str]) -> int:
    """One record a row, the columns of `dragoman.tables`."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    count = 0
    for line in lines:
        writer.writerow(csv_row(json.loads(line)))
        count += 1
    return count


def write_parquet(lines: Iterable[str], path: Path) -> int:
    """One record a row, the columns of `dragoman.tables` with their types; whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    import duckdb

    part = path.with_name(f".{path.name}.part")
    pile = path.with_name(f".{path.name}.duckdb")  # on disk: memory stays flat
    try:
        pile.unlink(missing_ok=True)
        connection = duckdb.connect(str(pile))
        try:
            count = _pile_up(connection, iter(lines))
            target = str(part).replace("'", "''")
            connection.execute(
                f"COPY (SELECT * EXCLUDE (nr) FROM t ORDER BY nr) TO '{target}' "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
        finally:
            connection.close()
        part.replace(path)
    except (OSError, duckdb.Error) as error:
        reason = str(error).splitlines()[0]
        raise OutputError(f"{path}: cannot be written ({reason}); name another --output") from error
    finally:
        for left in (part, pile, pile.with_name(pile.name + ".wal")):
            left.unlink(missing_ok=True)
    return count


def _pile_up(connection: Any, lines: Iterator[str]) -> int:
    columns = ", ".join(f'"{c.name}" {_TYPES[c.kind]}' for c in COLUMNS)
    connection.execute(f"CREATE TABLE t (nr BIGINT, {columns})")
    kinds = ["BIGINT", *(_TYPES[c.kind] for c in COLUMNS)]
    values = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(kinds, 1))
    count = 0
    while chunk := [json.loads(line) for line in islice(lines, _CHUNK)]:
        data: list[list[Any]] = [list(range(count, count + len(chunk)))]
        data += [[_clean(column.read(row)) for row in chunk] for column in COLUMNS]
        connection.execute(f"INSERT INTO t SELECT {values}", data)
        count += len(chunk)
    return count


def _clean(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
