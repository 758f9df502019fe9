"""The issue's target on the dates gold, and that the stage costs little beside the parse."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluate.dates import evaluate
from dragoman.pipeline import Resources

TARGET = 0.80
BUDGET_MS = 0.05


@pytest.mark.gold
@pytest.mark.slow
def test_dates_gold(shared: Path, resources: Resources) -> None:
    assert evaluate(shared / "gold" / "dates.jsonl", resources)["main"] >= TARGET
