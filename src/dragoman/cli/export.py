"""`dragoman export`: a store's events as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """What `dragoman export` can write."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export(
    store: Annotated[Path, typer.Option("--store", metavar="FILE", help="The store.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The file; whole or not at all.")
    ],
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(
            "--format", "-f", help="jsonl, csv or parquet; not given: by the ending of --output."
        ),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option(
            "--coder",
            metavar="CODER",
            help="Whose coding: a number of `dragoman store info`, or the beginning of a lexicon "
            "hash; not given: the newest of every article.",
        ),
    ] = None,
) -> None:
    """Write the events of a store into a file."""
    from dragoman.cli.sinks import atomic_file
    from dragoman.errors import UsageError
    from dragoman.store import coders, dump, event_lines

    if format is None:
        ending = output.suffix.lower().lstrip(".")
        if ending not in list(Format):
            raise UsageError(f"{output}: its ending names no format; add --format")
        format = Format(ending)  # noqa: A001
    coders(store)  # a store that cannot be read is told of before anything is written
    lines = event_lines(store, coder)
    if format is Format.PARQUET:
        count = dump.write_parquet(lines, output)
    else:
        write = dump.write_csv if format is Format.CSV else dump.write_jsonl
        with atomic_file(output) as out:
            count = write(lines, out)
    typer.echo(f"dragoman: {output}: {count:,} events", err=True)
