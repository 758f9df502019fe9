"""Bursts of a series: stretches in which a thing happens much more often than it does on the whole.

The two-state automaton of Kleinberg (Bursty and hierarchical structure in streams, KDD 2002; Data
Mining and Knowledge Discovery 7, 2003) for counts by period. In the lower state events come at the
rate of the whole series, in the upper one at `rate` times that. Going up costs `cost` * ln(n
periods), coming down nothing; the cheapest sequence of states is found by dynamic programming.

Kleinberg's counts are binomial, r of d documents. Ours are Poisson with the mean rate * size of the
period, the limit for small shares: so a unit may be most of a panel, and the size may be 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dragoman.analysis.series import Series


@dataclass(frozen=True, slots=True)
class Burst:
    """A stretch of many events.

    Attributes:
        start, end: its first and last period, as places in the series.
        before, after: events a period on the whole, and in the burst.
        strength: how much cheaper the upper state is over its length, in nats (Kleinberg's weight
            of a burst).
    """

    start: int
    end: int
    before: float
    after: float
    strength: float


def find_bursts(series: Series, rate: float = 2.0, cost: float = 1.0) -> list[Burst]:
    """The bursts of a series, the first ones first.

    Args:
        series: of one unit.
        rate: how many times as many events a burst has, above 1 (Kleinberg's s).
        cost: what it costs to begin one (Kleinberg's gamma): the higher, the fewer bursts.
    """
    total, size = sum(series.counts), sum(series.sizes)
    if not total or not size:
        return []
    usual = total / size
    # What each period speaks for the upper state: the difference of two Poisson log-likelihoods.
    gains = [
        count * math.log(rate) - (rate - 1) * usual * size
        for count, size in zip(series.counts, series.sizes, strict=True)
    ]
    found, place = [], 0
    for up, run in groupby(_states(gains, cost * math.log(len(gains)))):
        start, place = place, place + len(list(run))
        if up:
            inside = sum(series.sizes[start:place])
            found.append(
                Burst(start, place - 1, usual, sum(series.counts[start:place]) / inside,
                      sum(gains[start:place]))
            )  # fmt: skip
    return found


def _states(gains: Sequence[float], step: float) -> list[bool]:
    """For each period whether it is in the upper state; the lower one where both are as good."""
    low, high = 0.0, -math.inf  # the best sum of gains so far that ends in each state
    came_up, came_down = [], []
    for gain in gains:
        came_up.append(low - step > high)
        came_down.append(high > low)
        low, high = max(low, high), max(high, low - step) + gain
    up = high > low
    states = []
    for rose, fell in zip(reversed(came_up), reversed(came_down), strict=True):
        states.append(up)
        up = not rose if up else fell
    return states[::-1]
