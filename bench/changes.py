"""How often `dragoman changes` finds something in series that have no change, and misses one.

    python bench/changes.py

Prints the table of docs/analysis.md; seeded, so that it is the same on every run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from dragoman.analysis.bursts import find_bursts
from dragoman.analysis.changepoints import change_points
from dragoman.analysis.series import Series

TIMES = 200
NEGATIVE_BINOMIAL = (3, 3 / 11)  # mean 8, variance 29
SCORE_SPREAD = 4.0


def series(counts: np.ndarray, scores: list[float] | None = None) -> Series:
    size = len(counts)
    days = (date(2000, 1, 1),) * size  # which days they are makes no difference here
    return Series(("unit",), days, tuple(map(int, counts)), tuple(scores or [0.0] * size),
                  (1.0,) * size)  # fmt: skip


def share(draw: Callable[[], Series], found: Callable[[Series], object]) -> str:
    return f"{sum(bool(found(draw())) for _ in range(TIMES)) / TIMES:.1%}"


def scored(rng: np.random.Generator, months: int) -> Series:
    counts = rng.poisson(5, months)
    return series(counts, [float(rng.normal(0, SCORE_SPREAD, n).sum()) for n in counts])


def main() -> None:
    rng = np.random.default_rng(1)

    def changes(s: Series) -> object:
        return change_points(s, "events")

    print("| series without a change | periods | change points in | bursts in |\n|---|---|---|---|")
    for months in (24, 60):
        for mean in (0.2, 1, 5, 30):

            def draw(mean: float = mean, months: int = months) -> Series:
                return series(rng.poisson(mean, months))

            print(f"| Poisson, {mean} a period | {months} | {share(draw, changes)} "
                  f"| {share(draw, find_bursts)} |")  # fmt: skip

        def spread(months: int = months) -> Series:
            return series(rng.negative_binomial(*NEGATIVE_BINOMIAL, months))

        print(f"| negative binomial, mean 8, variance 29 | {months} | {share(spread, changes)} "
              f"| {share(spread, find_bursts)} |")  # fmt: skip
        told = share(lambda months=months: scored(rng, months),
                     lambda s: change_points(s, "score_mean"))  # fmt: skip
        print(f"| mean score of 5 events, which vary by 4 | {months} | {told} | |")
    print()
    for before, after in ((2, 6), (5, 10), (20, 30)):

        def rise(before: int = before, after: int = after) -> Series:
            return series(np.r_[rng.poisson(before, 30), rng.poisson(after, 30)])

        near = share(
            rise, lambda s: any(abs(p.start - 30) <= 3 for p in change_points(s, "events"))
        )
        print(f"a rise from {before} to {after} after 30 of 60 periods is found within 3: {near}")


if __name__ == "__main__":
    main()
