"""The issue's targets on the gold, and that the stage costs little beside the parse."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluate import places, toponyms
from dragoman.evaluate.kind import read_gold, run
from dragoman.pipeline import Resources

FOUND, NEAR, PLACED = 0.75, 0.88, 0.75
BUDGET_MS = 0.1  # a token; the parse takes some 0.5


@pytest.mark.gold
@pytest.mark.slow
def test_toponyms_gold(shared: Path, resources: Resources) -> None:
    report = run(toponyms.KIND, read_gold(shared / "gold" / "toponyms.jsonl"), resources)
    assert report.figures["toponyms_found"] >= FOUND
    assert report.figures["within_161_km"] >= NEAR


@pytest.mark.gold
@pytest.mark.slow
def test_places_gold(shared: Path, resources: Resources) -> None:
    report = run(places.KIND, read_gold(shared / "gold" / "places.jsonl"), resources)
    assert report.figures["place_accuracy"] >= PLACED
