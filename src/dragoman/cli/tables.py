"""Tables that commands write: CSV, JSON Lines or Parquet."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.sinks import open_output
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.tables import Frames


class TableFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


TableFormatOption = Annotated[
    TableFormat | None,
    typer.Option("--format", "-f", help="Not given: by the ending of --output, else csv."),
]
TableOutput = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="OUT", help="The file; whole or not at all."),
]


def table_format(given: TableFormat | None, output: Path | None) -> TableFormat:
    """The format asked for, or that of the file's ending.

    Raises:
        UsageError: Parquet on standard output.
    """
    ending = output.suffix.lower().lstrip(".") if output else ""
    found = given or (TableFormat(ending) if ending in list(TableFormat) else TableFormat.CSV)
    if found is TableFormat.PARQUET and output is None:
        raise UsageError("Parquet goes into a file; add --output FILE.parquet")
    return found


def write_table(table: Frames, format_: TableFormat, output: Path | None) -> int:
    """Write a table into a file, or to standard output; gives the number of rows.

    Raises:
        OutputError: the file cannot be written.
    """
    from dragoman.store import dump

    if format_ is TableFormat.PARQUET and output is not None:
        return dump.write_parquet(table.table_rows(), output, table.table_columns)
    with open_output(output) as out:
        if format_ is TableFormat.JSONL:
            rows = dump.write_jsonl(table.table_rows(), out)
        else:
            rows = dump.write_csv(table.table_rows(), out, table.table_columns)
        if out is sys.stdout:
            out.flush()  # the table stands before what is told about it
    return rows
