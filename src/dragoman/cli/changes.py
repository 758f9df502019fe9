"""`dragoman changes`: when a country or dyad came to another level, and when it burst."""

from __future__ import annotations

from typing import Annotated

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
from dragoman.cli.panel import By, ByOption, Every, PeriodOption
from dragoman.cli.tables import TableFormatOption, TableOutput

Measures = Annotated[
    str,
    typer.Option(
        "--measure",
        metavar="LIST",
        help="events, score_mean, quad_1 to quad_4, or types, with commas.",
    ),
]
Find = Annotated[
    str, typer.Option("--find", metavar="LIST", help="change, burst, or both with a comma.")
]
Relative = Annotated[
    bool, typer.Option("--relative", help="Counts as shares of all events of the period.")
]
MinEvents = Annotated[
    int, typer.Option("--min-events", min=1, help="Leave out what has fewer events over all time.")
]
MinSegment = Annotated[int, typer.Option("--min-segment", min=1, help="Fewest periods of a level.")]
Penalty = Annotated[
    float,
    typer.Option("--penalty", help="Of a change point: the higher, the fewer are found."),
]
BurstRate = Annotated[
    float, typer.Option("--burst-rate", help="How many times as many events a burst has.")
]
BurstCost = Annotated[
    float, typer.Option("--burst-cost", help="Of a burst: the higher, the fewer are found.")
]


def changes(
    events: Events = None,
    store: Store = None,
    coder: WhoseCoding = None,
    by: ByOption = By.DYAD,
    period: PeriodOption = Every.MONTH,
    measure: Measures = "events,score_mean",
    find: Find = "change,burst",
    relative: Relative = False,
    min_events: MinEvents = 10,
    min_segment: MinSegment = 3,
    penalty: Penalty = 3.0,
    burst_rate: BurstRate = 2.0,
    burst_cost: BurstCost = 1.0,
    once: Once = False,
    confidence: Confidence = 0.0,
    status: Status = TAKEN,
    first: From = None,
    last: To = None,
    format: TableFormatOption = None,  # noqa: A002 - the option's name
    output: TableOutput = None,
) -> None:
    """Find change points and bursts in the counts and scores of every country or dyad."""
    from dragoman.analysis import ChangeOptions, PanelOptions, find_changes, make_panel
    from dragoman.cli.inputs import event_objects, selection
    from dragoman.cli.panel import left_out, told_left_out
    from dragoman.cli.tables import table_format, write_table

    format = table_format(format, output)  # noqa: A001
    options = ChangeOptions(
        _names(measure), _names(find), min_events, min_segment, penalty, relative, burst_rate,
        burst_cost,
    )  # fmt: skip
    select = selection(status, confidence, first, last)
    panel = make_panel(
        event_objects(events, store, coder, once), PanelOptions(by.value, period.value, select)
    )
    found = find_changes(panel, options)
    rows = write_table(found, format, output)
    looked_at = found.units - found.few - found.short
    series = told_left_out((found.few, "with too few events"), (found.short, "too short"))
    typer.echo(f"dragoman: {rows:,} rows from {looked_at:,} series{series}", err=True)
    typer.echo(f"dragoman: {panel.events:,} events{left_out(panel)}", err=True)


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
