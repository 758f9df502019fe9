"""`dragoman cluster`, and `dragoman code --clusters`: which events are reports of one."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.sinks import Sink, open_output
from dragoman.errors import InputError, UsageError
from dragoman.pile import Pile
from dragoman.serialise import event_to_dict, json_line

if TYPE_CHECKING:
    from dragoman.links import EventKey
    from dragoman.records import Coding


def cluster(
    events: Annotated[
        str | None,
        typer.Argument(
            metavar="EVENTS", help="Events as JSON Lines (also gzipped), or - for standard input."
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            metavar="FILE",
            help="Instead: a store, which keeps what is found of its current events.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here; whole or not at all."),
    ] = None,
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help="Write each event once: the best report, with the latest counts, and a list of "
            "all reports.",
        ),
    ] = False,
) -> None:
    """Find events that several articles report, and give them one `cluster`.

    Exit status: 0, or 2 where a line is no event.
    """
    if (events is None) == (store is None):
        raise UsageError("give either events as JSON Lines (- for standard input) or --store FILE")
    if store is not None:
        if once or output:
            raise UsageError("a store keeps its clusters; write them with `dragoman export --once`")
        _cluster_store(store)
        return
    with Spill() as spill, open_output(output) as out:
        for place, line in _lines(events or "-"):
            try:
                spill.add(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
                detail = "is no event; give what `dragoman code --format jsonl` writes"
                raise InputError("no-event", detail, place) from error
        spill.write(out, once=once)


def _cluster_store(path: Path) -> None:
    from dragoman.store import cluster_store

    found = cluster_store(path)
    typer.echo(f"dragoman: {path}: {found.events:,} reports of {found.clusters:,} events", err=True)


class Clustered(Sink):
    """One event a line with its cluster, written when all articles are coded."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out)
        self._spill = Spill()

    def coding(self, coding: Coding) -> None:
        """Put the events of an article aside."""
        for event in coding.events:
            self._spill.add(event_to_dict(event, coding))

    def close(self) -> None:
        """Write the events."""
        with self._spill as spill:
            spill.write(self.out)


class Spill:
    """Events put aside until all are there; only their keys stay in memory."""

    def __init__(self) -> None:
        self._pile = Pile()
        self._keys: list[EventKey] = []
        self._starts: list[int] = []

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pile.__exit__(kind, error, trace)

    def add(self, record: dict[str, Any]) -> None:
        """Put an event aside."""
        from dragoman.links import event_key

        self._keys.append(event_key(record))
        self._starts.append(self._pile.add(record))

    def write(self, out: IO[str], once: bool = False) -> None:
        """Write all events with their clusters, or each cluster as one event."""
        from dragoman.analysis import each_once

        for record in each_once(self._clustered()) if once else self._clustered():
            out.write(json_line(record))

    def _clustered(self) -> Iterator[dict[str, Any]]:
        from dragoman.links import cluster_events

        clusters = cluster_events(self._keys)
        for key, start in zip(self._keys, self._starts, strict=True):
            yield {**self._pile.read(start), "cluster": clusters[key.id]}


def _lines(source: str) -> Iterator[tuple[str, bytes]]:
    """(place, line) of an input."""
    if source == "-":
        yield from _numbered(sys.stdin.buffer, "standard input")
        return
    path = Path(source)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            lines = gzip.GzipFile(fileobj=file) if packed else file
            yield from _numbered(lines, source)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        detail = f"cannot be read ({reason}); check the path"
        raise InputError("unreadable", detail, source) from error


def _numbered(file: Any, source: str) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield f"{source}:{number}", line
