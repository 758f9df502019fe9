"""Tables that commands write: CSV, JSON Lines or Parquet, or for the eye."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.sinks import open_output
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.tables import Frames


_MOST_SHOWN = 500  # rows at a terminal
_WIDE = 100  # characters


class TableFormat(StrEnum):
    """How a table is written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


TableFormatOption = Annotated[
    TableFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="table is for the eye. Not given: by the ending of --output, else csv; a table on "
        "a terminal.",
    ),
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
    if given is None and output is None and sys.stdout.isatty():
        found = TableFormat.TABLE
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
        if format_ is TableFormat.TABLE:
            rows = _show(table, out)
        elif format_ is TableFormat.JSONL:
            rows = dump.write_jsonl(table.table_rows(), out)
        else:
            rows = dump.write_csv(table.table_rows(), out, table.table_columns)
        if out is sys.stdout:
            out.flush()  # the table stands before what is told about it
    return rows


def _show(table: Frames, out: IO[str]) -> int:
    """The main columns for the eye; gives the number of all rows."""
    from rich.table import Table

    from dragoman.cli.show import console_for

    columns, console = table.main_columns, console_for(out)
    space, between = (2, " ") if console.width >= _WIDE else (1, "\n")
    shown = Table(box=None, pad_edge=False, padding=(0, space, 0, 0), header_style="dim")
    for column in columns:
        head, right = column.name.replace("_", between), column.kind in ("integer", "number")
        shown.add_column(head, justify="right" if right else "left", no_wrap=True)
    count = 0
    for row in table.table_rows():
        count += 1
        if count <= _MOST_SHOWN:
            shown.add_row(*(_cell(column.kind, column.read(row)) for column in columns))
    console.print(shown)
    notes = [f"{count - _MOST_SHOWN:,} more rows"] if count > _MOST_SHOWN else []
    if len(columns) < len(table.table_columns):
        notes.append(f"{len(table.table_columns) - len(columns)} more columns")
    if notes:
        console.print(f"{' and '.join(notes)} with --output FILE or --format csv", style="dim")
    return count


def _cell(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "number":
        return f"{value:,.2f}"
    return f"{value:,}" if kind == "integer" else str(value)
