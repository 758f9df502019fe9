"""What an evaluation is: judged gold records, figures over them, and their uncertainty."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.pipeline import Resources

_RESAMPLES = 400
_SEED = 20210713  # fixed, so that a report can be made again
_LOW, _HIGH = 0.025, 0.975

Record = Mapping[str, Any]
Judged = Mapping[str, Any]  # one gold record's contribution to the figures
Figures = dict[str, float]


@dataclass(frozen=True)
class Kind:
    """One kind of gold.

    Attributes:
        name: as on the command line.
        main: the figure that counts first.
        judge: one gold record and the resources -> its contribution.
        figures: contributions -> named figures; used again on every bootstrap sample.
        confusion: (gold, coded) of a contribution, or None where it was right.
    """

    name: str
    main: str
    judge: Callable[[Record, Resources], Judged]
    figures: Callable[[Sequence[Judged]], Figures]
    confusion: Callable[[Judged], tuple[str, str] | None]


@dataclass(frozen=True)
class Report:
    """What an evaluation found.

    Attributes:
        figures: by name.
        intervals: bootstrap 95% interval of each figure, over gold records.
        confusions: (gold, coded, how often), most frequent first.
    """

    kind: str
    main: str
    records: int
    figures: Figures
    intervals: Mapping[str, tuple[float, float]]
    confusions: tuple[tuple[str, str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """One JSON object: the figures by name, with `main` and the intervals."""
        return {
            "kind": self.kind,
            "records": self.records,
            "main": self.figures.get(self.main),
            "main_name": self.main,
            **self.figures,
            "intervals": {name: list(pair) for name, pair in self.intervals.items()},
            "confusions": [list(c) for c in self.confusions],
        }


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read gold in JSON Lines.

    Raises:
        InputError: a missing file, or a line that is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("gold-unreadable", f"cannot be read: {error}", str(path)) from error
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(dict(json.loads(line)))
        except (ValueError, TypeError) as error:
            place = f"{path}:{number}"
            raise InputError("json-invalid", "is no JSON object; mend the line", place) from error
    return records


def run(kind: Kind, records: Sequence[Record], resources: Resources) -> Report:
    """Judge all records and sum up."""
    judged = [kind.judge(record, resources) for record in records]
    counts: dict[tuple[str, str], int] = {}
    for item in judged:
        pair = kind.confusion(item)
        if pair is not None:
            counts[pair] = counts.get(pair, 0) + 1
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    confusions = tuple((gold, coded, n) for (gold, coded), n in ranked)
    return Report(
        kind.name,
        kind.main,
        len(records),
        kind.figures(judged),
        bootstrap(kind, judged),
        confusions,
    )


def bootstrap(kind: Kind, judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap (Efron 1979) of every figure, resampling gold records."""
    if not judged:
        return {}
    chance = random.Random(_SEED)
    samples: dict[str, list[float]] = {}
    for _ in range(_RESAMPLES):
        for name, value in kind.figures(chance.choices(judged, k=len(judged))).items():
            samples.setdefault(name, []).append(value)
    return {name: _interval(sorted(values)) for name, values in samples.items()}


def _interval(ordered: Sequence[float]) -> tuple[float, float]:
    last = len(ordered) - 1
    return round(ordered[round(_LOW * last)], 4), round(ordered[round(_HIGH * last)], 4)


def ratio(part: float, whole: float) -> float:
    """A share; 0 of nothing is 0."""
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall."""
    return ratio(2 * precision * recall, precision + recall)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean F1 over the gold labels of (gold, coded) pairs."""
    labels = sorted({gold for gold, _ in pairs})
    scores = []
    for label in labels:
        right = sum(g == label == c for g, c in pairs)
        wrong = sum((g == label) != (c == label) for g, c in pairs)
        scores.append(ratio(2 * right, 2 * right + wrong))
    return ratio(sum(scores), len(scores))
