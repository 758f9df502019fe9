"""`dragoman panel`: counts of events by country or dyad and period."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.inputs import (
    TAKEN,
    Confidence,
    Events,
    From,
    Once,
    Status,
    Store,
    To,
    WhoseCoding,
)
from dragoman.cli.tables import TableFormatOption, TableOutput

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


ByOption = Annotated[By, typer.Option("--by", help="What a row is about.")]
PeriodOption = Annotated[Every, typer.Option("--period", help="The time that a row counts.")]


def panel(
    events: Events = None,
    store: Store = None,
    coder: WhoseCoding = None,
    by: ByOption = By.DYAD,
    period: PeriodOption = Every.MONTH,
    once: Once = False,
    confidence: Confidence = 0.0,
    status: Status = TAKEN,
    first: From = None,
    last: To = None,
    fill: Annotated[
        bool, typer.Option("--fill", help="Rows of zeros where nothing happened.")
    ] = False,
    format: TableFormatOption = None,  # noqa: A002 - the option's name
    output: TableOutput = None,
) -> None:
    """Count events by type, quad and score, for every country or dyad and period."""
    from dragoman.analysis import PanelOptions, make_panel
    from dragoman.cli.inputs import event_objects, selection
    from dragoman.cli.tables import table_format, write_table

    format = table_format(format, output)  # noqa: A001
    select = selection(status, confidence, first, last)
    options = PanelOptions(by.value, period.value, select, fill)
    made = make_panel(event_objects(events, store, coder, once), options)
    rows = write_table(made, format, output)
    typer.echo(f"dragoman: {rows:,} rows of {made.events:,} events{left_out(made)}", err=True)


def left_out(made: Panel) -> str:
    """How many events are not in a panel, and why, to stand behind a sentence."""
    return told_left_out(
        (made.filtered, "not selected (status, confidence, dates)"),
        (made.undated, "without a date as fine as the period"),
        (made.unplaced, "without a code on a side"),
    )


def told_left_out(*reasons: tuple[int, str]) -> str:
    """Numbers and reasons in words; nothing where all are 0."""
    told = ", ".join(f"{count:,} {why}" for count, why in reasons if count)
    return f"; left out: {told}" if told else ""
