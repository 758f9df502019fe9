"""Counts of events by country or dyad and by day, week or month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any, Literal

from dragoman.analysis.periods import Period, between, name_period, period_start
from dragoman.analysis.selection import WHAT_HAPPENED, Event, Selection
from dragoman.export.codes import cow, gw
from dragoman.export.parts import dyads
from dragoman.ontology import load_ontology
from dragoman.tables import Column, Frames, plain

By = Literal["country", "dyad", "dyad-sector"]
Unit = tuple[str, ...]

QUADS = (1, 2, 3, 4)
_UNITS: dict[By, tuple[str, ...]] = {
    "country": ("country",),
    "dyad": ("actor", "recipient"),
    "dyad-sector": ("actor", "actor_sector", "recipient", "recipient_sector"),
}
_SCHEMES = {"cow": cow, "gw": gw}


def unit_columns(by: By) -> tuple[str, ...]:
    """Names of the columns that tell the units apart."""
    return _UNITS[by]


@dataclass(frozen=True, slots=True)
class PanelOptions:
    """What a panel counts.

    Attributes:
        by: `country` counts what each country did; `dyad` what one did to another, in that
            direction; `dyad-sector` tells the primary sectors of both apart.
        select: which events count.
        fill: rows of zeros too, for every unit that occurs and every period from the first to
            the last.
    """

    by: By = "dyad"
    period: Period = "month"
    select: Selection = WHAT_HAPPENED
    fill: bool = False


@dataclass(slots=True)
class Cell:
    """The events of one unit in one period."""

    events: int = 0
    score: float = 0.0
    types: Counter[str] = field(default_factory=Counter)
    quads: Counter[int] = field(default_factory=Counter)

    def add(self, event: Event) -> None:
        """Count one event."""
        self.events += 1
        self.score += event["event_scale"]
        self.types[event["event"]] += 1
        self.quads[event["quad_code"]] += 1


@dataclass(slots=True)
class Panel(Frames):
    """A panel, and how many events did not fit it.

    Attributes:
        cells: by first day of the period and unit.
        filtered: events that were not selected.
        undated: events without a date as fine as the period.
        unplaced: events without a coded country on a side that the panel needs.
    """

    options: PanelOptions
    cells: dict[tuple[date, Unit], Cell] = field(default_factory=dict)
    events: int = 0
    filtered: int = 0
    undated: int = 0
    unplaced: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.table_columns)

    @property
    def table_columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        units = _UNITS[self.options.by]
        codes = [f"{name}_{scheme}" for name in _coded(units) for scheme in _SCHEMES]
        counts = ["events", *(f"quad_{quad}" for quad in QUADS), *load_ontology().types]
        return (
            *(plain(name, "text") for name in ("period", *units)),
            *(plain(name, "integer") for name in (*codes, *counts)),
            *(plain(name, "number") for name in ("score_sum", "score_mean")),
        )

    @property
    def main_columns(self) -> tuple[Column, ...]:
        """Without codes of other projects and the types."""
        shown = {"period", *_UNITS[self.options.by], "events", "score_mean"}
        shown |= {f"quad_{quad}" for quad in QUADS}
        return tuple(column for column in self.table_columns if column.name in shown)

    def table_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the table."""
        return self.rows()

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows by period and unit; None is a missing number."""
        for start, unit in self._keys():
            yield self._row(start, unit, self.cells.get((start, unit)) or Cell())

    def _keys(self) -> Iterable[tuple[date, Unit]]:
        if not (self.options.fill and self.cells):
            return sorted(self.cells)
        starts = [start for start, _ in self.cells]
        units = sorted({unit for _, unit in self.cells})
        return product(between(min(starts), max(starts), self.options.period), units)

    def _row(self, start: date, unit: Unit, cell: Cell) -> dict[str, Any]:
        row: dict[str, Any] = {"period": name_period(start, self.options.period)}
        row |= dict(zip(_UNITS[self.options.by], unit, strict=True))
        for name in _coded(_UNITS[self.options.by]):
            for scheme, read in _SCHEMES.items():
                number = read(row[name])
                row[f"{name}_{scheme}"] = int(number) if number else None
        row["events"] = cell.events
        row |= {f"quad_{quad}": cell.quads[quad] for quad in QUADS}
        row |= {type_: cell.types[type_] for type_ in load_ontology().types}
        row["score_sum"] = round(cell.score, 4)
        row["score_mean"] = round(cell.score / cell.events, 4) if cell.events else None
        return row


def _coded(units: Iterable[str]) -> list[str]:
    """Those columns that hold codes of countries."""
    return [name for name in units if not name.endswith("_sector")]


def make_panel(events: Iterable[Event], options: PanelOptions) -> Panel:
    """Count events; one counts once for each unit that it concerns.

    Time is linear in the events, memory in the rows.
    """
    panel = Panel(options)
    for event in events:
        if not options.select.takes(event):
            panel.filtered += 1
            continue
        start = period_start(event["date"], event["date_info"]["precision"], options.period)
        units = _units(event, options.by)
        if start is None:
            panel.undated += 1
        elif not units:
            panel.unplaced += 1
        else:
            panel.events += 1
            for unit in units:
                panel.cells.setdefault((start, unit), Cell()).add(event)
    return panel


def _units(event: Event, by: By) -> set[Unit]:
    if by == "country":
        return {(actor["code"],) for actor in event["actor"] if actor["code"]}
    found: set[Unit] = set()
    for source, target in dyads(event):
        sides = source.get("code"), target.get("code")
        if sides[0] is None or sides[1] is None:
            continue
        if by == "dyad":
            found.add((sides[0], sides[1]))
        else:
            found.add((sides[0], source.get("sector") or "", sides[1], target.get("sector") or ""))
    return found
