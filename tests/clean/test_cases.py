"""Raw text -> clean text and what was removed, by the cases in tests/cases/clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.records import Article

CASES = Path(__file__).parents[1] / "cases" / "clean"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], tidy: Callable[..., Article]) -> None:
    article = tidy(case["raw"], language="en")
    assert [article.text[a:b] for a, b in article.paragraphs] == case["clean"]
    if "removed" in case:
        assert [gone.reason for gone in article.removed] == case["removed"]
