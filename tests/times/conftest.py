"""Parsing short texts for the tests of dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.pipeline import Resources
from dragoman.records import Article, Parse, Span
from dragoman.settings import load_settings


@pytest.fixture(scope="session")
def resources() -> Resources:
    return Resources(load_settings())


def article(text: str, published: date | None = None, titles: int = 0) -> Article:
    """Each line of the text is a paragraph."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Article("case", text, tuple(spans), titles, None, None, None, published, "en")


@pytest.fixture(scope="session")
def parse(resources: Resources) -> Callable[[str], Parse]:
    return lambda text: resources.parser.parse(article(text))
