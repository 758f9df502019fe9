"""Writing events in a published layout."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from dragoman.errors import UsageError
from dragoman.export import gdelt, icews, phoenix, polecat
from dragoman.export.layout import load_layout
from dragoman.export.parts import Event

HAPPENED = ("happened", "ongoing")

_Rows = Callable[[Event, int], Iterator[dict[str, Any]]]

# The rows of one event, given the number of its first row.
_WRITERS: dict[str, _Rows] = {
    "gdelt-events": lambda event, _: gdelt.events(event),
    "gdelt-mentions": lambda event, _: gdelt.mentions(event),
    "icews": icews.rows,
    "polecat": lambda event, _: polecat.rows(event),
    "phoenix": phoenix.rows,
}
_WITHOUT_CAMEO = ("polecat",)
LAYOUTS = tuple(_WRITERS)


@dataclass(slots=True)
class Written:
    """What was written and what was left out: events by reason."""

    rows: int = 0
    events: int = 0
    status: int = 0
    undated: int = 0
    no_cameo: int = 0
    nobody: int = 0

    def summary(self) -> str:
        """One line for the eye."""
        reasons = [
            (self.status, "of another status"),
            (self.undated, "without a date"),
            (self.no_cameo, "without a CAMEO code"),
            (self.nobody, "without any side"),
        ]
        told = ", ".join(f"{count:,} {why}" for count, why in reasons if count)
        line = f"{self.rows:,} rows of {self.events:,} events"
        return f"{line}; left out: {told}" if told else line


def write_layout(
    events: Iterable[Event],
    format_: str,
    out: IO[str],
    statuses: Collection[str] = HAPPENED,
    constants: Mapping[str, str] | None = None,
) -> Written:
    """Write events in a published layout; what the format cannot hold is counted.

    Args:
        format_: one of `LAYOUTS`.
        constants: what to write into columns that have no counterpart and would be missing.
        statuses: events of other statuses are left out; these formats cannot tell them apart.

    Raises:
        UsageError: there is no such format, or no such column without a counterpart.
    """
    if format_ not in _WRITERS:
        raise UsageError(f"no format {format_!r}; the formats are {', '.join(LAYOUTS)}")
    layout, rows, done = load_layout(format_), _WRITERS[format_], Written()
    fixed = dict(constants or {})
    free = [column.name for column in layout.columns if not column.source]
    if wrong := sorted(set(fixed) - set(free)):
        raise UsageError(f"{wrong[0]!r} cannot be set; {format_} lacks only {', '.join(free)}")
    out.write(layout.heading)
    for event in events:
        if event["status"] not in statuses:
            done.status += 1
        elif not event["date"]:
            done.undated += 1
        elif not event["cameo"] and format_ not in _WITHOUT_CAMEO:
            done.no_cameo += 1
        elif not (event["actor"] or event["recipient"]):
            done.nobody += 1
        else:
            done.events += 1
            for row in rows(event, done.rows + 1):
                out.write(layout.line(fixed | row))
                done.rows += 1
    return done
