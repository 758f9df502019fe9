"""The rows of a lot of items as Parquet files, one a table, and back: stores made elsewhere.

The files have the columns of the store's tables, but for `number` and `run`, which a store gives,
and before them `item`: the number of the item in its lot, from 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.records import Rejection
from dragoman.store import schema
from dragoman.store.connect import UnstorableError, in_memory, told_as
from dragoman.store.rows import ItemRows, Row, unstorable_rows
from dragoman.store.write import insert_rows

# Written and read in this order; `items` comes last: where it is, the others are whole.
LOT_TABLES = ("articles", "removed", "codings", "events", "entities", "parties", "mentions",
              "links", "rejections", "items")  # fmt: skip
_WRITERS_OWN = frozenset({"number", "run"})


def schema_names() -> tuple[str, ...]:
    """Names of the migrations that give the tables their columns."""
    return tuple(m.name for m in schema.migrations())


def write_lot(
    items: Sequence[ItemRows], coder: str, folder: Path
) -> tuple[dict[str, Path], list[Rejection]]:
    """Write the rows of items, one file a table that has any.

    Args:
        coder: `coders.id`.
        folder: where to.

    Returns:
        The files by table, and rejections of items that no table takes: kept in their stead.

    Raises:
        OutputError: the folder cannot be written.
    """
    with told_as(folder), closing(in_memory()) as connection:
        lot = _Lot(connection)
        refused = lot.add(items, coder)
        return lot.write(folder), refused


class _Lot:
    """Tables in memory that hold the rows of some items."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._types: dict[str, dict[str, str]] = {}
        schema.upgrade(connection)
        connection.execute("CREATE SCHEMA lot")
        for table in LOT_TABLES:
            described = connection.execute(f"DESCRIBE {table}").fetchall()
            types = {name: kind for name, kind, *_ in described if name not in _WRITERS_OWN}
            self._types[table] = {"item": "BIGINT", **types}
            columns = ", ".join(f'"{n}" {kind}' for n, kind in self._types[table].items())
            connection.execute(f"CREATE TABLE lot.{table} ({columns})")

    def add(self, items: Sequence[ItemRows], coder: str) -> list[Rejection]:
        """Take the rows; of an item that no table takes, a rejection."""
        try:
            self._insert(items, 0)
        except UnstorableError:
            self._empty()
        else:
            return []
        refused = []
        for number, item in enumerate(items):
            try:
                self._insert([item], number)
            except UnstorableError as error:
                instead, why = unstorable_rows(item, coder, error)
                self._insert([instead], number)
                refused.append(why)
        return refused

    def _insert(self, items: Sequence[ItemRows], first: int) -> None:
        rows: dict[str, list[Row]] = defaultdict(list)
        for number, item in enumerate(items, first):
            for table, row in item.rows:
                rows[table].append({"item": number, **row})
        with told_as(Path("memory")):
            self._connection.execute("BEGIN")
            try:
                for table, found in rows.items():
                    insert_rows(self._connection, f"lot.{table}", self._types[table], found)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _empty(self) -> None:
        for table in LOT_TABLES:
            self._connection.execute(f"DELETE FROM lot.{table}")

    def write(self, folder: Path) -> dict[str, Path]:
        """Write what there is."""
        files = {}
        for table in LOT_TABLES:
            (count,) = self._connection.execute(f"SELECT count(*) FROM lot.{table}").fetchone()
            if count or table == "items":
                files[table] = folder / f"{table}.parquet"
                target = str(files[table]).replace("'", "''")
                self._connection.execute(
                    f"COPY lot.{table} TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
                )
        return files


def read_lot(files: Mapping[str, Path]) -> Iterator[ItemRows]:
    """The items of a lot, in order.

    Args:
        files: by table, as `write_lot` made them.

    Raises:
        InputError: a file is missing, damaged, or has other columns.
    """
    found: dict[int, list[tuple[str, Row]]] = defaultdict(list)
    with closing(in_memory()) as connection:
        for table in ("items", *(t for t in LOT_TABLES if t != "items")):
            if table in files:
                for row in _rows(connection, files[table]):
                    found[row.pop("item")].append((table, row))
    for number in sorted(found):
        rows = found[number]
        table, item = rows[0]
        if table != "items":
            raise InputError("lot-damaged", "an item is missing; make it anew", str(files["items"]))
        article = next((row["article"] for name, row in rows if name == "codings"), None)
        yield ItemRows(item["key"], article, item["coding"], tuple(rows))


def _rows(connection: Any, file: Path) -> Iterator[Row]:
    import duckdb

    try:
        # The name is of a Hive partition, which is no column of a store.
        query = "SELECT * FROM read_parquet($1, hive_partitioning = false)"
        found = connection.execute(query, [str(file)])
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            yield dict(zip(names, row, strict=True))
    except (duckdb.Error, OSError) as error:
        why = str(error).splitlines()[0]
        raise InputError(
            "lot-damaged", f"cannot be read as Parquet ({why}); make it anew", str(file)
        ) from error
