"""Change points and bursts of every unit of a panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from dragoman.analysis.bursts import Burst, find_bursts
from dragoman.analysis.changepoints import ChangePoint, change_points
from dragoman.analysis.panel import Panel, unit_columns
from dragoman.analysis.periods import name_period
from dragoman.analysis.series import SCORE, Series, make_series
from dragoman.errors import UsageError
from dragoman.tables import Column, Frames, plain

Kind = Literal["change", "burst"]
KINDS: tuple[Kind, ...] = ("change", "burst")


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """What is sought, and how sure it has to be.

    Attributes:
        measures: `events`, `score_mean`, `quad_1` to `quad_4`, or types.
        kinds: `change` for change points, `burst` for bursts (of counts only).
        min_events: units with fewer events of the measure are left out.
        min_segment: fewest periods of a segment; units with less than two of them are left out.
        penalty: factor of the penalty of a change point (`changepoints`).
        relative: counts as shares of all events of the panel in the period, for news whose amount
            varies.
        burst_rate, burst_cost: Kleinberg's s and gamma (`bursts`).

    Raises:
        UsageError: a number that cannot be used.
    """

    measures: tuple[str, ...] = ("events", SCORE)
    kinds: tuple[str, ...] = KINDS
    min_events: int = 10
    min_segment: int = 3
    penalty: float = 3.0
    relative: bool = False
    burst_rate: float = 2.0
    burst_cost: float = 1.0

    def __post_init__(self) -> None:
        if unknown := [kind for kind in self.kinds if kind not in KINDS]:
            raise UsageError(f"{unknown[0]!r} cannot be found, only {' and '.join(KINDS)}")
        if self.min_segment < 1 or self.penalty <= 0 or self.burst_cost < 0:
            raise UsageError("a segment has a period at least, a penalty is above 0")
        if self.burst_rate <= 1:
            raise UsageError("a burst has more events than usual: its rate is above 1")


@dataclass(slots=True)
class Changes(Frames):
    """What was found, unit by unit.

    Attributes:
        units: how many units were looked at, over all measures.
        few: how many were left out for lack of events.
        short: how many for lack of periods.
    """

    panel: Panel
    found: list[tuple[Kind, str, Series, ChangePoint | Burst]] = field(default_factory=list)
    units: int = 0
    few: int = 0
    short: int = 0

    @property
    def table_columns(self) -> tuple[Column, ...]:
        """The columns of the table."""
        units = unit_columns(self.panel.options.by)
        return (
            *(plain(name, "text") for name in ("kind", *units, "measure", "start", "end")),
            *(plain(name, "integer") for name in ("periods", "events")),
            *(plain(name, "number") for name in ("before", "after", "strength")),
        )

    @property
    def main_columns(self) -> tuple[Column, ...]:
        """Without what `start`, `end` and the panel tell."""
        return tuple(c for c in self.table_columns if c.name not in ("periods", "events"))

    def table_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the table, by measure, unit and kind, in the order of time."""
        options = self.panel.options
        for kind, measure, series, what in self.found:
            first, last = series.starts[what.start], series.starts[what.end]
            yield {
                "kind": kind,
                **dict(zip(unit_columns(options.by), series.unit, strict=True)),
                "measure": measure,
                "start": name_period(first, options.period),
                "end": name_period(last, options.period),
                "periods": what.end - what.start + 1,
                "events": sum(series.counts[what.start : what.end + 1]),
                "before": round(what.before, 4),
                "after": round(what.after, 4),
                "strength": round(what.strength, 4),
            }


def find_changes(panel: Panel, options: ChangeOptions = ChangeOptions()) -> Changes:
    """Find change points and bursts in every unit of a panel.

    Time grows with the square of the periods where nothing changes, else about linearly; for ten
    years of days it is a tenth of a second a unit, for shares and scores up to half a minute.

    Raises:
        UsageError: an unknown measure, or the extra `analysis` is not installed.
    """
    changes = Changes(panel)
    for measure in options.measures:
        for series in make_series(panel, measure, options.relative):
            changes.units += 1
            if sum(series.counts) < options.min_events:
                changes.few += 1
            elif _periods(series, measure) < 2 * options.min_segment:
                changes.short += 1
            else:
                changes.found += _look(series, measure, options)
    return changes


def _periods(series: Series, measure: str) -> int:
    """How many periods say something: a mean of no score says nothing."""
    return sum(map(bool, series.counts)) if measure == SCORE else len(series.starts)


def _look(
    series: Series, measure: str, options: ChangeOptions
) -> Iterator[tuple[Kind, str, Series, ChangePoint | Burst]]:
    if "change" in options.kinds:
        for point in change_points(series, measure, options.min_segment, options.penalty):
            yield "change", measure, series, point
    if "burst" in options.kinds and measure != SCORE:
        for burst in find_bursts(series, options.burst_rate, options.burst_cost):
            yield "burst", measure, series, burst
