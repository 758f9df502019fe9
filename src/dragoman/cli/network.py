"""`dragoman network`: who acts on whom, as nodes and edges."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
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
from dragoman.errors import OutputError

if TYPE_CHECKING:
    from dragoman.analysis import Network


class Level(StrEnum):
    """What a node is."""

    COUNTRY = "country"
    COUNTRY_SECTOR = "country-sector"
    ENTITY = "entity"


class Edges(StrEnum):
    """What edges between the same nodes are told apart by."""

    ALL = "all"
    QUAD = "quad"
    TYPE = "type"


class Format(StrEnum):
    """What `dragoman network` can write."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    GRAPHML = "graphml"


def network(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A folder for nodes and edges, or a file for GraphML.",
        ),
    ],
    events: Events = None,
    store: Store = None,
    coder: WhoseCoding = None,
    level: Annotated[Level, typer.Option("--level", help="What a node is.")] = Level.COUNTRY,
    edges: Annotated[
        Edges, typer.Option("--edges", help="One edge for each type, quad class, or all.")
    ] = Edges.TYPE,
    once: Once = False,
    confidence: Confidence = 0.0,
    status: Status = TAKEN,
    first: From = None,
    last: To = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option("--format", "-f", help="Not given: graphml by its ending, else csv."),
    ] = None,
) -> None:
    """Write who acts on whom: nodes and edges as tables, or GraphML."""
    from dragoman.analysis import NetworkOptions, make_network
    from dragoman.cli.inputs import event_objects, selection
    from dragoman.cli.panel import told_left_out

    options = NetworkOptions(
        level.value, edges.value, selection(status, confidence, first, last)
    )  # fmt: skip
    made = make_network(event_objects(events, store, coder, once), options)
    graphml = output.suffix.lower() == ".graphml"
    _write(made, format or (Format.GRAPHML if graphml else Format.CSV), output)
    reasons = told_left_out(
        (made.filtered, "not selected (status, confidence, dates)"),
        (made.unplaced, "with a side missing"),
    )
    nodes, lines = len(made.nodes.found), len(made.edges.found)
    typer.echo(
        f"dragoman: {output}: {nodes:,} nodes and {lines:,} edges of {made.events:,} events"
        f"{reasons}",
        err=True,
    )


def _write(made: Network, format_: Format, output: Path) -> None:
    from dragoman.cli.sinks import atomic_file
    from dragoman.cli.tables import TableFormat, write_table

    if format_ is Format.GRAPHML:
        text = made.to_graphml()
        with atomic_file(output) as out:
            out.write(text)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{output}: cannot be made ({error.strerror}); name a folder, or a file that ends in "
            ".graphml"
        ) from error
    for name, table in (("nodes", made.nodes), ("edges", made.edges)):
        write_table(table, TableFormat(format_.value), output / f"{name}.{format_}")
