"""The series of one unit of a panel: what it counts in each period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.analysis.panel import QUADS, Cell, Panel, Unit
from dragoman.analysis.periods import between
from dragoman.errors import UsageError
from dragoman.ontology import load_ontology

SCORE = "score_mean"


@dataclass(frozen=True, slots=True)
class Series:
    """What one unit gives in every period from the first to the last of the panel.

    Attributes:
        counts: events that the measure counts; of `score_mean` all.
        scores: sums of their scores.
        sizes: how much news there is in each period: 1, or (relative) all events of the panel
            divided by their mean over the periods.
    """

    unit: Unit
    starts: tuple[date, ...]
    counts: tuple[int, ...]
    scores: tuple[float, ...]
    sizes: tuple[float, ...]


def measures() -> tuple[str, ...]:
    """What can be followed over time."""
    return ("events", SCORE, *(f"quad_{quad}" for quad in QUADS), *load_ontology().types)


def make_series(panel: Panel, measure: str, relative: bool = False) -> Iterator[Series]:
    """The series of every unit, in the order of the units.

    Raises:
        UsageError: there is no such measure.
    """
    if measure not in measures():
        raise UsageError(f"no measure {measure!r}; the measures are {', '.join(measures())}")
    if not panel.cells:
        return
    days = [start for start, _ in panel.cells]
    starts = tuple(between(min(days), max(days), panel.options.period))
    sizes = _sizes(panel, starts) if relative else (1.0,) * len(starts)
    empty = Cell()
    for unit in sorted({unit for _, unit in panel.cells}):
        cells = [panel.cells.get((start, unit), empty) for start in starts]
        counts = tuple(_count(cell, measure) for cell in cells)
        yield Series(unit, starts, counts, tuple(cell.score for cell in cells), sizes)


def _sizes(panel: Panel, starts: tuple[date, ...]) -> tuple[float, ...]:
    totals = dict.fromkeys(starts, 0)
    for (start, _), cell in panel.cells.items():
        totals[start] += cell.events
    mean = sum(totals.values()) / len(starts)
    return tuple(total / mean for total in totals.values())


def _count(cell: Cell, measure: str) -> int:
    if measure in ("events", SCORE):
        return cell.events
    if measure.startswith("quad_"):
        return cell.quads[int(measure.removeprefix("quad_"))]
    return cell.types[measure]
