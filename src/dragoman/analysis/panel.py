"""Counts of events by country or dyad and by day, week or month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any, Literal

from dragoman.analysis.periods import Period, between, name_period, period_start
from dragoman.export.codes import cow, gw
from dragoman.export.parts import dyads
from dragoman.ontology import load_ontology

By = Literal["country", "dyad", "dyad-sector"]
Unit = tuple[str, ...]
Event = Mapping[str, Any]

_QUADS = (1, 2, 3, 4)
_UNITS: dict[By, tuple[str, ...]] = {
    "country": ("country",),
    "dyad": ("actor", "recipient"),
    "dyad-sector": ("actor", "actor_sector", "recipient", "recipient_sector"),
}


@dataclass(frozen=True, slots=True)
class PanelOptions:
    """What a panel counts.

    Attributes:
        by: `country` counts what each country did; `dyad` what one did to another, in that
            direction; `dyad-sector` tells the primary sectors of both apart.
        confidence: events below it are left out.
        statuses: events of other statuses are left out.
        fill: rows of zeros too, for every unit that occurs and every period from the first to
            the last.
    """

    by: By = "dyad"
    period: Period = "month"
    confidence: float = 0.0
    statuses: Collection[str] = ("happened", "ongoing")
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
class Panel:
    """A panel, and how many events did not fit it.

    Attributes:
        cells: by first day of the period and unit.
        filtered: events of other statuses or below the confidence asked for.
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
        codes = [
            f"{name}_{scheme}"
            for name in _UNITS[self.options.by] if not name.endswith("_sector")
            for scheme in ("cow", "gw")
        ]  # fmt: skip
        quads = [f"quad_{quad}" for quad in _QUADS]
        return ("period", *_UNITS[self.options.by], *codes, "events", *quads,
                *load_ontology().types, "score_sum", "score_mean")  # fmt: skip

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
        for name in [name for name in row if name in ("country", "actor", "recipient")]:
            for scheme, read in (("cow", cow), ("gw", gw)):
                number = read(row[name])
                row[f"{name}_{scheme}"] = int(number) if number else None
        row["events"] = cell.events
        row |= {f"quad_{quad}": cell.quads[quad] for quad in _QUADS}
        row |= {type_: cell.types[type_] for type_ in load_ontology().types}
        row["score_sum"] = round(cell.score, 4)
        row["score_mean"] = round(cell.score / cell.events, 4) if cell.events else None
        return row


def make_panel(events: Iterable[Event], options: PanelOptions) -> Panel:
    """Count events; one counts once for each unit that it concerns.

    Time is linear in the events, memory in the rows.
    """
    panel = Panel(options)
    for event in events:
        if event["status"] not in options.statuses or event["confidence"] < options.confidence:
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
