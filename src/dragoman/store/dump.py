"""Rows as files: JSON Lines, CSV, Parquet; those of events, panels or networks."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from dragoman.errors import OutputError
from dragoman.serialise import json_line
from dragoman.tables import COLUMNS, Column, Row, csv_row

_CHUNK = 2000
_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "list": "VARCHAR[]"}


def write_jsonl(rows: Iterable[Row], out: IO[str]) -> int:
    """One object a line; gives their number."""
    count = 0
    for row in rows:
        out.write(json_line(row))
        count += 1
    return count


def write_csv(rows: Iterable[Row], out: IO[str], columns: Sequence[Column] = COLUMNS) -> int:
    """One row a line, below the names of the columns; gives their number."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        writer.writerow(csv_row(row, columns))
        count += 1
    return count


def write_parquet(rows: Iterable[Row], path: Path, columns: Sequence[Column] = COLUMNS) -> int:
    """The columns with their types; whole or not at all.

    Returns:
        The number of rows.

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
            count = _pile_up(connection, iter(rows), columns)
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


def _pile_up(connection: Any, rows: Iterator[Row], columns: Sequence[Column]) -> int:
    names = ", ".join(f'"{c.name}" {_TYPES[c.kind]}' for c in columns)
    connection.execute(f"CREATE TABLE t (nr BIGINT, {names})")
    kinds = ["BIGINT", *(_TYPES[c.kind] for c in columns)]
    values = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(kinds, 1))
    count = 0
    while chunk := list(islice(rows, _CHUNK)):
        data: list[list[Any]] = [list(range(count, count + len(chunk)))]
        data += [[_clean(column.read(row)) for row in chunk] for column in columns]
        connection.execute(f"INSERT INTO t SELECT {values}", data)
        count += len(chunk)
    return count


def _clean(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
