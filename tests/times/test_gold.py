"""The issue's target on the dates gold, and that the stage costs little beside the parse."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from tests.times.conftest import article

from dragoman.evaluate.dates import evaluate
from dragoman.pipeline import Resources
from dragoman.times import find_times

TARGET = 0.80
BUDGET_MS = 0.05


@pytest.mark.gold
@pytest.mark.slow
def test_dates_gold(shared: Path, resources: Resources) -> None:
    assert evaluate(shared / "gold" / "dates.jsonl", resources)["main"] >= TARGET


def test_cost_per_token(resources: Resources) -> None:
    sentence = (
        "On Monday, May 3, 2020, ministers from nine states met in Accra for two days of talks. "
    )
    parse = resources.parser.parse(article(sentence * 40))
    find_times(parse, date(2020, 5, 9), resources.lexicon)
    start = time.process_time()
    find_times(parse, date(2020, 5, 9), resources.lexicon)
    assert (time.process_time() - start) * 1000 / len(parse.tokens) < BUDGET_MS
