"""`dragoman panel`: counts of events by country or dyad and period."""

from __future__ import annotations

import csv
import json
import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.inputs import TAKEN, Events, Status, Store, WhoseCoding

if TYPE_CHECKING:
    from dragoman.analysis import Panel


class By(StrEnum):
    """What a row is about."""

    COUNTRY = "country"
    DYAD = "dyad"
    DYAD_SECTOR = "dyad-sector"


class Every(StrEnum):
    """How long a row's period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Format(StrEnum):
    """What `dragoman panel` can write."""

    CSV = "csv"
    JSONL = "jsonl"


def panel(
    events: Events = None,
    store: Store = None,
    coder: WhoseCoding = None,
    by: Annotated[By, typer.Option("--by", help="What a row is about.")] = By.DYAD,
    period: Annotated[Every, typer.Option("--period", help="Its time.")] = Every.MONTH,
    confidence: Annotated[
        float,
        typer.Option("--confidence", min=0, max=1, help="Leave out events less sure than this."),
    ] = 0.0,
    status: Status = TAKEN,
    fill: Annotated[
        bool, typer.Option("--fill", help="Rows of zeros where nothing happened.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None, typer.Option("--format", "-f", help="Not given: by --output, else csv.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="The file; whole or not at all."),
    ] = None,
) -> None:
    """Count events by type, quad and score, for every country or dyad and period."""
    from dragoman.analysis import PanelOptions, make_panel
    from dragoman.cli.inputs import event_objects, statuses

    format = format or _by_ending(output)  # noqa: A001
    options = PanelOptions(by.value, period.value, confidence, statuses(status), fill)
    made = make_panel(event_objects(events, store, coder), options)
    with _open(output) as out:
        rows = _write(made, format, out)
    typer.echo(f"dragoman: {rows:,} rows of {made.events:,} events{_left_out(made)}", err=True)


def _by_ending(output: Path | None) -> Format:
    return Format.JSONL if output and output.suffix.lower() == ".jsonl" else Format.CSV


def _open(output: Path | None) -> AbstractContextManager[IO[str]]:
    from dragoman.cli.sinks import atomic_file

    return atomic_file(output) if output else nullcontext(sys.stdout)


def _write(made: Panel, format_: Format, out: IO[str]) -> int:
    rows = 0
    table = csv.DictWriter(out, made.columns, lineterminator="\n")
    if format_ is Format.CSV:
        table.writeheader()
    for row in made.rows():
        rows += 1
        if format_ is Format.CSV:
            table.writerow(row)
        else:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return rows


def _left_out(made: Panel) -> str:
    reasons = [
        (made.filtered, "of another status or less sure"),
        (made.undated, "without a date as fine as the period"),
        (made.unplaced, "without a code on a side"),
    ]
    told = ", ".join(f"{count:,} {why}" for count, why in reasons if count)
    return f"; left out: {told}" if told else ""
