"""Change points of a series: where its level changes for good.

The segmentation minimises the squared distance of every period from the mean of its segment, plus
a penalty for each change. It is found by PELT (Killick, Fearnhead and Eckley 2012, Optimal
detection of changepoints with a linear computational cost, JASA 107), as the package ruptures has
it. With a shortest segment ruptures prunes a little early: in one or two of a hundred short noisy
series the very best segmentation is missed for the next one.

- Counts are transformed by y = 2 sqrt((x + 3/8) / e), which gives a Poisson count a variance of
  about 1/e whatever its level (Anscombe 1948, Biometrika 35); e is the size of the period.
- A mean of scores has the variance v/n, n being its events; periods without any are left out.
- So periods are weighted by e or n, and v is estimated from the differences of neighbours, which a
  change of level touches only where it happens: the mean of their squares, each divided by the sum
  of both variances' factors (von Neumann and others 1941, Annals of Mathematical Statistics 12).
  It is at least 1: the variance of a Poisson count, or one point of score squared.
- The penalty is `factor` * v * ln(n periods). The factor 2 is Schwarz's criterion for a mean and a
  place more (Yao 1988, Statistics & Probability Letters 6); 3 keeps short series without a change
  from showing one more than about once in twenty (`bench/changes.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import fmean
from typing import Any

from dragoman.analysis.series import SCORE, Series
from dragoman.optional import need

_LEAST_VARIANCE = 1.0
_ANSCOMBE = 3 / 8


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The beginning of another level.

    Attributes:
        start, end: first and last period of the new segment, as places in the series.
        before, after: mean level of the segment before and of the new one.
        strength: how much better two levels fit than one, in variances; above the penalty.
    """

    start: int
    end: int
    before: float
    after: float
    strength: float


def change_points(
    series: Series, measure: str, min_segment: int = 3, factor: float = 3.0
) -> list[ChangePoint]:
    """The change points of a series, the first ones first; none where it is too short.

    Args:
        series: of one unit.
        measure: `score_mean`, or anything else for counts.
        min_segment: fewest periods of a segment; of scores, of periods with events.
        factor: of the penalty.

    Raises:
        UsageError: the extra `analysis` is not installed.
    """
    points = _score_points(series) if measure == SCORE else _count_points(series)
    if len(points) < 2 * min_segment:
        return []
    cost = _WeightedCost([p.value for p in points], [p.weight for p in points])
    variance = _variance(points)
    penalty = factor * variance * math.log(len(points))
    ends = _segment(points, cost, min_segment, penalty)
    found = []
    for first, cut, last in zip([0, *ends], ends, ends[1:], strict=False):
        gain = cost.error(first, last) - cost.error(first, cut) - cost.error(cut, last)
        found.append(
            ChangePoint(
                points[cut].place,
                points[last].place - 1 if last < len(points) else len(series.starts) - 1,
                _level(points[first:cut]),
                _level(points[cut:last]),
                gain / variance,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Point:
    """One period: its place, what is segmented, its weight; and what is told of it."""

    place: int
    value: float
    weight: float
    amount: float


def _count_points(series: Series) -> list[_Point]:
    rows = enumerate(zip(series.counts, series.sizes, strict=True))
    return [
        _Point(place, 2 * math.sqrt((count + _ANSCOMBE) / size), size, count)
        for place, (count, size) in rows
        if size
    ]


def _score_points(series: Series) -> list[_Point]:
    rows = enumerate(zip(series.counts, series.scores, strict=True))
    return [_Point(place, score / count, count, score) for place, (count, score) in rows if count]


def _level(points: Sequence[_Point]) -> float:
    """Events a period, or the mean score of all events."""
    return sum(p.amount for p in points) / sum(p.weight for p in points)


def _variance(points: Sequence[_Point]) -> float:
    steps = [
        (b.value - a.value) ** 2 / (1 / a.weight + 1 / b.weight) for a, b in pairwise(points)
    ]  # fmt: skip
    return max(_LEAST_VARIANCE, fmean(steps))


class _WeightedCost:
    """Weighted squared distance from the weighted mean, by prefix sums: constant time a segment.

    It has the form that ruptures asks of a cost; ruptures has none with weights.
    """

    model = "weighted-l2"
    min_size = 1

    def __init__(self, values: Sequence[float], weights: Sequence[float]) -> None:
        rows = list(zip(values, weights, strict=True))
        self._w = [0.0, *accumulate(w for _, w in rows)]
        self._wx = [0.0, *accumulate(w * x for x, w in rows)]
        self._wxx = [0.0, *accumulate(w * x * x for x, w in rows)]
        self.signal: Any = None

    def fit(self, signal: Any) -> _WeightedCost:
        """Take the signal; what is needed of it is known already."""
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        """The cost of the segment from `start` to `end`, exclusive."""
        w, wx, wxx = (sums[end] - sums[start] for sums in (self._w, self._wx, self._wxx))
        return max(0.0, wxx - wx * wx / w)


def _segment(
    points: Sequence[_Point], cost: _WeightedCost, least: int, penalty: float
) -> list[int]:
    """Ends of the best segments."""
    use = "finding change points"
    ruptures, numpy = need("ruptures", "analysis", use), need("numpy", "analysis", use)
    weights = {p.weight for p in points}
    if len(weights) == 1:  # the same in C, a hundred times faster: it has no weights
        signal = numpy.array([[p.value] for p in points]) * math.sqrt(weights.pop())
        found = ruptures.KernelCPD(kernel="linear", min_size=least).fit(signal)
    else:
        # Registered, for else Pelt silently takes a cost of its own in its stead.
        need("ruptures.base", "analysis", use).BaseCost.register(type(cost))
        found = ruptures.Pelt(custom_cost=cost, min_size=least, jump=1)
        found.fit(numpy.zeros(len(points)))
    return [int(end) for end in found.predict(pen=penalty)]
