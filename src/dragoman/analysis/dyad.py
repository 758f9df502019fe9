"""What passed between two countries: counts by type, months, the latest events."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Literal, NamedTuple

from dragoman.analysis.periods import between, name_period
from dragoman.analysis.selection import WHAT_HAPPENED, Event, Selection
from dragoman.export.parts import dyads

_YEAR, _MONTH = len("2021"), len("2021-05")


@dataclass(slots=True)
class DyadView:
    """The events between two countries.

    Attributes:
        types: for each direction (first to second: 0) the number of events of each type.
        months: for each month the number of events of each quad class.
        scores: for each month the sum of the scores.
        latest: the latest events, the newest first, each with the directions that it has.
        undated: how many of `events` have no month.
    """

    sides: tuple[str, str]
    events: int = 0
    undated: int = 0
    types: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    months: dict[str, Counter[int]] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    latest: list[tuple[Event, frozenset[int]]] = field(default_factory=list)


def view_dyad(
    events: Iterable[Event],
    sides: tuple[str, str],
    select: Selection = WHAT_HAPPENED,
    latest: int = 10,
) -> DyadView:
    """Collect what two countries did to each other; memory does not grow with the events."""
    view, order = DyadView(sides), count()
    newest: list[tuple[str, int, Event, frozenset[int]]] = []
    for event in events:
        if not select.takes(event):
            continue
        directions = _directions(event, sides)
        if not directions:
            continue
        _add(view, event, directions)
        heapq.heappush(newest, (event["date"] or "", -next(order), event, directions))
        if len(newest) > latest:
            heapq.heappop(newest)
    view.latest = [(event, ways) for _, _, event, ways in sorted(newest, reverse=True)]
    view.months = dict(sorted(view.months.items()))
    return view


def _directions(event: Event, sides: tuple[str, str]) -> frozenset[int]:
    pairs = {(source.get("code"), target.get("code")) for source, target in dyads(event)}
    ways = dict.fromkeys((sides, (sides[1], sides[0])))  # one where a country meets itself
    return frozenset(way for way, pair in enumerate(ways) if pair in pairs)


def _add(view: DyadView, event: Event, directions: frozenset[int]) -> None:
    view.events += 1
    for way in directions:
        view.types[way][event["event"]] += 1
    date = event["date"] or ""
    if len(date) < _MONTH:
        view.undated += 1
        return
    month = date[:_MONTH]
    view.months.setdefault(month, Counter())[event["quad_code"]] += 1
    view.scores[month] = view.scores.get(month, 0.0) + event["event_scale"]


class Stretch(NamedTuple):
    """A month or year of a timeline."""

    name: str
    quads: Counter[int]
    score: float


def timeline(view: DyadView, most: int) -> tuple[list[Stretch], Literal["month", "year"]]:
    """Every month from the first to the last with an event, also those without one.

    Args:
        view: of a dyad.
        most: where there would be more months, years are given instead.
    """
    if not view.months:
        return [], "month"
    first, last = (date.fromisoformat(f"{m}-01") for m in (min(view.months), max(view.months)))
    names = [name_period(month, "month") for month in between(first, last, "month")]
    if len(names) <= most:
        return [Stretch(n, view.months.get(n, Counter()), view.scores.get(n, 0.0)) for n in names
                ], "month"  # fmt: skip
    years: dict[str, Stretch] = {}
    for name in names:
        year = name[:_YEAR]
        _, quads, score = years.get(year, Stretch(year, Counter(), 0.0))
        score += view.scores.get(name, 0.0)
        years[year] = Stretch(year, quads + view.months.get(name, Counter()), score)
    return list(years.values()), "year"
