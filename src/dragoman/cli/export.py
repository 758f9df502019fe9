"""`dragoman export`: events of a store or of a JSON Lines file in another format."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.inputs import TAKEN, Events, Once, Status, Store, WhoseCoding


class Format(StrEnum):
    """What `dragoman export` can write."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    GDELT_EVENTS = "gdelt-events"
    GDELT_MENTIONS = "gdelt-mentions"
    ICEWS = "icews"
    POLECAT = "polecat"
    PHOENIX = "phoenix"


_OURS = (Format.JSONL, Format.CSV, Format.PARQUET)


def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The file; whole or not at all.")
    ],
    events: Events = None,
    store: Store = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option("--format", "-f", help="Not given: by the ending of --output."),
    ] = None,
    coder: WhoseCoding = None,
    once: Once = False,
    status: Status = "",
    constant: Annotated[
        list[str] | None,
        typer.Option(
            "--constant",
            metavar="COLUMN=VALUE",
            help="What to write into a column of an older layout that has no counterpart; "
            "repeatable.",
        ),
    ] = None,
) -> None:
    """Write events into a file, also in the layouts of older datasets (docs/exports.md)."""
    from dragoman.cli.inputs import event_objects, statuses
    from dragoman.cli.sinks import atomic_file
    from dragoman.errors import UsageError
    from dragoman.export import write_layout

    format = format or _by_ending(output)  # noqa: A001
    found = event_objects(events, store, coder, once)
    fixed = _pairs(constant or [])
    if format in _OURS:
        if fixed:
            raise UsageError(f"--constant is for the layouts of older datasets, not for {format}")
        if status:
            wanted = statuses(status)
            found = (event for event in found if event["status"] in wanted)
        told = f"{_write_ours(found, format, output):,} events"
    else:
        wanted = statuses(status or TAKEN)
        with atomic_file(output) as out:
            told = write_layout(found, format, out, wanted, fixed).summary()
    typer.echo(f"dragoman: {output}: {told}", err=True)


def _by_ending(output: Path) -> Format:
    from dragoman.errors import UsageError

    ending = output.suffix.lower().lstrip(".")
    if ending not in list(Format):
        raise UsageError(f"{output}: its ending names no format; add --format")
    return Format(ending)


def _write_ours(events: Iterable[dict[str, Any]], format_: Format, output: Path) -> int:
    from dragoman.cli.sinks import atomic_file
    from dragoman.store import dump

    if format_ is Format.PARQUET:
        return dump.write_parquet(events, output)
    write = dump.write_csv if format_ is Format.CSV else dump.write_jsonl
    with atomic_file(output) as out:
        return write(events, out)


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    from dragoman.errors import UsageError

    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--constant {text!r}: write it as COLUMN=VALUE")
        found[name.strip()] = value
    return found
